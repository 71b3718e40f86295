import Foundation

/// The built program, run as a person would.
package enum Program {
  /// What a run of it left behind.
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// `gan-exp` beside the tests.
  package static let path: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let candidates = [
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      URL(fileURLWithPath: tests).deletingLastPathComponent(),
    ]
    let found = candidates.map { $0.appendingPathComponent("gan-exp").path }
    return found.first { FileManager.default.isExecutableFile(atPath: $0) } ?? found[0]
  }()

  /// Whether the system has a program of another package.
  package static func isInstalled(_ name: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
  }

  /// A started process.
  package static func start(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
  ) throws -> Running {
    try Running(path, arguments, folder, environment)
  }

  /// Runs a line of the shell in which `$GAN` is the program.
  package static func shell(_ line: String, in folder: String) throws -> Result {
    try Running("/bin/bash", ["-c", line], folder, ["GAN": path]).wait()
  }

  /// Runs it to its end.
  package static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try start(arguments, in: folder, environment: environment).wait()
  }

  /// Runs it to its end in a folder that is kept until then.
  package static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Result {
    try withExtendedLifetime(folder) { try run(arguments, in: folder.path, environment: environment) }
  }

  /// Runs a line of the shell in a folder that is kept until then.
  package static func shell(_ line: String, in folder: TemporaryFolder) throws -> Result {
    try withExtendedLifetime(folder) { try shell(line, in: folder.path) }
  }

  /// A process that goes on while the test does.
  package final class Running: @unchecked Sendable {
    private let process = Process()
    private let output: URL
    private let errors: URL

    init(_ path: String, _ arguments: [String], _ folder: String?, _ environment: [String: String]) throws {
      let scratch = FileManager.default.temporaryDirectory
      output = scratch.appendingPathComponent("gan-exp-\(UUID().uuidString).out")
      errors = scratch.appendingPathComponent("gan-exp-\(UUID().uuidString).err")
      for file in [output, errors] { try Data().write(to: file) }
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
    }

    /// Sends a signal.
    package func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// The number of its threads, as the system counts them.
    package var threadCount: Int {
      ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/task")) ?? []).count
    }

    /// The most memory that it had so far, in MiB, as the system counts it; 0 when it has ended.
    package var peakMebibytes: Double {
      let text = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? 0
    }

    /// The port of this machine alone on which it listens, as the system knows it; nil while it does on none.
    package var listeningPort: Int? {
      let folder = "/proc/\(process.processIdentifier)"
      let sockets = ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")) ?? []).compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/fd/\($0)")
      }
      let lines = ((try? String(contentsOfFile: "\(folder)/net/tcp", encoding: .utf8)) ?? "").split(separator: "\n")
      for line in lines.dropFirst() {
        let cells = line.split(separator: " ")
        // Local address, state 0A for listening, inode.
        guard cells.count > 9, cells[3] == "0A", cells[1].hasPrefix("0100007F:"),
          sockets.contains("socket:[\(cells[9])]")
        else { continue }
        return Int(cells[1].dropFirst(9), radix: 16)
      }
      return nil
    }

    /// Whether it has not ended.
    package var isRunning: Bool { process.isRunning }

    /// Waits for its end.
    package func wait() -> Result {
      process.waitUntilExit()
      defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
      let isKilled = process.terminationReason == .uncaughtSignal
      let status = (isKilled ? 128 : 0) + process.terminationStatus
      return Result(
        status: status, output: (try? String(contentsOf: output, encoding: .utf8)) ?? "",
        errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
    }
  }
}
