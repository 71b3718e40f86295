/// Which finite numbers a field takes.
package enum NumberRange: Sendable, Equatable {
  /// From `a` to `b`, both included.
  case closed(Double, Double)
  /// `a` or more.
  case atLeast(Double)
  /// More than `a`.
  case above(Double)
  /// From `a`, included, to `b`, excluded.
  case halfOpen(Double, Double)
  /// Between `a` and `b`, both excluded.
  case open(Double, Double)
  /// More than `a`, up to and including `b`.
  case openClosed(Double, Double)
  /// Every finite number.
  case any

  /// A bound and whether the range contains it.
  struct Bound {
    let value: Double
    let isIncluded: Bool
  }

  var lower: Bound? {
    switch self {
    case .closed(let a, _), .atLeast(let a), .halfOpen(let a, _): Bound(value: a, isIncluded: true)
    case .above(let a), .open(let a, _), .openClosed(let a, _): Bound(value: a, isIncluded: false)
    case .any: nil
    }
  }

  var upper: Bound? {
    switch self {
    case .closed(_, let b), .openClosed(_, let b): Bound(value: b, isIncluded: true)
    case .halfOpen(_, let b), .open(_, let b): Bound(value: b, isIncluded: false)
    case .atLeast, .above, .any: nil
    }
  }

  /// Whether a number is finite and within the bounds.
  package func contains(_ number: Double) -> Bool {
    number.isFinite && !isBelow(number) && !isAbove(number)
  }

  func isBelow(_ number: Double) -> Bool {
    lower.map { $0.isIncluded ? number < $0.value : number <= $0.value } ?? false
  }

  func isAbove(_ number: Double) -> Bool {
    upper.map { $0.isIncluded ? number > $0.value : number >= $0.value } ?? false
  }

  /// The range in words that follow "a number", such as "above 0" or "at least 0 and below 1"; empty for any.
  package var phrase: String {
    if case .closed(let a, let b) = self {
      return "between \(NumberRange.text(a)) and \(NumberRange.text(b))"
    }
    let low = lower.map { ($0.isIncluded ? "at least " : "above ") + NumberRange.text($0.value) }
    let high = upper.map { ($0.isIncluded ? "at most " : "below ") + NumberRange.text($0.value) }
    return [low, high].compactMap { $0 }.joined(separator: " and ")
  }

  /// Some number of the range, for when the one given is wrong.
  var placeholder: Double {
    switch (lower, upper) {
    case (let low?, let high?):
      low.isIncluded ? low.value : high.isIncluded ? high.value : (low.value + high.value) / 2
    case (let low?, nil): low.isIncluded ? low.value : low.value + max(1, low.value.magnitude)
    case (nil, let high?): high.isIncluded ? high.value : high.value - max(1, high.value.magnitude)
    case (nil, nil): 0
    }
  }

  /// Magnitudes that 32-bit floating point represents to full precision.
  static let magnitudes = 1.18e-38...3.4e38

  /// A number as a person writes it: without `.0`.
  package static func text(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
