import Files
import Foundation
import Networks
import TestSupport
import Testing
import Training

/// How the values of a row's steps become one.
@Suite struct MetricSumsTests {
  @Test func `a row has means, last values and sums`() {
    let columns = [Column("a", ""), Column("b", "", reduction: .last), Column("c", "", reduction: .sum)]
    var sums = MetricSums(of: 3)
    for values: [Float] in [[1, 1, 1], [2, 2, 2], [6, 6, 6]] { sums.add(values, of: columns) }
    #expect(sums.row(of: columns) == [3, 6, 9])
    sums.reset()
    sums.add([4, 4, 4], of: columns)
    #expect(sums.row(of: columns) == [4, 4, 4])
  }

  /// The balance in a checkpoint is the state itself; the row's is that of the row's last step.
  @Test func `a state in metrics.csv is what the checkpoint has, also over turns, steps and a resumed row`() throws {
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {gaussian_ring: {samples: 64}}
        latent: {dim: 3}
        generator: [dense: {units: 2}]
        discriminator: [dense: {units: 2}]
        loss: {boundary_equilibrium: {lambda: 0.08}}
        training: {batch_size: 8, discriminator_steps: 2, epochs: 3}
        record: {metrics_every: 3, sample_count: 4, checkpoints_kept: 100}

        """)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let whole = try scratch.evidence(scratch.run())
    let table = try CSVTable(path: scratch.run() + "/metrics.csv")
    #expect(table.column("step") == ["3", "6", "9", "12"])
    let file = try Safetensors(path: scratch.run() + "/checkpoints/step-000012.safetensors")
    let balances = file.tensors.first { $0.name == "loss.balance" }
    guard case .float32(let balance)? = balances?.values else { throw CocoaError(.fileReadCorruptFile) }
    #expect(table.numbers("balance")?.last == Double("\(balance[0])"))
    // Step 4 is the first of a row.
    #expect(try scratch.gan("resume", scratch.run(), "--from", "4", "--quiet").status == 0)
    #expect(try scratch.evidence(scratch.run()) == whole)
  }
}
