import Compute
import Datasets
import Glibc
import Training

/// How long an experiment should take on this machine, and how busy the machine was when that was found out.
package struct TimeEstimate: Codable, Sendable {
  /// Seconds of a step, on average over the terms that are due.
  package let secondsPerStep: Double
  /// Seconds of all steps.
  package let seconds: Double
  /// Steps that were timed; 0 where a step takes too long or too much memory, so that its time was computed.
  package let timedSteps: Int
  /// Threads of the run.
  package let threads: Int
  /// Lanes of the vectors that products are made of.
  package let lanes: Int
  /// Processes that ran or wanted to in the last minute, on average; nil where the system does not say.
  package let load: Double?
  /// The processors they share.
  package let processors: Int
  /// That others used the machine meanwhile, so that a quiet one is faster; nil where nobody did.
  package let warning: String?

  /// Bytes of memory, and seconds of a step, beyond which a step is not tried.
  private static let most = (bytes: 1 << 30, seconds: 2.0)

  /// Runs a few steps on made-up samples, for about a second; their least time counts, since what else the machine does only
  /// adds to it.
  package init(_ experiment: Experiment, _ footprint: Footprint, threads: Int) throws(RunError) {
    // Before the steps, which are a load of their own.
    load = Machine.load
    processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let pool = ThreadPool(threads: threads)
    self.threads = pool.threads
    warning = Machine.current().warning(threads: pool.threads, load: load)
    lanes = pool.lanes.rawValue
    defer { pool.close() }
    let timed =
      footprint.memory <= TimeEstimate.most.bytes && Double(footprint.operations) < TimeEstimate.most.seconds * 2e10
      ? try? TimeEstimate.time(experiment, on: pool) : nil
    if let timed {
      (secondsPerStep, timedSteps) = timed
    } else {
      do throws(PlanError) {
        secondsPerStep = try TimeEstimate.computed(footprint, on: pool)
      } catch {
        throw RunError(error)
      }
      timedSteps = 0
    }
    seconds = secondsPerStep * Double(experiment.totalSteps)
  }

  /// The mean time of a step, from the least time of those in which the same terms are due.
  private static func time(
    _ experiment: Experiment, on pool: ThreadPool
  ) throws(PlanError) -> (seconds: Double, steps: Int) {
    let trainer = try Trainer(experiment, data: TaskData(table: experiment.madeUpSamples, validation: nil), pool: pool)
    let clock = ContinuousClock()
    let start = clock.now
    var least: [Set<Int>: Double] = [:]
    // The first step of all touches the memory for the first time.
    trainer.runStep()
    trainer.initialize()
    repeat {
      let due = experiment.task.terms(dueAt: trainer.step + 1)
      let seconds = Stopwatch.seconds(clock.measure { trainer.runStep() })
      least[due] = min(least[due] ?? .infinity, seconds)
    } while clock.now - start < .seconds(1) && trainer.step < 100
    // In the first step all terms are due.
    let longest = least[experiment.task.terms(dueAt: 1)] ?? 0
    let span = min(experiment.totalSteps, 1000)
    let sum = (1...span).reduce(0.0) { $0 + (least[experiment.task.terms(dueAt: $1)] ?? longest) }
    return (sum / Double(span), trainer.step)
  }

  /// A step's products at nine tenths of the measured rate, its optimizer traffic at the measured bandwidth, and what else it
  /// computes at 4 GFLOP/s.
  private static func computed(_ footprint: Footprint, on pool: ThreadPool) throws(PlanError) -> Double {
    let peaks = try MachinePeaks(pool: pool)
    return Double(footprint.productOperations) / (0.9e9 * peaks.gigaflops)
      + Double(footprint.stateTraffic) / (1e9 * peaks.bandwidth)
      + Double(footprint.operations - footprint.productOperations) / 4e9
  }
}

extension Experiment {
  /// As many samples as the data have, of the same kind, with values that mean nothing.
  fileprivate var madeUpSamples: Table {
    let size = trainingCount * dataset.sampleShape.reduce(1, *)
    // Bytes without order, by a linear congruence.
    var number: UInt32 = 1
    func next() -> UInt8 {
      number = number &* 1_664_525 &+ 1_013_904_223
      return UInt8(number >> 24)
    }
    let lookup = (0..<256).map { Float($0) / 127.5 - 1 }
    let values: Table.Values =
      dataset.bytesPerValue == 1
      ? .bytes((0..<size).map { _ in next() }, lookup: lookup) : .floats((0..<size).map { _ in lookup[Int(next())] })
    let labels = dataset.classes.map { classes in (0..<trainingCount).map { Int32($0 % max(classes.count, 1)) } }
    return Table(
      count: trainingCount, sampleShape: dataset.sampleShape, values: values, labels: labels, digest: "",
      origin: "made up")
  }
}
