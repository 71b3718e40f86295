import Files
import Glibc
import Training

/// Somebody who watches a group.
package protocol GroupObserver: AnyObject {
  /// Where the runs stand; called about once a second, and at the end.
  func progressed(_ members: [RunGroup.Member], isLast: Bool)
  /// Something a person should know.
  func noted(_ message: String)
}

/// The training of a group by worker processes side by side.
package struct GroupTraining {
  /// The group.
  package let group: RunGroup
  /// The seeds that are trained now.
  package let seeds: [UInt64]
  /// Worker processes at a time.
  package let jobs: Int
  /// What a worker is told beside the command's own words.
  package let task: WorkerTask

  /// How often a worker that was killed is begun again while no run gets on.
  private static let patience = 3
  /// Microseconds between looks at the workers, and looks at them between those at the runs: a second.
  private static let (pause, roundsOfDisplay): (UInt32, Int) = (200_000, 5)

  package init(_ group: RunGroup, seeds: [UInt64], jobs: Int, task: WorkerTask) {
    (self.group, self.seeds, self.jobs, self.task) = (group, seeds, jobs, task)
  }

  /// Trains until all runs are over or a signal asks to stop.
  /// - Returns: the signal.
  package func run(observer: any GroupObserver) throws(RunError) -> Int32? {
    Interruption.listen()
    var workers: [WorkerProcess] = []
    var (asked, restarts, done) = (Int32(0), 0, -1)
    var members = try group.members(seeds)
    let wanted = min(jobs, members.count { !$0.isOver })
    for _ in 0..<wanted { workers.append(try worker()) }
    var rounds = 0
    while !workers.isEmpty {
      usleep(GroupTraining.pause)
      rounds += 1
      if asked == 0, let signal = Interruption.signal {
        asked = signal
        for worker in workers { worker.send(signal) }
      }
      var left: [WorkerProcess] = []
      for worker in workers {
        guard let status = worker.status() else {
          left.append(worker)
          continue
        }
        guard case .killed(let signal) = status, asked == 0 else { continue }
        members = try group.members(seeds, known: members)
        let steps = members.reduce(0) { $0 + ($1.record?.step ?? 0) }
        restarts = steps > done ? 0 : restarts + 1
        done = steps
        guard restarts < GroupTraining.patience else {
          observer.noted(
            "a worker was killed by signal \(signal), the third time without progress: it is not restarted")
          continue
        }
        observer.noted("a worker was killed by signal \(signal): it is restarted")
        left.append(try self.worker())
      }
      workers = left
      guard rounds.isMultiple(of: GroupTraining.roundsOfDisplay) else { continue }
      members = try group.members(seeds, known: members)
      observer.progressed(members, isLast: false)
    }
    observer.progressed(try group.members(seeds, known: members), isLast: true)
    return asked == 0 ? nil : asked
  }

  /// The file that workers' messages are in.
  package var messages: String { "\(group.path)/workers.txt" }

  private func worker() throws(RunError) -> WorkerProcess {
    do throws(FileError) { return try WorkerProcess(task, errors: messages) } catch { throw RunError(error) }
  }
}
