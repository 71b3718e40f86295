import Compute
import Evaluation

/// Measures what a task makes of its state: generated samples beside real ones.
///
/// Generated samples come in batches of 250 from the latent points that a stream has at the steps 0, 1 and so on, so that the first
/// of many are those of few. The streams are `evaluation/selection` while a run trains and `evaluation/report` when it ends: what is
/// reported was not chosen for its value. Classes are those of training samples, of the numbers "index below their count" of the
/// words of `evaluation/classes` at the step.
package final class SampleEvaluator {
  /// Which latent points are measured.
  package enum Stream: String {
    /// While a run trains.
    case selection = "evaluation/selection"
    /// When it ends.
    case report = "evaluation/report"
  }

  private let task: any SamplingTask
  private let fields: EvaluationFields
  private let seed: UInt64
  private let state: State
  private let judge: Judge
  private var sampler: (stream: Stream, sampler: Sampler)?

  /// Measures the parameters in `state` by the metrics of the experiment's `evaluation` section.
  package init(
    _ task: any SamplingTask, _ fields: EvaluationFields, of experiment: Experiment, data: TaskData, state: State,
    pool: ThreadPool
  ) throws(PlanError) {
    (self.task, self.fields, self.state, seed) = (task, fields, state, experiment.seed)
    judge = try Judge(fields, of: experiment.dataset, seed: experiment.seed, data: data, pool: pool)
  }

  /// The values of a measurement, in the order of its columns, and what it counted.
  package func measure(
    _ measurement: EvaluationFields.Measurement, _ stream: Stream, withFloors: Bool
  ) throws(PlanError) -> (findings: [Finding], counts: [BinCounts]) {
    let generated = try generate(measurement.samples, stream)
    return (
      judge.measure(measurement, of: generated, withFloors: withFloors), judge.counts(measurement, of: generated)
    )
  }

  /// What is measured at the end of a run, beside what real samples get; nil where it is no longer wanted.
  /// - Parameters:
  ///   - withNeighbours: whether the nearest training samples are shown too, for which all of these are looked at.
  ///   - isWanted: is asked before each metric.
  package func conclusion(
    withNeighbours: Bool = true, isWanted: () -> Bool = { true }
  ) throws(PlanError) -> Conclusion? {
    guard isWanted() else { return nil }
    let generated = try generate(fields.atEnd.samples, .report)
    guard let findings = judge.measure(fields.atEnd, of: generated, withFloors: true, isWanted) else { return nil }
    let neighbours =
      withNeighbours ? judge.neighbours(of: try sampler(of: .report).samples(step: 0, classes: classes(of: 0))) : nil
    return Conclusion(
      findings: findings, counts: judge.counts(fields.atEnd, of: generated),
      verdicts: Judge.verdicts(findings, of: fields.atEnd), neighbours: neighbours,
      features: judge.data.features.map { ($0.name, $0.digest) })
  }

  /// So many generated samples.
  private func generate(_ count: Int, _ stream: Stream) throws(PlanError) -> SampleSet {
    let sampler = try sampler(of: stream)
    var gathered = FeatureSpace.Gathering(judge.space, capacity: count)
    for number in 0..<((count + Judge.batch - 1) / Judge.batch) {
      let classes = classes(of: UInt32(number))
      gathered.append(sampler.samples(step: UInt32(number), classes: classes), classes: classes)
    }
    return gathered.samples
  }

  private func sampler(of stream: Stream) throws(PlanError) -> Sampler {
    if let sampler, sampler.stream == stream { return sampler.sampler }
    sampler = nil
    var request = SampleRequest(count: Judge.batch, seed: seed)
    request.stream = stream.rawValue
    request.drawsCodes = true
    let made = try task.sampler(request, state: state, pool: judge.pool)
    sampler = (stream, made)
    return made
  }

  /// The classes of a batch; nil where the generator is told none.
  private func classes(of step: UInt32) -> [Int]? {
    guard task.samplesClasses, let labels = judge.data.table.labels else { return nil }
    return Random(seed: seed).bits(stream: "evaluation/classes", step: step, count: Judge.batch).map { word in
      Int(labels[Random.index(of: word, below: labels.count)])
    }
  }
}
