import Compute
import Specs

/// The sample's class as `classes` values, 1 at its place and else 0, behind the last axis of x: [N, ..., C] -> [N, ..., C +
/// classes]; for images constant maps (Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014).
///
/// It needs `conditional` in the spec.
package struct OneHotMaps: Layer {
  package static let name = "one_hot"
  package static let summary = "one-hot vector of the class, concatenated with the features"
  package static let example = Example("one_hot", input: [2, 3, 4])

  package init(from fields: inout Fields) {}

  /// Its values are the class's.
  package static var seesClasses: Bool { true }
  /// In front of the class.
  package var keepsInput: Bool { true }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try site.classes(for: OneHotMaps.name)
    return x.joined(with: site.oneHot())
  }
}
