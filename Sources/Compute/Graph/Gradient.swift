extension Tensor {
  /// Emits the gradients of this scalar with respect to `sources`, in that order; nil where it does not depend on one.
  ///
  /// What the result does not need is not built. Applied to a function of such gradients it gives second derivatives.
  ///
  /// If a source is a `Reshaping`, its operand is differentiated instead: chained reshapes are folded, so readers may bypass the
  /// source.
  package func gradients(withRespectTo sources: [Tensor]) -> [Tensor?] {
    precondition(shape.count == 1, "the gradient of a scalar")
    let shapes = sources.map(\.shape)
    let sources = sources.map { source in
      let vertex = source.vertex
      return vertex.operation is Reshaping ? graph.tensor(vertex.operands[0]) : source
    }
    let saved = graph.origin
    defer { graph.origin = saved }

    // Forward: which vertices lead from a source to the scalar?
    let vertices = graph.vertices(to: self)
    var depends = vertices.map { _ in false }
    for source in sources where source.number.index < depends.count { depends[source.number.index] = true }
    for (index, vertex) in vertices.enumerated()
    where !depends[index] && !(vertex.operation is any UpdatingOperation) {
      depends[index] = vertex.operands.contains { depends[$0.index] }
    }
    guard depends[number.index] else { return sources.map { _ in nil } }

    // Backward: sum what arrives at a vertex, then hand it on.
    var arrived = [number: graph.constant(1).broadcast(to: shape)]
    for index in vertices.indices.reversed() where depends[index] {
      let number = VertexNumber(index: index)
      guard let upstream = arrived[number] else { continue }
      let vertex = vertices[index]
      let isNeeded = vertex.operands.map { depends[$0.index] }
      guard isNeeded.contains(true) else { continue }
      graph.origin = Origin(tag: vertex.origin.tag, isGradient: true)
      let site = GradientSite(
        result: graph.tensor(number), operands: vertex.operands.map(graph.tensor), upstream: upstream,
        isNeeded: isNeeded)
      let contributions = vertex.operation.gradients(at: site)
      precondition(contributions.count == vertex.operands.count, "\(vertex.operation.name): one gradient an operand")
      for (operand, contribution) in zip(site.operands, contributions) where depends[operand.number.index] {
        guard let contribution else { continue }
        let fitted = contribution.summed(to: operand.shape)
        arrived[operand.number] = arrived[operand.number].map { $0 + fitted } ?? fitted
      }
    }
    return zip(sources, shapes).map { source, shape in arrived[source.number].map { $0.reshaped(to: shape) } }
  }
}
