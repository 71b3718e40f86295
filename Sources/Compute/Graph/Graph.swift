/// The number of a vertex in a graph: what other vertices and plans refer to its value by.
package struct VertexNumber: Hashable, Sendable {
  package let index: Int

  /// The vertex at this place of a graph's vertices.
  package init(index: Int) { self.index = index }
}

/// What made a vertex: a number that the caller gives a meaning, such as a layer of a network.
package struct Origin: Hashable, Sendable {
  /// The caller's number; 0 for none.
  package var tag: Int
  /// Whether the vertex was emitted by a gradient rule of that origin.
  package var isGradient: Bool

  package init(tag: Int, isGradient: Bool = false) {
    self.tag = tag
    self.isGradient = isGradient
  }
}

/// A description of a computation: operations on values of fixed shapes, in an order in which they can run.
///
/// It is what a `GraphBuilder` ends in and what plans take.
package struct Graph: Sendable {
  /// An operation with its operands.
  package struct Vertex: Sendable {
    package let operation: any Operation
    package let operands: [VertexNumber]
    package let shape: Shape
    package let origin: Origin
  }

  package let vertices: [Vertex]
  /// Update vertices in the order they were added: what a plan must run although nobody reads the result.
  package let updates: [VertexNumber]

  /// The shape of a value.
  package func shape(_ number: VertexNumber) -> Shape { vertices[number.index].shape }

  package func vertex(_ number: VertexNumber) -> Vertex { vertices[number.index] }

  /// The places of the vertices that outputs and updates need, in order.
  package func live(_ outputs: [VertexNumber]) -> [Int] {
    var isLive = [Bool](repeating: false, count: vertices.count)
    for number in outputs + updates { isLive[number.index] = true }
    for index in isLive.indices.reversed() where isLive[index] {
      for operand in vertices[index].operands { isLive[operand.index] = true }
    }
    return isLive.indices.filter { isLive[$0] }
  }

  /// What one of several ranks runs of it, with the outputs there; see `Placement`.
  /// - Parameters:
  ///   - shards: how many shards the batch has, a multiple of the number of ranks.
  ///   - homes: which rank updates which parameter, in all graphs that are run with the same state.
  package func placed(
    outputs: [VertexNumber], shards: Int, on ranks: any Ranks, homes: UpdateHomes
  ) -> (graph: Graph, outputs: [VertexNumber]) {
    let placement = Placement(self, outputs: outputs, shards: shards, on: ranks.rank, homes: homes)
    return (placement.graph, placement.outputs)
  }
}
