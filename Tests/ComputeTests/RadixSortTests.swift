import Compute
import Testing

/// Radix sort beside the standard library's sort by comparisons.
struct RadixSortTests {
  @Test(arguments: [0, 1, 2, 3, 100, 2000, 70_000])
  func `numbers come in their order, with all their bits`(count: Int) {
    let normal = Random(seed: UInt64(count)).normal(stream: "sort", step: 0, count: count)
    var values = normal.map { Double($0) * 1.1 }
    let special: [Double] = [
      .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e308, -1e308, 3, 3, -3, -3, 0,
    ]
    for (place, value) in zip(values.indices, special) { values[place] = value }
    var sorter = RadixSort()
    // With what a larger one has left behind.
    var larger = (0..<(count + 10)).map { -Double($0) }
    sorter.sort(&larger)
    let expected = values.sorted()
    sorter.sort(&values)
    #expect(values.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(larger == (0..<(count + 10)).map { -Double($0) }.reversed())
  }

  /// Numbers that differ in bits beyond the first three digits alone, some or all of them.
  @Test(arguments: [0x1p-40, 0x1p-30, 0x1p-24, 0x1p-18])
  func `numbers that nearly agree come in their order`(step: Double) {
    let count = 20_000
    var values = (0..<count).map { (place: Int) -> Double in
      let number = (place * 7919) % count
      return (number.isMultiple(of: 2) ? 1 : -1) * (1 + Double(number) * step)
    }
    let expected = values.sorted()
    var sorter = RadixSort()
    sorter.sort(&values)
    #expect(values == expected)
  }

  @Test func `numbers beside those to be sorted stay where they are`() {
    var sorter = RadixSort()
    var values: [Double] = [9, 8, 3, 2, 1, 7, 6]
    sorter.sort(&values, in: 2..<5)
    #expect(values == [9, 8, 1, 2, 3, 7, 6])
    sorter.sort(&values, in: 3..<3)
    #expect(values == [9, 8, 1, 2, 3, 7, 6])
  }

  @Test func `numbers that share digits come in their order`() {
    var sorter = RadixSort()
    var values = (0..<5000).map { Double(($0 * 7919) % 5000) }
    sorter.sort(&values)
    #expect(values == (0..<5000).map(Double.init))
    var zeros: [Double] = [0, -0.0, 1, -0.0, -1]
    sorter.sort(&zeros)
    #expect(zeros.map(\.bitPattern) == [-1, -0.0, -0.0, 0, 1].map(\.bitPattern))
    var equal = [Double](repeating: -2.5, count: 300)
    sorter.sort(&equal)
    #expect(equal.allSatisfy { $0 == -2.5 })
  }
}
