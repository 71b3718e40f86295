/// Texts that can be pasted into a shell.
package enum ShellText {
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+@%:,=".utf8)

  /// A path as one word of a command line.
  package static func quoted(_ path: String) -> String {
    if !path.isEmpty, path.utf8.allSatisfy(plain.contains) { return path }
    let parts = path.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
