import Specs

/// Hyperband, its brackets side by side: `HyperbandPlan`.
package struct HyperbandMethod: PartialMethod {
  package static let name = "hyperband"
  package static let summary = "successive halving several times, from many short trials to few long ones"
  package static let alsoCalled = ["hyper_band"]

  let sampler: any Sampler

  package init(from fields: inout Fields) { sampler = HyperbandMethod.sampler(from: &fields) }

  package var allocation: Allocation { .hyperband }
}
