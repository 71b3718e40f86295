import Compute
import Specs

/// What several branches make of the same input, side by side along the last axis: [N, ..., A] and [N, ..., B] to
/// [N, ..., A + B] (Szegedy et al., "Going Deeper with Convolutions", 2015).
///
/// A branch is a list of layers; an empty one, `[]`, is the input itself. The branches' outputs must have the same
/// shape but for the last axis. The parameters are named `generator.3.branches.1.0.kernel`.
package struct Concat: Layer {
  package static let name = "concat"
  package static let summary = "branches over one input, concatenated along the last axis"
  package static let alsoCalled = ["concatenate"]
  package static let example = Example("concat: {branches: [[dense: {units: 3}, tanh], []]}", input: [6])

  let branches: [[Marked<any Layer>]]

  package init(from fields: inout Fields) {
    branches = fields.itemLists(
      "branches", of: LayerCatalog.all, count: 2...64, part: "branch",
      example: "[[conv2d: {filters: 32, kernel_size: 3, padding: same}], []]",
      "lists of layers that each receive the input; [] hands it on, one_hot and embedding join the class to it")
  }

  /// A branch that joins the class to its input beside one that hands the input on: it is in the output twice.
  package func caution(at place: LayerPlace) -> Caution? {
    guard branches.contains(where: \.isEmpty),
      let keeper = branches.first(where: { !$0.isEmpty && $0.allSatisfy(\.value.keepsInput) })?.first
    else { return nil }
    let name = type(of: keeper.value).name
    return Caution(
      text: "\(name) joins the class to what it receives, so that with the branch [] the input is here twice",
      remedy: "write - \(name) in place of concat"
    )
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    let made = branches.compactMap { OutputBounds.through($0, of: input) }
    guard made.count == branches.count, var all = made.first else { return nil }
    for other in made { all = min(all.lowerBound, other.lowerBound)...max(all.upperBound, other.upperBound) }
    return all
  }
  /// Branches, of which some may end with a sigmoid.
  package var ending: Ending { branches.contains(where: Ending.isSigmoid) ? .partlySigmoid : .own }
  package var inner: [any Layer] { branches.joined().map(\.value) }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    var parts: [Tensor] = []
    for (number, branch) in branches.enumerated() {
      let made = try site.build(branch, as: "branches.\(number)", x)
      if let first = parts.first {
        let (shape, expected) = (made.sampleShape, first.sampleShape)
        guard shape.axes.dropLast() == expected.axes.dropLast() else {
          var misfit = Misfit(
            "branch \(number) makes \(shape), but branch 0 makes \(expected)",
            remedy: shape.rank == expected.rank
              ? "let all branches have the same strides, and padding: same"
              : "let all branches end with images, or all with vectors")
          misfit.place = (branch.last ?? branches[0].last).map { Misfit.Place(mark: $0.mark, producer: nil) }
          throw misfit
        }
      }
      parts.append(made)
    }
    return site.graph.concatenate(parts)
  }
}
