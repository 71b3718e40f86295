/// The program's version.
package enum Version {
  /// As `--version` shows it and as runs record it.
  package static let current = "0.2.0"
}
