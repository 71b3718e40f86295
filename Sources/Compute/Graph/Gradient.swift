extension Graph {
  /// Emits the gradients of the scalar `loss` with respect to `sources`, in that order; nil where the loss does not
  /// depend on one.
  ///
  /// What the result does not need is not built. Applied to a function of such gradients it gives second derivatives.
  ///
  /// A source that is another value under another shape stands for that value, since what reads the one may have been made to
  /// read the other.
  public mutating func gradients(of loss: Tensor, withRespectTo sources: [Tensor]) -> [Tensor?] {
    precondition(shape(loss).count == 1, "the gradient of a scalar")
    let shapes = sources.map { shape($0) }
    let sources = sources.map { source in
      let vertex = vertex(source)
      return vertex.operation is Reshape ? vertex.operands[0] : source
    }
    let saved = origin
    defer { origin = saved }

    // Forward: which vertices lead from a source to the loss?
    var depends = [Bool](repeating: false, count: loss.index + 1)
    for source in sources where source.index <= loss.index { depends[source.index] = true }
    for index in 0...loss.index where !depends[index] && !(vertices[index].operation is any UpdatingOperation) {
      depends[index] = vertices[index].operands.contains { depends[$0.index] }
    }
    guard depends[loss.index] else { return sources.map { _ in nil } }

    // Backward: sum what arrives at a vertex, then hand it on.
    var arrived: [Tensor: Tensor] = [loss: broadcast(constant(1), to: shape(loss))]
    for index in stride(from: loss.index, through: 0, by: -1) where depends[index] {
      let result = Tensor(index: index)
      guard let upstream = arrived[result] else { continue }
      let vertex = vertices[index]
      let isNeeded = vertex.operands.map { depends[$0.index] }
      guard isNeeded.contains(true) else { continue }
      origin = Origin(tag: vertex.origin.tag, isGradient: true)
      let site = GradientSite(
        result: result, operands: vertex.operands, upstream: upstream, isNeeded: isNeeded)
      let contributions = vertex.operation.gradients(at: site, in: &self)
      precondition(contributions.count == vertex.operands.count, "\(vertex.operation.name): one gradient an operand")
      for (operand, contribution) in zip(vertex.operands, contributions) where depends[operand.index] {
        guard let contribution else { continue }
        let fitted = sum(contribution, to: shape(operand))
        arrived[operand] = arrived[operand].map { add($0, fitted) } ?? fitted
      }
    }
    return zip(sources, shapes).map { source, shape in arrived[source].map { reshape($0, to: shape) } }
  }
}
