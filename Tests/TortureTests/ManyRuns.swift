import Foundation

/// A command that trains many runs, a group or a sweep, and what it must end in however it was disturbed.
struct ManyRuns: Sendable {
  /// A short name for cases.
  let name: String
  /// The command without `--jobs`.
  let arguments: [String]
  /// The sweep's file; nil of a group.
  let file: String?

  /// Of each method those that differ in how trials follow from results.
  ///
  /// - Parameter epochs: those of a run to its end: enough for kills to find it at work.
  static func all(epochs: Int) -> [ManyRuns] {
    let rungs = "halving: {from: \(epochs / 4) epochs, to: \(epochs) epochs, factor: 2}"
    return [
      ManyRuns(
        name: "group",
        arguments: ["run", "tiny.yaml", "--seeds", "0..3", "--set", "training.epochs=\(epochs)"]
          + ["--set", "record.samples_every=10", "--quiet"],
        file: nil),
      sweep("halving", epochs, "method: halving\n  trials: 4\n  \(rungs)"),
      sweep("tpe", epochs / 2, "method: {tpe: {startup: 2}}\n  trials: 4\n  parallel: 2"),
      sweep("asha", epochs, "method: asha\n  trials: 4\n  parallel: 2\n  \(rungs)"),
      sweep("random", epochs / 3, "method: random\n  trials: 3\n  each: loss"),
    ]
  }

  private static func sweep(_ name: String, _ epochs: Int, _ lines: String) -> ManyRuns {
    ManyRuns(
      name: name, arguments: ["sweep", "search.yaml", "--quiet"],
      file: """
        training: {epochs: \(epochs)}
        record: {samples_every: 10}
        sweep:
          base: tiny.yaml
          seeds: [0, 1]
          objective: {metric: generator_loss, goal: minimize, value: last}
          parameters:
            optimizers.generator.adam.learning_rate: {log_uniform: [1e-4, 1e-2]}
            loss: {choice: [non_saturating, hinge]}
          then: {best: 1, seeds: [8, 9]}
          \(lines)

        """)
  }

  /// An empty workspace with its files.
  func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try prepare(workspace)
    return workspace
  }

  /// Puts its files into a workspace.
  func prepare(_ workspace: Workspace) throws {
    if let file { try Bytes.write(Array(file.utf8), to: workspace.folder + "/search.yaml") }
  }

  /// Trains it undisturbed.
  func evidence(jobs: Int) throws -> Outcome {
    let workspace = try workspace()
    let end = try workspace.gan(arguments + ["--jobs", "\(jobs)"])
    guard end.status == 0 else { throw Trouble("\(name), \(jobs) jobs, undisturbed: \(end.text)") }
    return try Outcome(workspace.runs)
  }

  /// Every file below a folder of runs that must be the same bytes however they were trained.
  struct Outcome: Sendable {
    let files: [String: [UInt8]]

    /// Files that say when, by which commands and how fast.
    private static let personal = [
      "run.json", "group.json", "journal.jsonl", "timing.csv", "log.txt", "workers.txt", ".lock",
    ]

    init(_ runs: String) throws {
      var files: [String: [UInt8]] = [:]
      for path in Bytes.tree(runs) where !Bytes.isFolder("\(runs)/\(path)") {
        if Outcome.personal.contains((path as NSString).lastPathComponent) { continue }
        files[path] = try Bytes.read("\(runs)/\(path)")
      }
      self.files = files
    }

    /// Says in what other files differ from these.
    func differences(_ other: Outcome) -> [String] {
      Set(files.keys).union(other.files.keys).sorted().compactMap { name in
        guard files[name] != other.files[name] else { return nil }
        if files[name] == nil { return "\(name) should not be there" }
        return other.files[name] == nil ? "\(name) is missing" : "\(name) has other bytes"
      }
    }
  }
}
