import Compute
import Specs

/// The first values of a parameter: a function of their places, its fans and its own stream of random numbers.
package protocol Initializer: CatalogItem {
  /// The values at some places in row-major order, drawn from `stream` at step 0: the same for a place, whichever others
  /// are asked for, so that large parameters are filled in parts.
  func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float]
}

extension Initializer {
  static var entry: Catalog<any Initializer>.Entry {
    Catalog<any Initializer>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The initializers that a spec can name.
package enum InitializerCatalog {
  /// Every initializer, one line each.
  package static let all = Catalog<any Initializer>(
    noun: "initializer",
    [
      GlorotUniform.entry,
      GlorotNormal.entry,
      HeUniform.entry,
      HeNormal.entry,
      LecunUniform.entry,
      LecunNormal.entry,
      RandomUniform.entry,
      RandomNormal.entry,
      TruncatedNormal.entry,
      Constant.entry,
      Zeros.entry,
      Ones.entry,
    ])
}
