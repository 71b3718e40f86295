import Foundation
import Synchronization
import TestSupport

/// An empty folder with the tiny spec in it, in which the program is run; removed when it is let go of.
final class Workspace: Sendable {
  /// The program that is tortured: GAN_EXP_PROGRAM, or the one that was built.
  static let program = ProcessInfo.processInfo.environment["GAN_EXP_PROGRAM"] ?? Program.path

  /// The spec: a ring of Gaussians, dense layers of 4 units, 16 steps, a checkpoint every 4.
  private static let spec = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("tiny.yaml").path

  /// Memory where there is some to put files into: what is tested is the program, not the disk.
  private static let scratch =
    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : FileManager.default.temporaryDirectory.path

  /// Those that are there; the stage's live as long as the process, so its end removes them.
  private static let present: Mutex<Set<String>> = {
    atexit { for path in Workspace.present.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) } }
    return Mutex([])
  }()

  /// Where it is.
  let path: String
  private let isKept: Bool

  /// Makes it, with a copy of what lies in a folder.
  init(copying runs: String? = nil, isKept: Bool = false) throws {
    path = Workspace.scratch + "/gan-exp-torture-" + UUID().uuidString
    self.isKept = isKept
    if !isKept { _ = Workspace.present.withLock { $0.insert(path) } }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Bytes.copy(Workspace.spec, to: folder + "/tiny.yaml")
    if let runs { try Bytes.copy(runs, to: self.runs) }
  }

  deinit {
    guard !isKept else { return }
    try? FileManager.default.removeItem(atPath: path)
    _ = Workspace.present.withLock { $0.remove(path) }
  }

  /// The folder in which the program runs.
  var folder: String { path + "/w" }
  /// The folder of runs.
  var runs: String { folder + "/Runs" }
  /// The folders of the runs of the spec, sorted; hidden ones are none.
  var numbers: [String] { Bytes.names(runs + "/tiny").filter { !$0.hasPrefix(".") } }
  /// The folder of the first run.
  var run: String { runs + "/tiny/001" }

  /// Starts the program.
  func start(_ arguments: [String], under prefix: [String] = [], tag: String = "a") throws -> Command {
    try Command(prefix + [Workspace.program] + arguments, in: folder, files: "\(path)/\(tag)")
  }

  /// Runs the program to its end.
  func gan(_ arguments: [String], under prefix: [String] = []) throws -> Command.Outcome {
    try start(arguments, under: prefix).wait()
  }
}
