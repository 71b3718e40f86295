import Specs
import SystemPackage

/// What a run is called by those who want it: a path, or less where that is enough.
///
/// In this order, the first that holds:
///
/// | name | run |
/// |---|---|
/// | `Runs/mlp-mnist/001` | the run in this folder |
/// | `Runs/mlp-mnist` | the newest run below this folder |
/// | `latest` | the newest run of all |
/// | `mlp-mnist/001` | the run in this folder of the folder of runs; also `mlp-mnist/1` |
/// | `mlp-mnist` | the experiment's newest run |
/// | `001` | the one run of this number; also `1` |
/// | `mlp-mnist/00`, `mlp` | the one run, or the newest run of the one experiment, that begins so |
package enum RunName {
  /// A run that a name can mean.
  package struct Candidate: Equatable, Sendable {
    /// Its folder, relative to the folder of runs: `mlp-mnist/001`.
    package let path: String
    /// When it began, in UTC as ISO 8601; nil where its record does not say.
    package let started: String?

    /// A run at a path.
    package init(_ path: String, started: String? = nil) {
      self.path = path
      self.started = started
    }

    /// The folder that it lies in: its experiment; nothing for a run directly in the folder of runs.
    var group: String { FilePath(path).removingLastComponent().string }
    /// The last part of its path.
    var number: String { FilePath(path).lastComponent?.string ?? path }
  }

  /// What a name means among runs.
  package enum Meaning: Equatable, Sendable {
    /// This run, by its path.
    case run(String)
    /// Any of these.
    case several([String])
    /// Nothing; these words are near.
    case nothing(near: [String])
  }

  /// The newest of all runs.
  package static let latest = "latest"

  /// What a name means among runs whose paths are relative to one folder.
  package static func meaning(of name: String, among runs: [Candidate]) -> Meaning {
    let name = trimmed(name)
    let exact = runs.filter { $0.path == name || $0.path == padded(name) }
    if let run = exact.first { return .run(run.path) }
    if name == latest, let run = newest(runs) { return .run(run.path) }
    if let run = newest(runs.filter { $0.group == name || $0.path.hasPrefix(name + "/") }) { return .run(run.path) }
    let numbered = runs.filter { [name, padded(name)].contains($0.number) || $0.path.hasSuffix("/" + padded(name)) }
    if !numbered.isEmpty { return one(of: numbered) }
    let begun = name.isEmpty ? [] : runs.filter { $0.path.hasPrefix(name) }
    let groups = Set(begun.map(\.group))
    if !begun.isEmpty, groups.count == 1, !name.contains("/"), let run = newest(begun) { return .run(run.path) }
    if !begun.isEmpty { return one(of: begun) }
    return .nothing(near: near(name, runs))
  }

  /// The newest run, by when it began; of those that began together, the last by number.
  ///
  /// One whose record does not say when is the newest of its experiment where its number is the highest: it is not passed
  /// over in silence, but read, and what is wrong with it said.
  static func newest(_ runs: [Candidate]) -> Candidate? {
    func isOlder(_ first: Candidate, _ second: Candidate) -> Bool {
      (first.number.count, first.path) < (second.number.count, second.path)
    }
    let known = runs.filter { $0.started != nil }.max {
      $0.started == $1.started ? isOlder($0, $1) : $0.started ?? "" < $1.started ?? ""
    }
    return runs.filter { $0.started == nil && $0.group == known?.group ?? $0.group }
      .filter { run in known.map { isOlder($0, run) } ?? true }.max(by: isOlder) ?? known
  }

  private static func one(of runs: [Candidate]) -> Meaning {
    runs.count == 1 ? .run(runs[0].path) : .several(runs.map(\.path))
  }

  /// The runs' paths, experiments and numbers that a person may have meant, the nearest first.
  private static func near(_ name: String, _ runs: [Candidate]) -> [String] {
    guard !runs.isEmpty else { return [] }
    var words: [String] = []
    for word in runs.flatMap({ [$0.group, $0.path, $0.number] }) + [latest] where !word.isEmpty {
      if !words.contains(word) { words.append(word) }
    }
    // Of Runs/mlp-mnst/001 also what its end is near to.
    for name in [name, FilePath(root: nil, FilePath(name).components.suffix(2)).string] {
      // A number that the experiment does not have: the runs that it has.
      let group = Candidate(name).group
      let siblings = runs.filter { $0.group == group && !group.isEmpty }.map(\.path)
      if !siblings.isEmpty { return siblings }
      if let word = Suggestion.nearest(to: name, among: words) { return [word] }
    }
    return []
  }

  /// A name with one slash between its parts, and without parts `.`.
  static func trimmed(_ name: String) -> String {
    let path = FilePath(name)
    let parts = path.components.filter { $0.kind != .currentDirectory }
    return parts.isEmpty ? path.string : FilePath(root: path.root, parts).string
  }

  /// A name whose last part, where that is a number, has three digits, as the folders of runs do.
  private static func padded(_ name: String) -> String {
    let candidate = Candidate(name)
    let number = candidate.number
    guard (1...2).contains(number.count), number.allSatisfy({ $0.isASCII && $0.isNumber }) else { return name }
    let whole = String(repeating: "0", count: 3 - number.count) + number
    return candidate.group.isEmpty ? whole : "\(candidate.group)/\(whole)"
  }
}
