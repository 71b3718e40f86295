import Datasets
import TestSupport
import Testing

/// Numbers at the ends of what Doubles hold.
@Suite struct ScalingTests {
  @Test(arguments: [
    ["0", "1e-310"], ["0", "4.9e-324"], ["1e-320", "2e-320"], ["-1e-300", "1e-300"], ["0", "1e-170"], ["1", "2"],
    ["-3.4e38", "3.4e38"], ["0", "1e-45"], ["1e-154", "3e-154"], ["1", "1.0000000000000002"],
  ])
  func `the lesser of two numbers becomes -1 and the greater 1, however near they are`(numbers: [String]) throws {
    // Between neighbours lies no Double, so that their mean is one of them.
    let areNeighbours = Double(numbers[0])?.nextUp == Double(numbers[1])
    for scaling in areNeighbours ? ["minmax"] : ["minmax", "standard"] {
      let folder = try TemporaryFolder()
      try folder.put(numbers.joined(separator: "\n"), into: "a.csv")
      let table = try loaded("csv", "path: \"\(folder("a.csv"))\", scaling: \(scaling)")
      #expect(table.values(of: 0) == [-1] && table.values(of: 1) == [1], "\(scaling)")
    }
  }

  @Test(arguments: ["0.1", "0", "-3.4e38", "1e-310", "123456.789"])
  func `numbers that are all equal become 0`(number: String) throws {
    for scaling in ["minmax", "standard"] {
      let folder = try TemporaryFolder()
      try folder.put([number, number, number].joined(separator: "\n"), into: "a.csv")
      let table = try loaded("csv", "path: \"\(folder("a.csv"))\", scaling: \(scaling)")
      for sample in 0..<3 { #expect(table.values(of: sample) == [0], "\(scaling)") }
    }
  }

  @Test func `a column of usual numbers is scaled as its formula says`() throws {
    var generator = SeededGenerator(33)
    let numbers = (0..<500).map { _ in Double.random(in: -1000...1000, using: &generator) }
    let folder = try TemporaryFolder()
    try folder.put(numbers.map(\.description).joined(separator: "\n"), into: "a.csv")
    let (least, greatest) = (try #require(numbers.min()), try #require(numbers.max()))
    let mean = numbers.reduce(0, +) / 500
    let deviation = (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500).squareRoot()
    let formulas: [(String, (Double) -> Float)] = [
      ("none", { Float($0) }), ("minmax", { Float(($0 - least) * (2 / (greatest - least)) + -1) }),
      ("standard", { Float(($0 - mean) * (1 / deviation)) }),
    ]
    for (scaling, formula) in formulas {
      let table = try loaded("csv", "path: \"\(folder("a.csv"))\", scaling: \(scaling)")
      for (index, number) in numbers.enumerated() { #expect(table.values(of: index) == [formula(number)]) }
    }
  }
}
