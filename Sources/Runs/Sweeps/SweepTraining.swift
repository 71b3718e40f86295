import Files
import Host
import Specs
import Sweeps
import Training

/// Somebody who watches a sweep.
package protocol SweepObserver: AnyObject {
  /// Where it stands; called about once a second, and at the end.
  func progressed(_ state: inout SweepState, isLast: Bool)
  /// Something a person should know.
  func noted(_ message: String)
}

/// The training of a sweep by worker processes side by side.
package final class SweepTraining {
  /// The folder.
  package let folder: SweepFolder
  /// Where it stands.
  package private(set) var state: SweepState
  /// Bytes of memory of the largest trial that is known.
  package let memory: Int
  private let options: RunOptions
  private let lock: FolderLock

  /// Gets everything ready for workers: the folder, the trials that are known, and the journal.
  ///
  /// What runs came to before is looked at again: what is gone is trained anew.
  /// - Throws: `RunError` for mistakes in the spec of a trial (65), for data that are missing (66), and where another command is at
  ///   work on the folder (75).
  package init(
    _ plan: SweepPlan, options: RunOptions, observer: any SweepObserver
  ) throws(RunError) {
    folder = plan.folder(in: options.runs)
    self.options = options
    let trials = try plan.knownTrials()
    memory = trials.map(\.spec.footprint.memory).max() ?? plan.baseSpec.footprint.memory
    try plan.requireData(options.data)
    try folder.requireOwn()
    let outcome: FolderLock.Outcome
    do throws(FileError) {
      try DurableFile.makeFolders(folder.path)
      outcome = try FolderLock.acquire(folder.path)
    } catch { throw RunError(error) }
    guard case .acquired(let lock) = outcome else {
      throw RunError(
        "another command is at work on \(folder.path)",
        remedy: "wait for it, or stop it with Ctrl-C or kill; the same command then goes on", exitCode: 75)
    }
    self.lock = lock
    do throws(FileError) {
      state = SweepState(plan, in: folder, try Journal(folder))
      try DurableFile.replace(folder.file, with: plan.bytes)
      try DurableFile.replace(folder.baseSpec, with: [UInt8](Emitter.text(of: plan.baseSpec.experiment.resolved).utf8))
      try begin(plan, trials, observer)
    } catch { throw RunError(error) }
  }

  private func begin(
    _ plan: SweepPlan, _ trials: [(trial: TrialNumber, assignment: Assignment, spec: TrialSpec)],
    _ observer: any SweepObserver
  ) throws(FileError) {
    let maker = SweepTrials(plan, folder, options.command)
    let journal = state.journal
    try journal.add { () throws(FileError) in
      var entries: [JournalEntry] = []
      for trial in trials {
        let entry = try maker.entry(of: trial.assignment, trial.spec)
        if journal.plan != plan.digest || journal.trials[trial.assignment.text]?.digest != trial.spec.digest {
          entries.append(entry)
        }
      }
      var begin = JournalEntry(.begin)
      (begin.command, begin.plan) = (options.command, plan.digest)
      return [begin] + entries
    }
    // What costs the decisions of asha are known now.
    state = SweepState(plan, in: folder, journal)
    var work = state.work()
    while !work.unknown.isEmpty {
      try maker.register(&state)
      work = state.work()
    }
    for standing in work.search.standings where plan.sweep.method.isAdaptive {
      // A folder that somebody removed is made again.
      let diagnostics = Diagnostics()
      if let spec = plan.specs.trial(standing.assignment, diagnostics) {
        _ = try maker.entry(of: standing.assignment, spec)
      }
    }
    try forgetLost(work, observer)
  }

  /// Notes which runs are no longer what the journal says of them.
  private func forgetLost(_ work: SweepState.Work, _ observer: any SweepObserver) throws(FileError) {
    var lost: [JournalEntry] = []
    var known: Set<Journal.RunKey> = []
    for standing in work.search.standings {
      guard let trial = state.trial(standing.trial) else { continue }
      for (key, entries) in state.journal.results where key.trial == trial.digest {
        guard known.insert(key).inserted, try !isTrue(entries, of: key) else { continue }
        var entry = JournalEntry(.lost)
        (entry.trial, entry.seed) = (key.trial, key.seed)
        lost.append(entry)
        observer.noted(
          "\(folder.trial(key.trial).run(seed: key.seed).path) is not as it was when it ended: it is looked at again, and trained "
            + "as far as it is gone")
      }
    }
    let added = lost
    if !added.isEmpty { try state.journal.add { () throws(FileError) in added } }
  }

  /// Whether a run's folder still says what the journal says of it.
  private func isTrue(_ entries: [JournalEntry], of key: Journal.RunKey) throws(FileError) -> Bool {
    let place = folder.trial(key.trial).run(seed: key.seed)
    let run = SweepRun(place, state.plan)
    if entries.contains(where: { $0.status != .refused }) {
      do throws(FileError) {
        try RunRecord(path: place.record).requireRows(in: place)
      } catch {
        guard error.isOfContent || error.cause == .notFound else { throw error }
        return false
      }
    }
    for entry in entries where entry.status != .refused {
      let isOfThis = entry.metric == state.plan.column.name && entry.which == state.plan.which
      guard isOfThis || entry.status == .diverged else { continue }
      let found: JournalEntry?
      do throws(FileError) {
        found = try run.result(at: entry.status == .rung ? entry.step : nil)
      } catch {
        guard error.isOfContent else { throw error }
        return false
      }
      guard let found, found.status == entry.status, found.value == entry.value || entry.status == .diverged else {
        return false
      }
    }
    return true
  }

  /// Trains until nothing is left to do, or a signal asks to stop.
  /// - Parameters:
  ///   - jobs: worker processes at a time.
  ///   - threads: those of a run.
  package func run(
    jobs: Int, threads: Int, parent: Int32, observer: any SweepObserver
  ) throws(RunError) -> WorkerPool.End {
    let watch = Watch(self, observer)
    let work = state.work()
    let wanted = work.jobs.isEmpty && work.unknown.isEmpty ? 0 : jobs
    let pool = WorkerPool(
      count: wanted, task: WorkerTask(group: folder.path, threads: threads, parent: parent), messages: folder.messages)
    let end = try pool.run(watch)
    try watch.look(isLast: true)
    return end
  }

  /// Reads what workers did.
  fileprivate func update() throws(RunError) {
    do throws(FileError) { try state.journal.update() } catch { throw RunError(error) }
  }

  /// Looks at the journal for the pool and for the observer.
  private final class Watch: WorkerWatcher {
    private let training: SweepTraining
    private let observer: any SweepObserver

    /// The results that the files tell of; nil before they were written.
    private var published: Int?

    init(_ training: SweepTraining, _ observer: any SweepObserver) {
      (self.training, self.observer) = (training, observer)
    }

    func steps() throws(RunError) -> Int {
      try training.update()
      // Steps of runs that are under way count too.
      let runs = training.state.work().jobs.prefix(100).map {
        (try? RunRecord(path: training.folder.trial($0.digest).run(seed: $0.seed).record))?.step ?? 0
      }
      return training.state.journal.results.values.reduce(0) { $0 + $1.count } + runs.reduce(0, +)
    }

    func look() throws(RunError) { try look(isLast: false) }

    func look(isLast: Bool) throws(RunError) {
      try training.update()
      observer.progressed(&training.state, isLast: isLast)
      // At the end they are written with all that they have.
      let count = training.state.journal.results.values.reduce(0) { $0 + $1.count }
      guard !isLast, published != count else { return }
      try training.state.publish()
      published = count
    }

    func noted(_ message: String) { observer.noted(message) }
  }
}
