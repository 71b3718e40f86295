/// How many generated samples are in each of some bins, such as classes or modes, beside how many real ones would be.
package struct BinCounts: Sendable, Equatable {
  /// What the bins are, in the plural: `classes`.
  package let name: String
  /// The generated samples in each bin.
  package let generated: [Int]
  /// How many of as many real samples there would be in each bin; nil where that is not known.
  package let real: [Double]?
  /// The generated samples that are in none; nil where every sample is in one.
  package let elsewhere: Int?
  /// How many of as many real samples would be in none.
  package let realElsewhere: Double?

  /// - Parameter elsewhere: generated samples in no bin, and how many real ones would be; nil where every sample is in one.
  package init(
    _ name: String, generated: [Int], real: [Double]?, elsewhere: (generated: Int, real: Double)? = nil
  ) {
    (self.name, self.generated, self.real) = (name, generated, real)
    (self.elsewhere, realElsewhere) = (elsewhere?.generated, elsewhere?.real)
  }

  /// What classes are called where they are counted.
  package static let classes = "classes"
  /// What modes are called where they are counted.
  package static let modes = "modes"

  /// Of counts of the same bins the first, or the first that knows what real samples are like.
  package static func distinct(_ all: [BinCounts]) -> [BinCounts] {
    all.reduce(into: []) { found, counts in
      guard let place = found.firstIndex(where: { $0.name == counts.name }) else { return found.append(counts) }
      if found[place].real == nil { found[place] = counts }
    }
  }
}

extension Histogram {
  /// How many of another number of samples each count would be: c n / sum c.
  func expected(of samples: Int) -> [Double] {
    counts.map { Double($0) * Double(samples) / Double(max(total, 1)) }
  }
}
