import Files
import Foundation
import TestSupport

/// A suite about a folder of three runs written by hand.
protocol StoredRuns {}

extension StoredRuns {
  /// The folder, with `Runs` in it.
  func world() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, run) in [
      ("Runs/a/001", StoredRun.withAccuracy), ("Runs/a/002", .withPenalty), ("Runs/b/001", .withConvergence),
    ] {
      try run.write(path, into: folder)
    }
    return folder
  }

  /// Every file in a folder with its bytes.
  func content(_ path: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FolderTree.files(in: path) where !name.hasSuffix(".lock") {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }
    return files
  }

  /// Does what a line of a shell says after the program's name.
  func gan(_ line: String, in folder: TemporaryFolder) throws -> Program.Result {
    try Program.shell("$GAN \(line)", in: folder)
  }
}
