import Foundation
import TestSupport
import Testing

/// Sweeps by the built program.
@Suite(.serialized) struct SweepRunTests {
  private func scratch(_ file: String) throws -> RunScratch { try SweepScratch.scratch(file) }
  private func evidence(_ scratch: RunScratch) throws -> [String: Data] { try SweepScratch.evidence(scratch) }
  private func rows(_ scratch: RunScratch) throws -> [[String]] { try SweepScratch.rows(scratch) }
  private func sweep(_ scratch: RunScratch, _ options: String...) throws -> Program.Result {
    try SweepScratch.sweep(scratch, options)
  }

  @Test(arguments: [
    SweepScratch.halving,
    SweepScratch.file("{tpe: {startup: 2}}", "trials: 4\nparallel: 2\nthen: {best: 1, seeds: [9]}"),
  ])
  func `a sweep is the same files for any number of jobs`(file: String) throws {
    let (one, three) = (try scratch(file), try scratch(file))
    let alone = try sweep(one, "--jobs", "1")
    #expect(alone.status == 0 && alone.output == "Runs/search\n", Comment(rawValue: alone.errors))
    let together = try sweep(three, "--jobs", "3")
    #expect(together.status == 0, Comment(rawValue: together.errors))
    #expect(try evidence(one) == evidence(three))
    // Nothing is left to do.
    #expect(try sweep(one).status == 0)
    #expect(try evidence(one) == evidence(three))
  }

  @Test func `a trial that went on is the run that was never interrupted`() throws {
    let scratch = try scratch(SweepScratch.halving)
    #expect(try sweep(scratch).status == 0)
    let best = try rows(scratch)[1]
    #expect(best[2] == "complete" && best[3] == "40")
    let trial = "Runs/search/\(best[1])"
    #expect(try scratch.gan("run", "\(trial)/resolved.yaml", "--seed", "1", "--runs", "Whole", "--quiet").status == 0)
    #expect(
      try scratch.evidence(scratch.folder("\(trial)/seed-1")) == scratch.evidence(scratch.folder("Whole/search/001")))
    // And the spec of the best is its own.
    let again = try scratch.gan("run", "Runs/search/best.yaml", "--seed", "0", "--runs", "Best", "--quiet")
    #expect(again.status == 0, Comment(rawValue: again.errors))
    #expect(
      try scratch.folder.text(of: "Best/search-best/001/metrics.csv")
        == scratch.folder.text(of: "\(trial)/seed-0/metrics.csv"))
  }

  @Test func `killed workers and a killed command change nothing`() throws {
    let (scratch, whole) = (try scratch(SweepScratch.halving), try scratch(SweepScratch.halving))
    #expect(try sweep(whole).status == 0)
    let command = ["sweep", "search.yaml", "--quiet", "--jobs", "2"]
    for round in 0..<3 {
      let running = try Program.start(command, in: scratch.folder.path)
      let journal = scratch.folder("Runs/search/journal.jsonl")
      let lines = 6 + 2 * round
      while running.isRunning,
        (try? String(contentsOfFile: journal, encoding: .utf8))?.split(separator: "\n").count ?? 0 < lines
      {
        usleep(10_000)
      }
      running.signal(SIGKILL)
      _ = running.wait()
    }
    #expect(try sweep(scratch).status == 0)
    let (found, expected) = (try evidence(scratch), try evidence(whole))
    #expect(Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] } == [])
  }

  @Test func `an edited file trains what it adds, hides what it leaves out, and ranks anew by another objective`()
    throws
  {
    let scratch = try scratch(SweepScratch.file("random", "trials: 2"))
    #expect(try sweep(scratch).status == 0)
    let first = try rows(scratch)
    #expect(first.count == 3)
    let journal = try scratch.folder.text(of: "Runs/search/journal.jsonl")
    // More trials: the old ones stay as they are.
    try scratch.folder.put(SweepScratch.file("random", "trials: 3"), into: "search.yaml")
    #expect(try sweep(scratch).status == 0)
    let second = try rows(scratch)
    #expect(second.count == 4)
    #expect(Set(first.map { $0[1] }).isSubset(of: Set(second.map { $0[1] })))
    let added = try scratch.folder.text(of: "Runs/search/journal.jsonl").dropFirst(journal.count)
    #expect(added.matches(of: #/"event":"result"/#).count == 1)
    // Fewer: a trial is hidden, and its folder stays.
    try scratch.folder.put(SweepScratch.file("random", "trials: 1"), into: "search.yaml")
    #expect(try sweep(scratch).status == 0)
    #expect(try rows(scratch).count == 2)
    #expect(try scratch.names(scratch.folder("Runs/search")).filter { $0.hasPrefix("trial-") }.count == 3)
    // Another objective: nothing is trained.
    let other = SweepScratch.file("random", "trials: 3")
      .replacingOccurrences(of: "metric: mode_divergence", with: "metric: high_quality_share, value: last")
    try scratch.folder.put(other, into: "search.yaml")
    let runs = try scratch.names(scratch.folder("Runs/search/\(second[1][1])/seed-3/checkpoints"))
    #expect(try sweep(scratch).status == 0)
    let third = try rows(scratch)
    #expect(third[0].contains("high_quality_share") && third.count == 4)
    let values = third.dropFirst().compactMap { Double($0[6]) }
    #expect(values == values.sorted(by: >))
    #expect(try scratch.names(scratch.folder("Runs/search/\(second[1][1])/seed-3/checkpoints")) == runs)
  }

  @Test func `a trial whose folder was removed is trained anew, to the same bits`() throws {
    let scratch = try scratch(SweepScratch.halving)
    #expect(try sweep(scratch).status == 0)
    let before = try evidence(scratch)
    let trial = try rows(scratch)[2][1]
    try FileManager.default.removeItem(atPath: scratch.folder("Runs/search/\(trial)"))
    let again = try sweep(scratch)
    #expect(again.status == 0)
    #expect(
      again.errors.contains("note: Runs/search/\(trial)/seed-0 is not as it was when it ended"), "\(again.errors)")
    #expect(try evidence(scratch) == before)
  }

  @Test func `a second command is told that another is at work, and a foreign folder is left alone`() throws {
    let scratch = try scratch(
      SweepScratch.file("random", "trials: 2").replacingOccurrences(of: "epochs: 4", with: "epochs: 4000"))
    let running = try scratch.start("sweep", "search.yaml", "--quiet")
    let journal = scratch.folder("Runs/search/journal.jsonl")
    while running.isRunning, !((try? String(contentsOfFile: journal, encoding: .utf8))?.contains("begin") ?? false) {
      usleep(10_000)
    }
    let second = try sweep(scratch)
    #expect(second.status == 75)
    #expect(second.errors.hasPrefix("gan-exp: error: another command is at work on Runs/search\n"), "\(second.errors)")
    running.signal(SIGTERM)
    let ended = running.wait()
    #expect(ended.status == 143 && ended.errors.contains("stopped after checkpoints; the same command goes on"))
    try scratch.folder.put("mine", into: "Other/search/notes.txt")
    let foreign = try sweep(scratch, "--runs", "Other")
    #expect(foreign.status == 65)
    #expect(
      foreign.errors == "gan-exp: error: Other/search is no sweep, and there are other files in it\n"
        + "         give the sweep another name: sweep: {name: my-search, ...}\n")
    #expect(try scratch.names(scratch.folder("Other/search")) == ["notes.txt"])
  }

  /// Trials of which some diverge behind a rung that they passed.
  private static let diverging = SweepScratch.file(
    "halving", "trials: 4\nhalving: {from: 1 epoch, to: 4 epochs, factor: 2}"
  )
  .replacingOccurrences(of: "log_uniform: [1e-4, 1e-2]", with: "choice: [1e-3, 1e37]")

  @Test func `a run that diverged behind a rung has passed it, however often it is looked at`() throws {
    let scratch = try scratch(SweepRunTests.diverging)
    _ = try sweep(scratch)
    let before = try evidence(scratch)
    let journal = try scratch.folder.text(of: "Runs/search/journal.jsonl")
    #expect(journal.contains(#""status":"diverged""#))
    // As after a kill between the record of a run and the journal.
    let lines = journal.split(separator: "\n").filter { !$0.contains(#""status":"diverged""#) }
    try scratch.folder.put(lines.joined(separator: "\n") + "\n", into: "Runs/search/journal.jsonl")
    _ = try sweep(scratch)
    #expect(try evidence(scratch) == before)
    // And the same command once more, with nothing changed, says and does nothing.
    let again = try sweep(scratch)
    #expect(!again.errors.contains("is not as it was"), "\(again.errors)")
    #expect(try evidence(scratch) == before)
  }

  @Test func `tpe trains anew what an edited spec changes, and goes on behind a trial that is refused`() throws {
    let file = SweepScratch.file("{tpe: {startup: 4}}", "trials: 4")
    let scratch = try scratch(file)
    #expect(try sweep(scratch).status == 0)
    let first = try rows(scratch)
    try scratch.folder.put(file.replacingOccurrences(of: "epochs: 4", with: "epochs: 3"), into: "search.yaml")
    #expect(try sweep(scratch).status == 0)
    let second = try rows(scratch)
    #expect(Set(second.dropFirst().map { $0[1] }).isDisjoint(with: first.map { $0[1] }))
    #expect(second.dropFirst().allSatisfy { $0[3] == "30" })
    // A batch of 30 is not divided by 4: each value is right, not both together.
    let both = file.replacingOccurrences(
      of: "loss: {choice: [non_saturating, hinge]}",
      with: "training.batch_size: {choice: [256, 30]}\n    training.gradient_accumulation: {choice: [1, 2, 4]}")
    try scratch.folder.put(both.replacingOccurrences(of: "trials: 4", with: "trials: 8"), into: "search.yaml")
    let refused = try sweep(scratch)
    #expect(refused.status == 0, "\(refused.errors)")
    let third = try rows(scratch)
    #expect(third.count == 9 && third.contains { $0[2] == "refused" } && third.contains { $0[2] == "complete" })
  }

  @Test func `a run whose rows are gone is set aside and trained anew, to the same bits`() throws {
    let scratch = try scratch(SweepScratch.file("random", "trials: 2"))
    #expect(try sweep(scratch).status == 0)
    let before = try evidence(scratch)
    let run = "Runs/search/\(try rows(scratch)[1][1])/seed-3"
    try FileManager.default.removeItem(atPath: scratch.folder("\(run)/evaluation.csv"))
    let again = try sweep(scratch)
    #expect(again.status == 0 && again.errors.contains("note: \(run) is not as it was"), "\(again.errors)")
    #expect(try evidence(scratch).filter { !$0.key.contains(".aside/") } == before)
    #expect(FileManager.default.fileExists(atPath: scratch.folder("\(run).aside/metrics.csv")))
  }

  @Test(arguments: [
    (
      "list: {trials: [{loss: hinge}, {loss: non_saturating}, {loss: hinge, training.epochs: 4}]}", "",
      "trials 1 and 3 have other values and are the same: the spec does not differ"
    ),
    ("list: {trials: [{seed: 1}, {seed: 2}]}", "", "seed is no parameter of a sweep"),
    ("list: {trials: [{loss: hinge}]}", "each: loss", "each does not go with a list"),
    ("grid", "objective: {metric: convergence}", "no column convergence is measured while the spec trains"),
    ("grid", "objective: {metric: ms_ssim, value: verdict}", "no column ms_ssim is measured at the end of a run"),
  ])
  func `what would train the same twice, or nothing that counts, is refused`(
    method: String, lines: String, message: String
  ) throws {
    var file = SweepScratch.file("{\(method)}", lines)
    if method == "grid" {
      file =
        SweepScratch.file("grid", "").replacingOccurrences(of: "  objective: {metric: mode_divergence}\n", with: "")
        .replacingOccurrences(of: "log_uniform: [1e-4, 1e-2]", with: "choice: [1e-3]") + "  \(lines)\n"
    } else {
      // A list has its own values.
      file = file.components(separatedBy: "\n").filter {
        !$0.contains("_uniform") && !$0.hasSuffix("parameters:") && !$0.contains("loss: {choice")
      }
      .joined(separator: "\n")
    }
    let result = try sweep(try scratch(file))
    #expect(result.status == 65)
    #expect(result.errors.contains("error: \(message)\n"), "\(result.errors)")
  }
}
