import Compute
import Foundation
import TestSupport
import Testing

/// The program among others: pipes, closed streams, signals, devices.
@Suite(.serialized) struct ShellTests {
  @Test(arguments: [
    // Nobody reads what it says.
    "$GAN run small.yaml 2>&1 | head -1; true",
    // What it says must not get into its files.
    "$GAN run small.yaml <&- >&- 2>&-",
    "$GAN run small.yaml > /dev/null 2> /dev/full",
  ]) func `a run does not depend on who listens`(line: String) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let result = try scratch.shell(line)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
    #expect(try scratch.gan("show", scratch.run("002")).output.contains("all steps are done"))
  }

  @Test(arguments: [
    ("$GAN schema > /dev/full", Int32(74), "No space left"),
    ("$GAN compare Runs/small/001 --csv > /dev/full", 74, "No space left"),
    ("$GAN schema | head -1 > /dev/null; exit ${PIPESTATUS[0]}", 0, ""),
    // 8 blocks of 1 KiB: too few for a checkpoint.
    ("ulimit -f 8; $GAN run small.yaml --quiet", 74, "File too large"),
    ("$GAN sample Runs/small/001 -o .", 73, "give the path of a file"),
    ("$GAN list && echo 'inf,1e40,1,2,3,4,5,6,7,8,9,10,11' >> Runs/small/001/metrics.csv && $GAN list", 0, ""),
    ("echo '{' > Runs/small/001/run.json; $GAN list >&2", 0, "it is not the record of a run"),
    ("$GAN doctor --json > doctor.json; grep -q gigaflops_of_one_thread doctor.json", 0, ""),
    ("$GAN doctor --threads 64 > doctor.txt; test $? = 1 && grep -q 'use --threads' doctor.txt", 0, ""),
    ("$GAN bench small.yaml --steps 5 | grep -q 'of the bound'", 0, ""),
    ("$GAN bench small.yaml --operations", 64, "or --operations"),
    ("mkdir Runs/small/9223372036854775807; $GAN run small.yaml --quiet", 0, ""),
  ]) func `what goes wrong outside has its exit code and is said`(line: String, status: Int32, text: String) throws {
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1"))
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let result = try scratch.shell(line)
    #expect(result.status == status, Comment(rawValue: result.errors))
    #expect(text.isEmpty || result.errors.contains(text), Comment(rawValue: result.errors))
  }

  @Test(.enabled(if: !Lanes.sixteen.areSupported))
  func `16 lanes are refused where the processor has no AVX-512`() throws {
    let result = try RunScratch().gan("run", "small.yaml", "--lanes", "16")
    #expect(result.status == 64)
    #expect(
      result.errors.hasPrefix(
        "gan-exp: error: --lanes 16: this processor has no AVX-512; leave it out, or give --lanes 8\n"),
      Comment(rawValue: result.errors))
  }

  @Test(arguments: [
    "dense", "dragan", "regularizers", "cosine_decay", "generator_average", "codes", "conditional", "wasserstein",
    "adam",
  ]) func `everything that a spec can name is described`(name: String) throws {
    let described = try RunScratch().gan("describe", name)
    #expect(described.status == 0, Comment(rawValue: described.errors))
    #expect(described.output.contains(name))
  }

  @Test(arguments: ["show", "check", "verify", "sample"])
  func `a name with control characters does not steer the terminal`(command: String) throws {
    let result = try RunScratch().shell("$GAN \(command) $'bad\\033[31m\\007name'")
    #expect(result.status == 66, Comment(rawValue: result.errors))
    #expect(result.errors.contains("name"))
    #expect(!result.errors.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }

  @Test func `a sheet goes through links and into pipes`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=1", "--quiet").status == 0)
    let line = """
      set -e
      $GAN sample Runs/small/001 -o a.png
      echo old > target; ln -s target link; $GAN sample Runs/small/001 -o link
      mkfifo pipe; cat pipe > b.png & $GAN sample Runs/small/001 -o pipe; wait
      test -L link; test -p pipe; cmp a.png target; cmp a.png b.png
      """
    let result = try scratch.shell(line)
    #expect(result.status == 0, Comment(rawValue: result.errors))
  }

  @Test(arguments: [
    ("-o -", Int32(64), "gan-exp: error: standard output is a terminal, which shows no .png"),
    ("-o - --format npy", 64, "gan-exp: error: standard output is a terminal, which shows no .npy"),
    ("-n 1 -o - --format csv", 0, "x0,x1"), ("-o - | wc -c", 0, "step 80"),
  ])
  func `no bytes of pictures and arrays go to a terminal`(options: String, status: Int32, text: String) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let result = try scratch.shell("NO_COLOR=1 script -qec \"$GAN sample Runs/small/001 \(options)\" /dev/null")
    #expect(result.status == status)
    #expect(result.output.contains(text), Comment(rawValue: result.output))
  }

  @Test(arguments: [(SIGHUP, 129), (SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
  func `a signal sent several times at once still leaves a checkpoint`(signal: Int32, status: Int32) throws {
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 10000"))
    let running = try scratch.start("run", "small.yaml", "--quiet")
    let metrics = scratch.run() + "/metrics.csv"
    while running.isRunning, (try? String(contentsOfFile: metrics, encoding: .utf8))?.contains("\n7,") != true {
      usleep(2000)
    }
    for _ in 0..<5 { running.signal(signal) }
    let stopped = running.wait()
    #expect(stopped.status == status, Comment(rawValue: stopped.errors))
    #expect(stopped.errors.contains("stopped after a checkpoint"))
    #expect(try String(contentsOfFile: scratch.run() + "/log.txt", encoding: .utf8).contains(" stopped: "))
  }
}
