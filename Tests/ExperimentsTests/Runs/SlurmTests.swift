import Foundation
import TestSupport
import Testing

/// Sweeps through Slurm, with programs of its names; `make test-slurm` has the real one.
@Suite(.serialized) struct SlurmTests {
  private func scratch(_ file: String) throws -> RunScratch { try SweepScratch.scratch(file) }
  private func evidence(_ scratch: RunScratch) throws -> [String: Data] { try SweepScratch.evidence(scratch) }
  private func rows(_ scratch: RunScratch) throws -> [[String]] { try SweepScratch.rows(scratch) }
  private func sweep(_ scratch: RunScratch, _ options: String...) throws -> Program.Result {
    try SweepScratch.sweep(scratch, options)
  }

  /// Programs of Slurm's names that note what they are told.
  private func withSlurm(_ scratch: RunScratch, _ line: String) throws -> Program.Result {
    try scratch.folder.put("#!/bin/sh\necho \"sbatch $*\" >> told\necho '77;cluster'\n", into: "bin/sbatch")
    try scratch.folder.put("#!/bin/sh\necho \"scontrol $*\" >> told\n", into: "bin/scontrol")
    return try scratch.shell("chmod +x bin/*; export PATH=$PWD/bin:$PATH; \(line)")
  }

  @Test func `Slurm gets an array job, and the script of a task trains what there is`() throws {
    let (scratch, whole) = (try scratch(SweepScratch.halving), try scratch(SweepScratch.halving))
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
    let file = SweepScratch.file("random", "trials: 2").replacingOccurrences(of: "epochs: 4", with: "epochs: 4000")
    for (signal, told) in [("USR1", "scontrol requeue 77_2\n"), ("TERM", "")] {
      let scratch = try scratch(file)
      _ = try withSlurm(scratch, "$GAN sweep search.yaml --slurm; rm told")
      let task = try withSlurm(
        scratch,
        """
        export SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_ID=2; touch told
        # What runs tests may have blocked signals, which Slurm does not.
        perl -MPOSIX -e 'sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV' bash Runs/search/sweep.sbatch & task=$!
        while ! ls Runs/search/trial-*/seed-3/checkpoints/step* > /dev/null 2>&1; do sleep 0.05; done
        kill -\(signal) $task; wait $task; echo "ended $?"
        """)
      #expect(task.output == "ended \(signal == "TERM" ? 143 : 0)\n", "\(task.errors)")
      #expect(try scratch.folder.text(of: "told") == told)
    }
  }

  @Test(arguments: [
    ("--comment=two words", #""--comment=two words""#), ("--mem=0", "--mem=0"), ("-p long", "-p long"),
    ("--comment two words", #"--comment "two words""#), (#"-Jmy "a\b" # c"#, #""-Jmy \"a\\b\" # c""#),
  ])
  func `an option of sbatch is one word of the script, whatever is in it`(option: String, line: String) throws {
    let scratch = try scratch(SweepScratch.file("random", "trials: 2"))
    #expect(try withSlurm(scratch, "$GAN sweep search.yaml --slurm --sbatch='\(option)' --runs 'My runs'").status == 0)
    let script = try scratch.folder.text(of: "My runs/search/sweep.sbatch")
    #expect(script.contains("\n#SBATCH \(line)\n# Written"), "\(script)")
    #expect(script.contains("\n#SBATCH \"--output=My runs/search/slurm-%a.txt\"\n"))
  }

  /// A spec of data that are looked at in no file before they are read.
  private static let digits = """
    name: small
    dataset: {mnist: {split: test, subset: 64}}
    latent: {dim: 2}
    generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator: [flatten, dense: {units: 1}]
    training: {batch_size: 32, epochs: 2}
    record: {metrics_every: 1, sample_count: 4}

    """

  @Test func `a task on a machine without the data ends before it claims a run`() throws {
    let file = SweepScratch.file("random", "trials: 2").replacing("evaluation: {every: 1, samples: 200}\n", with: "")
      .replacing("metric: mode_divergence", with: "metric: generator_loss, goal: minimize, value: last")
    let scratch = try SweepScratch.scratch(file) { _ in SlurmTests.digits }
    // A program that lies elsewhere does not find the data that are built.
    let alone = "export GAN_EXP_DATA=$PWD/data XDG_CACHE_HOME=$PWD; GAN=$PWD/bin/gan-exp"
    let submitted = try withSlurm(
      scratch,
      """
      mkdir data; cp -r $(dirname $GAN)/gan-exp_Datasets.resources/mnist data; cp $GAN bin; \(alone)
      $GAN sweep search.yaml --slurm
      """)
    #expect(submitted.status == 0, "\(submitted.errors)")
    let journal = try scratch.folder.text(of: "Runs/search/journal.jsonl")
    let lacking = try withSlurm(scratch, "\(alone); mv data/mnist .; bash Runs/search/sweep.sbatch")
    #expect(lacking.status == 66 && lacking.errors.contains("mnist"), "\(lacking.status) \(lacking.errors)")
    #expect(try scratch.folder.text(of: "Runs/search/journal.jsonl") == journal)
    #expect(try !scratch.shell("find Runs -name .claims -o -name 'seed-*'").output.contains("seed"))
    let whole = try withSlurm(scratch, "\(alone); mv mnist data; bash Runs/search/sweep.sbatch")
    #expect(whole.status == 0, "\(whole.errors)")
    let trained = try rows(scratch).dropFirst().map { $0[2] }
    #expect(trained == ["complete", "complete"])
  }

  @Test func `without Slurm the script is there to be submitted, and what it refuses is told`() throws {
    let scratch = try scratch(SweepScratch.file("random", "trials: 2"))
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
