import Files
import Glibc
import Specs
import Training

extension RunName {
  /// The run that a name means.
  /// - Parameter runs: the folder in which runs are looked for where the name is no path.
  /// - Throws: `RunError` where there is none (66), or where there are several (64).
  package static func folder(_ name: String, in runs: String) throws(RunError) -> RunFolder {
    if try isRunFolder(name) { return RunFolder(name) }
    if FileBytes.isFolder(name), let run = newest(try candidates(in: name)) {
      return RunFolder("\(RunFolder(name).path)/\(run.path)")
    }
    let known = try candidates(in: runs)
    switch meaning(of: name, among: known) {
    case .run(let path): return RunFolder(join(runs, path))
    case .several(let paths):
      throw RunError(
        "\(name) can be any of \(paths.count) runs", remedy: "give one of \(list(paths))", exitCode: 64)
    case .nothing(let near): throw nothing(name, near, known, runs)
    }
  }

  /// The runs that names mean, where a name may also be a folder of runs: each once, in the order of the names.
  /// - Parameter note: is told of each path among several that is no run, as `Runs/mlp-mnist/*` can bring along.
  package static func folders(
    _ names: [String], in runs: String, note: (String) -> Void
  ) throws(RunError) -> [RunFolder] {
    var found: [RunFolder] = []
    var failures: [RunError] = []
    for name in names {
      do throws(RunError) {
        let group = try isRunFolder(name) ? [] : try members(of: name, in: runs)
        let folders = group.isEmpty ? [try folder(name, in: runs)] : group
        for run in folders where !found.contains(where: { $0.path == run.path }) { found.append(run) }
      } catch {
        // A name that is none stays an error; what the shell's * found beside runs does not end a command.
        guard names.count > 1, FileBytes.exists(name) || FileBytes.isFolder(name) else { throw error }
        failures.append(error)
      }
    }
    if found.isEmpty, let failure = failures.first { throw failure }
    for failure in failures { note("left out: \(failure.message)") }
    return found
  }

  /// All runs of a folder, or of the experiment of this name.
  private static func members(of name: String, in runs: String) throws(RunError) -> [RunFolder] {
    if FileBytes.isFolder(name) {
      let inside = try candidates(in: name)
      if !inside.isEmpty { return inside.map { RunFolder("\(RunFolder(name).path)/\($0.path)") } }
    }
    let group = trimmed(name)
    return try candidates(in: runs).filter { $0.group == group || $0.path.hasPrefix(group + "/") }
      .map { RunFolder(join(runs, $0.path)) }
  }

  /// The runs below a folder, by path; none where there is no such folder.
  ///
  /// What cannot be looked into is a candidate too: what is wrong with it is said where it is read.
  /// - Throws: where the folder itself cannot be read (66).
  package static func candidates(in runs: String) throws(RunError) -> [Candidate] {
    let top = RunFolder(runs).path
    do throws(FileError) {
      guard try FileKind.of(top) != nil else { return [] }
      let index = RunIndex(of: top)
      func place(of folder: RunFolder) -> String {
        String(decoding: folder.path.utf8.dropFirst(top.utf8.count + 1), as: UTF8.self)
      }
      let known = index.unchanged(in: top, onlyRecord: true)
      return try RunWalk(top) { known[place(of: $0)] != nil }.entries.map { entry in
        let path = place(of: entry.folder)
        return Candidate(
          path,
          started: known[path].map(\.started) ?? (try? RunRecord(path: entry.folder.record))?.sessions.first?.started)
      }
    } catch { throw RunError(error) }
  }

  /// Whether what a person wrote is the folder of a run.
  private static func isRunFolder(_ name: String) throws(RunError) -> Bool {
    do throws(FileError) {
      return try RunFolder(name).isRun()
    } catch {
      // No file can have such a name: it is none of a path.
      if error.code == ENAMETOOLONG || error.code == EINVAL { return false }
      throw RunError(error)
    }
  }

  private static func join(_ runs: String, _ path: String) -> String {
    let folder = RunFolder(runs).path
    return folder == "." ? path : "\(folder)/\(path)"
  }

  private static func nothing(
    _ name: String, _ near: [String], _ known: [Candidate], _ runs: String
  ) -> RunError {
    let message =
      FileBytes.isFolder(name)
      ? "\(name) is neither a run nor a folder of runs"
      : FileBytes.exists(name) ? "\(name) is a file, not the folder of a run" : "there is no run \(name) in \(runs)"
    let remedy =
      known.isEmpty
      ? "\(runs) has no runs; begin one with gan-exp run, or say with --runs where they lie"
      : near.count == 1
        ? "did you mean \(near[0])?"
        : "there are \(list(near.isEmpty ? groups(known) : near)); gan-exp list shows all"
    return RunError(message, remedy: remedy, exitCode: 66)
  }

  private static func groups(_ runs: [Candidate]) -> [String] {
    var names: [String] = []
    for run in runs {
      let name = run.group.isEmpty ? run.path : run.group
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Up to eight names.
  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
