import Compute
import Datasets
import Training

/// How fast the steps of an experiment are, and how fast they could be.
package struct Benchmark: Codable, Sendable {
  /// The experiment's name.
  package let experiment: String
  /// Samples in a batch.
  package let batchSize: Int
  /// Threads that were used.
  package let threads: Int
  /// Lanes of the vectors that products are made of.
  package let lanes: Int
  /// Processes that ran or wanted to in the minute before, on average; nil where the system does not say.
  package let load: Double?
  /// What it ran on.
  package let machine: Machine
  /// Steps that were timed, five at a time, after some that were not.
  package let steps: Int
  /// Milliseconds a step: the median of the means of five steps in a row.
  package let milliseconds: Double
  /// The least of these means.
  package let fastest: Double
  /// Steps a second at the median.
  package let stepsPerSecond: Double
  /// Arithmetic of the step at the median, in GFLOP/s.
  package let gigaflops: Double
  /// Arithmetic of a step in GFLOP.
  package let operations: Double
  /// Arithmetic of its matrix products alone, in GFLOP.
  package let productOperations: Double
  /// Bytes of parameters and moments read and written in a step, in MB.
  package let stateTraffic: Double
  /// What the machine was measured to do in independent multiply-adds, in GFLOP/s.
  package let peakGigaflops: Double
  /// What memory was measured to do, in GB/s.
  package let bandwidth: Double
  /// The round trip of a cache line between two threads' cores before and after the steps, the longer, in nanoseconds; nil with
  /// one thread.
  package let roundTrip: Double?
  /// The products at the peak plus the traffic at the bandwidth, in milliseconds.
  package let bound: Double
  /// Where the time goes, most first.
  package let shares: [OperationTime]

  /// Trains for `steps` steps without writing anything.
  package init(_ spec: LoadedSpec, options: RunOptions, steps: Int) throws(RunError) {
    // Before the steps, which are a load of their own.
    load = Machine.load
    machine = Machine.current()
    let data = try spec.experiment.load(from: options.data(forSpec: spec.file.path))
    let pool = ThreadPool(threads: options.threads ?? machine.defaultThreads, lanes: options.lanes ?? .fastest)
    defer { pool.close() }
    do throws(PlanError) {
      let trainer = try Trainer(spec.experiment, data: data, pool: pool)
      for _ in 0..<max(5, steps / 10) { trainer.runStep() }
      let before = pool.roundTrip
      let clock = ContinuousClock()
      let block = 5
      let times = (0..<max(1, steps / block)).map { _ in
        Stopwatch.seconds(clock.measure { for _ in 0..<block { trainer.runStep() } }) * 1e3 / Double(block)
      }.sorted()
      roundTrip = [before, pool.roundTrip].compactMap { $0 }.max().map { $0 * 1e9 }
      let peaks = try MachinePeaks(pool: pool)
      shares = Benchmark.shares(of: trainer, steps: max(5, steps / 4), peaks: peaks)
      experiment = spec.experiment.name
      batchSize = spec.experiment.training.batchSize
      threads = pool.threads
      lanes = pool.lanes.rawValue
      self.steps = times.count * block
      milliseconds = (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
      fastest = times[0]
      stepsPerSecond = 1e3 / milliseconds
      operations = Double(trainer.report.operations) / 1e9
      productOperations = Double(trainer.report.productOperations) / 1e9
      gigaflops = operations / milliseconds * 1e3
      stateTraffic = Double(trainer.report.stateTraffic) / 1e6
      peakGigaflops = peaks.gigaflops
      bandwidth = peaks.bandwidth
      bound = productOperations / peaks.gigaflops * 1e3 + stateTraffic / peaks.bandwidth
    } catch {
      throw RunError(error)
    }
  }

  private static func shares(
    of trainer: Trainer, steps: Int, peaks: MachinePeaks
  ) -> [OperationTime] {
    let clock = ContinuousClock()
    let rows = trainer.report.rows
    var seconds = [Double](repeating: 0, count: rows.count)
    for _ in 0..<steps {
      var last = clock.now
      trainer.runStep { row in
        let now = clock.now
        seconds[row] += Stopwatch.seconds(now - last)
        last = now
      }
    }
    let total = seconds.reduce(0, +) / Double(steps)
    var kinds: [String: (seconds: Double, rows: [PlanReport.Row])] = [:]
    for (row, time) in zip(rows, seconds) {
      kinds[row.label, default: (0, [])].seconds += time / Double(steps)
      kinds[row.label]?.rows.append(row)
    }
    return kinds.sorted { ($0.value.seconds, $1.key) > ($1.value.seconds, $0.key) }.map { label, kind in
      OperationTime(label, kind.rows, seconds: kind.seconds, of: total, peaks: peaks)
    }
  }
}
