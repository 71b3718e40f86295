import Foundation
import TestSupport
import Testing

/// What a run that diverges says before it has a checkpoint, and while the first value that is not finite is searched.
@Suite struct DivergenceTests {
  /// The points of the plane with a learning rate that leaps.
  private static func spec(leapingAfter step: Int) -> String {
    RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 100000")
      .replacingOccurrences(of: "units: 300", with: "units: 8")
      .replacingOccurrences(
        of: "generator: adam",
        with: """
          generator: {sgd: {learning_rate: {piecewise_constant_decay: {boundaries: [\(step)], values: [1e-3, 1e30]}}}}
          """
      ).replacingOccurrences(of: "metrics_every: 7", with: "metrics_every: 50, checkpoint_every: 90000")
  }

  @Test func `before the first checkpoint the remedies are those that there are`() throws {
    let scratch = try RunScratch(spec: DivergenceTests.spec(leapingAfter: 20))
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 3)
    #expect(
      run.errors.hasPrefix("note: step 2"), "\(run.errors)")
    #expect(run.errors.contains("repeating the run from the beginning to find out where; Ctrl-C leaves it at that\n"))
    #expect(
      run.errors.contains(
        """
        lower the learning rates, or clip gradients with global_clipnorm; there was no checkpoint yet: \
        record.checkpoint_every: 1 makes one of every epoch
        """), "\(run.errors)")
    let sample = try scratch.gan("sample", "Runs/small/001")
    #expect(sample.status == 66)
    #expect(
      sample.errors == """
        gan-exp: error: Runs/small/001 diverged before its first checkpoint: there is nothing to sample from
                 begin a new run with lower learning rates; record.checkpoint_every: 1 makes one of every epoch

        """)
  }

  @Test func `nothing is said of checkpoints where none could have been`() throws {
    let spec = DivergenceTests.spec(leapingAfter: 3).replacing("checkpoint_every: 90000", with: "checkpoint_every: 1")
    let run = try RunScratch(spec: spec).gan("run", "small.yaml", "--quiet")
    #expect(run.status == 3)
    #expect(run.errors.hasSuffix("lower the learning rates, or clip gradients with global_clipnorm\n"), "\(run.errors)")
  }

  @Test func `a signal ends the search and keeps what is known`() throws {
    let scratch = try RunScratch(spec: DivergenceTests.spec(leapingAfter: 6000))
    let line = """
      $GAN run small.yaml --quiet 2> errors & run=$!
      until grep -q repeating errors; do sleep 0.01; done; kill -TERM $run; wait $run; status=$?
      cat errors >&2; $GAN show Runs/small/001 | head -2; exit $status
      """
    let result = try scratch.shell(line)
    #expect(result.status == 3)
    #expect(
      result.errors.contains("note: the search for the first value that was not finite was ended by SIGTERM\n"),
      "\(result.errors)")
    #expect(result.errors.contains("a loss or gradient was not a finite number"))
    #expect(result.output.contains("diverged"))
  }
}
