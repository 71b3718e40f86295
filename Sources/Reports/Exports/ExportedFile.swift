import Files

/// A file that an export writes.
package struct ExportedFile: Sendable {
  /// What is in it.
  package enum Content: Sendable {
    case bytes([UInt8])
    case tensors(Safetensors)
  }

  /// Its name in the folder of the export; empty where the export is one file, whose path a person gives.
  package let name: String
  package let content: Content

  init(_ name: String, _ content: Content) { (self.name, self.content) = (name, content) }
  init(_ name: String, _ text: String) { self.init(name, .bytes(Array(text.utf8))) }
}
