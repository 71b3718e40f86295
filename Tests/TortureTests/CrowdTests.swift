import Testing

/// Twenty processes at one folder, and others that look at it meanwhile.
@Suite(.serialized) struct CrowdTests {
  private static let size = 20

  /// Starts the same command many times at once, and `list` among them; returns how the commands ended.
  private static func crowd(
    _ arguments: [String], _ workspace: Workspace
  ) throws -> (ends: [Command.Outcome], problems: [String]) {
    var ends: [Command.Outcome] = []
    var problems: [String] = []
    let outcomes = try Crowd(size, workspace, arguments, beside: ["list"]).wait()
    for (words, end) in outcomes {
      if let trap = end.trap { problems.append("\(words[0]): \(trap): \(end.text)") }
      if words == ["list"] {
        // The first may come before there is any run.
        if ![0, 66].contains(end.status) { problems.append("list: \(end.text)") }
      } else {
        ends.append(end)
      }
    }
    return (ends, problems)
  }

  private static func runs(_ workspace: Workspace) throws -> [String] {
    var (ends, problems) = try crowd(Stage.run, workspace)
    problems += ends.filter { $0.status != 0 }.map(\.text)
    if workspace.numbers.count != size { problems.append("the runs are \(workspace.numbers)") }
    for number in workspace.numbers {
      let evidence = try Evidence("\(workspace.runs)/tiny/\(number)")
      problems += try Stage.shared().wholeEvidence.differences(evidence).map { "\(number): \($0)" }
    }
    return problems
  }

  private static func resumptions(_ workspace: Workspace) throws -> [String] {
    var (ends, problems) = try crowd(Stage.shared().goingFurther.arguments, workspace)
    problems += ends.filter { ![0, 75].contains($0.status) }.map(\.text)
    if !ends.contains(where: { $0.status == 0 }) { problems.append("nobody went on with it") }
    let record = Record(workspace.run)
    if record.beginnings != [0, 16] { problems.append("sessions began after the steps \(record.beginnings)") }
    return problems + (try Stage.shared().furtherEvidence.differences(try Evidence(workspace.run)))
  }

  @Test func `twenty processes at one folder of runs do not disturb one another`() throws {
    let cases = (1...20).map { round in Torture("crowd of runs \(round)", CrowdTests.runs) }
    Torture.inflict("crowds of twenty runs", cases, short: 2)
  }

  @Test func `of twenty processes at one run one goes on with it`() throws {
    let complete = try Stage.shared().complete.runs
    let cases = (1...20).map { round in
      Torture("crowd of resumptions \(round)", on: complete, CrowdTests.resumptions)
    }
    Torture.inflict("crowds of twenty resumptions", cases, short: 2)
  }
}

/// Processes that were started at once.
struct Crowd: ~Copyable {
  private var processes: [Int: (words: [String], process: Running)] = [:]

  /// A process in a collection, which holds no value that cannot be copied.
  private final class Running {
    var command: Command?

    init(_ command: consuming Command) { self.command = consume command }
  }

  /// Starts a command many times, and another after every fourth of them.
  init(_ count: Int, _ workspace: Workspace, _ arguments: [String], beside other: [String]) throws {
    for place in 0..<count {
      processes[2 * place] = (arguments, Running(try workspace.start(arguments, tag: "crowd-\(place)")))
      if place % 4 == 3 {
        processes[2 * place + 1] = (other, Running(try workspace.start(other, tag: "beside-\(place)")))
      }
    }
  }

  /// Waits for all of them.
  consuming func wait() throws -> [(words: [String], end: Command.Outcome)] {
    try processes.sorted { $0.key < $1.key }.map { _, entry in
      guard let command = entry.process.command.take() else { throw Trouble("a process was waited for twice") }
      return (entry.words, try command.wait())
    }
  }
}
