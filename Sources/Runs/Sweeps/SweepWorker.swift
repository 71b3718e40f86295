import Files
import Glibc
import Host
import Specs
import Sweeps
import Training

/// A process that trains runs of a sweep, one after the other: each that waits and that no other process has claimed.
///
/// Any number of them may be at work on a sweep, here and on other machines that share the folder. What is to be trained follows from
/// the journal alone, so that it does not depend on how many there are, nor on when they are killed.
package struct SweepWorker {
  private let folder: SweepFolder
  private let options: RunOptions
  private let observer: any RunObserver
  private var state: SweepState
  private var journal: Journal { state.journal }
  private var plan: SweepPlan { state.plan }

  /// Microseconds between looks at what other workers do, while there is nothing to do.
  private static let pause: UInt32 = 300_000

  /// - Parameter options: as of a run; its seed and its changes do not matter.
  package init(
    _ plan: SweepPlan, in folder: SweepFolder, options: RunOptions, observer: any RunObserver
  ) throws(RunError) {
    do throws(FileError) { state = SweepState(plan, in: folder, try Journal(folder)) } catch { throw RunError(error) }
    (self.folder, self.options, self.observer) = (folder, options, observer)
  }

  /// Trains until nothing is left to do, or a signal asks to stop.
  /// - Parameters:
  ///   - parent: the process that began this one, with which it ends; nil for none.
  ///   - failed: is told what kept a run from its end; others are trained all the same.
  /// - Returns: the signal.
  /// - Throws: `RunError` where this machine cannot read the data (65, 66, 74), or the journal cannot be written.
  package mutating func work(
    of parent: Int32?, failed: (SweepState.Job, RunError) -> Void
  ) throws(RunError) -> Int32? {
    Interruption.listen()
    if let parent {
      WorkerProcess.endWithParent(parent)
    } else {
      // Who began it was on another machine.
      try plan.requireData(options.data)
    }
    while true {
      if let signal = Interruption.signal { return signal }
      let (claim, isElsewhere) = try next()
      guard let claim else {
        guard isElsewhere else { return nil }
        usleep(SweepWorker.pause)
        continue
      }
      if let signal = try train(claim, failed: failed) { return signal }
      // Nobody else does where there is no parent.
      if parent == nil { try state.publish() }
    }
  }

  /// A job with the right to do it.
  private struct Claim {
    let job: SweepState.Job
    let lock: FolderLock
  }

  /// The next job that nobody else has; whether others have some where there is none.
  private mutating func next() throws(RunError) -> (Claim?, isElsewhere: Bool) {
    do throws(FileError) {
      try journal.update()
      guard journal.plan == plan.digest else {
        throw plan.changed
      }
      var work = state.work()
      // What is refused ends at once, and others follow from it.
      while !work.unknown.isEmpty {
        try SweepTrials(plan, folder, options.command).register(&state)
        work = state.work()
      }
      var isElsewhere = false
      for job in work.jobs where journal.failures[job.key] == nil {
        guard let lock = try folder.trial(job.digest).claim(job.seed) else {
          isElsewhere = true
          continue
        }
        // Who had it before may have done it.
        try journal.update()
        guard state.entry(of: job) == nil, journal.failures[job.key] == nil else { return (nil, true) }
        return (Claim(job: job, lock: lock), false)
      }
      return (nil, isElsewhere)
    } catch { throw RunError(error) }
  }

  private func train(
    _ claim: Claim, failed: (SweepState.Job, RunError) -> Void
  ) throws(RunError) -> Int32? {
    let job = claim.job
    var entry: JournalEntry
    do throws(RunError) {
      guard let result = try result(of: job) else { return Interruption.signal ?? SIGTERM }
      entry = result
    } catch {
      // A machine that cannot read the data would fail each run that it claims, which another one can train.
      try plan.requireData(options.data)
      failed(job, error)
      entry = JournalEntry(.fail)
      entry.message = error.message
    }
    (entry.trial, entry.seed) = (job.digest, job.seed)
    do throws(FileError) {
      let added = [entry]
      try journal.add { () throws(FileError) in added }
    } catch { throw RunError(error) }
    withExtendedLifetime(claim.lock) {}
    guard entry.event == .fail || state.entry(of: job) != nil else {
      throw RunError("what came of \(job) does not end it", exitCode: 70)
    }
    return nil
  }

  /// What came of a job; nil where a signal asked to stop.
  private func result(of job: SweepState.Job) throws(RunError) -> JournalEntry? {
    let group = folder.trial(job.digest)
    let folder = group.run(seed: job.seed)
    let run = SweepRun(folder, plan)
    do throws(FileError) {
      // Of a run that is not as it was the folder is mended first, as resume does.
      if !journal.lost.contains(job.key), let known = try run.result(at: job.step) { return known }
    } catch {
      guard error.isOfContent else { throw RunError(error) }
    }
    let observer = NamedObserver("\(SweepFolder.trialName(job.digest)), seed \(job.seed)", self.observer)
    if let runner = try runner(of: job, group, observer) {
      switch try runner.run(observer: observer, until: job.step) {
      case .stopped: return nil
      case .diverged(let divergence):
        var entry = JournalEntry(.result)
        (entry.status, entry.step, entry.message) = (.diverged, divergence.step, divergence.text)
        return entry
      case .complete, .paused: break
      }
    }
    do throws(FileError) {
      if let known = try run.result(at: job.step) { return known }
    } catch { throw RunError(error) }
    throw RunError(
      "\(folder.path) did not come to step \(job.step.map(String.init) ?? "the end")",
      remedy: "the same command tries again", exitCode: 74)
  }

  /// What trains a run from its beginning, or on; nil where it is complete.
  ///
  /// One whose folder was changed so that it cannot go on is set aside and trained anew.
  private func runner(
    of job: SweepState.Job, _ group: GroupFolder, _ observer: any RunObserver
  ) throws(RunError) -> Runner? {
    var own = options
    own.overrides = []
    own.specFolder = plan.specFolder
    let run = SeedRun(folder: group.run(seed: job.seed), spec: group.spec, seed: job.seed, options: own)
    guard try run.isThere() else { return try run.started() }
    do throws(RunError) {
      return try run.resumed(observer)
    } catch {
      guard [65, 66, 74].contains(error.exitCode), journal.lost.contains(job.key) else { throw error }
      do throws(FileError) {
        let aside = try DurableFile.setAside(run.folder.path)
        observer.noted("\(error.message): it is trained anew\(aside.map { ", and what was there is \($0)" } ?? "")")
      } catch { throw RunError(error) }
      return try run.started()
    }
  }
}
