import Compute
import Files
import Runs
import Specs

/// Shows a group to a person: a line a run, renewed in its place on a terminal; elsewhere a line whenever a run ends.
final class GroupDisplay: GroupObserver {
  private let isQuiet: Bool
  private var live = LiveLines()
  private var told: Set<UInt64> = []

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// The first lines.
  func began(_ training: GroupTraining, threads: Int) {
    guard !isQuiet else { return }
    let name = Terminal.bold(DisplayText.printable(training.group.record.name))
    Terminal.write(
      "\(name), seeds \(Seeds.text(training.seeds)), \(Readable.count(training.jobs, "worker")) with "
        + "\(Readable.count(threads, "thread"))\(training.jobs == 1 ? "" : " each")\n  \(training.group.path)\n")
  }

  func progressed(_ members: [RunGroup.Member], isLast: Bool) {
    guard !isQuiet else { return }
    guard Terminal.isLive else {
      for member in members where member.isOver && told.insert(member.seed).inserted {
        Terminal.write("seed \(member.seed): \(GroupDisplay.words(member))\n")
      }
      return
    }
    live.draw(table(members))
  }

  func noted(_ message: String) {
    live.erase()
    Terminal.note(message)
  }

  /// Where a run stands, in words.
  static func words(_ member: RunGroup.Member) -> String {
    guard let record = member.record else { return member.isHeld ? "begins" : "waits" }
    let steps = "\(Readable.count(record.step)) of \(Readable.count(record.steps, "step"))"
    switch record.status {
    case .complete, .diverged, .failed: return "\(record.status.rawValue), \(steps)"
    case .stopped, .running: return (member.isHeld ? "running, " : "waits, ") + steps
    }
  }

  /// The runs that fit: those that are over are counted where there are too many.
  private func table(_ members: [RunGroup.Member]) -> [String] {
    let over = members.filter(\.isOver)
    let diverged = over.count { $0.record?.status == .diverged }
    let failed = members.count { $0.record?.status == .failed }
    var table = TextTable([.left, .left])
    let shown =
      members.count > 12 ? members.filter { $0.isHeld || $0.record?.status == .failed }.prefix(12) : members[...]
    for member in shown { table.add(["seed \(member.seed)", GroupDisplay.words(member)]) }
    var sum = "\(Readable.count(over.count)) of \(Readable.count(members.count, "run")) ended"
    if diverged > 0 { sum += ", \(diverged) diverged" }
    if failed > 0 { sum += ", \(failed) failed" }
    return table.wrapped(to: Terminal.width - 2, column: 1).text.split(separator: "\n").map { "  \($0)" } + [sum]
  }
}
