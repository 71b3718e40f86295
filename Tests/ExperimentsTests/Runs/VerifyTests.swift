import Foundation
import TestSupport
import Testing

/// `gan-exp verify`, to the letter.
@Suite struct VerifyTests {
  private static let whole = """
    ok  Runs/small/001/run.json                             complete, step 20 of 20
    ok  Runs/small/001/spec.yaml                            as it was given
    ok  Runs/small/001/resolved.yaml                        as it was resolved
    ok  Runs/small/001/metrics.csv                          3 rows, to step 20
    ok  Runs/small/001/health.csv                           as the rows show
    ok  Runs/small/001/timing.csv                           2 rows
    ok  Runs/small/001/log.txt                              4 lines
    ok  Runs/small/001/checkpoints/step-000010.safetensors  of step 10, SHA-256 right
    ok  Runs/small/001/checkpoints/step-000020.safetensors  of step 20, SHA-256 right
    ok  Runs/small/001/samples/step-000010.png              512 x 512, SHA-256 right
    ok  Runs/small/001/samples/step-000020.png              512 x 512, SHA-256 right

    """

  @Test func `a run that nobody touched is as it was recorded`() throws {
    let original = try #require(RunScratch.trained)
    let result = try original.gan("verify", "Runs/small/001")
    #expect(result.output == VerifyTests.whole)
    #expect(result.errors == "" && result.status == 0)
  }

  @Test(arguments: ["1e300", "nan", "0.5"]) func `a step that is no whole number is no step`(step: String) throws {
    let original = try #require(RunScratch.trained)
    let scratch = try TemporaryFolder()
    let line = """
      cp -r \(original.folder.path)/Runs .; R=Runs/small/001; rm $R/run.json; printf 'step,epoch\\n\(step),1\\n' > $R/metrics.csv
      $GAN verify $R | grep metrics.csv; exit ${PIPESTATUS[0]}
      """
    let result = try Program.shell(line, in: scratch.path)
    #expect(result.output.hasPrefix("damaged"), "\(result.output)\(result.errors)")
    #expect(result.output.hasSuffix("line 2 has a step that is no whole number\n"), "\(result.output)")
    #expect(result.status == 65)
  }

  @Test func `a name of as many zeros as a digest has digits is no digest`() throws {
    let scratch = try RunScratch()
    let name = String(repeating: "0", count: 64)
    let result = try scratch.shell(
      "$GAN run small.yaml --set name=\(name) --set training.epochs=1 --quiet > out; $GAN verify Runs/\(name)/001 > lines"
    )
    #expect(result.errors == "" && result.status == 0, "\(result.errors)")
  }

  @Test func `an experiment called metrics is verified as any other`() throws {
    let scratch = try RunScratch()
    let result = try scratch.shell(
      """
      $GAN run small.yaml --set name=metrics --set training.epochs=1 --quiet > out
      $GAN verify metrics | head -1; $GAN verify Runs/metrics/001 | tail -1; $GAN verify metrics --thorough
      """)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("ok  Runs/metrics/001/") }, "\(result.output)")
    let refusal = "gan-exp: error: --thorough, --threads and --data-dir are for gan-exp verify metrics"
    #expect(result.errors.hasPrefix(refusal), "\(result.errors)")
    #expect(result.status == 64)
  }

  /// What is done to the run, and the lines that are not `ok` afterwards.
  @Test(arguments: [
    ("echo '# more' >> spec.yaml", "changed  spec.yaml  it was changed after the run began"),
    (
      "sed -i 's/batch_size: 256/batch_size: 32/' resolved.yaml",
      "changed  resolved.yaml  it was changed after the run began (training.batch_size: 256 -> 32)"
    ),
    ("rm resolved.yaml", "missing  resolved.yaml  it is gone"),
    (
      "echo '{}' > run.json",
      """
      damaged  run.json  it is not the record of a run; gan-exp resume Runs/small/001 makes it again from the run's other \
      files
      """
    ),
    ("echo 21,3,1 >> metrics.csv", "changed  metrics.csv  7 bytes follow the LENGTH that were recorded"),
    ("echo >> metrics.csv", "changed  metrics.csv  1 byte follows the LENGTH that were recorded"),
    (
      "sed -i '2s/7,1,./7,1,9/' metrics.csv",
      "changed  metrics.csv  its first LENGTH bytes are not those that were recorded"
    ),
    ("truncate -s 50 metrics.csv", "changed  metrics.csv  it has 50 bytes, LENGTH were recorded"),
    (
      "sed -i 's/$/\\r/' metrics.csv",
      "changed  metrics.csv  it was saved with other line ends (CRLF); gan-exp resume restores them"
    ),
    ("echo 1,2,x >> timing.csv", "damaged  timing.csv  line 4 has 3 cells, but there are 6 columns"),
    ("echo 1,20,2,x,1,1 >> timing.csv", "damaged  timing.csv  line 4 has a cell that is no number"),
    ("rm log.txt", "missing  log.txt  it is gone"),
    ("rm metrics.csv; mkfifo metrics.csv", "damaged  metrics.csv  it is a pipe, not a file"),
    (
      "printf x | dd of=checkpoints/step-000010.safetensors bs=1 seek=9000 conv=notrunc 2> /dev/null",
      """
      damaged  checkpoints/step-000010.safetensors  its content does not match the digest in it: it is damaged or \
      incomplete
      """
    ),
    ("rm checkpoints/step-000020.safetensors", "missing  checkpoints/step-000020.safetensors  it is gone"),
    (
      "cp checkpoints/step-000020.safetensors checkpoints/step-000030.safetensors",
      "foreign  checkpoints/step-000030.safetensors  it is the checkpoint of step 20 under the name of step 30"
    ),
    (
      "cp samples/step-000010.png samples/step-000020.png",
      "changed  samples/step-000020.png  its bytes are not those that were recorded"
    ),
    ("rm samples/step-000010.png", "missing  samples/step-000010.png  it is gone"),
    (
      "cp samples/step-000010.png samples/step-000015.png",
      "extra  samples/step-000015.png  no sheet that the run recorded"
    ),
    ("echo hello > notes.txt", "extra  notes.txt  no file of the run"),
    (
      "touch checkpoints/.step-000030.safetensors.7.partial",
      """
      extra  checkpoints/.step-000030.safetensors.7.partial  a temporary file of a process that was killed; gan-exp resume \
      removes it
      """
    ),
  ]) func `every change is found, and nothing else`(change: String, line: String) throws {
    let original = try #require(RunScratch.trained)
    let scratch = try TemporaryFolder()
    let result = try Program.shell(
      "cp -r \(original.folder.path)/Runs . ; (cd Runs/small/001; \(change)); $GAN verify Runs/small/001",
      in: scratch.path)
    let length = try Data(contentsOf: URL(fileURLWithPath: original.run() + "/metrics.csv")).count
    let found = result.output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }.map { line in
      line.replacing("Runs/small/001/", with: "", maxReplacements: 1).split(separator: "  ").map {
        $0.trimmingCharacters(in: .whitespaces)
      }.joined(separator: "  ")
    }
    #expect(found == [line.replacingOccurrences(of: "LENGTH", with: "\(length)")])
    #expect(result.status == (line.hasPrefix("extra") ? 0 : 65))
    #expect(result.errors == "")
  }

  @Test func `as JSON there is an object for each run`() throws {
    let original = try #require(RunScratch.trained)
    let result = try original.gan("verify", "Runs/small/001", "small", "--json")
    struct Line: Decodable { let state, file, what: String }
    struct Run: Decodable {
      let run: String
      let differences: Int
      let lines: [Line]
    }
    let runs = try JSONDecoder().decode([Run].self, from: Data(result.output.utf8))
    #expect(runs.map(\.run) == ["Runs/small/001"])
    #expect(runs.map(\.differences) == [0])
    #expect(runs[0].lines.first?.what == "complete, step 20 of 20")
    #expect(result.status == 0)
  }

  @Test func `a run that somebody works on is left for later`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 100000"))
    let running = try scratch.start("run", "small.yaml", "--quiet")
    while running.isRunning, !FileManager.default.fileExists(atPath: scratch.run() + "/metrics.csv") { usleep(2000) }
    let result = try scratch.gan("verify", "Runs/small/001")
    running.signal(SIGKILL)
    _ = running.wait()
    #expect(result.status == 75)
    #expect(
      result.errors == """
        gan-exp: error: Runs/small/001 is in use by another process
                 verify it when it has ended

        """)
    // Killed, it is still a run whose files are right.
    let killed = try scratch.gan("verify", "Runs/small/001")
    #expect(killed.status == 0, "\(killed.output)")
  }
}
