import Compute
import Files
import Runs

/// Where values lie along a side of a figure: evenly, or by their logarithms.
package struct Scale: Sendable, Equatable {
  /// How values become places.
  package enum Kind: String, Sendable {
    /// place = (value - least) / (greatest - least).
    case linear
    /// The same of the values' logarithms.
    case logarithmic
  }

  /// A value with a text beside it.
  package struct Tick: Sendable, Equatable {
    package let value: Double
    package let text: String
  }

  package let kind: Kind
  /// The value at place 0.
  package let least: Double
  /// The value at place 1.
  package let greatest: Double

  /// A scale between two values, above 0 for logarithms.
  package init(_ kind: Kind, _ least: Double, _ greatest: Double) {
    (self.kind, self.least, self.greatest) = (kind, least, greatest)
  }

  /// The scale over some values, a share of their extent wider on both sides; those that it cannot show do not count.
  package init(_ kind: Kind = .linear, over values: some Sequence<Double>, margin: Double = 0.05) {
    guard kind == .logarithmic else {
      let finite = values.filter(\.isFinite)
      if let value = finite.first, value != 0, finite.allSatisfy({ $0 == value }) {
        self.init(.linear, value - 0.1 * value.magnitude, value + 0.1 * value.magnitude)
        return
      }
      let axis = Runs.Axis(over: finite, margin: margin)
      self.init(.linear, axis.least, axis.greatest)
      return
    }
    let axis = Runs.Axis(over: values.lazy.filter { $0 > 0 && $0.isFinite }.map(Scale.decimalLogarithm), margin: margin)
    self.init(
      .logarithmic, CorrectlyRounded.power(10, axis.least), CorrectlyRounded.power(10, axis.greatest))
  }

  /// The kind that shows some values best: logarithms where all are above 0 and the greatest is so many times the least.
  package static func kind(for values: some Sequence<Double>, from ratio: Double) -> Kind {
    var (least, greatest) = (Double.infinity, 0.0)
    for value in values where value.isFinite {
      guard value > 0 else { return .linear }
      (least, greatest) = (min(least, value), max(greatest, value))
    }
    return greatest / least >= ratio ? .logarithmic : .linear
  }

  static func decimalLogarithm(_ value: Double) -> Double {
    CorrectlyRounded.logarithm(value) / CorrectlyRounded.logarithm(10)
  }

  /// Where a value lies: 0 at the least, 1 at the greatest; nil where it lies nowhere.
  package func place(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    guard kind == .logarithmic else { return finite((value - least) / (greatest - least)) }
    guard value > 0 else { return nil }
    let (low, high) = (Scale.decimalLogarithm(least), Scale.decimalLogarithm(greatest))
    return finite((Scale.decimalLogarithm(value) - low) / (high - low))
  }

  /// Round values with their texts, at most so many: multiples of 1, 2 or 5 times a power of ten, of logarithms the powers themselves
  /// where there are two at least.
  package func ticks(atMost count: Int) -> [Tick] {
    kind == .logarithmic ? logarithmicTicks(count) : linearTicks(count)
  }

  private func linearTicks(_ count: Int) -> [Tick] {
    Runs.Axis(least, greatest).ticks(atMost: count).map { Tick(value: $0.value, text: Scale.grouped($0.text)) }
  }

  /// Five digits and more in groups of three.
  private static func grouped(_ text: String) -> String {
    let digits = text.drop { $0 == "-" }
    guard digits.count > 4, digits.allSatisfy(\.isNumber), let number = Int(text) else { return text }
    return Decimals.count(number)
  }

  private func logarithmicTicks(_ count: Int) -> [Tick] {
    guard count > 0, least > 0, greatest > least else { return [] }
    let first = Int((Scale.decimalLogarithm(least) - 1e-9).rounded(.up))
    let last = Int((Scale.decimalLogarithm(greatest) + 1e-9).rounded(.down))
    if last - first >= 1 {
      let width = (last - first) / count + 1
      return stride(from: first, through: last, by: width).map { Scale.power($0, 1) }
    }
    // Less than two powers of ten: what lies between them.
    let around = (first - 1)...max(first - 1, last)
    var fine: [Tick] = []
    for exponent in around {
      for factor: Double in [1, 2, 5] {
        let tick = Scale.power(exponent, factor)
        if tick.value >= least * (1 - 1e-9), tick.value <= greatest * (1 + 1e-9) { fine.append(tick) }
      }
    }
    return fine.count >= 2 && fine.count <= count ? fine : linearTicks(count)
  }

  private static func power(_ exponent: Int, _ factor: Double) -> Tick {
    let value = factor * CorrectlyRounded.power(10, Double(exponent))
    let text =
      (-4...5).contains(exponent)
      ? grouped(Decimals.text(value, max(0, -exponent))) : "\(Int(factor))e\(exponent)"
    return Tick(value: value, text: text)
  }
}
