/// min(max(a, lower), upper), or min(a, upper) alone; the gradient passes where nothing was cut.
package struct Clip: PointwiseOperation {
  /// nil: any value however small.
  package let lower: Float?
  package let upper: Float

  package var name: String { "clip" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    let x = site.operands[0]
    var inside = (upper - x).isPositive()
    if let lower { inside = inside * (x - lower).isPositive() }
    return [site.upstream * inside]
  }
  func instruction(_ link: LinkedPlan) -> Instruction {
    lower.map { Elementwise.clamp($0, upper) } ?? Elementwise.minimum(upper)
  }
}

extension Tensor {
  /// min(max(x, -limit), limit).
  package func clipped(to limit: Float) -> Tensor { clipped(between: -limit, and: limit) }

  /// min(max(x, lower), upper).
  package func clipped(between lower: Float, and upper: Float) -> Tensor {
    applying(Clip(lower: lower, upper: upper))
  }

  /// min(x, ceiling).
  package func minimum(_ ceiling: Float) -> Tensor { applying(Clip(lower: nil, upper: ceiling)) }
}
