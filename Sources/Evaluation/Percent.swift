/// Shares as people read them.
package enum Percent {
  /// `93 %`, `0.9 %` of less than ten, `0 %` of nothing.
  package static func text(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    let percent = share * 100
    guard percent > 0, percent < 9.95 else { return "\(Int(percent.rounded())) %" }
    let tenths = Int((percent * 10).rounded())
    return tenths == 0 ? "less than 0.1 %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
