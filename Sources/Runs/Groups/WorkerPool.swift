import Files
import Glibc
import Training

/// Somebody who watches worker processes.
protocol WorkerWatcher: AnyObject {
  /// How far all runs are together, in steps.
  func steps() throws(RunError) -> Int
  /// Called about once a second.
  func look() throws(RunError)
  /// Something a person should know.
  func noted(_ message: String)
}

/// Worker processes side by side, each of which takes what there is to do until nothing is left.
package struct WorkerPool {
  /// How their work ended.
  package struct End: Sendable {
    /// The signal that asked to stop; nil where nothing was left to do.
    package let signal: Int32?
    /// What they said.
    package let said: String
  }

  /// How many.
  let count: Int
  /// What each is told beside the command's own words.
  let task: WorkerTask
  /// The file that their messages are appended to.
  let messages: String

  /// How often a worker that was killed is begun again while no run gets on.
  private static let patience = 3
  /// Microseconds between looks at the workers, and looks at them between those at the runs: a second.
  private static let (pause, roundsOfDisplay): (UInt32, Int) = (200_000, 5)

  /// Has them work until none has anything left to do, or a signal asks to stop.
  func run(_ watcher: any WorkerWatcher) throws(RunError) -> End {
    Interruption.listen()
    let said: WorkerMessages
    do throws(FileError) { said = try WorkerMessages(messages) } catch { throw RunError(error) }
    defer { said.collect() }
    func worker() throws(RunError) -> WorkerProcess {
      do throws(FileError) { return try WorkerProcess(task, messages: said) } catch { throw RunError(error) }
    }
    var workers: [Place] = []
    var asked: Int32 = 0
    for _ in 0..<count { workers.append(Place(worker: try worker())) }
    var rounds = 0
    while !workers.isEmpty {
      usleep(WorkerPool.pause)
      rounds += 1
      if asked == 0, let signal = Interruption.signal {
        asked = signal
        for place in workers { place.worker.send(signal) }
      }
      var left: [Place] = []
      for var place in workers {
        guard let status = place.worker.status() else {
          left.append(place)
          continue
        }
        guard case .killed(let signal) = status, asked == 0 else { continue }
        let steps = try watcher.steps()
        place.restarts = steps != place.steps ? 0 : place.restarts + 1
        place.steps = steps
        guard place.restarts < WorkerPool.patience else {
          watcher.noted(
            "a worker was killed by signal \(signal), the third time without progress: it is not restarted")
          continue
        }
        watcher.noted("a worker was killed by signal \(signal): it is restarted")
        place.worker = try worker()
        left.append(place)
      }
      workers = left
      if rounds.isMultiple(of: WorkerPool.roundsOfDisplay) {
        said.collect()
        try watcher.look()
      }
    }
    said.collect()
    return End(signal: asked == 0 ? nil : asked, said: String(decoding: said.bytes, as: UTF8.self))
  }

  /// A worker, and those before it that were killed in its place.
  private struct Place {
    var worker: WorkerProcess
    var restarts = 0
    /// How far all runs were when the last one was killed.
    var steps = -1
  }
}
