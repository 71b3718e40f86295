import Compute

/// Which generated points are copies of training points or nearly so, and whether held-out points could have as many.
///
/// d1 and d2 are the distances of a point to its two nearest training points. A point is a near copy where d1 <= r d2, r being half
/// of the first percentile of d1 / d2 among held-out points. Where training points are equally dense out to d2, d1 / d2 is below r
/// with probability r^d in d dimensions, whatever the density is: so modes that are missing, or samples that keep to the middle of
/// the data, which bring generated points nearer to training points, do not bring more near copies.
///
/// Of m generated and h held-out points c are near copies. If all are of one distribution, any c of the m + h are equally likely to
/// be these, and the number of generated ones among them is hypergeometric (Fisher, "The Design of Experiments", 1935).
package struct NearCopies: Sendable {
  /// Generated points that are near copies.
  package let generated: Int
  /// Held-out points that are near copies.
  package let heldOut: Int
  /// The share of generated points that are near copies.
  package let share: Double
  /// The probability of as many generated ones, or more, if the generator copied nothing: below 0.01 it copies.
  package let chance: Double

  /// The probability below which copying is said.
  package static let significance = 0.01

  /// Of points whose two nearest training points are known.
  package init(generated: Nearest, heldOut: Nearest) {
    let (ofGenerated, ofHeldOut) = (generated.pairs, heldOut.pairs)
    // A copy of a training point that is there twice is a copy.
    let ratios = ofHeldOut.map { first, second in second > 0 ? first / second : 0 }
    let border = Memorisation.percentile(ofSquared: ratios) / 4
    func count(_ pairs: [(Double, Double)]) -> Int { pairs.count { first, second in first <= border * second } }
    (self.generated, self.heldOut) = (count(ofGenerated), count(ofHeldOut))
    share = Double(self.generated) / Double(max(ofGenerated.count, 1))
    chance = NearCopies.chance(
      of: self.generated, among: ofGenerated.count, and: self.heldOut, among: ofHeldOut.count)
  }

  /// The probability that of a + b marked points, drawn from m + n, at least a are among the m.
  package static func chance(of a: Int, among m: Int, and b: Int, among n: Int) -> Double {
    let marked = a + b
    let (least, most) = (max(0, marked - n), min(marked, m))
    // Probabilities by that of the most likely number, so that none of those that count becomes 0.
    let middle = min(max(Int(Double(marked) * Double(m) / Double(max(m + n, 1))), least), most)
    func ratio(_ x: Int) -> Double {
      Double(m - x) * Double(marked - x) / (Double(x + 1) * Double(n - marked + x + 1))
    }
    var (all, tail) = (1.0, middle >= a ? 1.0 : 0.0)
    var probability = 1.0
    for x in middle..<most {
      probability *= ratio(x)
      all += probability
      if x + 1 >= a { tail += probability }
    }
    probability = 1
    for x in stride(from: middle - 1, through: least, by: -1) {
      probability /= ratio(x)
      all += probability
      if x >= a { tail += probability }
    }
    return tail / all
  }
}

extension Nearest {
  /// The squared distances of each point to its two nearest points.
  fileprivate var pairs: [(Double, Double)] { Array(zip(radii(1), radii(2))) }
}
