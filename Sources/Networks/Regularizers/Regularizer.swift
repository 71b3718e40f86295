import Compute
import Specs

/// A term added to a network's loss, or a rule that its parameters must keep.
///
/// It has no columns of its own: the terms of a network add up to `discriminator_penalty` or `generator_penalty`.
package protocol Regularizer: CatalogItem {
  /// The networks to whose losses it adds a term.
  var networks: RegularizedNetworks { get }
  /// The interval k of lazy regularization: the term counts in steps 1, 1 + k, 1 + 2 k, ... only, there k times.
  var every: Int { get }
  /// The numbers it keeps from step to step.
  var kept: [KeptValue] { get }
  /// The networks of which it keeps an array for every parameter.
  var mirrored: RegularizedNetworks { get }
  /// Whether it keeps the slope of the discriminator's score small, as losses ask that estimate a distance.
  var boundsSlope: Bool { get }
  /// The networks whose parameters it changes after each of their updates.
  var constrains: RegularizedNetworks { get }
  /// Why it cannot be used with a discriminator; nil where it can.
  func misfit(with discriminator: Network) -> Misfit?
  /// The term of the discriminator's loss, a scalar.
  func discriminatorTerm(at site: RegularizerSite) -> Tensor
  /// The term of the generator's loss, a scalar.
  func generatorTerm(at site: RegularizerSite) -> Tensor
  /// What a parameter of these networks becomes after each update; nil where it stays as it is.
  func constrained(_ parameter: Tensor, _ role: ParameterRole) -> Tensor?
}

extension Regularizer {
  package var every: Int { 1 }
  package var kept: [KeptValue] { [] }
  package var mirrored: RegularizedNetworks { [] }
  package var boundsSlope: Bool { false }
  package var constrains: RegularizedNetworks { [] }
  package func misfit(with discriminator: Network) -> Misfit? { nil }
  /// For those that are not among `networks`.
  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    preconditionFailure("\(Self.name) has no term for the discriminator")
  }
  /// For those that are not among `networks`.
  package func generatorTerm(at site: RegularizerSite) -> Tensor {
    preconditionFailure("\(Self.name) has no term for the generator")
  }
  package func constrained(_ parameter: Tensor, _ role: ParameterRole) -> Tensor? { nil }

  static var entry: Catalog<any Regularizer>.Entry {
    Catalog<any Regularizer>.Entry(Self.self) { fields in Self(from: &fields) }
  }

  /// Reads `every`.
  package static func every(from fields: inout Fields) -> Int {
    fields.integer(
      "every", in: 1...10_000, default: 1,
      "lazy regularization: the term is applied in every k-th step only, from the first, and scaled by k")
  }
}

/// One network, the other, or both.
package struct RegularizedNetworks: Sendable, OptionSet {
  /// A bit a network.
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  package static let generator = RegularizedNetworks(rawValue: 1)
  package static let discriminator = RegularizedNetworks(rawValue: 2)
  package static let both: RegularizedNetworks = [.generator, .discriminator]

  /// Reads `network`.
  init(from fields: inout Fields, default standard: Word) {
    self =
      switch fields.choice(.network, default: standard, "whose parameters") {
      case .generator: .generator
      case .discriminator: .discriminator
      case .both: .both
      }
  }

  /// The words for them.
  enum Word: String, Choice {
    case generator, discriminator, both

    package var alsoCalled: [String] {
      switch self {
      case .generator: FieldName.generator.alsoCalled
      case .discriminator: FieldName.discriminator.alsoCalled
      case .both: []
      }
    }
  }
}

/// The regularizers that a spec can name.
package enum RegularizerCatalog {
  /// Every regularizer, one line each.
  package static let all = Catalog<any Regularizer>(
    noun: "regularizer",
    [
      GradientPenalty.entry,
      Dragan.entry,
      R1.entry,
      R2.entry,
      WeightClipping.entry,
      MaxNorm.entry,
      WeightDecay.entry,
      Consistency.entry,
      LeCam.entry,
      Orthogonal.entry,
      FeatureMatching.entry,
      HistoricalAveraging.entry,
    ])
}
