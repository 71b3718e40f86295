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

  package init(_ group: RunGroup, seeds: [UInt64], jobs: Int, task: WorkerTask) {
    (self.group, self.seeds, self.jobs, self.task) = (group, seeds, jobs, task)
  }

  /// Where the runs stand.
  package func members() throws(FileError) -> [RunGroup.Member] {
    var members: [RunGroup.Member] = []
    for seed in seeds { members.append(try group.member(seed)) }
    return members
  }

  /// Trains until all runs are over or a signal asks to stop.
  /// - Returns: the signal.
  package func run(observer: any GroupObserver) throws(FileError) -> Int32? {
    Interruption.listen()
    var workers: [WorkerProcess] = []
    var (asked, restarts, done) = (Int32(0), 0, -1)
    let wanted = min(jobs, try members().count { !$0.isOver })
    for _ in 0..<wanted { workers.append(try worker()) }
    while !workers.isEmpty {
      usleep(200_000)
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
        let steps = try members().reduce(0) { $0 + ($1.record?.step ?? 0) }
        restarts = steps > done ? 0 : restarts + 1
        done = steps
        guard restarts < GroupTraining.patience else {
          observer.noted("a worker was killed by signal \(signal) again and again: it is not begun once more")
          continue
        }
        observer.noted("a worker was killed by signal \(signal): another one goes on")
        left.append(try self.worker())
      }
      workers = left
      observer.progressed(try members(), isLast: false)
    }
    observer.progressed(try members(), isLast: true)
    return asked == 0 ? nil : asked
  }

  /// The file that workers' messages are in.
  package var errors: String { "\(group.path)/workers.txt" }

  private func worker() throws(FileError) -> WorkerProcess { try WorkerProcess(task, errors: errors) }
}
