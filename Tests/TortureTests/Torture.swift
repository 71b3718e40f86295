import Foundation
import Synchronization
import Testing

/// One thing that is done to the program, and the look at what became of it.
struct Torture: Sendable {
  /// What repeats it: GAN_EXP_TORTURE_CASE takes it.
  let name: String
  /// What lies in the workspace's folder of runs at the beginning.
  let runs: String?
  /// Does it; returns what is wrong afterwards.
  let trial: @Sendable (Workspace) throws -> [String]

  /// A torture that begins with a copy of a folder of runs, or with none.
  init(_ name: String, on runs: String? = nil, _ trial: @escaping @Sendable (Workspace) throws -> [String]) {
    self.name = name
    self.runs = runs
    self.trial = trial
  }

  /// Problems of a test that are told one by one; the rest is counted, and all are in the report.
  private static let shown = 8

  /// Tries a sample of the cases, as many at once as there are cores, and says how many failed.
  /// - Parameters:
  ///   - what: the noun of the cases, such as `kills of a run`.
  ///   - short: how many are tried where nothing else is asked for.
  static func inflict(_ what: String, _ cases: [Torture], short: Int) {
    let chosen = Effort.only.map { only in cases.filter { $0.name == only } } ?? Effort.sample(cases, short: short)
    let failures = Mutex<[(place: Int, text: String)]>([])
    let next = Atomic<Int>(0)
    let clock = ContinuousClock()
    let time = clock.measure {
      DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount) { _ in
        while true {
          let place = next.add(1, ordering: .relaxed).oldValue
          guard place < chosen.count else { return }
          let problems = chosen[place].problems()
          if !problems.isEmpty {
            let text =
              "\(chosen[place].name): \(problems.joined(separator: "; "))\n  to repeat: "
              + "make torture CASE='\(chosen[place].name)'"
            failures.withLock { $0.append((place, text)) }
          }
        }
      }
    }
    let texts = failures.withLock { $0.sorted { $0.place < $1.place }.map(\.text) }
    for text in texts.prefix(shown) { Issue.record(Comment(rawValue: text)) }
    if texts.count > shown { Issue.record("and \(texts.count - shown) more \(what) failed") }
    if Effort.only == nil || !chosen.isEmpty {
      tell("\(chosen.count) of \(cases.count) \(what), \(texts.count) failed (\(time.components.seconds) s)", texts)
    }
  }

  private func problems() -> [String] {
    do {
      let workspace = try Workspace(copying: runs, isKept: Effort.only != nil)
      let problems = try trial(workspace)
      if Effort.only != nil { print("torture: \(name) left \(workspace.folder)") }
      return problems
    } catch {
      return ["the torture itself failed: \(error)"]
    }
  }

  /// Prints a line of figures, and appends it and the failures to the report.
  static func tell(_ line: String, _ failures: [String] = []) {
    print("torture: \(line)")
    guard let report = Effort.report, let file = fopen(report, "a") else { return }
    fputs(([line] + failures.map { "  " + $0.replacing("\n", with: "\n  ") }).joined(separator: "\n") + "\n", file)
    fclose(file)
  }
}
