import Foundation
import TestSupport
import Testing

/// A run is what it began as: whatever is not its own is named, and passed over where an older checkpoint is good.
@Suite struct RunOriginTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line: String
    let status: Int32
    /// What the line says on stderr, to the letter.
    let text: String
  }

  /// Every change is made to a run of four epochs, 10 steps each; `Runs/small/002` is one of seed 9.
  static let changes = [
    Change(
      testDescription: "a layer in resolved.yaml",
      line: "sed -i '0,/: relu/s//: tanh/' $R/resolved.yaml; $GAN resume $R --epochs 6 --quiet", status: 65,
      text: """
        gan-exp: error: R/resolved.yaml was changed after the run began (generator[0].dense.activation: relu -> tanh)
                 put it back, or begin a new run; only training.epochs may grow, with gan-exp resume --epochs

        """),
    Change(
      testDescription: "the epochs in resolved.yaml",
      line: "sed -i 's/epochs: 4/epochs: 6/' $R/resolved.yaml; $GAN resume $R",
      status: 65,
      text: """
        gan-exp: error: R/resolved.yaml was changed after the run began (training.epochs: 4 -> 6)
                 put it back, or begin a new run; only training.epochs may grow, with gan-exp resume --epochs

        """),
    Change(
      testDescription: "samples of a changed resolved.yaml are those of the run",
      line: """
        $GAN sample $R -o a.png 2> first; sed -i '0,/: relu/s//: tanh/' $R/resolved.yaml
        $GAN sample $R -o b.png; cmp a.png b.png >&2
        """, status: 0,
      text: """
        note: R/resolved.yaml is not what was trained (generator[0].dense.activation: relu -> tanh): the samples are of \
        the checkpoint's own spec
        200 samples of small/001, step 40

        """),
    Change(
      testDescription: "another seed's checkpoint, sampled",
      line: "cp Runs/small/002/checkpoints/step-000040.safetensors $R/checkpoints; $GAN sample $R -o a.png", status: 0,
      text: """
        note: passed over: R/checkpoints/step-000040.safetensors: it is of another run (seed: 3 here, 9 there)
        note: the run has done 40 steps; the newest good checkpoint is that of step 30
        200 samples of small/001, step 30

        """),
    Change(
      testDescription: "another seed's checkpoint, resumed",
      line: """
        cp Runs/small/002/checkpoints/step-000040.safetensors $R/checkpoints; $GAN resume $R --quiet
        ls $R/checkpoints | tail -2 >&2
        """, status: 0,
      text: """
        note: passed over: R/checkpoints/step-000040.safetensors: it is of another run (seed: 3 here, 9 there)
        note: the run had done 40 steps: it goes back to the checkpoint of step 30 and on from there
        note: R/checkpoints/step-000040.safetensors is in the way: it is now R/checkpoints/step-000040.safetensors.aside
        step-000040.safetensors
        step-000040.safetensors.aside

        """),
    Change(
      testDescription: "another seed's checkpoint after the one that is asked for",
      line: """
        cp Runs/small/002/checkpoints/step-000040.safetensors $R/checkpoints; $GAN resume $R --from 20 --quiet
        ls $R/checkpoints | tail -2 >&2
        """, status: 0,
      text: """
        note: R/checkpoints/step-000040.safetensors is in the way: it is now R/checkpoints/step-000040.safetensors.aside
        step-000040.safetensors
        step-000040.safetensors.aside

        """),
    Change(
      testDescription: "a step that has no checkpoint", line: "$GAN resume $R --from 999", status: 66,
      text: """
        gan-exp: error: there is no checkpoint of step 999
                 there are: 10, 20, 30, 40

        """),
    Change(
      testDescription: "a row of metrics.csv that only the newest checkpoint knows",
      line: """
        sed -i '/^35,/ s/.$/x/' $R/metrics.csv; $GAN resume $R --quiet; ls $R/checkpoints | tail -2 >&2
        """, status: 0,
      text: """
        note: passed over: R/metrics.csv: its first LENGTH bytes are not those that the checkpoint knows
        note: the run had done 40 steps: it goes back to the checkpoint of step 30 and on from there
        note: R/checkpoints/step-000040.safetensors is in the way: it is now R/checkpoints/step-000040.safetensors.aside
        step-000040.safetensors
        step-000040.safetensors.aside

        """),
    Change(
      testDescription: "a checkpoint under another step's name",
      line:
        "cd $R/checkpoints; cp step-000010.safetensors step-000020.safetensors; $GAN resume ../../../../$R --from 20",
      status: 74,
      text: """
        gan-exp: error: ../../../../R/checkpoints/step-000020.safetensors: it is the checkpoint of step 10 under the name \
        of step 20
                 leave --from out: the newest good checkpoint is taken then

        """),
    Change(
      testDescription: "the newest checkpoint of a complete run is gone",
      line: "rm $R/checkpoints/step-000040.safetensors; $GAN resume $R --quiet; $GAN verify $R > verified", status: 0,
      text: """
        note: the run had done 40 steps: it goes back to the checkpoint of step 30 and on from there

        """),
    Change(
      testDescription: "all checkpoints of a complete run are gone", line: "rm $R/checkpoints/*; $GAN resume $R",
      status: 74,
      text: """
        gan-exp: error: R/checkpoints is empty, but the run has done 40 steps
                 put a checkpoint back, or begin a new run: gan-exp run R/resolved.yaml

        """),
    Change(
      testDescription: "all checkpoints are gone, sampled", line: "rm $R/checkpoints/*; $GAN sample $R", status: 66,
      text: """
        gan-exp: error: R has done 40 steps, but its checkpoints are gone
                 put one back, or train it anew: gan-exp run R/resolved.yaml

        """),
    Change(
      testDescription: "a folder in a checkpoint's place",
      line: """
        cd $R/checkpoints; rm step-000040.safetensors; mkdir -p step-000040.safetensors/x; cd - > out
        $GAN resume $R --quiet; $GAN resume $R --quiet; ls $R/checkpoints | tail -2 >&2
        """, status: 0,
      text: """
        note: passed over: R/checkpoints/step-000040.safetensors: cannot read it: Is a directory
        note: the run had done 40 steps: it goes back to the checkpoint of step 30 and on from there
        note: R/checkpoints/step-000040.safetensors is in the way: it is now R/checkpoints/step-000040.safetensors.aside
        note: all 40 steps are done; give --epochs to go further
        step-000040.safetensors
        step-000040.safetensors.aside

        """),
    Change(
      testDescription: "copies under names that no step has",
      line: """
        cp $R/samples/step-000040.png $R/samples/step-40.png
        cp $R/checkpoints/step-000040.safetensors $R/checkpoints/step-+00040.safetensors
        $GAN resume $R --from 10 --quiet; ls $R/samples >&2
        """, status: 0, text: "step-000010.png\nstep-000020.png\nstep-000030.png\nstep-000040.png\nstep-40.png\n"),
    Change(
      testDescription: "metrics.csv as a spreadsheet saves it",
      line: "sed -i 's/$/\\r/' $R/metrics.csv; $GAN resume $R --quiet; $GAN verify $R > verified", status: 0,
      text: "note: R/metrics.csv is not as it was at the end of the run: it is restored\n"
        + "note: R/metrics.csv had the line ends CR LF, as spreadsheets save it: it has LF again\n"),
    Change(
      testDescription: "a row of metrics.csv",
      line: "sed -i 's/^7,1,1/7,1,2/; s/^7,1,0/7,1,9/' $R/metrics.csv; $GAN resume $R", status: 74,
      text: """
        gan-exp: error: no checkpoint of R can be used: R/metrics.csv: its first LENGTH bytes are not those that the \
        checkpoint knows (and 3 more)
                 put R/metrics.csv back as it was, or begin a new run: gan-exp run R/resolved.yaml

        """),
    Change(
      testDescription: "run.json is gone", line: "rm $R/run.json; $GAN resume $R --quiet; $GAN verify $R > verified",
      status: 0,
      text: """
        note: R/run.json was gone: it is made again from resolved.yaml, metrics.csv and the checkpoints

        """),
    Change(
      testDescription: "one digit of run.json",
      line: "sed -i 's/\"step\" : 40/\"step\" : 30/' $R/run.json; $GAN resume $R --quiet; $GAN verify $R > verified",
      status: 0,
      text: """
        note: R/run.json: its content does not match the digest in it: it was changed or is damaged: it is made again from \
        resolved.yaml, metrics.csv and the checkpoints

        """),
    Change(
      testDescription: "a record of impossible data",
      line: """
        sed -i '/"sha256"/d; s/"bytes_per_value" : 4/"bytes_per_value" : 4611686018427387904/' $R/run.json
        $GAN resume $R --quiet
        """, status: 0,
      text: """
        note: R/run.json: it is not the record of a run: it is made again from resolved.yaml, metrics.csv and the checkpoints

        """),
    Change(
      testDescription: "run.json is gone, shown",
      line: "rm $R/run.json; $GAN list > list; tail -1 list >&2; $GAN show $R",
      status: 65,
      text: """
        small/001  unreadable  R/run.json: it is gone; gan-exp resume R makes it again from the run's other files
        gan-exp: error: R/run.json: it is gone
                 gan-exp resume R makes it again from the run's other files

        """),
    Change(
      testDescription: "metrics.csv is damaged, shown",
      line: "echo junk >> $R/metrics.csv; $GAN show $R | grep none: >&2",
      status: 0, text: "metrics      none: R/metrics.csv: line 8 has 1 cells, but there are 13 columns\n"),
    Change(
      testDescription: "the newest checkpoint is gone, shown",
      line: "rm $R/checkpoints/step-000040.safetensors; $GAN show $R | grep note >&2", status: 0,
      text: """
        note                                the checkpoint of step 40 is gone; gan-exp resume R makes it again

        """),
  ]

  /// A folder with the two runs, made once.
  private static let original: RunScratch? = {
    guard
      let scratch = try? RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 4")),
      (try? scratch.gan("run", "small.yaml", "--quiet"))?.status == 0,
      (try? scratch.gan("run", "small.yaml", "--quiet", "--seed", "9"))?.status == 0
    else { return nil }
    return scratch
  }()

  @Test(arguments: changes) func `what is not the run's own is named and does no harm`(change: Change) throws {
    let original = try #require(RunOriginTests.original)
    let scratch = try TemporaryFolder()
    let path = "Runs/small/001"
    let line = "cp -r \(original.folder.path)/Runs . ; R=\(path); \(change.line)"
    let result = try Program.shell(line, in: scratch.path)
    #expect(result.status == change.status)
    var text = change.text.replacing(#/\bR(?=[/ ])/#, with: path)
    if let range = result.errors.range(of: "its first [0-9]+ bytes", options: .regularExpression) {
      text = text.replacingOccurrences(of: "its first LENGTH bytes", with: result.errors[range])
    }
    #expect(result.errors == text)
    // Whatever went on has the bits of the run that nothing happened to.
    if change.status == 0, result.errors.contains("goes back") || result.errors.contains("made again") {
      _ = try Program.shell("rm -rf \(path)/checkpoints/*.aside", in: scratch.path)
      #expect(try original.differences(original.run(), scratch(path)) == [])
    }
  }

  @Test(arguments: [false, true])
  func `other data or another spec are refused before there is a checkpoint`(changesData: Bool) throws {
    let spec = """
      name: small
      dataset: {csv: {path: a.csv}}
      latent: {dim: 2}
      generator: [dense: {units: 3}]
      discriminator: [dense: {units: 1}]
      training: {batch_size: 8, epochs: 1000000}
      record: {metrics_every: 1000, samples_every: 1000000, checkpoint_every: 1000000}

      """
    let scratch = try RunScratch(spec: spec)
    for (name, factor) in [("a.csv", 1), ("b.csv", 2)] {
      try scratch.folder.put((0..<64).map { "\($0 * factor),\($0),1\n" }.joined(), into: name)
    }
    let running = try scratch.start("run", "small.yaml", "--quiet")
    while running.isRunning, !FileManager.default.fileExists(atPath: scratch.run() + "/metrics.csv") { usleep(2000) }
    running.signal(SIGKILL)
    _ = running.wait()
    let change =
      changesData ? "cp b.csv a.csv" : "sed -i 's/learning_rate: .*/learning_rate: 0.5/' Runs/small/001/resolved.yaml"
    let resumed = try scratch.shell("\(change); $GAN resume Runs/small/001 --quiet")
    #expect(resumed.status == 65)
    #expect(
      resumed.errors.contains(
        changesData
          ? "the data are not those the run began with (SHA-256 "
          : "Runs/small/001/resolved.yaml was changed after the run began\n"), "\(resumed.errors)")
  }

  @Test func `a run that is neither a run nor was one says so`() throws {
    let scratch = try RunScratch()
    let result = try scratch.shell("mkdir none; $GAN resume none; $GAN show none; $GAN verify none")
    let text = """
      gan-exp: error: none is neither a run nor a folder of runs
               Runs has no runs; begin one with gan-exp run, or say with --runs where they lie

      """
    #expect(result.errors == text + text + text)
    #expect(result.status == 66)
  }
}
