import Compute
import Specs

/// y = F(x) + S(x): what the layers of `body` make of x, added to what those of `shortcut` make of it, which by default
/// is x itself (He et al., "Deep Residual Learning for Image Recognition", 2016).
///
/// Both must have the same shape. The parameters are named `generator.3.body.0.kernel` and so on, those of the shortcut
/// `generator.3.shortcut.0.kernel`.
package struct Residual: Layer {
  package static let name = "residual"
  package static let summary = "residual block: body(x) + shortcut(x), the shortcut by default the identity"
  package static let alsoCalled = ["resblock", "residual_block", "skip"]
  package static let example = Example(
    "residual: {body: [dense: {units: 5, activation: tanh}, dense: {units: 6}]}", input: [6])

  let body: [Marked<any Layer>]
  let shortcut: [Marked<any Layer>]

  package init(from fields: inout Fields) {
    body = fields.layers(
      "body", count: 1...200, example: "[relu, conv2d: {filters: 64, kernel_size: 3, padding: same}]",
      "the layers whose output is added")
    shortcut = fields.layers("shortcut", count: 0...200, "the layers of the shortcut path; by default the identity")
  }

  /// The sums of both ways'.
  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    guard let made = OutputBounds.through(body, of: input), let kept = OutputBounds.through(shortcut, of: input) else {
      return nil
    }
    return made.lowerBound + kept.lowerBound...made.upperBound + kept.upperBound
  }
  /// A sum, of which a sigmoid may be a term.
  package var ending: Ending { [body, shortcut].contains(where: Ending.isSigmoid) ? .partlySigmoid : .own }
  package var inner: [any Layer] { (body + shortcut).map(\.value) }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let made = try site.build(body, as: "body", x)
    let kept = try site.build(shortcut, as: "shortcut", x)
    let (shape, other) = (made.sampleShape, kept.sampleShape)
    guard shape == other else {
      let source = shortcut.isEmpty ? "the input is \(other)" : "the shortcut makes \(other)"
      throw Misfit("the body makes \(shape), but \(source)", remedy: Residual.remedy(shape, other, shortcut.isEmpty))
    }
    return made + kept
  }

  /// What would give both the same shape.
  private static func remedy(_ body: Shape, _ other: Shape, _ isInput: Bool) -> String {
    guard body.rank == other.rank, body.rank == 1 || body.rank == 3 else { return "let both end with the same shape" }
    if body.rank == 1 {
      return isInput
        ? "let the body end with \(other[0]) values, or add shortcut: [dense: {units: \(body[0])}]"
        : "let both end with \(body[0]) values"
    }
    guard isInput else { return "let both end with the shape \(body)" }
    let strides = zip(other.axes, body.axes).prefix(2).map { ($0 + $1 - 1) / $1 }
    let isStrided = zip(other.axes, strides).map { ($0 + $1 - 1) / $1 } == Array(body.axes.prefix(2))
    guard isStrided else { return "use padding: same in the body, or a shortcut that makes \(body)" }
    let step = strides[0] == strides[1] ? "\(strides[0])" : "\(strides)"
    let moved = strides == [1, 1] ? "" : ", strides: \(step)"
    return "add shortcut: [conv2d: {filters: \(body[2]), kernel_size: 1\(moved)}]"
  }
}
