import Compute
import Networks
import Specs

/// The fields of an exponential moving average of a network's parameters: a <- d a + (1 - d) p after each step.
package struct AverageFields: Sendable {
  private static let usualDecay = 0.999
  private let decay: Double?
  private let halfLife: Double?
  /// The last step in which the average still equals the parameters.
  let start: Int

  /// Reads the section.
  /// - Parameter images: what the half-life counts, in words.
  init(from fields: inout Fields, images: String) {
    let key = FieldName("decay", alsoCalled: ["rho"])
    let summary = "the decay d: average <- d average + (1 - d) parameter"
    decay =
      fields.isGiven("half_life")
      ? fields.optionalNumber(key, in: .halfOpen(0, 1), summary)
      : fields.number(key, in: .halfOpen(0, 1), default: AverageFields.usualDecay, summary)
    fields.document("decay", default: "\(AverageFields.usualDecay) where there is no half_life")
    halfLife = fields.optionalNumber(
      "half_life", in: .above(0), "in its place: \(images) when half of the average is new")
    start = fields.integer(
      "start", in: 0...1_000_000_000, default: 0, "steps before the average begins to differ from the parameters")
    if decay != nil, halfLife != nil {
      fields.error("decay and half_life say the same twice", at: "half_life", remedy: "keep one of them")
    }
  }

  /// d for steps of so many images.
  func decay(images: Int) -> Double {
    halfLife.map { CorrectlyRounded.power(0.5, Double(images) / $0) } ?? decay ?? AverageFields.usualDecay
  }

  /// Why an average with steps of so many images would never move; nil where it moves.
  func problem(images: Int) -> (message: String, remedy: String)? {
    let decay = decay(images: images)
    guard Float(decay) == 1 else { return nil }
    guard halfLife != nil else {
      return ("\(decay) is 1 in float32: the average would never move", "use at most 0.9999999")
    }
    // 2^-24 is the least part of an average that can be new, and ln 2 is 0.693...
    let most = (Double(images) * 0.693_147_180_559_945_3 * 0x1p24).rounded(.down)
    return (
      "with \(images) images a step the share of the average that stays is 1 in float32: it would never move",
      "use a half_life of at most \(Int(most))"
    )
  }
}

/// An exponential moving average of a network's parameters (Polyak and Juditsky, "Acceleration of Stochastic Approximation by
/// Averaging", 1992; of a generator's: Yazıcı et al., "The Unusual Effectiveness of Averaging in GAN Training", 2019).
struct ParameterAverage: Sendable {
  /// The decay d: average <- d average + (1 - d) parameter.
  private let decay: Double
  /// The last step in which the average equals the parameters.
  private let start: Int
  private let network: Network
  private let layout: StateLayout
  private let block: Int

  /// Adds the average's block, `NETWORK.average`, to the layout.
  /// - Parameter images: the images of a step.
  init(_ fields: AverageFields, of network: Network, images: Int, layout: inout StateLayout) {
    decay = fields.decay(images: images)
    start = fields.start
    self.network = network
    block = layout.mirror(network.block, as: "\(network.name).average")
    self.layout = layout
  }

  /// The variable of a parameter's average.
  func variable(for parameter: Variable) -> Variable { layout.counterpart(of: parameter, in: block) }

  /// The averages, by the parameters in whose place they can be put.
  func values(in graph: GraphBuilder) -> [Variable: Tensor] {
    var values: [Variable: Tensor] = [:]
    for parameter in network.parameters {
      values[parameter.variable] = graph.read(variable(for: parameter.variable))
    }
    return values
  }

  /// Makes the average equal to the parameters.
  func initialize(_ state: State) {
    for parameter in network.parameters {
      state.buffer(variable(for: parameter.variable)).write(state.buffer(parameter.variable))
    }
  }

  /// Moves the average after the updates of a step.
  func move(in graph: GraphBuilder) {
    var d = graph.constant(Float(decay))
    if start > 0 { d = (graph.stepNumber() - Float(start)).isPositive() * Float(decay) }
    for parameter in network.parameters {
      let variable = variable(for: parameter.variable)
      let (a, p) = (graph.read(variable), graph.read(parameter.variable))
      // d a + (1 - d) p
      let kept = (a - p) * d
      graph.assign(variable, p + kept)
    }
  }
}

extension ParameterAverage {
  /// The average of a parameter.
  func values(of parameter: Variable, in state: State) -> Buffer { state.buffer(variable(for: parameter)) }
}
