/// Did you mean: the nearest of the words that are allowed.
package enum Suggestion {
  /// The word a person probably meant; `nil` when none is near.
  ///
  /// Near is the same word in another case or with other separators, a distance of at most a third of its length
  /// (insertions, deletions, substitutions and swaps of neighbours count 1 each), or a beginning of at least 3 letters.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let wanted = squashed(word)
    guard (1...64).contains(wanted.count) else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in words {
      let other = squashed(candidate)
      guard other.count <= 64 else { continue }
      let allowed = max(1, max(wanted.count, other.count) / 3)
      guard abs(wanted.count - other.count) <= allowed,
        min(wanted.count, other.count) > allowed || wanted == other
      else { continue }
      let distance = distance(wanted, other)
      if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    if let best { return best.word }
    guard wanted.count >= 3 else { return nil }
    return words.first {
      squashed($0).starts(with: wanted) || (squashed($0).count >= 3 && wanted.starts(with: squashed($0)))
    }
  }

  /// Whether two words differ only in case and separators.
  package static func isSpelling(of word: String, _ other: String) -> Bool { squashed(word) == squashed(other) }

  /// The Damerau-Levenshtein distance (restricted: no pair is edited twice), in O(n m).
  static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for i in 1...first.count {
      var row = [i]
      row.reserveCapacity(second.count + 1)
      for j in 1...second.count {
        let same = first[i - 1] == second[j - 1]
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[second.count]
  }

  /// The characters in lower case without separators.
  private static func squashed(_ word: String) -> [Unicode.Scalar] {
    word.unicodeScalars.prefix(65).compactMap { scalar in
      switch scalar {
      case "_", "-", " ", ".": nil
      case "A"..."Z": Unicode.Scalar(scalar.value | 0x20)
      default: scalar
      }
    }
  }
}
