import Compute

/// How often each of some classes, or modes, occurs.
package struct Histogram: Sendable, Equatable {
  /// The counts.
  package let counts: [Int]

  /// Counts numbers from 0; others are left out.
  package init(of numbers: [Int], classes: Int) {
    var counts = [Int](repeating: 0, count: classes)
    for number in numbers where counts.indices.contains(number) { counts[number] += 1 }
    self.counts = counts
  }

  /// All counted.
  package var total: Int { counts.reduce(0, +) }
  /// Classes that occur.
  package var found: Int { counts.count { $0 > 0 } }

  private var shares: [Double] { counts.map { Double($0) / Double(max(total, 1)) } }

  /// Kullback and Leibler's divergence from another, sum p ln(p / q) in nats; infinite where a class occurs here but not there.
  package func divergence(from other: Histogram) -> Double {
    zip(shares, other.shares).reduce(0) { sum, pair in
      let (p, q) = pair
      guard p > 0 else { return sum }
      return q > 0 ? sum + p * CorrectlyRounded.logarithm(p / q) : .infinity
    }
  }

  /// The total variation, half of sum |p - q|: 0 of equal ones, 1 of disjoint ones.
  package func totalVariation(from other: Histogram) -> Double {
    zip(shares, other.shares).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }
}

/// Probabilities of classes from logits.
package enum ClassProbabilities {
  /// The logarithms, x - ln sum e^x of each row.
  package static func logarithms(ofLogits logits: Matrix) -> Matrix {
    var result = logits
    for row in 0..<logits.rows {
      let values = logits.row(row)
      let sum = Exponentials.logSum(values)
      for column in 0..<logits.columns { result[row, column] -= sum }
    }
    return result
  }

  /// The class of the largest logit of each row, the first of equal ones.
  package static func classes(ofLogits logits: Matrix) -> [Int] {
    (0..<logits.rows).map { row in
      var best = 0
      for column in 1..<max(logits.columns, 1) where logits[row, column] > logits[row, best] { best = column }
      return best
    }
  }
}

/// The classifier score exp(mean KL(p(y|x) | p(y))), the Inception score of another network (Salimans et al., "Improved Techniques
/// for Training GANs", 2016): from 1 to the number of classes.
package struct ClassifierScore: Sendable {
  /// The score of all samples in one split.
  package let value: Double
  /// Its standard error by the jackknife over ten groups of samples, taken in turn; 0 of fewer than 20 samples.
  package let standardError: Double

  /// Of logits [samples, classes].
  package init(ofLogits logits: Matrix, on pool: ThreadPool) {
    let logarithms = ClassProbabilities.logarithms(ofLogits: logits)
    let classes = logits.columns
    let groups = logits.rows >= 20 ? 10 : 1
    let parts = pool.map(groups) { Group($0, of: groups, logarithms) }
    func score(without left: Int?) -> Double {
      let kept = parts.indices.filter { $0 != left }.map { parts[$0] }
      let count = kept.reduce(0) { $0 + $1.count }
      let negentropy = kept.reduce(0) { $0 + $1.negentropy } / count
      let mean = (0..<classes).reduce(0.0) { sum, column in
        let p = kept.reduce(0) { $0 + $1.sums[column] } / count
        return p > 0 ? sum + p * CorrectlyRounded.logarithm(p) : sum
      }
      return CorrectlyRounded.exponential(negentropy - mean)
    }
    value = score(without: nil)
    guard groups > 1 else {
      standardError = 0
      return
    }
    let scores = parts.indices.map { score(without: $0) }
    let mean = scores.reduce(0, +) / Double(groups)
    let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares * Double(groups - 1) / Double(groups)).squareRoot()
  }

  /// The samples of one group of the jackknife.
  private struct Group: Sendable {
    /// The sum of p over samples for each class.
    private(set) var sums: [Double]
    /// The sum of p ln p.
    private(set) var negentropy = 0.0
    /// How many they are.
    private(set) var count = 0.0

    init(_ number: Int, of groups: Int, _ logarithms: Matrix) {
      sums = [Double](repeating: 0, count: logarithms.columns)
      for row in stride(from: number, to: logarithms.rows, by: groups) {
        for column in sums.indices {
          let logarithm = logarithms[row, column]
          let p = CorrectlyRounded.exponential(logarithm)
          sums[column] += p
          negentropy.addProduct(p, logarithm)
        }
        count += 1
      }
    }
  }
}
