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
      "half_life", in: .above(0), "in its place: generated images after which half of an average is new")
    start = fields.integer(
      "start", in: 0...1_000_000_000, default: 0, "steps before the average begins to differ from the parameters")
    if decay != nil, halfLife != nil {
      fields.error("decay and half_life say the same twice", at: "half_life", remedy: "keep one of them")
    }
  }

  /// d for steps of so many images.
  func decay(batchSize: Int) -> Double {
    halfLife.map { pow(0.5, Double(batchSize) / $0) } ?? decay ?? 0.999
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
  init(_ fields: AverageFields, of generator: Network, batchSize: Int, layout: inout StateLayout) {
    decay = fields.decay(batchSize: batchSize)
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
