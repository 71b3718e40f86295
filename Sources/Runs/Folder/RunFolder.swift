import Files
import Glibc
import SystemPackage
import Training

/// The folder of one run and the names of what is in it.
package struct RunFolder: Sendable {
  /// The folder's path, without a slash at its end.
  package let path: String

  /// A folder that may or may not exist.
  package init(_ path: String) {
    self.path = FilePath(path).string
  }

  /// The spec as it was given.
  package var spec: String { path + "/spec.yaml" }
  /// The spec with every default, override and parent.
  package var resolved: String { path + "/resolved.yaml" }
  /// Status, machine, versions, times.
  package var record: String { path + "/run.json" }
  /// Means of the metrics by step.
  package var metrics: String { path + "/metrics.csv" }
  /// What was measured of the state by step, for tasks with evaluation.
  package var evaluation: String { path + "/evaluation.csv" }
  /// How many samples each evaluation counted in classes, modes and the like, for tasks whose evaluations do.
  package var counts: String { path + "/counts.csv" }
  /// Which symptoms each row shows, for generators and discriminators.
  package var health: String { path + "/health.csv" }
  /// The confusion matrix of the last evaluation, for classifiers.
  package var confusion: String { path + "/confusion.csv" }
  /// What was measured when the run ended, for tasks whose samples are measured.
  package var verdict: String { path + "/verdict.csv" }
  /// How many samples were counted then, where they were.
  package var verdictCounts: String { path + "/\(RunFolder.verdictCountsName)" }
  /// Its name.
  package static let verdictCountsName = "verdict_counts.csv"
  /// Generated images over the training images that are nearest to them, for tasks whose samples are measured.
  package var neighbours: String { path + "/\(RunFolder.neighboursName)" }
  /// Its name.
  package static let neighboursName = "neighbours.png"
  /// The names of the files that the end of a run makes.
  package static let conclusionNames = ["verdict.csv", verdictCountsName, neighboursName]
  /// Speed by step.
  package var timing: String { path + "/timing.csv" }
  /// Events for TensorBoard, for specs that ask for them.
  package var events: String { "\(path)/\(RunFolder.eventsName)" }
  /// Its name, by which TensorBoard finds it.
  package static let eventsName = "events.out.tfevents.0.gan-exp"
  /// What happened, line by line.
  package var log: String { path + "/log.txt" }
  /// The folder of sample sheets.
  package var samples: String { path + "/samples" }
  /// The folder of checkpoints.
  package var checkpoints: String { path + "/checkpoints" }

  /// The sheet of a step.
  package func sheet(_ step: Int) -> String { "\(samples)/\(RunFolder.sheetName(step))" }
  /// The checkpoint of a step.
  package func checkpoint(_ step: Int) -> String { "\(checkpoints)/\(RunFolder.checkpointName(step))" }

  /// The checkpoint with the best value of a column of evaluation.csv, for specs that ask for it.
  package var best: String { "\(checkpoints)/\(RunFolder.bestName)" }

  /// Its name.
  package static let bestName = "best.safetensors"
  /// The name of a step's checkpoint.
  package static func checkpointName(_ step: Int) -> String { stem(step) + ".safetensors" }
  /// The name of a step's sheet.
  package static func sheetName(_ step: Int) -> String { stem(step) + ".png" }

  private static func stem(_ step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// A number of three digits or more: `007`.
  static func numbered(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// The steps of which there are checkpoints, ascending; whatever else has other names is none.
  package func checkpointSteps() throws(FileError) -> [Int] {
    try RunFolder.steps(in: checkpoints, named: RunFolder.checkpointName)
  }

  /// The steps of which there are sheets, ascending.
  package func sheetSteps() throws(FileError) -> [Int] { try RunFolder.steps(in: samples, named: RunFolder.sheetName) }

  private static func steps(in folder: String, named name: (Int) -> String) throws(FileError) -> [Int] {
    try entries(of: folder).compactMap { step(of: $0, named: name) }.sorted()
  }

  /// The step whose file has a name; nil where it is the name of none: `step-64.png` is not of step 64.
  package static func step(of entry: String, named name: (Int) -> String) -> Int? {
    let digits = entry.drop { !$0.isNumber }.prefix { $0.isNumber }
    guard let step = Int(digits), step > 0, name(step) == entry else { return nil }
    return step
  }

  /// The names in a folder, sorted; none where there is no such folder.
  package static func entries(of folder: String) throws(FileError) -> [String] {
    do throws(FileError) {
      return try FolderListing.names(in: folder)
    } catch {
      if error.cause == .notFound { return [] }
      throw error
    }
  }
}

extension RunFolder {
  /// Throws what is to be said where the folder is no run's (66), or is one without its record (65).
  package func requireRun() throws(RunError) {
    do throws(FileError) {
      // What is no file says so where it is read.
      if let kind = try FileKind.of(record), kind != .folder { return }
      if try hasTraces() { throw RunRecord.lost(record, "it is gone") }
    } catch { throw RunError(error) }
    throw RunError(
      "\(path) is no run: it has no run.json",
      remedy: "give a folder such as Runs/mlp-mnist/001; gan-exp list shows all", exitCode: 66)
  }

  /// Whether a folder without its run.json has been a run's: what `resume` makes a new one of.
  package func hasTraces() throws(FileError) -> Bool {
    guard try FileKind.of(path) == .folder, try FileKind.of(resolved) == .file else { return false }
    return try FileKind.of(checkpoints) == .folder
  }

  /// Whether the folder is a run's, even one whose record is gone.
  func isRun() throws(FileError) -> Bool {
    if let kind = try FileKind.of(record), kind != .folder { return true }
    return try hasTraces()
  }

  /// Refuses to have runs made in it where it is a run itself: nobody would see them.
  func requireNoRun() throws(FileError) {
    guard try isRun() else { return }
    throw FileError(
      path: path, damaged: "it is a run, and not the folder of an experiment's runs",
      remedy: "rename it: gan-exp rename \(ShellText.quoted(path)) \(FolderTree.name(of: path))/first")
  }

  /// The path of the newest sheet.
  package func latestSheet() throws(FileError) -> String? { try sheetSteps().last.map(sheet) }
}
