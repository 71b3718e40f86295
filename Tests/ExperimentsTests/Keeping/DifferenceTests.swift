import Foundation
import TestSupport
import Testing

/// `gan-exp diff`: what differs, by meaning, and its exit code.
@Suite struct DifferenceTests {
  private func folder(_ first: StoredRun, _ second: StoredRun) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try first.write("a", into: folder)
    try second.write("b", into: folder)
    return folder
  }

  private static func changed(_ change: (inout StoredRun) -> Void) -> StoredRun {
    var run = StoredRun.withAccuracy
    run.evaluation = "step,epoch,frechet_distance\n20,2,5.5\n"
    run.verdict = "step,metric,value,standard_error,real_data\n20,mind,1.5,0.1,0.5\n"
    change(&run)
    return run
  }

  private static let cases: [(name: String, run: StoredRun, status: Int32, output: String)] = [
    (
      "nothing", changed { _ in }, 0,
      """
      metrics.csv: the same 2 rows to step 20

      evaluation.csv: the same 1 row to step 20

      the specs, data, arithmetic and all rows are the same

      """
    ),
    (
      "threads and version, which decide nothing", changed { $0.version = "0.3.0" }, 0,
      """
      metrics.csv: the same 2 rows to step 20

      evaluation.csv: the same 1 row to step 20

      what decides no number      a      b
        version               0.2.0  0.3.0

      the specs, data, arithmetic and all rows are the same

      """
    ),
    (
      "seed and rows",
      changed {
        $0.seed = 7
        $0.metrics = $0.metrics.replacingOccurrences(of: "20,2,1.25,0.5", with: "20,2,1.125,0.75")
        $0.verdict = $0.verdict?.replacingOccurrences(of: "1.5", with: "2.5")
      }, 1,
      """
      where the specs differ   a  b
        seed                  42  7

      metrics.csv: the same 1 row to step 10, the rows part at step 20

      step 20                  a      b
        discriminator_loss  1.25  1.125
        generator_loss       0.5   0.75

      evaluation.csv: the same 1 row to step 20

      where the verdicts differ    a    b
        mind                     1.5  2.5

      they differ

      """
    ),
    (
      "data and arithmetic",
      changed {
        $0.data = "f474591c78df"
        $0.arithmetic = 2
      }, 1,
      """
      what else decides the numbers             a             b
        data (SHA-256)               ba891046e650  f474591c78df
        arithmetic                              1             2

      metrics.csv: the same 2 rows to step 20

      evaluation.csv: the same 1 row to step 20

      they differ

      """
    ),
    (
      "a longer run, and a column and a file that one has",
      changed {
        $0.metrics = $0.metrics.replacingOccurrences(of: "discriminator_accuracy", with: "convergence") + "30,3,1,1,1\n"
        $0.evaluation = nil
      }, 1,
      """
      metrics.csv: the same 2 rows to step 20, then only b goes on; only a has discriminator_accuracy; only b has
      convergence

      evaluation.csv: b has none

      the specs, data and arithmetic are the same, and the numbers are not: gan-exp verify says whether a file was
      changed, gan-exp reproduce whether the run is as it would be again

      """
    ),
    (
      "a row that nothing explains",
      changed { $0.metrics = $0.metrics.replacingOccurrences(of: "10,1,1.5", with: "10,1,9.5") }, 1,
      """
      metrics.csv: no row is the same, the rows part at step 10

      step 10                 a    b
        discriminator_loss  1.5  9.5

      evaluation.csv: the same 1 row to step 20

      the specs, data and arithmetic are the same, and the numbers are not: gan-exp verify says whether a file was
      changed, gan-exp reproduce whether the run is as it would be again

      """
    ),
  ]

  @Test(arguments: cases.indices) func `two runs differ in what is told`(number: Int) throws {
    let (name, run, status, output) = DifferenceTests.cases[number]
    let result = try Program.run(
      ["diff", "a", "b"], in: try folder(DifferenceTests.changed { _ in }, run), environment: ["COLUMNS": "115"])
    #expect(result.output == output, "\(name)\n\(result.output)\(result.errors)")
    #expect(result.status == status, "\(name)")
  }

  @Test func `as JSON there is all of it`() throws {
    let world = try folder(
      DifferenceTests.changed { _ in },
      DifferenceTests.changed {
        $0.loss = "wasserstein: {}"
        $0.metrics = $0.metrics.replacingOccurrences(of: "20,2,1.25", with: "20,2,1.75")
      })
    let result = try Program.run(["diff", "a", "b", "--json"], in: world)
    struct Difference: Decodable {
      struct Key: Decodable {
        let key: String
        let values: [String?]
      }
      struct Rows: Decodable {
        let file: String
        let sameRows: Int
        let step: Int?
        let columns: [Key]
      }
      let same: Bool
      let differences: [Key]
      let files: [Rows]
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let found = try decoder.decode(Difference.self, from: Data(result.output.utf8))
    #expect(!found.same && result.status == 1)
    #expect(found.differences.map(\.key).contains("loss.wasserstein"))
    #expect(found.files.map(\.file) == ["metrics.csv", "evaluation.csv"])
    #expect(found.files.map(\.sameRows) == [1, 1] && found.files[0].step == 20)
    #expect(found.files[0].columns.map(\.values) == [["1.25", "1.75"]])
  }

  @Test func `specs are compared by meaning, and a run with the spec that it was made of`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1"))
    let other = try scratch.folder.text(of: "small.yaml")
    // Another order, a comment, and a default that is written out.
    try scratch.folder.put(
      "# the same\n" + other.replacing("seed: 3\n", with: "") + "loss: non_saturating\nseed: 3\n", into: "same.yaml")
    try scratch.folder.put(other.replacing("batch_size: 256", with: "batch_size: 128"), into: "other.yaml")
    let same = try scratch.gan("diff", "small.yaml", "same.yaml")
    #expect(same.output == "the specs mean the same\n" && same.status == 0, "\(same.output)\(same.errors)")
    let different = try scratch.gan("diff", "small.yaml", "other.yaml")
    #expect(different.status == 1 && different.output.contains("training.batch_size"), "\(different.output)")
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let own = try scratch.gan("diff", "small/001", "small.yaml")
    #expect(own.output == "the specs mean the same\n" && own.status == 0, "\(own.output)\(own.errors)")
    let missing = try scratch.gan("diff", "small", "smal/7")
    #expect(missing.status == 66)
  }
}
