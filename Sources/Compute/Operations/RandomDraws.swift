/// Fresh random values at every step, from a named stream (see `Random`).
package struct RandomDraw: PointwiseOperation, SourceOperation {
  package enum Kind: Hashable, Sendable {
    case normal, uniform
    /// `factor` with probability `keep`, else 0.
    case mask(keep: Float, factor: Float)
  }
  package let kind: Kind
  package let stream: String
  package let shape: Shape

  package var name: String {
    switch kind {
    case .normal: "normal draw"
    case .uniform: "uniform draw"
    case .mask: "mask draw"
    }
  }
  package func shape(of operands: [Shape]) -> Shape { shape }
  func instruction(_ link: Link) -> Instruction {
    switch kind {
    case .normal: RandomFill.normal(seed: link.seed, stream: stream, clock: link.clock)
    case .uniform: RandomFill.uniform(seed: link.seed, stream: stream, clock: link.clock)
    case .mask(let keep, let factor):
      RandomFill.mask(keep: keep, factor: factor, seed: link.seed, stream: stream, clock: link.clock)
    }
  }
}

extension Graph {
  /// Standard normal values of the stream at the current step.
  public mutating func normal(_ shape: Shape, stream: String) -> Tensor {
    add(RandomDraw(kind: .normal, stream: stream, shape: shape), [])
  }

  /// Uniform values in (0, 1) of the stream at the current step.
  public mutating func uniform(_ shape: Shape, stream: String) -> Tensor {
    add(RandomDraw(kind: .uniform, stream: stream, shape: shape), [])
  }

  /// `1 / (1 - rate)` where the stream's uniform value is below `1 - rate`, else 0; both rounded once from Double.
  public mutating func mask(_ shape: Shape, rate: Double, stream: String) -> Tensor {
    let kind = RandomDraw.Kind.mask(keep: Float(1 - rate), factor: Float(1 / (1 - rate)))
    return add(RandomDraw(kind: kind, stream: stream, shape: shape), [])
  }
}
