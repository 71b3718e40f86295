import Files
import Glibc
import Logging

/// `log.txt`: what happened to a run, with times; the library's handler for one file.
struct RunLog: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.info
  private let file: Appending?

  private final class Appending: Sendable {
    let file: OpenFile
    init(_ file: consuming OpenFile) { self.file = file }
  }

  /// A logger that appends to the file.
  ///
  /// A log that cannot be opened is no reason to stop a run.
  static func logger(_ path: String) -> Logger {
    let file = try? Appending(OpenFile(path, O_WRONLY | O_CREAT | O_APPEND, for: .create))
    return Logger(label: "gan-exp") { _ in RunLog(file: file) }
  }

  private init(file: Appending?) { self.file = file }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line = "\(Now.text) \(event.level) \(event.message)\n"
    try? file?.file.write([UInt8](line.utf8))
  }
}
