/// A value in a graph under construction, to do mathematics with: `1 - a`, `x.mean()`.
///
/// Its operators and methods add vertices to the graph, an expression's from left to right.
package struct Tensor: Hashable {
  /// The graph it belongs to.
  package let graph: GraphBuilder
  package let number: VertexNumber

  /// The extents of its axes.
  package var shape: Shape { vertex.shape }

  /// The operation that makes it, with its operands.
  var vertex: Graph.Vertex { graph.vertex(self) }

  /// Two values are equal where they are the same vertex of the same graph.
  package static func == (a: Tensor, b: Tensor) -> Bool { a.number == b.number && a.graph === b.graph }

  /// Hashes the vertex.
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// Adds an operation on this value and others.
  func applying(_ operation: some Operation, _ others: Tensor...) -> Tensor { graph.add(operation, [self] + others) }
}
