import FoundationEssentials

/// Times for the record and the log; nothing that is computed depends on them.
package enum Now {
  /// The time in UTC, `2026-01-31T12:00:00Z`.
  package static var text: String { Date().formatted(.iso8601) }

  /// Nanoseconds since 1970, as files have the times of their changes.
  package static var nanoseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1e9) }

  /// The seconds between two times of this form; nil where one is none.
  package static func seconds(from start: String, to end: String) -> Double? {
    guard let start = try? Date(start, strategy: .iso8601), let end = try? Date(end, strategy: .iso8601) else {
      return nil
    }
    return end.timeIntervalSince(start)
  }
}
