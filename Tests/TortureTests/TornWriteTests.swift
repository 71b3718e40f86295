import Testing

/// Each file of a run cut short or ending in zeros: nothing of it is believed, nothing else is lost.
@Suite(.serialized) struct TornWriteTests {
  /// A file of the complete run, and what is done to it.
  private func cases(_ trial: @escaping @Sendable (Workspace, String, [UInt8]) throws -> [String]) throws -> [Torture] {
    let stage = try Stage.shared()
    let files = Bytes.tree(stage.complete.run).filter { !Bytes.isFolder("\(stage.complete.run)/\($0)") }
    return try files.flatMap { file in
      let bytes = try Bytes.read("\(stage.complete.run)/\(file)")
      return Damage.tears(of: bytes.count).compactMap { damage in
        damage.applied(to: bytes).map { damaged in
          Torture("\(file) \(damage.word)", on: stage.complete.runs) { workspace in
            try Bytes.write(damaged, to: "\(workspace.run)/\(file)")
            return try trial(workspace, file, damaged)
          }
        }
      }
    }
  }

  @Test func `a run with a torn file goes on to the same bits or is refused untouched`() throws {
    let expected = try Stage.shared().furtherEvidence
    let cases = try cases { workspace, file, _ in
      let before = try Snapshot(workspace.run)
      let isLegible = Record(workspace.run).status != nil
      let end = try workspace.gan(Stage.shared().goingFurther.arguments)
      if let trap = end.trap { return ["\(trap): \(end.text)"] }
      guard end.status == 0 else {
        return Snapshot.mayRefuse.contains(file)
          ? try before.problems(ofRefusal: end, workspace.run) : ["refused: \(end.text)"]
      }
      // What cannot be made anew stays torn, and the verdict is then of the last checkpoint.
      let best = "checkpoints/best.safetensors"
      let lost: Set =
        file.hasPrefix("samples/") ? [file] : file == best ? [best, "verdict.csv", "verdict_counts.csv"] : []
      var problems = expected.differences(try Evidence(workspace.run), without: lost)
      if file == best, !end.errors.contains("best checkpoint cannot be used") {
        problems.append("not a word of it: \(end.text)")
      }
      if file == "checkpoints/step-000016.safetensors", !end.errors.contains("passed over") {
        problems.append("not a word of the checkpoint: \(end.text)")
      }
      if file == "run.json", !isLegible, end.errors.isEmpty { problems.append("not a word of run.json") }
      return problems
    }
    Torture.inflict("torn files before a resumption", cases, short: 44)
  }

  @Test func `a torn file is found by verify`() throws {
    let cases = try cases { workspace, file, _ in
      let end = try workspace.gan(["verify", "Runs/tiny/001"])
      if let trap = end.trap { return ["\(trap): \(end.text)"] }
      if [".lock", "log.txt", "timing.csv"].contains(file) { return [0, 65].contains(end.status) ? [] : [end.text] }
      let name = file.split(separator: "/").last ?? ""
      if end.status != 65 { return ["verify ended with \(end.text)"] }
      return (end.output + end.errors).contains(name) ? [] : ["verify does not name it: \(end.output)"]
    }
    Torture.inflict("torn files before verify", cases, short: 24)
  }
}

/// All bytes of a run's folder, to see that a refusal leaves them as they are.
struct Snapshot {
  /// Files without which a run cannot be gone on with; the others must not keep it from that.
  static let mayRefuse: Set<String> = ["metrics.csv", "evaluation.csv", "counts.csv", "spec.yaml", "resolved.yaml"]

  private let files: [String: [UInt8]]

  /// Reads a run's folder, without what tells of the attempt itself.
  init(_ run: String) throws {
    let names = Bytes.tree(run).filter { ![".lock", "log.txt"].contains($0) && !Bytes.isFolder("\(run)/\($0)") }
    files = Dictionary(uniqueKeysWithValues: try names.map { ($0, try Bytes.read("\(run)/\($0)")) })
  }

  /// What is wrong with a refusal: its status, its words, or that it changed something.
  func problems(ofRefusal end: Command.Outcome, _ run: String) throws -> [String] {
    var problems: [String] = []
    if ![65, 66, 74].contains(end.status) { problems.append("the wrong \(end.text)") }
    let lines = end.errors.split(separator: "\n")
    if lines.count < 2 || lines.last?.hasPrefix("  ") != true { problems.append("no remedy: \(end.text)") }
    let now = try Snapshot(run).files
    for name in Set(files.keys).union(now.keys).sorted() where files[name] != now[name] {
      problems.append("the refusal changed \(name)")
    }
    return problems
  }
}
