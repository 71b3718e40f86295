/// min(max(a, -limit), limit), or min(a, limit) alone; the gradient passes where nothing was cut.
package struct Clip: PointwiseOperation {
  package let limit: Float
  package let isTwoSided: Bool

  package var name: String { "clip" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let x = site.operands[0]
    let below = graph.isPositive(graph.offset(graph.scale(x, by: -1), by: limit))
    let inside = isTwoSided ? graph.multiply(below, graph.isPositive(graph.offset(x, by: limit))) : below
    return [graph.multiply(site.upstream, inside)]
  }
  func instruction(_ link: Link) -> Instruction {
    isTwoSided ? Elementwise.clamp(limit) : Elementwise.minimum(limit)
  }
}

extension Graph {
  /// min(max(x, -limit), limit).
  public mutating func clip(_ x: Tensor, to limit: Float) -> Tensor {
    add(Clip(limit: limit, isTwoSided: true), [x])
  }

  /// min(x, ceiling).
  public mutating func minimum(_ x: Tensor, _ ceiling: Float) -> Tensor {
    add(Clip(limit: ceiling, isTwoSided: false), [x])
  }
}
