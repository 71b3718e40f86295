/// A series in one line of a terminal: bars of eight heights from the least to the greatest value.
struct Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// The line: a place shows the mean of its stretch of values, a blank one has none that is finite.
  static func text(_ values: [Double], width: Int) -> String {
    guard width > 0, !values.isEmpty else { return "" }
    let count = min(width, values.count)
    let means = (0..<count).map { place -> Double in
      let part = values[(values.count * place / count)..<(values.count * (place + 1) / count)].filter(\.isFinite)
      return part.isEmpty ? .nan : part.reduce(0, +) / Double(part.count)
    }
    let known = means.filter(\.isFinite)
    guard let least = known.min(), let greatest = known.max() else { return String(repeating: " ", count: count) }
    let extent = greatest - least
    return String(
      means.map { mean in
        guard mean.isFinite else { return " " }
        let share = extent > 0 && extent.isFinite ? (mean - least) / extent : 0.5
        return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
      })
  }
}
