import Foundation

/// Whole files and trees of files.
enum Bytes {
  /// The bytes of a file.
  static func read(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) }

  /// Puts bytes into a file, in place.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// Copies a file or a folder with all that is in it.
  static func copy(_ source: String, to target: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }

  /// Whether there is a file or a folder.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether there is a folder.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The names in a folder, sorted; none where there is no folder.
  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The paths of all files and folders below a folder, relative to it, sorted.
  static func tree(_ path: String) -> [String] {
    names(path).flatMap { name in
      [name] + (isFolder("\(path)/\(name)") ? tree("\(path)/\(name)").map { "\(name)/\($0)" } : [])
    }
  }
}
