/// What a plan makes of its graph before it is run; no bit depends on it.
package struct PlanManner: Sendable, Equatable {
  /// Whether operations run on each other's tiles; else each has a step of its own and every value stays to the end.
  package let isFusing: Bool
  /// Whether passes through the same weights are stacked and sums of products joined.
  package let isRewriting: Bool

  /// All of it, but what is not wanted.
  package init(isFusing: Bool = true, isRewriting: Bool = true) {
    (self.isFusing, self.isRewriting) = (isFusing, isRewriting)
  }
}
