import Files
import Glibc
import Specs

/// Reads specs with care: a path may name a folder, a pipe that nobody writes to, or a file without end.
enum SpecText {
  /// Why a path gives no spec.
  enum Failure: Error {
    /// The system refused to open or to read it.
    case unreadable(FileError)
    /// It can be opened, but is no spec.
    case unfit(String, remedy: String)
  }

  /// Which file a path leads to, whatever its spelling.
  struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// The bytes of a regular file and its identity.
  /// - Parameter limit: the most bytes it may have.
  static func read(_ path: String, limit: Int) throws(Failure) -> (bytes: [UInt8], identity: Identity) {
    let file: OpenFile
    do throws(FileError) {
      // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
      file = try OpenFile(path, O_RDONLY | O_NONBLOCK, for: .read)
    } catch {
      switch error.cause {
      case .isFolder: throw .unfit("\(path) is a folder, not a spec", remedy: "give the path of a file in it")
      case .noFile(let kind): throw .unfit("\(path) is \(kind), not a file", remedy: "write the spec to a file first")
      default: throw .unreadable(error)
      }
    }
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else {
      throw .unreadable(FileError(path: path, action: .read, code: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unfit("\(path) is a device, not a file", remedy: "write the spec to a file first")
    }
    guard status.st_size <= limit else { throw tooLong(path, limit) }
    // The system's own files (/proc) say that they are empty and are not.
    let bytes: [UInt8]
    do throws(FileError) { bytes = try file.bytes(in: 0..<(limit + 1)) } catch { throw .unreadable(error) }
    guard bytes.count <= limit else { throw tooLong(path, limit) }
    return (bytes, Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)))
  }

  private static func tooLong(_ path: String, _ limit: Int) -> Failure {
    limit >= Parser.byteLimit
      ? .unfit(
        "\(path) has more than \(limit) bytes, the most a spec may have", remedy: "is this the right file?")
      : .unfit(
        "with \(path) the specs that extend one another have more than \(Parser.byteLimit) bytes",
        remedy: "is this the right file?")
  }
}
