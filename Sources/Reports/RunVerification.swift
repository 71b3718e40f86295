import Compute
import Files
import Runs
import Specs
import SystemPackage
import Training

/// Every file of a run against what the run recorded of it.
package struct RunVerification: Codable, Sendable {
  /// How a file stands.
  package enum State: String, Codable, Sendable {
    /// As the run left it.
    case ok
    /// Whole, but not as the run left it.
    case changed
    /// Not what such a file has to be.
    case damaged
    /// Recorded, but not there.
    case missing
    /// A checkpoint that is another run's, or another step's.
    case foreign
    /// The system does not let it be read.
    case unreadable
    /// No file of the run: nothing is wrong with the run for it.
    case extra

    /// Whether the run is not as it was recorded.
    var isDifference: Bool { self != .ok && self != .extra }
  }

  /// What is said of a file.
  package struct Line: Codable, Equatable, Sendable {
    /// How it stands.
    package let state: State
    /// Its path within the run's folder.
    package let file: String
    /// What it is, or what is wrong with it.
    package let what: String
  }

  /// The run's folder.
  package let run: String
  /// A line for each file.
  package internal(set) var lines: [Line] = []
  /// The number of lines that differ from the record.
  package private(set) var differences = 0

  /// Reads all files of a run, and changes none.
  /// - Throws: `RunError` where it is no run (66), or a process is at work on it (75).
  package init(_ path: String) throws(RunError) {
    let folder = RunFolder(path)
    run = folder.path
    do {
      if try FileKind.of(folder.record) == nil, try !folder.hasTraces() { try folder.requireRun() }
      guard try !FolderLock.isHeld(folder.path) else {
        throw RunError(
          "\(folder.path) is in use by another process", remedy: "verify it when it has ended", exitCode: 75)
      }
      try verify(folder)
    } catch {
      throw RunError(of: error)
    }
    differences = lines.count { $0.state.isDifference }
  }

  private mutating func verify(_ folder: RunFolder) throws {
    var record: RunRecord?
    check("run.json") {
      let read = try RunRecord(path: folder.record)
      record = read
      return "\(read.status.rawValue), step \(Decimals.count(read.step)) of \(Decimals.count(read.steps))"
    }
    let files = FileVerification(folder: folder, record: record)
    check("spec.yaml") { try files.text(folder.spec, record?.specDigest) }
    check("resolved.yaml") { try files.resolved() }
    check("metrics.csv") { try files.table(folder.metrics, record?.metrics) }
    if try record?.evaluation != nil || FileKind.of(folder.evaluation) != nil {
      check("evaluation.csv") { try files.table(folder.evaluation, record?.evaluation) }
    }
    if try record?.counts != nil || FileKind.of(folder.counts) != nil {
      check("counts.csv") { try files.counts() }
    }
    // It is made of the two above.
    if !lines.contains(where: { ["metrics.csv", "evaluation.csv"].contains($0.file) && $0.state != .ok }),
      try FileKind.of(folder.health) != nil
    {
      check("health.csv") { try files.health() }
    }
    if try record?.evaluation != nil && record?.isOfClassifier == true || FileKind.of(folder.confusion) != nil {
      check("confusion.csv") { try files.confusion() }
    }
    for name in RunFolder.conclusionNames
    where try record?.conclusion?[name] != nil || FileKind.of("\(folder.path)/\(name)") != nil {
      check(name) { try files.conclusion(name) }
    }
    check("timing.csv") { try files.timing() }
    check("log.txt") { "\(try DurableFile.read(folder.log).split(separator: UInt8(ascii: "\n")).count) lines" }
    let origin = files.origin
    for (name, step) in try files.names(in: folder.checkpoints, named: RunFolder.checkpointName, and: files.lastStep) {
      if name == RunFolder.bestName { check("checkpoints/\(name)") { try files.best(origin) }; continue }
      guard let step else { addExtra("checkpoints/\(name)"); continue }
      check("checkpoints/\(name)") { try files.checkpoint(step, origin) }
    }
    for (name, step) in try files.names(in: folder.samples, named: RunFolder.sheetName, and: files.sheetSteps) {
      guard let step else { addExtra("samples/\(name)"); continue }
      check("samples/\(name)") { try files.sheet(step) }
    }
    let own =
      ["run.json", "spec.yaml", "resolved.yaml", "metrics.csv", "timing.csv", "log.txt", ".lock"]
      + ["evaluation.csv", "counts.csv", "health.csv", "confusion.csv"] + RunFolder.conclusionNames
    for name in try RunFolder.entries(of: folder.path)
    where !(own + ["checkpoints", "samples"]).contains(name) {
      if name == RunNotes.name { addNotes(folder) } else { addExtra(name) }
    }
  }

  /// Adds a line about what people say of the run, which it did not record.
  private mutating func addNotes(_ folder: RunFolder) {
    let what: String
    do throws(FileError) {
      let notes = try RunNotes(of: folder)
      what =
        "what people say of the run: "
        + [notes.tags.isEmpty ? nil : notes.tags.joined(separator: " "), notes.note.map { _ in "a note" }]
        .compactMap { $0 }.joined(separator: ", ")
    } catch {
      what = "what people say of the run cannot be read"
    }
    lines.append(Line(state: .extra, file: RunNotes.name, what: what))
  }

  /// Adds a line about a file: what `look` says of it, or what it throws.
  private mutating func check(_ file: String, _ look: () throws -> String) {
    do {
      lines.append(Line(state: .ok, file: file, what: try look()))
    } catch let problem as Problem {
      lines.append(Line(state: problem.state, file: file, what: problem.what))
    } catch {
      lines.append(RunVerification.line(file, error))
    }
  }

  /// What an error says of a file.
  private static func line(_ file: String, _ error: any Error) -> Line {
    guard let error = error as? FileError else {
      return Line(state: .damaged, file: file, what: RunError(of: error).message)
    }
    let remedy = error.advice.map { "; \($0)" } ?? ""
    return switch error.cause {
    case .damaged(let problem): Line(state: .damaged, file: file, what: problem + remedy)
    case .noFile(let kind): Line(state: .damaged, file: file, what: "it is \(kind), not a file")
    case .isFolder: Line(state: .damaged, file: file, what: "it is a folder, not a file")
    case .notFound: Line(state: .missing, file: file, what: "it is gone")
    case .diskFull, .denied, .other:
      Line(state: .unreadable, file: file, what: SystemError(code: error.code).meaning)
    }
  }

  private mutating func addExtra(_ file: String) {
    let name = FilePath(file).lastComponent?.string ?? file
    lines.append(
      Line(
        state: .extra, file: file,
        what: DurableFile.isLeftover(name)
          ? "a temporary file of a process that was killed; gan-exp resume removes it" : "no file of the run"))
  }

  /// A file that can be read and is not what it should be.
  struct Problem: Error {
    let state: State
    let what: String
  }
}
