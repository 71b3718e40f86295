import Glibc
import TestSupport
import Testing

/// Signals that come at any moment, once and twice.
@Suite(.serialized) struct SignalTests {
  private static let signals: [(name: String, number: Int32, again: UInt32?)] = [
    ("INT", SIGINT, nil), ("TERM", SIGTERM, nil), ("HUP", SIGHUP, nil), ("QUIT", SIGQUIT, nil),
    ("INT twice", SIGINT, 1000), ("TERM twice", SIGTERM, 1000), ("INT twice, slowly", SIGINT, 600_000),
  ]

  /// The tiny run with so many epochs that most signals find it at work.
  private static let beginning = Stage.run + ["--set", "training.epochs=60"]

  private static let undisturbed = Result {
    let workspace = try Workspace()
    let end = try workspace.gan(beginning)
    guard end.status == 0 else { throw Trouble("the run of 60 epochs ended with \(end.text)") }
    return workspace
  }

  private static func scenario() throws -> Scenario {
    Scenario(
      name: "signal", noun: "a run", runs: nil, arguments: beginning, newest: 0,
      expected: try Evidence(undisturbed.get().run), steps: 240,
      resumption: ["resume", "Runs/tiny/001", "--threads", "1", "--quiet"], beginning: beginning)
  }

  @Test func `a run that a signal ends at any moment is made whole`() throws {
    let scenario = try SignalTests.scenario()
    var generator = SeededGenerator(12)
    let cases = (0..<20).flatMap { round in
      SignalTests.signals.map { signal in
        let delay = UInt32.random(in: 2000...150_000, using: &generator)
        return Torture("signal \(signal.name) after \(delay) us, round \(round)") { workspace in
          let running = try workspace.start(scenario.arguments)
          usleep(delay)
          running.signal(signal.number)
          if let pause = signal.again {
            usleep(pause)
            running.signal(signal.number)
          }
          let end = try running.wait()
          if let trap = end.trap { return ["\(trap): \(end.text)"] }
          guard [0, 128 + signal.number].contains(end.status) else { return ["the wrong \(end.text)"] }
          return try Aftermath(scenario: scenario, workspace: workspace).problems()
        }
      }
    }
    Torture.inflict("signals", cases, short: 14)
  }
}
