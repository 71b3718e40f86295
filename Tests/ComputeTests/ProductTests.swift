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

  @Test(arguments: cases, [Lanes.eight, .sixteen])
  func `every value is the definition's`(product: Case, lanes: Lanes) {
    guard lanes.areSupported else { return }
    var generator = SeededGenerator(UInt64(product.m * 31 + product.n * 7 + product.k))
    let (m, n, k) = (product.m, product.n, product.k)
    let (a, b) = (generator.floats(m * k), generator.floats(k * n))
    for (transposesA, transposesB) in [(false, false), (false, true), (true, false), (true, true)] {
      let left = Factor(a, rowLength: transposesA ? m : k, isTransposed: transposesA)
      let right = Factor(b, rowLength: transposesB ? k : n, isTransposed: transposesB)
      for isAdding in [false, true] {
        // Rows farther apart than they are long; what lies between must stay.
        let stride = n + 3
        var (found, wanted) = (generator.floats(m * stride), [Float]())
        wanted = found
        var scratch = [Float](repeating: .nan, count: Products.scratch)
        Products(lanes: lanes).multiply(
          left, right, into: &found, stride: stride, m: m, n: n, k: k, isAdding: isAdding, scratch: &scratch)
        Products(lanes: .one).multiply(
          left, right, into: &wanted, stride: stride, m: m, n: n, k: k, isAdding: isAdding, scratch: &scratch)
        let isSame = found.elementsEqual(wanted) { $0.bitPattern == $1.bitPattern }
        #expect(isSame, "transposed: \(transposesA), \(transposesB); adding: \(isAdding)")
      }
    }
  }

  @Test(arguments: [Lanes.eight, .sixteen]) func `products agree with OpenBLAS's`(lanes: Lanes) {
    guard lanes.areSupported else { return }
    #expect(BLAS.disagreement(m: 130, n: 75, k: 1000, lanes: lanes) < 1e-6)
  }

  @Test func `the tiles of 16 lanes bring no function that the linker could take for another module's`() throws {
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    let names = try Program.shell(
      "nm --defined-only ProductTiles16.build/*.o", in: folder.path)
    #expect(names.status == 0, Comment(rawValue: names.errors))
    // The kind and the name of functions, shared ones (W) included.
    let functions = names.output.matches(of: #/(?m)^[0-9a-f]+ [TtWw] (\S+)/#).map { String($0.1) }
    #expect(functions.count > 1)
    #expect(
      functions.filter { !$0.contains("ProductTiles16") } == [],
      "a build with testable imports adds functions: swift test -c release --disable-testable-imports")
  }
}
