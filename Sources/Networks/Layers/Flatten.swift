import Compute
import YAML

/// The values of a sample as one vector: [N, ...] -> [N, values], the last axis running fastest.
public struct Flatten: Layer {
  /// Its name in a spec.
  public static let name = "flatten"
  /// What it computes.
  public static let summary = "the values of a sample as one vector"
  /// A list entry that builds.
  public static let example = Example("flatten", input: [2, 3, 1])

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}

  /// Those of the input.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  /// The input's values.
  public var ending: Ending { .input }

  /// Gives the values their new shape; nothing is moved.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    x.reshaped(to: [x.batch, x.sampleShape.count])
  }
}
