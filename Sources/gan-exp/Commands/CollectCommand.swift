import ArgumentParser
import Files
import Reports
import Runs
import Training

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Removes what is of no use: old trash, leftovers of killed processes, surplus checkpoints.",
    discussion: """
      A line for each file and folder, and how much room all of them took. Runs that a process is at work on stay as they \
      are. Checkpoints that are damaged stay, and count for nothing. A run with fewer checkpoints is whole: gan-exp verify, \
      resume and sample take the newest.

      Examples:
        gan-exp gc --dry-run
        gan-exp gc --older-than 7d --keep-checkpoints 1

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @Option(
    help: ArgumentHelp("Of the trash only runs that were removed so long ago: 12h, 7d.", valueName: "time"),
    transform: { text in
      guard let seconds = WrittenDuration.seconds(text) else {
        throw ValidationError("--older-than takes a time such as 12h or 7d, not \(text.isEmpty ? "nothing" : text)")
      }
      return Age(text: text, seconds: seconds)
    })
  var olderThan = Age(text: "30d", seconds: 30 * 86400)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of complete runs keeps the newest so many checkpoints, and the best; by default all.", valueName: "count"),
    transform: whole("--keep-checkpoints", 1...1000))
  var keepCheckpoints: Int?

  @Flag(help: "Says what would go, and removes nothing.")
  var dryRun = false

  @OptionGroup var runs: RunsArguments

  /// A time as it was written.
  struct Age: Sendable, CustomStringConvertible {
    let text: String
    let seconds: Double
    var description: String { text }
  }

  func run() throws {
    let collection = try reporting { () throws(RunError) in
      do throws(FileError) {
        return try GarbageCollection(
          in: runs.folder, trashOlderThan: olderThan.seconds, keepingCheckpoints: keepCheckpoints)
      } catch { throw RunError(error) }
    }
    for error in collection.passedOver { Terminal.note("passed over: \(error.message)") }
    guard !collection.items.isEmpty else { return Terminal.write("there is nothing to remove in \(runs.folder)\n") }
    var table = TextTable([.left, .right, .left, .left])
    for item in collection.items {
      table.add([item.kind.rawValue, ByteCount.text(item.bytes), item.path, item.why])
    }
    try Terminal.print(String(table.wrapped(to: Terminal.outputWidth, column: 3).text.dropLast()))
    guard !dryRun else {
      return Terminal.write("\(ByteCount.text(collection.bytes)) would go; without --dry-run they do\n")
    }
    var (bytes, count) = (0, 0)
    _ = try reporting { () throws(RunError) in
      do throws(FileError) {
        try collection.collect { item in
          bytes += item.bytes
          count += 1
        }
        return true
      } catch { throw RunError(error) }
    }
    let kept = collection.items.count - count
    Terminal.write(
      "removed \(ByteCount.text(bytes))"
        + (kept > 0 ? "; \(kept) stayed: a process is at work on it, or took it out" : "") + "\n")
  }
}
