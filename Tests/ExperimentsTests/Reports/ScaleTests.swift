import Foundation
import Reports
import Runs
import Testing

@Suite struct ScaleTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    let kind: Scale.Kind
    let ends: (Double, Double)
    var count = 6
    let texts: [String]
    var testDescription: String { "\(kind) \(ends)" }
  }

  private static let cases = [
    Case(kind: .linear, ends: (0, 1), texts: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    Case(kind: .linear, ends: (-3, 7), texts: ["-2", "0", "2", "4", "6"]),
    Case(kind: .linear, ends: (0, 14_040), texts: ["0", "5000", "10 000"]),
    Case(kind: .linear, ends: (0, 2_000_000), texts: ["0", "500 000", "1 000 000", "1 500 000", "2 000 000"]),
    Case(kind: .linear, ends: (0, 3e12), texts: ["0", "1e12", "2e12", "3e12"]),
    Case(kind: .linear, ends: (0, 1.2e12), count: 4, texts: ["0", "5e11", "1e12"]),
    Case(kind: .logarithmic, ends: (1e-4, 1e-1), texts: ["0.0001", "0.001", "0.01", "0.1"]),
    Case(kind: .logarithmic, ends: (1e-12, 1e6), count: 5, texts: ["1e-12", "1e-8", "0.0001", "1", "10 000"]),
    Case(kind: .logarithmic, ends: (2, 40), texts: ["2", "5", "10", "20"]),
    // With a single round number of its own it has those of an even scale.
    Case(kind: .logarithmic, ends: (2.1, 3.1), texts: ["2.2", "2.4", "2.6", "2.8", "3.0"]),
  ]

  @Test(arguments: cases) private func `ticks are round numbers`(of one: Case) {
    let scale = Scale(one.kind, one.ends.0, one.ends.1)
    #expect(scale.ticks(atMost: one.count).map(\.text) == one.texts)
  }

  @Test
  func `whatever the ends, ticks lie between them, are few, ascend, and are 1, 2 or 5 times a power of ten apart`() {
    var tried = 0
    for kind in [Scale.Kind.linear, .logarithmic] {
      for exponent in stride(from: -9.0, through: 9, by: 0.7) {
        for ratio in [1.3, 2.0, 7, 90, 4e4, 1e11] {
          let least = pow(10, exponent)
          let scale = Scale(kind, least, least * ratio)
          let ticks = scale.ticks(atMost: 7)
          #expect(ticks.count <= 7 && !ticks.isEmpty, "\(scale)")
          let places = ticks.compactMap { scale.place($0.value) }
          #expect(places.count == ticks.count && places.allSatisfy { $0 > -1e-6 && $0 < 1 + 1e-6 }, "\(scale)")
          #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "\(scale)")
          guard kind == .linear, ticks.count > 1 else { continue }
          let width = ticks[1].value - ticks[0].value
          let mantissa = width / pow(10, (log10(width) + 1e-9).rounded(.down))
          #expect([1.0, 2, 5].contains { abs($0 - mantissa) < 1e-6 }, "\(scale): \(width)")
          tried += 1
        }
      }
    }
    #expect(tried > 100)
  }

  @Test func `places are shares of the extent, or of that of logarithms`() {
    let even = Scale(.linear, -2, 6)
    #expect([-2.0, 0, 6].map { even.place($0) } == [0, 0.25, 1])
    let log = Scale(.logarithmic, 1e-3, 1e3)
    for (value, place) in [(1e-3, 0.0), (1, 0.5), (10, 2.0 / 3), (1e3, 1)] {
      #expect(abs((log.place(value) ?? .nan) - place) < 1e-12, "\(value)")
    }
    #expect([0, -1, .nan, .infinity].map { log.place($0) } == [nil, nil, nil, nil])
    #expect([.nan, .infinity].map { even.place($0) } == [nil, nil])
  }

  @Test func `a scale over values is a little wider, and takes one value, equal ones and none`() {
    for kind in [Scale.Kind.linear, .logarithmic] {
      for values in [[], [3.0], [3, 3], [1, 2, .nan], [1e-9, 1e9], [-1, 0, 5]] {
        let scale = Scale(kind, over: values)
        #expect(scale.least < scale.greatest, "\(kind) \(values)")
        for value in values where value.isFinite && (kind == .linear || value > 0) {
          let place = scale.place(value) ?? .nan
          #expect(place > 0 && place < 1, "\(kind) \(values): \(value)")
        }
      }
    }
  }

  @Test(arguments: [Scale.Kind.linear, .logarithmic]) func `the greatest and the least numbers have places`(
    kind: Scale.Kind
  ) throws {
    let greatest = Double.greatestFiniteMagnitude
    for values in [[1, greatest], [-greatest, greatest], [.leastNonzeroMagnitude, 1], [greatest]] {
      let scale = Scale(kind, over: values)
      #expect(scale.least.isFinite && scale.greatest.isFinite && scale.least < scale.greatest, "\(values)")
      #expect(scale.ticks(atMost: 6).allSatisfy { $0.value.isFinite && scale.contains($0.value) }, "\(values)")
    }
  }

  @Test func `logarithms are for values above 0 of very different sizes`() {
    #expect(Scale.kind(for: [1, 2000], from: 1000) == .logarithmic)
    #expect(Scale.kind(for: [1, 900], from: 1000) == .linear)
    #expect(Scale.kind(for: [0, 1, 2000], from: 1000) == .linear)
    #expect(Scale.kind(for: [.nan, 1, 2000, .infinity], from: 1000) == .logarithmic)
    #expect(Scale.kind(for: [Double](), from: 1000) == .linear)
  }
}
