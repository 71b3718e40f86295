import CHost
import Files
import Glibc

/// What workers say: they write it into memory, which no full disk keeps them from, and it is appended to a file.
final class WorkerMessages {
  /// The open file that is their stderr.
  let descriptor: Int32
  /// What they have said so far.
  private(set) var bytes: [UInt8] = []
  private let path: String

  /// - Parameter path: the file that keeps what they say.
  init(_ path: String) throws(FileError) {
    self.path = path
    descriptor = host_memory_file()
    guard descriptor >= 0 else { throw FileError(path: path, action: .create, code: errno) }
  }

  deinit { close(descriptor) }

  /// Takes what was said since the last call.
  func collect() {
    let before = bytes.count
    var part = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = pread(descriptor, &part, part.count, off_t(bytes.count))
      guard count > 0 else { break }
      bytes += part.prefix(count)
    }
    guard bytes.count > before else { return }
    // What a disk has no room for the command tells all the same.
    guard let file = try? OpenFile(path, O_WRONLY | O_CREAT | O_APPEND, for: .create) else { return }
    try? file.write(Array(bytes[before...]))
  }
}
