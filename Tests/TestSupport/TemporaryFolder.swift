import Foundation

/// A new empty folder that is removed when the test lets go of it.
package final class TemporaryFolder: Sendable {
  /// Where it is.
  package let path: String

  /// Makes it.
  package init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gan-exp-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder.
  package func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, sorted.
  package var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Puts bytes into a file, and makes the folders on the way to it.
  package func put(_ bytes: [UInt8], into name: String) throws {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Puts a text into a file.
  package func put(_ text: String, into name: String) throws { try put([UInt8](text.utf8), into: name) }

  /// The text in a file.
  package func text(of name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }
}
