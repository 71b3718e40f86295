/// Paths of several runs or groups in few words.
package enum ShortPaths {
  /// Paths without the folders that all of them begin with, and these.
  package static func shortened(_ paths: [String]) -> (folder: String, names: [String]) {
    let parts = paths.map { $0.split(separator: "/", omittingEmptySubsequences: false) }
    guard parts.count > 1, let shortest = parts.map(\.count).min() else { return ("", paths) }
    var common = 0
    while common < shortest - 1, parts.allSatisfy({ $0[common] == parts[0][common] }) { common += 1 }
    return (
      parts[0].prefix(common).joined(separator: "/"), parts.map { $0.dropFirst(common).joined(separator: "/") }
    )
  }
}
