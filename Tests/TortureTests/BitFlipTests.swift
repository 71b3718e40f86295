import Testing

/// Every bit of a checkpoint flipped: it is never taken without a word.
@Suite(.serialized) struct BitFlipTests {
  private static let newest = "checkpoints/step-000016.safetensors"

  private func cases(_ kind: String, _ trial: @escaping @Sendable (Workspace) throws -> [String]) throws -> [Torture] {
    let stage = try Stage.shared()
    let bytes = try Bytes.read("\(stage.complete.run)/\(BitFlipTests.newest)")
    return (0..<(8 * bytes.count)).compactMap { bit in
      Damage.flip(bit).applied(to: bytes).map { damaged in
        Torture("\(kind): \(Damage.flip(bit).word)", on: stage.complete.runs) { workspace in
          try Bytes.write(damaged, to: "\(workspace.run)/\(BitFlipTests.newest)")
          return try trial(workspace)
        }
      }
    }
  }

  @Test func `a checkpoint with a flipped bit is not sampled without a word`() throws {
    let cases = try cases("sample") { workspace in
      let end = try workspace.gan(["sample", "Runs/tiny/001", "-n", "4", "-o", "sheet.png", "--threads", "1"])
      if let trap = end.trap { return ["\(trap): \(end.text)"] }
      if ![0, 65, 74].contains(end.status) { return ["the wrong \(end.text)"] }
      return end.errors.contains("step-000016.safetensors") ? [] : ["not a word of it: \(end.text)"]
    }
    Torture.inflict("flipped bits before a sample", cases, short: 64)
  }

  @Test func `a run goes on past a checkpoint with a flipped bit to the same bits`() throws {
    let stage = try Stage.shared()
    let all = try cases("resume") { workspace in
      let end = try workspace.gan(stage.goingFurther.arguments)
      guard end.status == 0, end.errors.contains("passed over"), end.errors.contains("step-000016") else {
        return ["not passed over: \(end.text)"]
      }
      return stage.furtherEvidence.differences(try Evidence(workspace.run))
    }
    // A bit of every byte: a resumption takes three times as long as a sample.
    let cases = all.enumerated().filter { $0.offset % 8 == $0.offset / 8 % 8 }.map(\.element)
    Torture.inflict("flipped bits before a resumption", cases, short: 24)
  }
}
