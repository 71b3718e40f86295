extension Graph {
  /// The graph in which additions of products are products themselves, each tile of which is summed up while it is in
  /// cache: no product is written and read again.
  ///
  /// Vertices keep their numbers. A product that others read as well stays as it is, and so does one of which an update
  /// overwrites an operand before the addition. No bit is another.
  func joiningSumsOfProducts() -> Graph {
    var (vertices, memory) = (vertices, [Int](vertices.indices))
    var readers = [Int](repeating: 0, count: vertices.count)
    var lastUpdate: [Int: Int] = [:]
    for vertex in vertices {
      for operand in vertex.operands { readers[operand.index] += 1 }
    }
    for (index, vertex) in vertices.enumerated() {
      if vertex.operation is any StructuralOperation, let source = vertex.operands.first {
        memory[index] = memory[source.index]
      }
      if vertex.operation is any UpdatingOperation {
        lastUpdate[memory[vertex.operands[1].index]] = index
      } else if (vertex.operation as? Arithmetic)?.kind == .add {
        let terms = vertex.operands.compactMap { operand in
          readers[operand.index] == 1 && vertices[operand.index].shape == vertex.shape
            && vertices[operand.index].operands.allSatisfy { (lastUpdate[memory[$0.index]] ?? -1) < operand.index }
            ? (vertices[operand.index].operation as? any DenseProduct)?.terms : nil
        }
        // Values are added in order: of two operands only one may be a sum, and it comes first, which changes no bit.
        guard terms.count == 2, terms.contains(where: { $0.count == 1 }) else { continue }
        let order = terms[1].count > 1 ? [1, 0] : [0, 1]
        vertices[index] = Vertex(
          operation: SumOfProducts(terms: order.flatMap { terms[$0] }),
          operands: order.flatMap { vertices[vertex.operands[$0].index].operands }, shape: vertex.shape,
          origin: vertex.origin)
      }
    }
    return Graph(vertices: vertices, updates: updates)
  }
}
