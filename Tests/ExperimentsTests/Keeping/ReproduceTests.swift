import Files
import Foundation
import TestSupport
import Testing

/// `gan-exp reproduce`: the promise of the same bytes as a command.
@Suite struct ReproduceTests {
  private static let spec = RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 3")

  /// What leads to the run, and what is said of it.
  @Test(arguments: [
    ("$GAN run small.yaml --quiet", "", "reproduced to step 30: 8 files, the same bytes\n"),
    (
      "$GAN run small.yaml --quiet --threads 2 --seed 7", "--threads 1",
      "reproduced to step 30: 8 files, the same bytes\n"
    ),
    (
      "$GAN run small.yaml --quiet --epochs 2 && $GAN resume small --epochs 3 --quiet", "",
      "reproduced to step 30: 8 files, the same bytes\n"
    ),
    (
      // As a version without this field left its checkpoints.
      "$GAN run small.yaml --quiet && LC_ALL=C sed -i 's/initial_weights: null/#nitial_weights: null/' Runs/small/001/checkpoints/*",
      "", "reproduced to step 30: 8 files, the same bytes\n"
    ),
    ("$GAN run small.yaml --quiet", "--steps 20", "reproduced to step 20: 5 files, the same bytes\n"),
    ("$GAN run small.yaml --quiet", "--steps 9", "reproduced to step 9: 1 file, the same bytes\n"),
  ]) func `a run is the same again`(made: String, options: String, said: String) throws {
    let scratch = try RunScratch(spec: ReproduceTests.spec)
    try #require(try scratch.shell("{ \(made); } > out").status == 0)
    let result = try scratch.shell("$GAN reproduce small \(options) --quiet")
    #expect(result.output == said && result.status == 0, "\(result.output)\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder("Runs")) == ["small"])
    #expect(try scratch.names(scratch.folder("Runs/small")) == ["001"])
  }

  /// Lets a run's record say of its files what they are, as if the run itself had left them so.
  private func record(_ run: String) throws {
    var text = try String(contentsOfFile: run + "/run.json", encoding: .utf8)
    func digest(_ name: String) throws -> String { Digest.sha256(try DurableFile.read("\(run)/\(name)")) }
    struct Record: Decodable {
      struct Metrics: Decodable { let digest: String }
      let metrics: Metrics
      let sheets: [String: String]
      let sha256: String
    }
    let record = try JSONDecoder().decode(Record.self, from: Data(text.utf8))
    text = text.replacing(record.metrics.digest, with: try digest("metrics.csv"))
    for (name, old) in record.sheets {
      text = text.replacing("\"\(name)\" : \"\(old)\"", with: "\"\(name)\" : \"\(try digest("samples/\(name)"))\"")
    }
    let blank = text.replacing(record.sha256, with: String(repeating: "0", count: 64))
    text = text.replacing(record.sha256, with: Digest.sha256([UInt8](blank.utf8)))
    try text.write(toFile: run + "/run.json", atomically: true, encoding: .utf8)
  }

  /// What is done to the run, whether its record is of what it is then, and what differs.
  @Test(
    arguments: [
      ("sed -i 's/^14,2,./14,2,9/' metrics.csv", true, "metrics.csv  line 3, step 14: discriminator_loss was 9"),
      (
        "cp samples/step-000010.png samples/step-000020.png", true,
        "samples/step-000020.png  the first other byte is byte "
      ),
      (
        "cp checkpoints/step-000010.safetensors checkpoints/step-000020.safetensors", false,
        "checkpoints/step-000020.safetensors  the first other byte is byte "
      ),
      ("rm samples/step-000020.png", false, "samples/step-000020.png  the run has lost it"),
    ] as [(String, Bool, String)]) func `what is not the same again is told`(
      change: String, isRecorded: Bool, line: String
    ) throws
  {
    let scratch = try RunScratch(spec: ReproduceTests.spec)
    try #require(try scratch.shell("$GAN run small.yaml --quiet > out").status == 0)
    try #require(try scratch.shell("cd Runs/small/001; \(change)").status == 0)
    if isRecorded { try record(scratch.run()) }
    let result = try scratch.gan("reproduce", "small", "--quiet")
    let lines = result.output.split(separator: "\n").map { $0.replacing(#/ {2,}/#, with: "  ") }
    #expect(lines.first == "not reproduced to step 30: 1 of 8 files differs", "\(result.output)\(result.errors)")
    #expect(lines.count == 2 && lines.last?.hasPrefix(line) == true, "\(result.output)")
    #expect(result.status == 1)
  }

  @Test(
    arguments: [
      (
        "sed -i 's/batch_size: 256/batch_size: 32/' resolved.yaml", "", 65,
        "resolved.yaml was changed after the run began"
      ),
      ("echo 40,4,1 >> metrics.csv; sed -i 's/^7,1,./7,1,9/' metrics.csv", "", 65, "metrics.csv: its first "),
      ("true", "--steps 31", 64, "Runs/small/001 stands at step 30, before step 31"),
    ] as [(String, String, Int32, String)])
  func `what cannot be reproduced is refused`(change: String, options: String, status: Int32, message: String) throws {
    let scratch = try RunScratch(spec: ReproduceTests.spec)
    try #require(try scratch.shell("$GAN run small.yaml --quiet > out; cd Runs/small/001; \(change)").status == 0)
    let result = try scratch.shell("$GAN reproduce small --quiet \(options)")
    #expect(result.status == status && result.errors.contains(message), Comment(rawValue: result.errors))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder("Runs")) == ["small"])
  }

  @Test func `a run that diverged diverges again in the same step`() throws {
    let scratch = try RunScratch(
      spec: ReproduceTests.spec.replacingOccurrences(
        of: "generator: adam", with: "generator: {sgd: {learning_rate: 1e30}}"))
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 3)
    let result = try scratch.gan("reproduce", "small", "--quiet")
    #expect(result.status == 0 && result.output.hasPrefix("reproduced to step "), "\(result.output)\(result.errors)")
  }

  @Test func `what is kept is a run beside the others, and JSON has a line for each file`() throws {
    let scratch = try RunScratch(spec: ReproduceTests.spec)
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let result = try scratch.gan("reproduce", "small", "--quiet", "--keep", "--json")
    struct Reproduction: Decodable {
      struct File: Decodable {
        let file: String
        let difference: String?
      }
      let step: Int
      let files: [File]
    }
    let found = try JSONDecoder().decode(Reproduction.self, from: Data(result.output.utf8))
    #expect(found.step == 30 && found.files.count == 8 && found.files.allSatisfy { $0.difference == nil })
    #expect(result.errors == "the new run is Runs/small/002\n")
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }
}
