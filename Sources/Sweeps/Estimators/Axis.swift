import Compute
import Specs

/// A parameter as an estimator of densities sees it: categories, or numbers on a line, linear or logarithmic.
///
/// The position of a value is its number among categories or points, else the value itself.
package enum Axis: Sendable {
  /// So many categories without an order.
  case categories(Int)
  /// Numbers.
  case line(Line)

  /// Numbers of a line.
  package struct Line: Sendable {
    /// The least and the largest position.
    package let low: Double
    package let high: Double
    /// The ends of the line on its scale: with a step half a step beyond the positions.
    package let lower: Double
    package let upper: Double
    package let step: Double?
    package let isLogarithmic: Bool
    /// The standard deviation of the kernel that stands for knowing nothing; the mean is the middle.
    package let priorDeviation: Double

    /// The line from low to high.
    package init(_ low: Double, _ high: Double, step: Double? = nil, isLogarithmic: Bool = false) {
      (self.low, self.high, self.step, self.isLogarithmic) = (low, high, step, isLogarithmic)
      let (a, b) = (low - (step ?? 0) / 2, high + (step ?? 0) / 2)
      lower = isLogarithmic ? CorrectlyRounded.logarithm(a) : a
      upper = isLogarithmic ? CorrectlyRounded.logarithm(b) : b
      priorDeviation = upper - lower
    }

    /// A normal distribution within four standard deviations.
    package init(_ normal: NormalValues) {
      lower = normal.mean - 4 * normal.deviation
      upper = normal.mean + 4 * normal.deviation
      (step, isLogarithmic, priorDeviation) = (normal.step, normal.isLogarithmic, normal.deviation)
      let ends = [lower, upper].map { normal.isLogarithmic ? CorrectlyRounded.exponential($0) : $0 }
      (low, high) = (normal.rounded(ends[0]), normal.rounded(ends[1]))
    }

    /// A position on the scale; below all logarithms, the lower end.
    package func scaled(_ position: Double) -> Double {
      guard isLogarithmic else { return position }
      return position > 0 ? CorrectlyRounded.logarithm(position) : lower
    }

    /// The position at a place of the scale, of a step the nearest.
    package func position(of place: Double) -> Double {
      let value = isLogarithmic ? CorrectlyRounded.exponential(place) : place
      guard let step else { return min(max(value, low), high) }
      let position = low + ((value - low) / step).rounded(.toNearestOrEven) * step
      return min(max(NumberInterval.tidy(position, step: step), low), high)
    }
  }

  /// The axis of a distribution.
  package init(_ distribution: Distribution) {
    switch distribution {
    case .choice(let values): self = .categories(values.count)
    case .interval(let interval):
      if let points = interval.points {
        self = .line(Line(0, Double(points.count - 1), step: 1))
      } else {
        self = .line(
          Line(interval.low, interval.high, step: interval.step, isLogarithmic: interval.isLogarithmic))
      }
    case .normal(let normal): self = .line(Line(normal))
    }
  }
}

extension Distribution {
  /// The position of a value on the axis; nil where it is none of the values.
  package func position(of value: Node) -> Double? {
    switch self {
    case .choice(let values): return values.firstIndex { $0.isSame(as: value) }.map(Double.init)
    case .interval(let interval):
      guard let number = value.plainNumber else { return nil }
      guard let points = interval.points else { return number }
      return points.firstIndex(of: number).map(Double.init)
    case .normal: return value.plainNumber
    }
  }

  /// The value at a position of the axis.
  package func value(atPosition position: Double) -> Node {
    switch self {
    case .choice(let values): values[Int(position)]
    case .interval(let interval): interval.node(interval.points.map { $0[Int(position)] } ?? position)
    case .normal: Node.number(position)
    }
  }
}
