import Compute
import Networks
import Specs
import TestSupport
import Testing

/// The adaptive probability: which way it goes, and how far.
@Suite struct AdaptiveAugmentationTests {
  /// The probability after a turn that begins at 0.5, with scores of 1 and of -1.
  private func moved(
    _ fields: String, above: Int, of count: Int, parts: Int = 1, packing: Int = 1
  ) throws -> Float {
    let diagnostics = Diagnostics()
    let node = try #require(
      Parser.parse(bytes: Array("brightness: 1\nadaptive: {\(fields)}\n".utf8), name: "test", diagnostics: diagnostics))
    var read = Fields(node, of: "augmentation", diagnostics: diagnostics)
    let adaptive = try #require(Augmentation(from: &read).adaptive)
    var trial = Trial()
    let graph = GraphBuilder()
    let size = count / parts
    let scores = (0..<parts).map { part in
      trial.inputs["\(part)"] = (0..<size).map { part * size + $0 < above ? 1 : -1 }
      return graph.input("\(part)", [size, 1])
    }
    let y = adaptive.moved(graph.constant(0.5), scores: scores, packing: packing, threshold: 0)
    return try trial.run(graph, outputs: [y]).outputs[0][0]
  }

  @Test(arguments: [
    (0.6, 25), (0.6, 50), (0.6, 55), (0.6, 100), (0.6, 110), (0.6, 200), (0.6, 220), (0.2, 15), (0.2, 30), (0.2, 60),
    (0.2, 120), (0.2, 25), (0.2, 50), (0.2, 100), (-0.5, 64), (0.1, 60_000),
  ])
  func `exactly at its target it stays, a sample beside it it moves`(target: Double, count: Int) throws {
    let above = Int((Double(count) * (1 + target) / 2).rounded())
    let fields = "target: \(target), images: \(10 * count)"
    let sum = 2 * above - count
    let isTie = abs(Double(sum) - target * Double(count)) < 1e-6
    if isTie { #expect(try moved(fields, above: above, of: count) == 0.5) }
    #expect(try moved(fields, above: above + 1, of: count) == 0.6)
    #expect(try moved(fields, above: above - 1, of: count) == 0.4)
  }

  @Test(arguments: [1, 2, 4, 5]) func `parts of a batch count as the batch`(parts: Int) throws {
    #expect(try moved("target: 0.6, images: 1000", above: 80, of: 100, parts: parts) == 0.5)
    #expect(try moved("target: 0.6, images: 1000", above: 81, of: 100, parts: parts) == 0.6)
  }

  @Test func `the images of a pack are counted`() throws {
    #expect(try moved("target: 0.6, images: 1000", above: 100, of: 100, packing: 3) == 0.8)
  }
}
