import Files
import Host
import Training

/// The run of a seed in its folder in a group: begun there, or gone on with.
struct SeedRun {
  /// The run's folder.
  let folder: RunFolder
  /// The spec of the group.
  let spec: String
  let seed: UInt64
  /// As of a run.
  let options: RunOptions

  /// Whether there is its folder.
  func isThere() throws(RunError) -> Bool {
    do throws(FileError) { return try FileKind.of(folder.path) == .folder } catch { throw RunError(error) }
  }

  /// What goes on with it; nil where it is complete.
  func resumed(_ observer: any RunObserver) throws(RunError) -> Runner? {
    var resuming = ResumeOptions()
    resuming.threads = options.threads
    resuming.lanes = options.lanes
    resuming.data = options.data
    resuming.command = options.command
    return try Runner.resume(folder.path, options: resuming, notes: observer.noted)
  }

  /// What begins it.
  /// - Parameter group: whose spec it must be; nil where the spec lies in the group itself.
  func started(of group: RunGroup? = nil) throws(RunError) -> Runner {
    var own = options
    own.seed = seed
    own.folder = folder.path
    let loaded = try LoadedSpec(path: spec, options: own, machine: .current())
    if let group, !group.isOf(loaded.experiment) {
      throw RunError(
        "\(spec) is no longer the spec of \(group.path)", remedy: "begin anew: the same command makes another group",
        exitCode: 65)
    }
    return try Runner.start(loaded, options: own)
  }
}
