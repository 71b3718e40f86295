import Foundation
import TestSupport
import Testing

/// A disk that fails is no damage: the command ends with the system's reason, and nothing is taken away.
@Suite struct FailingDiskTests {
  private static let hasTracer = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")

  /// A run of four epochs, of which the last was not finished.
  private static let original: RunScratch? = {
    guard
      let scratch = try? RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 4")),
      (try? scratch.gan("run", "small.yaml", "--quiet"))?.status == 0
    else { return nil }
    return scratch
  }()

  /// The call that fails, on which file, with which error; what is said and the exit code.
  @Test(
    .enabled("strace is not installed") { FailingDiskTests.hasTracer },
    arguments: [
      ("openat", "checkpoints/step-000040.safetensors", "EIO", "cannot read it: Input/output error", Int32(74)),
      ("openat", "checkpoints/step-000040.safetensors", "EMFILE", "cannot read it: Too many open files", 74),
      ("openat", "metrics.csv", "EIO", "cannot read it: Input/output error", 74),
      ("ftruncate", "metrics.csv", "EIO", "cannot write it: Input/output error", 74),
      ("ftruncate", "metrics.csv", "ENOSPC", "cannot write it: No space left on device", 74),
      ("openat", "confusion.csv", "EIO", "cannot read it: Input/output error", 74),
      ("getdents64", "checkpoints", "EIO", "cannot read it: Input/output error", 74),
      ("stat,newfstatat", "run.json", "EIO", "cannot read it: Input/output error", 74),
    ])
  func `a failing disk ends resume with its own words`(
    call: String, file: String, code: String, text: String, status: Int32
  ) throws {
    let original = try #require(FailingDiskTests.original)
    let scratch = try TemporaryFolder()
    let line = """
      cp -r \(original.folder.path)/Runs . ; R=$PWD/Runs/small/001; before=$(cd $R; ls checkpoints samples)
      strace -f -o /dev/null -P $R/\(file) -e trace=\(call) -e inject=\(call):error=\(code) \
        $GAN resume $R --epochs 5 --quiet
      status=$?; test "$before" = "$(cd $R; ls checkpoints samples)" || echo 'something was taken away'
      $GAN resume $R --epochs 5 --quiet > /dev/null || echo 'it cannot go on'; exit $status
      """
    let result = try Program.shell(line, in: scratch.path)
    let errors = result.errors.replacingOccurrences(of: scratch.path + "/", with: "")
    #expect(errors.hasPrefix("gan-exp: error: Runs/small/001/\(file): \(text)\n"), "\(errors)")
    #expect(result.output == "")
    #expect(result.status == status)
  }

  @Test(.enabled("strace is not installed") { FailingDiskTests.hasTracer })
  func `a run whose resolved spec could not be replaced has failed, and says why`() throws {
    let original = try #require(FailingDiskTests.original)
    let scratch = try TemporaryFolder()
    let line = """
      cp -r \(original.folder.path)/Runs . ; R=Runs/small/001
      # The first file is run.json.
      strace -f -o /dev/null -e trace=rename -e inject=rename:error=EIO:when=2 $GAN resume $R --epochs 5 --quiet
      grep -E '"(status|reason)"' $R/run.json; $GAN resume $R --epochs 5 --quiet > /dev/null; $GAN verify $R | grep -v ^ok
      """
    let result = try Program.shell(line, in: scratch.path)
    #expect(
      result.errors.hasPrefix("gan-exp: error: Runs/small/001/resolved.yaml: cannot replace it: Input/output error\n"),
      "\(result.errors)")
    #expect(result.output.contains("\"status\" : \"failed\""), "\(result.output)")
    #expect(result.output.contains("cannot replace it: Input/output error"), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 2, "\(result.output)")
  }

  @Test(
    .enabled("strace is not installed") { FailingDiskTests.hasTracer },
    arguments: [
      ("resolved.yaml", "note"), ("confusion.csv", "note"), ("timing.csv", "note"), ("metrics.csv", "metrics +none:"),
      ("evaluation.csv", "evaluation +none:"),
    ])
  func `what a failing disk keeps from show is said`(file: String, row: String) throws {
    let original = try #require(FailingDiskTests.original)
    let scratch = try TemporaryFolder()
    // Of a killed process timing.csv says how long it worked.
    let line = """
      cp -r \(original.folder.path)/Runs . ; R=$PWD/Runs/small/001
      sed -i 's/"status" : "complete"/"status" : "running"/; /"ended"/d; /"seconds"/d; /sha256/d' $R/run.json
      strace -f -o /dev/null -P $R/\(file) -e trace=openat -e inject=openat:error=EIO $GAN show $R
      """
    let result = try Program.shell(line, in: scratch.path)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let pattern = try Regex("\n\(row) +\\S+/\(file): cannot read it: Input/output error\n")
    #expect(result.output.contains(pattern), Comment(rawValue: result.output))
    #expect(result.output.contains("killed"))
  }

  @Test(.enabled("strace is not installed") { FailingDiskTests.hasTracer })
  func `threads that the system refuses are said, and not recorded`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1"))
    let line = """
      OPENBLAS_NUM_THREADS=1 strace -f -o /dev/null -e trace=clone,clone3 -e inject=clone,clone3:error=EAGAIN \
        $GAN run small.yaml --quiet --threads 3
      grep '"threads"' Runs/small/001/run.json
      """
    let result = try scratch.shell(line)
    #expect(result.errors == "note: the system gives this process no more than 1 of 3 threads\n")
    #expect(result.output.contains("\"threads\" : 1,"), Comment(rawValue: result.output))
    #expect(try scratch.shell("$GAN run small.yaml --quiet --threads 3").errors == "")
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test(arguments: [".lock", "log.txt", "run.json", "metrics.csv", "resolved.yaml", "spec.yaml", "timing.csv"])
  func `a pipe in a file's place makes nobody wait`(file: String) throws {
    let original = try #require(FailingDiskTests.original)
    let scratch = try TemporaryFolder()
    let line = """
      cp -r \(original.folder.path)/Runs . ; R=Runs/small/001
      sed -i 's/"status" : "complete"/"status" : "running"/; /sha256/d' $R/run.json; rm -f $R/\(file); mkfifo $R/\(file)
      for command in "list" "show $R" "verify $R" "sample $R" "compare $R" "resume $R --epochs 5 --quiet"; do
        timeout 20 $GAN $command > /dev/null 2>> errors; test $? != 124 || echo "$command waited"
      done
      """
    let result = try Program.shell(line, in: scratch.path)
    #expect(result.output == "")
  }

  @Test func `list tells of what it cannot read in a line of its own`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1"))
    let line = """
      for n in 1 2 3 4; do $GAN run small.yaml --quiet > /dev/null; done; cd Runs/small; mkdir empty
      rm 002/run.json; echo '{' > 003/run.json; rm 004/run.json; mkfifo 004/run.json; mkdir other; echo '{}' > other/run.json
      cd ../..; $GAN list | tail -n +2 | sed 's/ [0-9.]* *[0-9.]* *2[0-9]*-.*Z//; s/   *10.10.*//'; $GAN list --json | grep -c unreadable
      """
    let result = try scratch.shell(line)
    let mending = "makes it again from the run's other files"
    #expect(
      result.output == """
        small/001  complete     3      1
        small/002    unreadable  Runs/small/002/run.json: it is gone; gan-exp resume Runs/small/002 \(mending)
        small/003    unreadable  Runs/small/003/run.json: it is not the record of a run; gan-exp resume \
        Runs/small/003 \(mending)
        small/004    unreadable  Runs/small/004/run.json: it is a pipe, not a file; move it away
        small/other  unreadable  Runs/small/other/run.json: it is not the record of a run; move it away if it is \
        another program's
        4

        """)
  }
}
