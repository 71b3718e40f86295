import Compute
import Files

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

    package init(value: Double, text: String) { (self.value, self.text) = (value, text) }
  }

  package let kind: Kind
  /// The value at place 0.
  package let least: Double
  /// The value at place 1.
  package let greatest: Double
  /// The ends, or their logarithms.
  private let ends: (low: Double, high: Double)

  /// A scale between two values, above 0 for logarithms.
  package init(_ kind: Kind, _ least: Double, _ greatest: Double) {
    (self.kind, self.least, self.greatest) = (kind, least, greatest)
    ends =
      kind == .linear ? (least, greatest) : (Scale.decimalLogarithm(least), Scale.decimalLogarithm(greatest))
  }

  package static func == (one: Scale, other: Scale) -> Bool {
    one.kind == other.kind && one.least == other.least && one.greatest == other.greatest
  }

  /// The scale over some values, a share of their extent wider on both sides; those that it cannot show do not count.
  /// - Parameter room: how far the ends are from values that are all the same, at least; without it a tenth of the value.
  package init(
    _ kind: Kind = .linear, over values: some Sequence<Double>, margin: Double = 0.05, room: Double = 0
  ) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (kind == .linear || value > 0) {
      let value = kind == .linear ? min(max(value, -Scale.most), Scale.most) : value
      (least, greatest) = (min(least, value), max(greatest, value))
    }
    if least > greatest {
      (least, greatest) = (-1, 1)
    } else if kind == .logarithmic {
      (least, greatest) = (Scale.decimalLogarithm(least), Scale.decimalLogarithm(greatest))
    }
    let extent = greatest - least
    // Values that are all the same lie in the middle.
    let same = kind == .logarithmic || least == 0 ? 0.5 : room
    let more = extent > 0 ? extent * margin : max(least.magnitude * 0.1, same)
    // Ends whose powers are numbers too.
    if kind == .linear {
      self.init(.linear, least - more, greatest + more)
    } else {
      self.init(
        .logarithmic, CorrectlyRounded.power(10, max(least - more, -307)),
        CorrectlyRounded.power(10, min(greatest + more, 308)))
    }
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

  /// Beyond it differences of values might be no numbers.
  private static let most = Double.greatestFiniteMagnitude / 8

  private static func decimalLogarithm(_ value: Double) -> Double { CorrectlyRounded.logarithm(value) / logarithmOfTen }
  private static let logarithmOfTen = CorrectlyRounded.logarithm(10)

  /// Where a value lies: 0 at the least, 1 at the greatest; nil where it lies nowhere.
  package func place(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    guard kind == .linear || value > 0 else { return nil }
    let along = kind == .linear ? value : Scale.decimalLogarithm(value)
    let share = (along - ends.low) / (ends.high - ends.low)
    return share.isFinite ? share : nil
  }

  /// Whether a value lies between the ends; one that is not a number does not.
  package func contains(_ value: Double) -> Bool { value >= least && value <= greatest }

  /// Round values with their texts, at most so many: multiples of 1, 2 or 5 times a power of ten, of logarithms the powers themselves
  /// where there are two at least.
  package func ticks(atMost count: Int) -> [Tick] {
    kind == .logarithmic ? logarithmicTicks(count) : linearTicks(count)
  }

  private func linearTicks(_ count: Int) -> [Tick] {
    let extent = greatest - least
    guard extent > 0, extent.isFinite, count > 0 else { return [] }
    // The greatest power of ten that is not above the extent.
    var (unit, exponent) = (1.0, 0)
    while unit > extent { (unit, exponent) = (unit / 10, exponent - 1) }
    while unit * 10 <= extent { (unit, exponent) = (unit * 10, exponent + 1) }
    let steps: [(factor: Double, places: Int)] = [
      (0.1, 1), (0.2, 1), (0.5, 1), (1, 0), (2, 0), (5, 0), (10, -1), (20, -1),
    ]
    for step in steps {
      let width = unit * step.factor
      // Ends that are multiples themselves are so in spite of rounding.
      let (first, last) = ((least / width - 1e-9).rounded(.up), (greatest / width + 1e-9).rounded(.down))
      guard last - first < Double(count), first <= last, first.magnitude < 1e9, last.magnitude < 1e9 else { continue }
      let places = step.places - exponent
      return (Int(first)...Int(last)).map {
        Tick(value: Double($0) * width, text: Scale.grouped(Scale.text(Double($0) * width, places: places)))
      }
    }
    return []
  }

  private static func text(_ value: Double, places: Int) -> String {
    if places > 4 { return value == 0 ? "0" : "\(Float(value))" }
    guard value.magnitude >= 1e9 else { return Decimals.text(value, max(0, places)) }
    let exponent = Int(decimalLogarithm(value.magnitude) + 1e-9)
    var digits = Decimals.text(value / CorrectlyRounded.power(10, Double(exponent)), max(0, min(9, exponent + places)))
    while digits.contains("."), digits.hasSuffix("0") || digits.hasSuffix(".") { digits.removeLast() }
    return "\(digits)e\(exponent)"
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
