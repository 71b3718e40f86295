import Specs

/// Asynchronous successive halving: `AsynchronousHalving`.
package struct AsynchronousMethod: PartialMethod {
  package static let name = "asha"
  package static let summary = "successive halving without waiting: who is among the best of a rung so far trains on"
  package static let alsoCalled = ["asynchronous_halving", "async_hyperband"]

  let sampler: any Sampler

  package init(from fields: inout Fields) { sampler = AsynchronousMethod.sampler(from: &fields) }

  package var allocation: Allocation { .asynchronous }
}
