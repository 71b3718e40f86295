import Compute
import Glibc
import Networks
import YAML

/// A moving average of the generator's parameters, from which samples are made: a <- d a + (1 - d) p after each step (Yazıcı et al.,
/// "The Unusual Effectiveness of Averaging in GAN Training", 2019).
public struct AverageFields: Sendable {
  let decay: Double?
  let halfLife: Double?
  /// The last step in which the average still equals the parameters.
  let start: Int

  /// Reads the section.
  public init(from fields: inout Fields) {
    decay = fields.optionalNumber("decay", in: .halfOpen(0, 1), "the share of the average that stays; by default 0.999")
    halfLife = fields.optionalNumber(
      "half_life", in: .above(0),
      "in its place: images that the generator has made in its updates when half of the average is new")
    start = fields.integer(
      "start", in: 0...1_000_000_000, default: 0, "steps before the average begins to differ from the parameters")
    if decay != nil, halfLife != nil {
      fields.error("decay and half_life say the same twice", at: "half_life", remedy: "keep one of them")
    }
  }

  /// d for steps in whose updates the generator makes so many images.
  func decay(images: Int) -> Double {
    halfLife.map { pow(0.5, Double(images) / $0) } ?? decay ?? 0.999
  }

  /// Why an average with steps of so many images would never move; nil where it moves.
  func problem(images: Int) -> (message: String, remedy: String)? {
    let decay = decay(images: images)
    guard Float(decay) == 1 else { return nil }
    guard halfLife != nil else {
      return ("\(decay) is 1 in float32: the average would never move", "use at most 0.9999999")
    }
    // 2^-24 is the least part of an average that can be new.
    let most = (Double(images) * log(2.0) * 0x1p24).rounded(.down)
    return (
      "with \(images) images a step the share of the average that stays is 1 in float32: it would never move",
      "use a half_life of at most \(Int(most))"
    )
  }
}

/// Where the average of a generator's parameters is kept.
public struct GeneratorAverage: Sendable {
  /// The share of the average that stays in a step.
  let decay: Double
  /// The last step in which the average equals the parameters.
  let start: Int
  private let block: Int

  /// Adds the average's block to the layout.
  init(_ fields: AverageFields, of generator: Network, images: Int, layout: inout StateLayout) {
    decay = fields.decay(images: images)
    start = fields.start
    block = layout.mirror(generator.block, as: "generator.average")
  }

  /// The average of a parameter.
  func variable(for parameter: Variable, in layout: StateLayout) -> Variable {
    layout.counterpart(of: parameter, in: block)
  }

  /// Makes the average equal to the parameters.
  func initialize(_ state: State, generator: Network) {
    for parameter in generator.parameters {
      state.buffer(variable(for: parameter.variable, in: state.layout)).write(state.buffer(parameter.variable))
    }
  }
}
