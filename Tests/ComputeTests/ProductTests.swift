import Compute
import Foundation
import TestSupport
import Testing

/// Products beside their definition, bit for bit, and beside Double and OpenBLAS.
@Suite struct ProductTests {
  /// A product's extents and how its factors lie.
  struct Case: Sendable, CustomStringConvertible {
    let m: Int
    let n: Int
    let k: Int
    var description: String { "\(m) x \(n) x \(k)" }
  }

  static let cases = [
    (1, 1, 1), (1, 1, 700), (3, 5, 2), (8, 48, 256), (8, 48, 257), (9, 49, 513), (128, 1, 256), (1, 128, 300),
    (64, 10, 77),
    (31, 16, 64), (32, 33, 8), (2, 95, 1), (100, 100, 300), (13, 64, 1000), (47, 1040, 20), (200, 24, 40), (5, 7, 5000),
  ].map { Case(m: $0, n: $1, k: $2) }

  @Test(arguments: cases) func `every value is the definition's`(product: Case) {
    compare(product, [.one, .eight])
  }

  @Test(.enabled(if: Lanes.sixteen.areSupported), arguments: cases)
  func `every value of 16 lanes is the definition's`(product: Case) {
    compare(product, [.sixteen])
  }

  /// A product and its values by the definition of arithmetic.md, written down once more, and in Double.
  private struct Definition {
    let product: Case
    let a: [Float]
    let b: [Float]

    /// The pieces of a value: each a chain of fused multiply-adds over 256 inner places, from +0.
    func pieces(_ i: Int, _ j: Int) -> [Float] {
      stride(from: 0, to: product.k, by: 256).map { start in
        (start..<min(start + 256, product.k)).reduce(Float(0)) { chain, l in
          chain.addingProduct(a[i * product.k + l], b[l * product.n + j])
        }
      }
    }

    /// The value in Double, and the sum of its terms' magnitudes.
    func exact(_ i: Int, _ j: Int) -> (value: Double, magnitude: Double) {
      (0..<product.k).reduce((0, 0)) { sum, l in
        let term = Double(a[i * product.k + l]) * Double(b[l * product.n + j])
        return (sum.0 + term, sum.1 + abs(term))
      }
    }
  }

  private func compare(_ product: Case, _ lanes: [Lanes]) {
    var generator = SeededGenerator(UInt64(product.m * 31 + product.n * 7 + product.k))
    let (m, n, k) = (product.m, product.n, product.k)
    // Rows farther apart than they are long; what lies between must stay.
    let stride = n + 3
    let (a, b, before) = (generator.floats(m * k), generator.floats(k * n), generator.floats(m * stride))
    let definition = Definition(product: product, a: a, b: b)
    var (sums, added) = (before, before)
    // Each place of a piece rounds once, and each piece that is added.
    let error = Double(min(k, 256) + (k + 255) / 256) * 0x1p-24
    for (i, j) in (0..<m).flatMap({ i in (0..<n).map { (i, $0) } }) {
      let (pieces, exact) = (definition.pieces(i, j), definition.exact(i, j))
      let place = i * stride + j
      sums[place] = pieces.dropFirst().reduce(pieces[0], +)
      added[place] = pieces.reduce(before[place], +)
      let isClose = abs(Double(sums[place]) - exact.value) <= error * exact.magnitude
      #expect(isClose, "row \(i), column \(j)")
    }
    let (aT, bT) = (transposed(a, rows: m, columns: k), transposed(b, rows: k, columns: n))
    for (transposesA, transposesB) in [(false, false), (false, true), (true, false), (true, true)] {
      let left = Factor(transposesA ? aT : a, rowLength: transposesA ? m : k, isTransposed: transposesA)
      let right = Factor(transposesB ? bT : b, rowLength: transposesB ? k : n, isTransposed: transposesB)
      for (lanes, isAdding) in lanes.flatMap({ [($0, false), ($0, true)] }) {
        var found = before
        var scratch = [Float](repeating: .nan, count: Products.scratch)
        Products(lanes: lanes).multiply(
          left, right, into: &found, stride: stride, m: m, n: n, k: k, isAdding: isAdding, scratch: &scratch)
        let isSame = Comparison.areSameBits(found, isAdding ? added : sums)
        #expect(isSame, "\(lanes.rawValue) lanes; transposed: \(transposesA), \(transposesB); adding: \(isAdding)")
      }
    }
  }

  private func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    (0..<columns).flatMap { column in (0..<rows).map { matrix[$0 * columns + column] } }
  }

  @Test(arguments: [Lanes.eight, .sixteen].filter(\.areSupported))
  func `products agree with OpenBLAS's`(lanes: Lanes) {
    #expect(BLAS.disagreement(m: 130, n: 75, k: 1000, lanes: lanes) < 1e-6)
  }

  @Test func `the tiles of 16 lanes bring no function that the linker could take for another module's`() throws {
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/ProductTiles16").path
    // The objects of files that are there no more may be left.
    let files = try FileManager.default.contentsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
    let objects = files.map { "ProductTiles16.build/\($0).o" }.joined(separator: " ")
    let names = try Program.shell("nm --defined-only \(objects)", in: folder.path)
    #expect(names.status == 0, Comment(rawValue: names.errors))
    // The kind and the name of functions, shared ones (W) included.
    let functions = names.output.matches(of: #/(?m)^[0-9a-f]+ [TtWw] (\S+)/#).map { String($0.1) }
    #expect(functions.count > 1)
    #expect(
      functions.filter { !$0.contains("ProductTiles16") } == [],
      "a build with testable imports adds functions: swift test -c release --disable-testable-imports")
  }
}
