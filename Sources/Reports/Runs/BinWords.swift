import Evaluation
import Files

/// What shares of classes or modes say, in words.
package struct BinWords {
  private let shares: BinShares

  package init(_ shares: BinShares) { self.shares = shares }

  /// Bins that a line names of those with too few samples, and of those with too many.
  private static let mostFew = 4
  private static let mostMany = 3
  /// Missing bins that a sentence names.
  private static let mostMissing = 20

  /// How many bins could have samples.
  private var count: String { Decimals.count(shares.bins.count { $0.real != 0 }) }

  /// In a line: `7 of 10 within a factor of two of the data's; fewest: 1 (0.4 % v 11 %)`.
  package var line: String {
    guard shares.bins.contains(where: { $0.ratio != nil }) else {
      return "\(Decimals.count(shares.bins.count { $0.generated > 0 })) of \(count) have a sample" + rest
    }
    let near = shares.bins.count(where: \.isNear)
    let known = shares.bins.count { $0.ratio != nil }
    let head =
      (near == known ? "all \(Decimals.count(known))" : "\(Decimals.count(near)) of \(Decimals.count(known))")
      + " within a factor of two of the data's"
    let ranked = shares.bins.filter { $0.ratio != nil }.sorted {
      ($0.ratio ?? 0, $0.number) < ($1.ratio ?? 0, $1.number)
    }
    let few = ranked.filter { $0.ratio ?? 1 < 0.5 }
    let many = Array(ranked.filter { $0.ratio ?? 1 > 2 }.reversed())
    if few.count == known { return head + ": all have less" + rest }
    return head + named("fewest", few, BinWords.mostFew) + named("most", many, BinWords.mostMany) + rest
  }

  private func named(_ title: String, _ bins: [BinShares.Bin], _ most: Int) -> String {
    guard !bins.isEmpty else { return "" }
    let texts = bins.prefix(most).map { bin in
      "\(bin.name) (\(Percent.text(bin.share)) v \(Percent.text(bin.real ?? 0)))"
    }
    let more = bins.count > most ? " and \(Decimals.count(bins.count - most)) more" : ""
    return "; \(title): \(texts.joined(separator: ", "))\(more)"
  }

  private var rest: String { shares.elsewhere.map { "; \(Percent.text($0)) near none" } ?? "" }

  /// Which are missing, in a sentence.
  package var missing: String {
    let missing = shares.missing
    let nouns = shares.counted
    guard !missing.isEmpty else {
      return "Every one of the \(count) \(nouns) has samples\(shares.runs > 1 ? " in one run at least" : "")."
    }
    let names = missing.prefix(BinWords.mostMissing).map { bin in
      bin.name
        + (bin.centre.map { " at (\(Decimals.short(Double($0.x))), \(Decimals.short(Double($0.y))))" } ?? "")
    }
    let more = missing.count > names.count ? " and \(Decimals.count(missing.count - names.count)) more" : ""
    let verb = missing.count == 1 ? "has" : "have"
    return
      "\(Decimals.count(missing.count)) of \(count) \(nouns) \(verb) no sample\(shares.runs > 1 ? " in any run" : ""): "
      + "\(names.joined(separator: ", "))\(more)."
  }

  /// How many samples are in no bin, in a sentence; nil where every one is in some.
  package var between: String? {
    shares.elsewhere.map { share in
      let real = shares.realElsewhere.map { "; of real ones it would be \(Percent.text($0))" } ?? ""
      return "\(Percent.text(share)) of the samples lie more than three standard deviations from every mode\(real)."
    }
  }

  /// How many have about their share; nil where the data's is not known.
  private var near: String? {
    let known = shares.bins.filter { $0.ratio != nil }
    guard !known.isEmpty else { return nil }
    let near = known.count(where: \.isNear)
    let which = near == 0 ? "None of the" : "\(Decimals.count(near)) of"
    return
      "\(which) \(Decimals.count(known.count)) \(shares.counted) \(near < 2 ? "has" : "have") at least half, and at most "
      + "twice, the share that real samples have there."
  }

  /// How many have about their share, which are missing, and what is in none.
  package var sentences: [String] { [near, missing, between].compactMap { $0 } }

  /// All of it for who does not see a figure.
  package var summary: String {
    (["\(shares.counted.prefix(1).uppercased())\(shares.counted.dropFirst()): \(line)."]
      + [missing, between].compactMap { $0 })
      .joined(separator: " ")
  }
}
