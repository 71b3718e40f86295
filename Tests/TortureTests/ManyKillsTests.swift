import Glibc
import Synchronization
import TestSupport
import Testing

/// Groups and sweeps whose workers and commands are killed again and again, each time begun anew by the same command.
@Suite(.serialized) struct ManyKillsTests {
  /// What is killed.
  private enum Victim: String, CaseIterable {
    case worker = "workers"
    case command = "commands"
    case all = "commands with all workers"
  }

  /// So many epochs that most kills find the runs at work.
  private static var epochs: Int { max(240, 20 * Effort.kills) }

  private static let undisturbed = Result {
    Dictionary(
      uniqueKeysWithValues: try ManyRuns.all(epochs: epochs).map { ($0.name, try $0.evidence(jobs: 1)) })
  }

  /// How often each was killed, by all cases.
  private static let landed = Mutex<[Victim: Int]>([:])

  @Test func `groups and sweeps whose workers and commands are killed end in the same bytes`() throws {
    let expected = try ManyKillsTests.undisturbed.get()
    var cases: [Torture] = []
    for scenario in ManyRuns.all(epochs: ManyKillsTests.epochs) {
      for jobs in [1, 2, 4] {
        let seed = UInt64(cases.count)
        cases.append(
          Torture("kills of \(scenario.name) with \(jobs) jobs") { workspace in
            try scenario.prepare(workspace)
            var generator = SeededGenerator(seed)
            let problems = try ManyKillsTests.kill(scenario, jobs, workspace, &generator)
            guard problems.isEmpty else { return problems }
            return try expected[scenario.name]?.differences(ManyRuns.Outcome(workspace.runs)) ?? [
              "nothing to compare with"
            ]
          })
      }
    }
    Torture.inflict("groups and sweeps killed \(Effort.kills) times", cases, short: 5)
    let counts = ManyKillsTests.landed.withLock { counts in
      Victim.allCases.map { "\(counts[$0, default: 0]) of \($0.rawValue)" }
    }
    Torture.tell("  SIGKILLs: \(counts.joined(separator: ", "))")
  }

  @Test func `undisturbed they end in the same bytes for any number of jobs`() throws {
    let expected = try ManyKillsTests.undisturbed.get()
    let cases = ManyRuns.all(epochs: ManyKillsTests.epochs).flatMap { scenario in
      [2, 4].map { jobs in
        Torture("\(scenario.name) with \(jobs) jobs") { _ in
          try expected[scenario.name]?.differences(scenario.evidence(jobs: jobs)) ?? ["nothing to compare with"]
        }
      }
    }
    Torture.inflict("groups and sweeps of 2 and 4 jobs", cases, short: 3)
  }

  /// Runs the command until it ends by itself, and meanwhile kills it and its workers.
  private static func kill(
    _ scenario: ManyRuns, _ jobs: Int, _ workspace: Workspace, _ generator: inout SeededGenerator
  ) throws -> [String] {
    var kills = 0
    // Without kills it may meet workers of the one before, which stop after checkpoints, and is then given again.
    var patience = 50
    while true {
      let running = try workspace.start(scenario.arguments + ["--jobs", "\(jobs)"])
      while kills < Effort.kills, !running.hasEnded {
        // Workers begin within 100 ms.
        usleep(UInt32.random(in: 5_000...400_000, using: &generator))
        let victim = Victim.allCases.randomElement(using: &generator) ?? .command
        let workers = running.children
        guard !running.hasEnded, victim == .command || !workers.isEmpty else { continue }
        let victims =
          victim == .worker ? [workers.randomElement(using: &generator) ?? 0] : victim == .all ? workers : []
        for pid in victims where pid > 0 { Glibc.kill(pid, SIGKILL) }
        kills += 1
        landed.withLock { $0[victim, default: 0] += 1 }
        guard victim == .worker else {
          running.signal(SIGKILL)
          break
        }
      }
      let end = try running.wait()
      if let trap = end.trap { return ["\(trap): \(end.text)"] }
      switch end.status {
      case 0:
        return kills > Effort.kills / 3 ? [] : ["only \(kills) of \(Effort.kills) kills found it at work"]
      case 128 + SIGKILL: continue
      // A run that another process has, or workers that were killed without end.
      case 74, 75:
        patience -= 1
        guard patience > 0 else { return ["it does not end: \(end.text)"] }
        usleep(50_000)
      default: return ["the wrong \(end.text)"]
      }
    }
  }
}
