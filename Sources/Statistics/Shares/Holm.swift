/// Holm's step-down adjustment of several p ("A Simple Sequentially Rejective Multiple Test Procedure", 1979).
package enum Holm {
  /// The adjusted p in their order: the i-th smallest of m, from 1, is the largest of (m - j + 1) p_(j) over j <= i, at most 1.
  package static func adjusted(_ p: [Double]) -> [Double] {
    var adjusted = p
    var largest = 0.0
    for (rank, place) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated() {
      largest = max(largest, min(1, Double(p.count - rank) * p[place]))
      adjusted[place] = largest
    }
    return adjusted
  }
}
