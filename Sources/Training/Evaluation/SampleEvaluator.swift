import Compute
import Datasets
import Evaluation
import Networks

/// Measures what a task makes of its state: generated samples beside real ones.
///
/// Generated samples come in batches of 250 from the latent points that a stream has at the steps 0, 1 and so on, so that the first
/// of many are those of few. The streams are `evaluation/selection` while a run trains and `evaluation/report` when it ends: what is
/// reported was not chosen for its value. Classes are those of training samples, of the numbers "index below their count" of the
/// words of `evaluation/classes` at the step.
package final class SampleEvaluator {
  /// A measured value with what it was measured of.
  package struct Finding: Sendable {
    /// What it is.
    package let column: Column
    /// The value and its standard error.
    package let measured: Measured
    /// What real samples get in place of generated ones; nil where it was not asked for.
    package let floor: Double?
    /// How many generated samples there were.
    package let generated: Int
    /// How many real samples they were compared with.
    package let real: Int
  }

  /// Which latent points are measured.
  package enum Stream: String {
    /// While a run trains.
    case selection = "evaluation/selection"
    /// When it ends.
    case report = "evaluation/report"
  }

  private static let batch = 250
  /// The most training samples among which nearest ones are looked for.
  static let mostTraining = 60_000

  private let task: any SamplingTask
  private let fields: EvaluationFields
  let experiment: Experiment
  let data: TaskData
  private let state: State
  let pool: ThreadPool
  let space: FeatureSpace
  private var findings: [Int: RealFindings] = [:]
  private var knownTraining: (numbers: [Int], samples: SampleSet)?
  private var sampler: (stream: Stream, sampler: Sampler)?

  /// Measures the parameters in `state` by the metrics of the experiment's `evaluation` section.
  package init(
    _ task: any SamplingTask, _ fields: EvaluationFields, of experiment: Experiment, data: TaskData, state: State,
    pool: ThreadPool
  ) throws(PlanError) {
    (self.task, self.fields, self.experiment, self.data) = (task, fields, experiment, data)
    (self.state, self.pool) = (state, pool)
    space = try FeatureSpace(
      data.features, sampleShape: experiment.dataset.sampleShape, bounds: experiment.dataset.bounds,
      batch: SampleEvaluator.batch, pool: pool)
  }

  /// The values of a measurement, in the order of its columns.
  package func measure(
    _ measurement: EvaluationFields.Measurement, _ stream: Stream, withFloors: Bool
  ) throws(PlanError) -> [Finding] {
    let generated = try generate(measurement.samples, stream)
    let real = findings[measurement.samples] ?? RealFindings()
    findings[measurement.samples] = real
    let subject = subject(generated, of: measurement.samples, real)
    let values = measurement.metrics.flatMap { $0.values(of: subject) }
    let floors = withFloors ? self.floors(measurement, subject, real) : []
    return measurement.columns(fields.label).enumerated().map { number, column in
      Finding(
        column: column, measured: values[number], floor: withFloors ? floors[number] : nil,
        generated: generated.count, real: subject.reference.count)
    }
  }

  /// What is measured at the end of a run, beside what real samples get.
  package func conclusion() throws(PlanError) -> Conclusion {
    let findings = try measure(fields.atEnd, .report, withFloors: true)
    return Conclusion(
      findings: findings, verdicts: SampleEvaluator.verdicts(findings, of: fields.atEnd),
      neighbours: try neighbours(), features: data.features.map { ($0.name, $0.digest) })
  }

  /// What values say that were measured with floors, a sentence a metric that has one.
  package static func verdicts(
    _ findings: [Finding], of measurement: EvaluationFields.Measurement
  ) -> [Verdict] {
    var start = 0
    return measurement.metrics.compactMap { metric in
      let own = findings[start..<(start + metric.columns.count)]
      start += own.count
      return metric.verdict(own.map(\.measured), floor: own.map { $0.floor ?? .nan })
    }
  }

  /// The generated samples beside real ones.
  private func subject(_ generated: SampleSet, of count: Int, _ real: RealFindings) -> Subject {
    Subject(
      generated: generated, reference: real.value("reference") { reference(count) },
      training: { [self] in trainingSamples().samples },
      trainingClasses: data.table.labels.map { $0.map { Int($0) } }, mixture: mixture, seed: experiment.seed,
      real: real,
      pool: pool)
  }

  /// What real samples get in place of generated ones.
  private func floors(
    _ measurement: EvaluationFields.Measurement, _ subject: Subject, _ real: RealFindings
  ) -> [Double] {
    let ofTraining = self.subject(training(measurement.samples), of: measurement.samples, real)
    let all = subject.reference
    let half = all.count / 2
    let ofHeldOut = Subject(
      generated: all.taking(half..<all.count), reference: all.taking(0..<half),
      training: { [self] in trainingSamples().samples }, trainingClasses: subject.trainingClasses,
      mixture: mixture, seed: experiment.seed, pool: pool)
    return measurement.metrics.flatMap { metric in
      metric.values(of: metric.floor == .training ? ofTraining : ofHeldOut).map(\.value)
    }
  }

  /// Real samples, drawn by the stream `evaluation/reference`: held-out ones, or where there are none training samples.
  private func reference(_ count: Int) -> SampleSet {
    let table = data.validation ?? data.table
    return space.samples(of: table, numbers: drawn(count, of: table, "reference"))
  }

  /// The training samples among which nearest ones are looked for, with their numbers in the table.
  func trainingSamples() -> (numbers: [Int], samples: SampleSet) {
    if let knownTraining { return knownTraining }
    let numbers = drawn(SampleEvaluator.mostTraining, of: data.table, "training")
    let made = (numbers, space.samples(of: data.table, numbers: numbers))
    knownTraining = made
    return made
  }

  /// The values of the first batch of a stream.
  func firstValues(_ stream: Stream) throws(PlanError) -> [Float] {
    try sampler(of: stream).samples(step: 0, classes: classes(of: 0, Random(seed: experiment.seed)))
  }

  /// Training samples, drawn by the stream `evaluation/training`.
  private func training(_ count: Int) -> SampleSet {
    // The first of those, where they are known.
    if let knownTraining, knownTraining.numbers.count >= count { return knownTraining.samples.taking(0..<count) }
    return space.samples(of: data.table, numbers: drawn(count, of: data.table, "training"))
  }

  /// The numbers of so many samples: the first of a permutation at step 0.
  private func drawn(_ count: Int, of table: Table, _ name: String) -> [Int] {
    let order = Random(seed: experiment.seed).permutation(stream: "evaluation/\(name)", step: 0, count: table.count)
    return order.prefix(count).map { Int($0) }
  }

  private var mixture: Mixture? {
    guard let source = experiment.dataset.source as? any GaussianMixture else { return nil }
    let centres = source.centres
    return Mixture(
      centres: Matrix(rows: centres.count, columns: 2, values: centres.flatMap { [Double($0.x), Double($0.y)] }),
      deviation: source.stddev)
  }

  /// So many generated samples.
  private func generate(_ count: Int, _ stream: Stream) throws(PlanError) -> SampleSet {
    let sampler = try sampler(of: stream)
    let random = Random(seed: experiment.seed)
    var parts: [SampleSet] = []
    for number in 0..<((count + SampleEvaluator.batch - 1) / SampleEvaluator.batch) {
      let step = UInt32(number)
      let classes = classes(of: step, random)
      let samples = sampler.samples(step: step, classes: classes)
      parts.append(
        space.samples(
          of: samples, classes: classes, count: min(SampleEvaluator.batch, count - number * SampleEvaluator.batch)))
    }
    return SampleSet.joined(parts)
  }

  private func sampler(of stream: Stream) throws(PlanError) -> Sampler {
    if let sampler, sampler.stream == stream { return sampler.sampler }
    sampler = nil
    var request = SampleRequest(count: SampleEvaluator.batch, seed: experiment.seed)
    request.stream = stream.rawValue
    request.drawsCodes = true
    let made = try task.sampler(request, state: state, pool: pool)
    sampler = (stream, made)
    return made
  }

  /// The classes of a batch; nil where the generator is told none.
  private func classes(of step: UInt32, _ random: Random) -> [Int]? {
    guard task.samplesClasses, let labels = data.table.labels else { return nil }
    return random.bits(stream: "evaluation/classes", step: step, count: SampleEvaluator.batch).map { word in
      Int(labels[Random.index(of: word, below: labels.count)])
    }
  }
}
