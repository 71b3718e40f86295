/// Collects the mistakes of a reading, so that all of them are shown at once.
///
/// The same message at the same place is kept once. Beyond `capacity` messages are only counted.
package final class Diagnostics {
  /// How many diagnostics are kept.
  package static let capacity = 200

  private struct Identity: Hashable {
    let mark: Mark?
    let message: String
  }

  private var kept: [Diagnostic] = []
  private var known: Set<Identity> = []
  /// The number of errors reported, whether kept or not.
  package private(set) var errorCount = 0
  /// The number of diagnostics that were counted but not kept.
  package private(set) var omittedCount = 0

  /// Begins without any.
  package init() {}

  /// Adds a diagnostic.
  package func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    guard kept.count < Diagnostics.capacity else {
      omittedCount += 1
      return
    }
    if known.insert(Identity(mark: diagnostic.mark, message: diagnostic.message)).inserted {
      kept.append(diagnostic)
    }
  }

  /// Adds what is wrong with a value.
  func report(_ complaint: Complaint) {
    report(.error(complaint.message, at: complaint.mark, remedy: complaint.remedy))
  }

  /// Adds an error.
  package func error(
    _ message: String, at mark: Mark?, remedy: String? = nil, related: [(mark: Mark, note: String)] = []
  ) {
    report(.error(message, at: mark, remedy: remedy, related: related))
  }

  /// Adds a warning.
  package func warning(
    _ message: String, at mark: Mark?, remedy: String? = nil, related: [(mark: Mark, note: String)] = []
  ) {
    report(Diagnostic(.warning, message, at: mark, remedy: remedy, related: related))
  }

  /// Whether an error was reported.
  package var hasErrors: Bool { errorCount > 0 }

  /// Whether further diagnostics will only be counted, so that work on their text is wasted.
  var isFull: Bool { kept.count >= Diagnostics.capacity }

  /// Every diagnostic kept, by source (in the order of their first diagnostic), line and column; those without a place last.
  package var all: [Diagnostic] {
    var order: [Source: Int] = [:]
    for case let mark? in kept.map(\.mark) where order[mark.source] == nil {
      order[mark.source] = order.count
    }
    let keys = kept.enumerated().map { index, diagnostic in
      guard let mark = diagnostic.mark else { return (Int.max, 0, 0, index) }
      return (order[mark.source] ?? 0, mark.line, mark.column, index)
    }
    return keys.sorted { $0 < $1 }.map { kept[$0.3] }
  }
}
