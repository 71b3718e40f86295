/// min(max(a, lower), upper), or min(a, upper) alone; the gradient passes where nothing was cut.
package struct Clip: PointwiseOperation {
  /// nil: any value however small.
  package let lower: Float?
  package let upper: Float

  package var name: String { "clip" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let x = site.operands[0]
    var inside = graph.isPositive(graph.offset(graph.scale(x, by: -1), by: upper))
    if let lower { inside = graph.multiply(inside, graph.isPositive(graph.offset(x, by: -lower))) }
    return [graph.multiply(site.upstream, inside)]
  }
  func instruction(_ link: Link) -> Instruction {
    lower.map { Elementwise.clamp($0, upper) } ?? Elementwise.minimum(upper)
  }
}

extension Graph {
  /// min(max(x, -limit), limit).
  public mutating func clip(_ x: Tensor, to limit: Float) -> Tensor { clip(x, between: -limit, and: limit) }

  /// min(max(x, lower), upper).
  public mutating func clip(_ x: Tensor, between lower: Float, and upper: Float) -> Tensor {
    add(Clip(lower: lower, upper: upper), [x])
  }

  /// min(x, ceiling).
  public mutating func minimum(_ x: Tensor, _ ceiling: Float) -> Tensor {
    add(Clip(lower: nil, upper: ceiling), [x])
  }
}
