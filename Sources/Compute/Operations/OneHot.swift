/// 1 at the place of each row's class, else 0: classes [N, 1] as whole numbers -> [N, count].
package struct OneHot: PointwiseOperation {
  package let count: Int
  package var name: String { "one-hot" }
  package func shape(of operands: [Shape]) -> Shape {
    precondition(operands[0].rank == 2 && operands[0][1] == 1, "one-hot of \(operands[0])")
    return [operands[0][0], count]
  }
  /// Classes are not differentiated.
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.oneHot(count) }
}

/// The numbers from 0 to below `count`, exact up to 2^24.
package struct Counting: PointwiseOperation, SourceOperation {
  package let count: Int
  package var name: String { "counting" }
  package func shape(of operands: [Shape]) -> Shape { [count] }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { nil }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.counting }
}

extension Tensor {
  /// Rows of zeros with a 1 at the place of each class: [N] or [N, 1] -> [N, classes].
  package func oneHot(classes: Int) -> Tensor { reshaped(to: [shape.count, 1]).applying(OneHot(count: classes)) }
}

extension GraphBuilder {
  /// The numbers from 0 to below `count`.
  package func counting(_ count: Int) -> Tensor { add(Counting(count: count), []) }
}
