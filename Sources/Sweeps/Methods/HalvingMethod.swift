import Specs

/// Successive halving (SHA), synchronous: `HalvingPlan`.
package struct HalvingMethod: PartialMethod {
  package static let name = "halving"
  package static let summary = "successive halving: all trials begin, and of each rung the best part trains on"
  package static let alsoCalled = ["successive_halving", "sha"]

  let sampler: any Sampler

  package init(from fields: inout Fields) { sampler = HalvingMethod.sampler(from: &fields) }

  package var allocation: Allocation { .halving }
}
