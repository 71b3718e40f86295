/// Fresh random values at every step, from named streams (see `Random`): each fills as many rows as the others.
package struct RandomDraw: PointwiseOperation, SourceOperation {
  package enum Kind: Hashable, Sendable {
    case normal, uniform
    /// `factor` with probability `keep`, else 0.
    case mask(keep: Float, factor: Float)
    /// A whole number below `count`.
    case index(count: Int)
  }
  package let kind: Kind
  package let streams: [String]
  package let shape: Shape

  package var name: String {
    switch kind {
    case .normal: "normal draw"
    case .uniform: "uniform draw"
    case .mask: "mask draw"
    case .index: "index draw"
    }
  }
  package func shape(of operands: [Shape]) -> Shape { shape }
  package var beginsStack: Bool { true }
  package func stacked(with others: [any Operation]) -> RandomDraw? {
    let draws = others.compactMap { $0 as? RandomDraw }
    guard draws.count == others.count, draws.allSatisfy({ $0.kind == kind && $0.shape == shape }) else { return nil }
    return RandomDraw(
      kind: kind, streams: draws.reduce(streams) { $0 + $1.streams }, shape: shape.withRows(times: others.count + 1))
  }
  func instruction(_ link: LinkedPlan) -> Instruction {
    let source = RandomFill(
      streams: streams.map { Philox(seed: link.seed, stream: Random.hash(of: $0), step: 0) },
      count: shape.count / streams.count, clock: link.clock)
    return switch kind {
    case .normal: source.normal
    case .uniform: source.uniform
    case .mask(let keep, let factor): source.mask(keep: keep, factor: factor)
    case .index(let count): source.index(below: count)
    }
  }
}

extension GraphBuilder {
  /// Standard normal values of the stream at the current step.
  package func normal(_ shape: Shape, stream: String) -> Tensor {
    add(RandomDraw(kind: .normal, streams: [stream], shape: shape), [])
  }

  /// Uniform values in (0, 1) of the stream at the current step.
  package func uniform(_ shape: Shape, stream: String) -> Tensor {
    add(RandomDraw(kind: .uniform, streams: [stream], shape: shape), [])
  }

  /// Whole numbers below `count`, each the index of the stream's word.
  package func indices(_ shape: Shape, below count: Int, stream: String) -> Tensor {
    add(RandomDraw(kind: .index(count: count), streams: [stream], shape: shape), [])
  }

  /// 1 where the stream's uniform value is below `probability` rounded to Float, else 0.
  package func chance(_ shape: Shape, of probability: Double, stream: String) -> Tensor {
    add(RandomDraw(kind: .mask(keep: Float(probability), factor: 1), streams: [stream], shape: shape), [])
  }

  /// `1 / (1 - rate)` where the stream's uniform value is below `1 - rate`, else 0; both rounded once from Double.
  package func mask(_ shape: Shape, rate: Double, stream: String) -> Tensor {
    let kind = RandomDraw.Kind.mask(keep: Float(1 - rate), factor: Float(1 / (1 - rate)))
    return add(RandomDraw(kind: kind, streams: [stream], shape: shape), [])
  }
}
