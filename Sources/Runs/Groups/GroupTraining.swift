import Files
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

  package init(_ group: RunGroup, seeds: [UInt64], jobs: Int, task: WorkerTask) {
    (self.group, self.seeds, self.jobs, self.task) = (group, seeds, jobs, task)
  }

  /// The file that workers' messages are in.
  package var messages: String { "\(group.path)/workers.txt" }

  /// Trains until all runs are over or a signal asks to stop.
  package func run(observer: any GroupObserver) throws(RunError) -> WorkerPool.End {
    let watch = Watch(group, seeds, observer)
    try watch.update()
    let wanted = min(jobs, watch.members.count { !$0.isOver })
    let end = try WorkerPool(count: wanted, task: task, messages: messages).run(watch)
    try watch.update()
    observer.progressed(watch.members, isLast: true)
    return end
  }

  /// Looks at the runs for the pool and for the observer.
  private final class Watch: WorkerWatcher {
    private let group: RunGroup
    private let seeds: [UInt64]
    private let observer: any GroupObserver
    private(set) var members: [RunGroup.Member] = []

    init(_ group: RunGroup, _ seeds: [UInt64], _ observer: any GroupObserver) {
      (self.group, self.seeds, self.observer) = (group, seeds, observer)
    }

    func update() throws(RunError) { members = try group.members(seeds, known: members) }

    func steps() throws(RunError) -> Int {
      try update()
      return members.reduce(0) { $0 + ($1.record?.step ?? 0) }
    }

    func look() throws(RunError) {
      try update()
      observer.progressed(members, isLast: false)
    }

    func noted(_ message: String) { observer.noted(message) }
  }
}
