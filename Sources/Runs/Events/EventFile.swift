import Files
import Glibc

/// The events file of a run that goes on: what was there is written anew, then events are added behind.
struct EventFile: ~Copyable {
  private let file: OpenFile

  /// Replaces the file durably, and opens it to add to it.
  init(replacing path: String, with bytes: [UInt8]) throws(FileError) {
    try DurableFile.replace(path, with: bytes)
    file = try OpenFile(path, O_WRONLY | O_APPEND, for: .write)
  }

  /// Adds an event.
  func add(_ event: EventMessage) throws(FileError) { try file.write(TFRecord.framed(event.bytes)) }
}
