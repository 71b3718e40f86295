/// A command of the program whose calls are tortured, and the run that it must end in at last.
struct Scenario: Sendable {
  /// A short name for cases.
  let name: String
  /// What it is, for the figures.
  let noun: String
  /// The folder of runs that it begins with.
  let runs: String?
  /// The program's arguments.
  let arguments: [String]
  /// The step of the newest checkpoint that it may not lose.
  let newest: Int
  /// What a run that nobody disturbed has.
  let expected: Evidence
  /// The steps of that run.
  let steps: Int
  /// What makes the run whole after a disturbance that left it behind.
  let resumption: [String]
  /// What begins it anew where there is none.
  var beginning = Stage.run

  /// The calls of the undisturbed command that touch files of its folder, by its first thread.
  func record() throws -> (calls: [StraceCall], folder: String) {
    let workspace = try Workspace(copying: runs)
    let (log, end) = try Strace.record(arguments, in: workspace)
    guard end.status == 0 else { throw Trouble("\(noun) under strace ended with \(end.text)") }
    let calls = log.calls(below: workspace.folder)
    guard let main = calls.first?.thread, calls.allSatisfy({ $0.thread == main || !FaultPoint.changes($0) }) else {
      throw Trouble("\(noun) changes files from several threads: no call can be found again by its number")
    }
    return (calls.filter { $0.thread == main }, workspace.folder)
  }

  /// The points of a kind of effect, in the order of the calls.
  func points(_ effects: (StraceCall) -> [FaultPoint.Effect]) throws -> [FaultPoint] {
    let (calls, folder) = try record()
    return calls.flatMap { call in effects(call).map { FaultPoint(call, below: folder, effect: $0) } }
  }
}

/// The runs that scenarios begin with, made once.
final class Stage: Sendable {
  /// The arguments of a run of the tiny spec; `--threads 1` so that every call has its number.
  static let run = ["run", "tiny.yaml", "--threads", "1", "--quiet"]
  private static let resume = ["resume", "Runs/tiny/001", "--threads", "1", "--quiet"]

  private static let made = Result { try Stage() }

  /// The stage, made by whoever asks first.
  static func shared() throws -> Stage { try made.get() }

  /// A run that nobody disturbed, of 16 steps, with checkpoints of 12 and 16.
  let complete: Workspace
  /// The same gone on to 24 steps.
  let further: Workspace
  /// What the two left.
  let (wholeEvidence, furtherEvidence): (Evidence, Evidence)

  private init() throws {
    complete = try Workspace()
    let end = try complete.gan(Stage.run)
    guard end.status == 0 else { throw Trouble("the tiny run ended with \(end.text)") }
    further = try Workspace(copying: complete.runs)
    let longer = try further.gan(Stage.resume + ["--epochs", "6"])
    guard longer.status == 0 else { throw Trouble("the longer run ended with \(longer.text)") }
    wholeEvidence = try Evidence(complete.run)
    furtherEvidence = try Evidence(further.run)
  }

  /// A run from nothing.
  var start: Scenario {
    Scenario(
      name: "run", noun: "a run", runs: nil, arguments: Stage.run, newest: 0, expected: wholeEvidence, steps: 16,
      resumption: Stage.resume)
  }

  /// A run that goes on after it was killed between its second checkpoint and its third sheet.
  func resumption() throws -> Scenario {
    Scenario(
      name: "resume", noun: "its resumption", runs: try Stage.cut.get().runs, arguments: Stage.resume, newest: 8,
      expected: wholeEvidence, steps: 16, resumption: Stage.resume)
  }

  /// A complete run that goes back to an older checkpoint.
  var goingBack: Scenario {
    Scenario(
      name: "back", noun: "a resumption from an older checkpoint", runs: complete.runs,
      arguments: Stage.resume + ["--from", "12"], newest: 12, expected: wholeEvidence, steps: 16,
      resumption: Stage.resume)
  }

  /// A complete run that becomes a longer one; where it was disturbed it is told so again.
  var goingFurther: Scenario {
    Scenario(
      name: "further", noun: "a resumption with more epochs", runs: complete.runs,
      arguments: Stage.resume + ["--epochs", "6"], newest: 16, expected: furtherEvidence, steps: 24,
      resumption: Stage.resume + ["--epochs", "6"])
  }

  private static let cut = Result {
    let calls = try Stage.shared().start.record().calls
    let sheet = calls.first { call in
      call.name.hasPrefix("rename") && call.paths(from: "").contains { $0.hasSuffix("samples/step-000012.png") }
    }
    guard let sheet else { throw Trouble("no call renames the third sheet: what is cut there has to be found anew") }
    let workspace = try Workspace()
    let point = FaultPoint(sheet, below: workspace.folder, effect: .kill)
    let end = try workspace.gan(run, under: point.words)
    guard end.status == 128 + 9 else { throw Trouble("killed at \(point.name) the run ended with \(end.text)") }
    return workspace
  }
}
