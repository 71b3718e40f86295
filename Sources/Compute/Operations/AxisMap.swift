/// A linear map along one axis of an image: every output place is a sum of some input places, each times a weight.
package struct AxisMap: Hashable, Sendable {
  /// An input place with its weight.
  package struct Tap: Hashable, Sendable {
    package let place: Int
    package let weight: Float
  }

  /// The length of the input.
  package let inputs: Int
  /// What each output place is the sum of, in the order of the input places.
  package let taps: [[Tap]]

  /// The length of the output.
  package var outputs: Int { taps.count }

  private init(inputs: Int, taps: [[Tap]]) {
    self.inputs = inputs
    self.taps = taps
  }

  /// The map whose matrix is the transpose of this one's.
  var transposed: AxisMap {
    var all = [[Tap]](repeating: [], count: inputs)
    for (output, taps) in taps.enumerated() {
      for tap in taps { all[tap.place].append(Tap(place: output, weight: tap.weight)) }
    }
    return AxisMap(inputs: outputs, taps: all)
  }

  /// Each place `factor` times: output o is input floor(o / factor).
  package static func nearest(_ inputs: Int, times factor: Int) -> AxisMap {
    AxisMap(inputs: inputs, taps: (0..<inputs * factor).map { [Tap(place: $0 / factor, weight: 1)] })
  }

  /// The nearest places: output o is input floor((o + 1/2) inputs / outputs) where places lie in the middle of their
  /// area, floor(o inputs / outputs) where they lie at its corner.
  package static func nearest(_ inputs: Int, outputs: Int, areCentred: Bool) -> AxisMap {
    let shift = areCentred ? 1 : 0
    return AxisMap(
      inputs: inputs, taps: (0..<outputs).map { [Tap(place: (2 * $0 + shift) * inputs / (2 * outputs), weight: 1)] })
  }

  /// Linear interpolation between the centres of places: output o lies at (o + 1/2) / factor - 1/2 of the input, whose
  /// border values go on beyond it.
  package static func linear(_ inputs: Int, times factor: Int) -> AxisMap {
    linear(inputs, outputs: inputs * factor, areCentred: true)
  }

  /// Linear interpolation between places: output o lies at (o + 1/2) inputs / outputs - 1/2 of the input where places
  /// lie in the middle of their area, at o inputs / outputs where they lie at its corner; the border values go on.
  package static func linear(_ inputs: Int, outputs: Int, areCentred: Bool) -> AxisMap {
    let taps = (0..<outputs).map { output in
      // In units of 1 / (2 outputs), exactly; never below -1/2, so that a place more is never negative.
      let unit = 2 * outputs
      let position = (areCentred ? (2 * output + 1) * inputs - outputs : 2 * output * inputs) + unit
      let (next, rest) = position.quotientAndRemainder(dividingBy: unit)
      let (first, second) = (max(next - 1, 0), min(next, inputs - 1))
      if first == second || rest == 0 { return [Tap(place: first, weight: 1)] }
      let share = Double(rest) / Double(unit)
      return [Tap(place: first, weight: Float(1 - share)), Tap(place: second, weight: Float(share))]
    }
    return AxisMap(inputs: inputs, taps: taps)
  }

  /// The mean of the places in each of `outputs` windows of `size` places; window o begins at o stride - padding, and
  /// what lies outside the input is not counted.
  package static func means(_ inputs: Int, outputs: Int, size: Int, stride: Int, padding: Int) -> AxisMap {
    let taps = (0..<outputs).map { output in
      let start = output * stride - padding
      let inside = max(start, 0)..<min(start + size, inputs)
      return inside.map { Tap(place: $0, weight: Float(1 / Double(inside.count))) }
    }
    return AxisMap(inputs: inputs, taps: taps)
  }
}
