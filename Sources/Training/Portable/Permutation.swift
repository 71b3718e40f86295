/// A new order of the axes of an array: axis n of the result is axis `axes[n]` of what it is applied to.
package struct Permutation: Sendable {
  private let axes: [Int]

  package init(_ axes: [Int]) { self.axes = axes }

  /// The order that undoes it.
  var inverse: Permutation { Permutation(axes.indices.map { axis in axes.firstIndex(of: axis) ?? axis }) }

  /// A permuted shape.
  func applied(to shape: [Int]) -> [Int] { axes.map { shape[$0] } }

  /// The permuted shape, and the values in the order it asks for.
  package func applied(to values: [Float], shape: [Int]) -> (shape: [Int], values: [Float]) {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
    let (lengths, steps) = (axes.map { shape[$0] }, axes.map { strides[$0] })
    var place = [Int](repeating: 0, count: axes.count)
    var source = 0
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for _ in values.indices {
      result.append(values[source])
      // The next place, the last axis running fastest.
      for axis in axes.indices.reversed() {
        place[axis] += 1
        source += steps[axis]
        guard place[axis] == lengths[axis] else { break }
        source -= steps[axis] * lengths[axis]
        place[axis] = 0
      }
    }
    return (lengths, result)
  }
}
