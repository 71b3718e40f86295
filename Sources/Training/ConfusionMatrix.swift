/// How often samples of each class were taken for each class.
package struct ConfusionMatrix: Equatable, Sendable {
  /// The names of the classes.
  package let classes: [String]
  /// Counts [class of the sample, class that the network says].
  package private(set) var counts: [[Int]]

  /// No samples yet.
  package init(classes: [String]) {
    self.classes = classes
    counts = [[Int]](repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
  }

  /// Counts that were written down; nil where there is not one row and column for each class.
  package init?(classes: [String], counts: [[Int]]) {
    guard counts.count == classes.count, counts.allSatisfy({ $0.count == classes.count }) else { return nil }
    self.classes = classes
    self.counts = counts
  }

  /// Counts a sample.
  package mutating func add(class own: Int, predicted: Int) { counts[own][predicted] += 1 }

  /// All samples.
  package var total: Int { counts.joined().reduce(0, +) }
  /// Samples whose class was told right.
  package var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
}
