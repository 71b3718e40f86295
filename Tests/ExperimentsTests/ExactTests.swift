import Foundation
import TestSupport
import Testing

/// The independent witness of `Documentation/arithmetic.md`: `Tests/Golden/Exact/exact.c` was written from the pages alone, by
/// somebody who had not read the sources.
@Suite(.serialized) struct ExactTests {
  struct Case: Sendable, CustomStringConvertible {
    /// What the witness calls it.
    let description: String
    let spec: String
    let steps: Int
    let interval: Int
  }

  private static let cases = [
    Case(description: "mlp", spec: "Experiments/mlp-mnist.yaml", steps: 200, interval: 10),
    Case(description: "convolutions", spec: "Tests/Golden/Exact/convolutions.yaml", steps: 50, interval: 5),
  ]

  @Test(arguments: cases) private func `another program repeats metrics.csv byte for byte`(_ run: Case) throws {
    let folder = try TemporaryFolder()
    let root = FileManager.default.currentDirectoryPath
    let result = try Program.run([
      "run", run.spec, "--quiet", "--runs", folder("Runs"), "--set", "training.steps=\(run.steps)", "--set",
      "record.metrics_every=\(run.interval)",
    ])
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let witness = try Program.shell(
      """
      set -e
      for file in '\(root)'/Sources/Datasets/Resources/mnist/*.gz; do gzip -dc "$file" > "$(basename "$file" .gz)"; done
      compiler=$(command -v cc || command -v clang)
      "$compiler" -std=c99 -O3 -ffp-contract=off -mavx2 -mfma '\(root)/Tests/Golden/Exact/exact.c' -lm -o exact
      ./exact \(run) . > exact.csv
      cmp exact.csv "$(echo Runs/*/001/metrics.csv)"
      """, in: folder.path)
    #expect(witness.status == 0, Comment(rawValue: witness.output + witness.errors))
  }
}
