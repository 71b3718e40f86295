import Compute
import Specs

/// What the two networks minimise, as functions of the discriminator's scores [N, 1].
///
/// A loss of an autoencoding discriminator sees minus its reconstruction errors as scores.
package protocol Loss: CatalogItem {
  /// What the discriminator makes of a sample.
  var output: DiscriminatorOutput { get }
  /// Whether scores are logits, so that a final sigmoid of the discriminator is folded in.
  var foldsSigmoid: Bool { get }
  /// The score above which a sample is taken for real; nil where scores have no such limit.
  var threshold: Float? { get }
  /// Whether the discriminator's terms need the scores of both batches, so that these cannot have separate updates.
  var comparesBatches: Bool { get }
  /// Whether it needs a discriminator whose slope is bounded.
  var needsBoundedSlope: Bool { get }
  /// What it keeps from step to step.
  var kept: [KeptValue] { get }
  /// What it measures beside its terms.
  static var columns: [Column] { get }
  /// The discriminator's term for real samples, a scalar.
  /// - Parameter generated: the scores of the generated batch; nil where that has an update of its own.
  func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor
  /// The discriminator's term for generated samples, a scalar; nil where the one for real samples has counted them.
  /// - Parameter real: the scores of the real batch; nil where that has an update of its own.
  func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor?
  /// The generator's loss, a scalar.
  /// - Parameter real: the scores of the discriminator's last real batch.
  func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor
}

/// What a discriminator makes of a sample.
package enum DiscriminatorOutput: Sendable {
  /// One score.
  case score
  /// The sample again; the score is minus the error between both.
  case reconstruction(ReconstructionError)
}

/// How far a reconstruction is from its sample: the mean over the sample's values.
package enum ReconstructionError: Sendable {
  /// Of the difference's square.
  case squared
  /// Of its absolute value.
  case absolute

  /// The error of each sample, [N, 1].
  func values(_ x: Tensor, _ reconstruction: Tensor) -> Tensor {
    let errors = self == .squared ? (x - reconstruction).square() : (x - reconstruction).absolute()
    let share = Float(x.batch) / Float(x.shape.count)
    return (share * errors.sum(over: 1..<x.shape.rank)).reshaped(to: [x.batch, 1])
  }
}

/// A number that a loss or a regularizer keeps from step to step.
package struct KeptValue: Sendable {
  /// Its name, unique within its owner.
  package let name: String
  /// Its value before the first step.
  package let initially: Float
}

/// What a loss works with while it adds its terms.
package struct LossSite {
  /// The graph that grows.
  package let graph: GraphBuilder
  /// The name of the pass, which keeps its random draws apart from other passes'.
  let pass: String
  private let kept: [String: Variable]
  /// What it accumulates over the micro-batches of a turn.
  package let held: TurnMemory
  /// What it measures beside its terms.
  package private(set) var measures: [(column: Column, value: Tensor)] = []

  package init(
    graph: GraphBuilder, pass: String, kept: [String: Variable] = [:], held: TurnMemory = TurnMemory(parts: 1)
  ) {
    self.graph = graph
    self.pass = pass
    self.kept = kept
    self.held = held
  }

  /// The variable of a kept value.
  func variable(_ name: String) -> Variable {
    guard let variable = kept[name] else { preconditionFailure("\(name) was not declared") }
    return variable
  }

  /// Measures a value beside the terms, in one of the loss's columns.
  package mutating func measure(_ column: Column, _ value: Tensor) { measures.append((column, value)) }
}

/// Accumulates over the micro-batches of a turn, so that running state moves once per update.
package final class TurnMemory {
  private let parts: Int
  private var values: [String: [Tensor]] = [:]

  /// An accumulator of nothing yet.
  /// - Parameter parts: the number of micro-batches.
  package init(parts: Int) { self.parts = parts }

  /// Adds the value of a micro-batch.
  /// - Returns: the mean over all micro-batches at the last of them, else nil.
  func mean(_ name: String, adding value: Tensor) -> Tensor? {
    values[name, default: []].append(value)
    guard let all = values[name], all.count == parts, var sum = all.first else { return nil }
    for other in all.dropFirst() { sum = sum + other }
    return sum * (1 / Float(parts))
  }
}

extension Loss {
  package var output: DiscriminatorOutput { .score }
  package var foldsSigmoid: Bool { false }
  package var threshold: Float? { nil }
  package var comparesBatches: Bool { false }
  package var needsBoundedSlope: Bool { false }
  package var kept: [KeptValue] { [] }
  package static var columns: [Column] { [] }

  static var entry: Catalog<any Loss>.Entry {
    Catalog<any Loss>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The losses that a spec can name.
package enum LossCatalog {
  /// Every loss, one line each.
  private static let types: [any Loss.Type] = [
    NonSaturating.self,
    Minimax.self,
    LeastSquares.self,
    Wasserstein.self,
    Hinge.self,
    Relativistic.self,
    RelativisticAverage.self,
    EnergyBased.self,
    BoundaryEquilibrium.self,
  ]

  package static let all = Catalog<any Loss>(noun: "loss", types.map { $0.entry }, papers: papers)

  package static let columns: [Column] = types.flatMap { $0.columns }
}
