import Foundation
import TestSupport
import Testing

/// Sweeps by the built program.
@Suite(.serialized) struct SweepRunTests {
  /// A file that begins from the small spec, with ring-like samples that are measured after every epoch.
  private static func file(_ method: String, _ lines: String = "") -> String {
    """
    training: {epochs: 4}
    evaluation: {every: 1, samples: 200}
    sweep:
      base: small.yaml
      method: \(method)
      objective: {metric: mode_divergence}
      parameters:
        optimizers.generator.adam.learning_rate: {log_uniform: [1e-4, 1e-2]}
        loss: {choice: [non_saturating, hinge]}

    """ + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  private static let halving = file(
    "halving", "trials: 4\nseeds: [0, 1]\nhalving: {from: 1 epoch, to: 4 epochs, factor: 2}")

  private func scratch(_ file: String) throws -> RunScratch {
    // The loss has no activation of its own.
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: ", activation: sigmoid", with: ""))
    try scratch.folder.put(file, into: "search.yaml")
    return scratch
  }

  /// The files that must be the same however a sweep was trained, by their paths.
  private func evidence(_ scratch: RunScratch) throws -> [String: Data] {
    let folder = scratch.folder("Runs/search")
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      guard name.hasSuffix(".csv") && name != "timing.csv" || name.hasSuffix(".safetensors") || name.hasSuffix(".yaml")
      else { continue }
      // It holds the arguments' folder no more than the others do.
      files[path] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
    }
    return files
  }

  private func rows(_ scratch: RunScratch) throws -> [[String]] {
    try scratch.folder.text(of: "Runs/search/leaderboard.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func sweep(_ scratch: RunScratch, _ options: String...) throws -> Program.Result {
    try scratch.gan(["sweep", "search.yaml", "--quiet"] + options)
  }

  @Test(arguments: [
    halving,
    file("{tpe: {startup: 2}}", "trials: 4\nparallel: 2\nthen: {best: 1, seeds: [9]}"),
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
    let scratch = try scratch(SweepRunTests.halving)
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
    let (scratch, whole) = (try scratch(SweepRunTests.halving), try scratch(SweepRunTests.halving))
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
    let scratch = try scratch(SweepRunTests.file("random", "trials: 2"))
    #expect(try sweep(scratch).status == 0)
    let first = try rows(scratch)
    #expect(first.count == 3)
    let journal = try scratch.folder.text(of: "Runs/search/journal.jsonl")
    // More trials: the old ones stay as they are.
    try scratch.folder.put(SweepRunTests.file("random", "trials: 3"), into: "search.yaml")
    #expect(try sweep(scratch).status == 0)
    let second = try rows(scratch)
    #expect(second.count == 4)
    #expect(Set(first.map { $0[1] }).isSubset(of: Set(second.map { $0[1] })))
    let added = try scratch.folder.text(of: "Runs/search/journal.jsonl").dropFirst(journal.count)
    #expect(added.matches(of: #/"event":"result"/#).count == 1)
    // Fewer: a trial is hidden, and its folder stays.
    try scratch.folder.put(SweepRunTests.file("random", "trials: 1"), into: "search.yaml")
    #expect(try sweep(scratch).status == 0)
    #expect(try rows(scratch).count == 2)
    #expect(try scratch.names(scratch.folder("Runs/search")).filter { $0.hasPrefix("trial-") }.count == 3)
    // Another objective: nothing is trained.
    let other = SweepRunTests.file("random", "trials: 3")
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
    let scratch = try scratch(SweepRunTests.halving)
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
      SweepRunTests.file("random", "trials: 2").replacingOccurrences(of: "epochs: 4", with: "epochs: 4000"))
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

  /// Programs of Slurm's names that note what they are told.
  private func withSlurm(_ scratch: RunScratch, _ line: String) throws -> Program.Result {
    try scratch.folder.put("#!/bin/sh\necho \"sbatch $*\" >> told\necho '77;cluster'\n", into: "bin/sbatch")
    try scratch.folder.put("#!/bin/sh\necho \"scontrol $*\" >> told\n", into: "bin/scontrol")
    return try scratch.shell("chmod +x bin/*; export PATH=$PWD/bin:$PATH; \(line)")
  }

  @Test func `Slurm gets an array job, and the script of a task trains what there is`() throws {
    let (scratch, whole) = (try scratch(SweepRunTests.halving), try scratch(SweepRunTests.halving))
    let submitted = try withSlurm(
      scratch, "$GAN sweep search.yaml --slurm --jobs 3 --sbatch=--partition=long --sbatch=--mem=0")
    #expect(submitted.status == 0 && submitted.output == "Runs/search\n", "\(submitted.errors)")
    #expect(submitted.errors == "job 77; --status in place of --slurm shows how far it is\n")
    let script = try scratch.folder.text(of: "Runs/search/sweep.sbatch")
    #expect(script.hasPrefix("#!/bin/bash\n#SBATCH --job-name=search\n#SBATCH --array=1-3\n"))
    #expect(script.contains("\n#SBATCH --signal=B:USR1@120\n#SBATCH --partition=long\n#SBATCH --mem=0\n#"))
    #expect(try scratch.gan("sweep", "search.yaml", "--status").output.hasPrefix("  0 of 4 trials ended\n"))
    let task = try withSlurm(scratch, "bash Runs/search/sweep.sbatch")
    #expect(task.status == 0, "\(task.errors)")
    #expect(try scratch.folder.text(of: "told") == "sbatch --parsable Runs/search/sweep.sbatch\n")
    #expect(try sweep(whole).status == 0)
    #expect(try evidence(scratch).filter { !$0.key.hasSuffix(".sbatch") } == evidence(whole))
    let status = try scratch.gan("sweep", "search.yaml", "--status").output
    #expect(status.hasPrefix("  4 of 4 trials ended\n  best so far: trial-"), "\(status)")
  }

  @Test func `a task that its time limit stops is queued again, one that was cancelled is not`() throws {
    let file = SweepRunTests.file("random", "trials: 2").replacingOccurrences(of: "epochs: 4", with: "epochs: 4000")
    for (signal, told) in [("USR1", "scontrol requeue 77_2\n"), ("TERM", "")] {
      let scratch = try scratch(file)
      _ = try withSlurm(scratch, "$GAN sweep search.yaml --slurm; rm told")
      let task = try withSlurm(
        scratch,
        """
        export SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_ID=2; touch told
        bash Runs/search/sweep.sbatch & task=$!
        while ! ls Runs/search/trial-*/seed-3/checkpoints/step* > /dev/null 2>&1; do sleep 0.05; done
        kill -\(signal) $task; wait $task; echo "ended $?"
        """)
      #expect(task.output == "ended \(signal == "TERM" ? 143 : 0)\n", "\(task.errors)")
      #expect(try scratch.folder.text(of: "told") == told)
    }
  }

  @Test func `without Slurm the script is there to be submitted, and what it refuses is told`() throws {
    let scratch = try scratch(SweepRunTests.file("random", "trials: 2"))
    let missing = try scratch.shell("PATH=/nowhere $GAN sweep search.yaml --slurm")
    #expect(missing.status == 69)
    #expect(
      missing.errors == "gan-exp: error: there is no sbatch on the PATH\n"
        + "         log in to a machine of the cluster; Runs/search/sweep.sbatch is ready to submit\n")
    try scratch.folder.put("#!/bin/sh\necho 'sbatch: error: invalid partition' >&2; exit 1\n", into: "bin/sbatch")
    let refused = try scratch.shell("chmod +x bin/sbatch; PATH=$PWD/bin:$PATH $GAN sweep search.yaml --slurm")
    #expect(refused.status == 69)
    #expect(refused.errors.hasPrefix("gan-exp: error: sbatch refused the job: sbatch: error: invalid partition\n"))
  }
}
