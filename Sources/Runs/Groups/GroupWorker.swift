import Files
import Host
import Specs
import Training

/// A process that trains runs of a group, one after the other: each that is not over and that no other process has claimed.
///
/// Any number of them may be at work on a group, here and on other machines that share the folder. What one that was killed left is
/// gone on with by the next.
package struct GroupWorker {
  private let group: RunGroup
  private let spec: String
  private let options: RunOptions
  private let observer: any RunObserver
  /// The claims of seeds whose runs failed here: no other worker shall try the same again.
  private var failures: [FolderLock] = []

  /// - Parameters:
  ///   - spec: the path of the group's spec.
  ///   - options: as of a run; its seed does not matter.
  package init(_ group: RunGroup, spec: String, options: RunOptions, observer: any RunObserver) {
    (self.group, self.spec, self.options, self.observer) = (group, spec, options, observer)
  }

  /// Trains the runs of these seeds.
  /// - Parameters:
  ///   - parent: the process that began this one, with which it ends.
  ///   - failed: is told what kept a run from its end; the next ones are trained all the same.
  /// - Returns: the signal that asked to stop; nil where no seed was left.
  package mutating func work(_ seeds: [UInt64], of parent: Int32, failed: (UInt64, RunError) -> Void) -> Int32? {
    Interruption.listen()
    WorkerProcess.endWithParent(parent)
    for seed in seeds {
      if let signal = Interruption.signal { return signal }
      do throws(RunError) {
        if let signal = try train(seed) { return signal }
      } catch { failed(seed, error) }
    }
    return Interruption.signal
  }

  /// Trains the run of a seed to its end, or on to it.
  private mutating func train(_ seed: UInt64) throws(RunError) -> Int32? {
    let claim: FolderLock
    do throws(FileError) {
      guard let made = try group.claim(seed) else { return nil }
      claim = made
      guard try !group.member(seed).isOver else { return nil }
    } catch { throw RunError(error) }
    do throws(RunError) {
      defer { withExtendedLifetime(claim) {} }
      return try trainClaimed(seed)
    } catch {
      failures.append(claim)
      throw error
    }
  }

  private func trainClaimed(_ seed: UInt64) throws(RunError) -> Int32? {
    let run = SeedRun(folder: group.folder(of: seed), spec: spec, seed: seed, options: options)
    let observer = NamedObserver("seed \(seed)", self.observer)
    let runner = try run.isThere() ? run.resumed(observer) : run.started(of: group)
    guard let runner, case .stopped(let signal) = try runner.run(observer: observer) else { return nil }
    return signal
  }
}
