import Files
import SystemPackage
import Training

/// Several runs that count as one: a group's, those of a list, or a single one.
package struct NamedRuns: Sendable {
  /// What it is called: the path of the group or run, of a list what its paths share.
  package private(set) var name: String
  /// Its runs, each once.
  package let runs: [RunFolder]

  /// Runs under a name.
  package init(_ name: String, _ runs: [RunFolder]) { (self.name, self.runs) = (name, runs) }

  /// Runs of a list, named for the folder that all lie in.
  package init(_ runs: [RunFolder]) {
    self.runs = runs
    let shared = NamedRuns.shared(runs)
    name = shared.isEmpty ? NamedRuns.listed(runs, behind: 0) : shared
  }

  /// The same groups, those of one name named for their runs too.
  package static func distinct(_ groups: [NamedRuns]) -> [NamedRuns] {
    groups.map { group in
      guard groups.count(where: { $0.name == group.name }) > 1 else { return group }
      var group = group
      let shared = NamedRuns.shared(group.runs)
      let runs = NamedRuns.listed(group.runs, behind: shared.isEmpty ? 0 : shared.count + 1)
      group.name = shared.isEmpty ? runs : "\(shared)/\(runs)"
      return group
    }
  }

  /// The folder in which all of them lie; nothing where there is none, and of a single run.
  private static func shared(_ runs: [RunFolder]) -> String {
    let parts = runs.map { $0.path.split(separator: "/", omittingEmptySubsequences: false) }
    guard parts.count > 1, let shortest = parts.map(\.count).min() else { return "" }
    var common = 0
    while common < shortest - 1, parts.allSatisfy({ $0[common] == parts[0][common] }) { common += 1 }
    return parts[0].prefix(common).joined(separator: "/")
  }

  /// Their paths without what all begin with, of many the first and the last.
  private static func listed(_ runs: [RunFolder], behind shared: Int) -> String {
    let names = runs.map { String($0.path.dropFirst(shared)) }
    return names.count < 4 ? names.joined(separator: ",") : "\(names[0])..\(names[names.count - 1])"
  }
}

extension RunName {
  /// The group that a name means: by its path, by `NAME/group-001` in the folder of runs, by `NAME` where a group is the newest
  /// there, or by runs with commas between them; nil where it means runs, or nothing.
  /// - Throws: `RunError` where a run of a list is none (66), or can be several (64).
  package static func group(_ name: String, in runs: String) throws(RunError) -> NamedRuns? {
    let paths = [name, "\(RunFolder(runs).path)/\(trimmed(name))"].map { RunFolder($0).path }
    for path in paths {
      // What cannot be read is told of where it is read as a run.
      if (try? RunFolder(path).isRun()) == true { return nil }
      guard FileBytes.isFolder(path) else { continue }
      if let group = try? members(ofGroup: path) { return group }
      // Of a folder of experiments the newest run says nothing.
      guard let newest = (try? candidates(in: path)).flatMap({ self.newest($0) }), !newest.group.contains("/") else {
        return nil
      }
      if !newest.group.isEmpty, let group = try? members(ofGroup: "\(path)/\(newest.group)") { return group }
      return nil
    }
    let parts = name.split(separator: ",").map(String.init)
    guard parts.count > 1 else { return nil }
    var found: [RunFolder] = []
    for part in parts {
      let run = try folder(part, in: runs)
      if !found.contains(where: { $0.path == run.path }) { found.append(run) }
    }
    return NamedRuns(found)
  }

  private static func members(ofGroup path: String) throws(FileError) -> NamedRuns? {
    try GroupFolder.isGroup(path) ? NamedRuns(path, try GroupFolder(path).runs()) : nil
  }
}
