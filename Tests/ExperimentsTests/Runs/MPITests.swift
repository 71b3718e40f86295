import Foundation
import TestSupport
import Testing

private let hasMPI = FileManager.default.isExecutableFile(atPath: "/usr/bin/mpirun")

/// Runs whose shards are shared out among the processes of a real mpirun.
@Suite(.serialized, .enabled("mpirun is not installed") { hasMPI }) struct MPITests {
  /// Any user and any number of processors will do; sockets of this machine alone.
  private static let settings =
    "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl=self,vader; "

  private func scratch(epochs: Int = 8) throws -> RunScratch {
    try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8}", with: "epochs: \(epochs), shards: 4}")
        + "evaluation: {every: 4, samples: 500}\n")
  }

  private func shell(_ scratch: RunScratch, _ line: String) throws -> Program.Result {
    try scratch.shell(MPITests.settings + line)
  }

  @Test func `two and four ranks leave the files of one process`() throws {
    let scratch = try scratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    for count in [2, 4] {
      let result = try shell(scratch, "mpirun -n \(count) $GAN run small.yaml --quiet --threads 1")
      #expect(result.status == 0, "\(result.errors)")
      let run = result.output.trimmingCharacters(in: .newlines)
      #expect(try scratch.differences(scratch.run("001"), scratch.folder(run)) == [])
      let record = try scratch.folder.text(of: "\(run)/run.json")
      #expect(record.contains("\"ranks\" : \(count)"))
    }
  }

  @Test func `killed or stopped ranks are resumed by any number of them`() throws {
    let scratch = try scratch(epochs: 60)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let blows = [
      // The signal that asks for a checkpoint goes to mpirun, which hands it on.
      ("TERM", "$!"), ("USR1", "$!"), ("KILL", "$(pgrep -f '[g]an-exp run small.yaml --quiet --threads 1' | tail -1)"),
    ]
    for (number, blow) in blows.enumerated() {
      let run = "Runs/small/00\(number + 2)"
      let result = try shell(
        scratch,
        """
        perl -MPOSIX -e 'sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV' \
          mpirun -n 2 $GAN run small.yaml --quiet --threads 1 > /dev/null 2>&1 &
        while ! ls \(run)/checkpoints/step* > /dev/null 2>&1; do sleep 0.02; done
        kill -\(blow.0) \(blow.1); wait; grep -o '"status" : "[a-z]*"' \(run)/run.json
        """)
      #expect(result.output.contains(blow.0 == "USR1" ? "stopped" : "status"), "\(result.output)")
      #expect(!result.output.contains("complete"), "\(result.output)")
      let resumed = try shell(scratch, "mpirun -n \([4, 1, 2][number]) $GAN resume \(run) --quiet --threads 1")
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try scratch.differences(scratch.run("001"), scratch.folder(run)) == [], "\(blow.0)")
    }
  }

  @Test func `what ranks cannot do is told once, by the first`() throws {
    let scratch = try scratch()
    let cases = [
      (
        "mpirun -n 3 $GAN run small.yaml", 64 as Int32,
        "gan-exp: error: mpirun started 3 processes, but training.shards is 4\n"
          + "         start as many as divide it: mpirun -n 1, or 2, or 4\n"
      ),
      (
        "mpirun -n 2 $GAN run small.yaml --set training.shards=1", 64,
        "gan-exp: error: mpirun started 2 processes, but training.shards is 1\n"
          + "         set training.shards: 2 in the spec, which changes its gradients' bits, or start it without mpirun\n"
      ),
      (
        "mpirun -n 2 $GAN run nowhere.yaml", 66,
        "gan-exp: error: nowhere.yaml: cannot read it: No such file or directory\n         check the path\n"
      ),
    ]
    for (line, status, message) in cases {
      let result = try shell(scratch, line)
      #expect(result.status == status, "\(line): \(result.errors)")
      // Behind it mpirun says that a process ended with a status.
      #expect(result.errors.hasPrefix(message), "\(result.errors)")
      #expect(!result.errors.dropFirst(message.count).contains("gan-exp: error"))
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.folder("Runs/small")))
  }
}
