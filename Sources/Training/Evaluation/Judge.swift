import Compute
import Datasets
import Evaluation
import Networks

/// A measured value with what it was measured of.
package struct Finding: Sendable {
  /// What it is.
  package let column: Column
  /// The value and its standard error.
  package let measured: Measured
  /// Why there is nothing to measure, in a sentence without a full stop; nil where there is.
  package let problem: String?
  /// What real samples get in place of generated ones; nil where it was not asked for.
  package let floor: Double?
  /// Whether it is measured by features.
  package let isOfFeatures: Bool
  /// How many generated samples there were.
  package let generated: Int
  /// How many real samples they were compared with.
  package let real: Int
}

/// Measures samples, whoever made them, beside real ones of a dataset.
package final class Judge {
  /// Samples that are looked at together.
  static let batch = 250
  /// The most training samples among which nearest ones are looked for.
  static let mostTraining = 60_000

  private let label: String?
  private let dataset: SurveyedDataset
  private let seed: UInt64
  let data: TaskData
  let pool: ThreadPool
  let space: FeatureSpace
  /// The classes of the data among the classifier's; nil where there is none, or one of others.
  private let classNumbers: ClassNumbers?
  private var findings: [Int: RealFindings] = [:]
  private var knownTraining: (numbers: [Int], samples: SampleSet)?

  /// Measures beside samples of a dataset.
  /// - Parameters:
  ///   - fields: say by what samples are measured.
  ///   - seed: of what is drawn.
  package init(
    _ fields: EvaluationFields, of dataset: SurveyedDataset, seed: UInt64, data: TaskData, pool: ThreadPool
  ) throws(PlanError) {
    (label, self.dataset, self.seed, self.data, self.pool) = (fields.label, dataset, seed, data, pool)
    classNumbers = data.features?.classNumbers(of: dataset)
    space = try FeatureSpace(
      data.features, sampleShape: dataset.sampleShape, bounds: dataset.bounds, batch: Judge.batch,
      keepsImages: fields.regular.looksAtImages || fields.atEnd.looksAtImages, pool: pool)
  }

  /// The values of a measurement, in the order of its columns.
  package func measure(
    _ measurement: EvaluationFields.Measurement, of generated: SampleSet, withFloors: Bool
  ) -> [Finding] {
    measure(measurement, of: generated, withFloors: withFloors) { true } ?? []
  }

  /// The values of a measurement, in the order of its columns; nil where they are no longer wanted.
  /// - Parameter isWanted: is asked before each metric.
  package func measure(
    _ measurement: EvaluationFields.Measurement, of generated: SampleSet, withFloors: Bool, _ isWanted: () -> Bool
  ) -> [Finding]? {
    let real = findings[measurement.samples] ?? RealFindings()
    findings[measurement.samples] = real
    let subject = subject(generated, of: measurement.samples, real)
    let problemOfReal = problemOfReal(measurement, subject, real)
    let problem = generated.isFinite ? problemOfReal : "some are not finite, so that nothing can be measured"
    var values: [Measured] = []
    for metric in measurement.metrics {
      guard isWanted() else { return nil }
      values += problem == nil ? metric.values(of: subject) : metric.columns.map { _ in Measured(.nan) }
    }
    var floors: [Double?] = measurement.columns.map { _ in withFloors ? .nan : nil }
    if withFloors, problemOfReal == nil {
      guard let found = self.floors(measurement, generated.count, subject, real, isWanted) else { return nil }
      floors = found
    }
    let areOfFeatures = measurement.metrics.flatMap { metric in
      metric.columns.map { _ in !metric.needs.isDisjoint(with: [.features, .classifier]) }
    }
    return measurement.columns.enumerated().map { number, column in
      Finding(
        column: column, measured: values[number], problem: problem, floor: floors[number],
        isOfFeatures: areOfFeatures[number], generated: generated.count, real: subject.reference.count)
    }
  }

  /// How many samples the metrics of a measurement count in classes, modes and the like; nothing where nothing can be measured.
  package func counts(_ measurement: EvaluationFields.Measurement, of generated: SampleSet) -> [BinCounts] {
    let real = findings[measurement.samples] ?? RealFindings()
    findings[measurement.samples] = real
    let subject = subject(generated, of: measurement.samples, real)
    guard generated.isFinite, problemOfReal(measurement, subject, real) == nil else { return [] }
    return BinCounts.distinct(measurement.metrics.compactMap { $0.counts(of: subject) })
  }

  /// Why nothing can be measured beside the real samples; nil where it can.
  private func problemOfReal(
    _ measurement: EvaluationFields.Measurement, _ subject: Subject, _ real: RealFindings
  ) -> String? {
    let looksAtTraining = measurement.metrics.contains {
      $0.looksAtTraining(labelsTell: classNumbers?.isWhole ?? false)
    }
    let isFinite = real.value("finite \(looksAtTraining)") { [self] in
      subject.reference.isFinite && (!looksAtTraining || trainingSamples().samples.isFinite)
    }
    return isFinite
      ? nil
      : "\(data.features.map { "features of real samples by \($0.name)" } ?? "values of real samples") are not finite, so that "
        + "nothing can be measured"
  }

  /// What values say that were measured with floors, a sentence a metric that has one.
  package static func verdicts(
    _ findings: [Finding], of measurement: EvaluationFields.Measurement
  ) -> [Verdict] {
    if let problem = findings.first?.problem { return [Verdict(subject: "samples", sentence: problem)] }
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
      trainingClasses: trainingClasses, classNumbers: classNumbers?.numbers, mixture: mixture, seed: seed, real: real,
      pool: pool)
  }

  /// The classes of all training samples; nil where the classifier tells others apart, or more.
  private var trainingClasses: [Int]? {
    guard let classNumbers, classNumbers.isWhole else { return nil }
    return data.table.labels.map { $0.map { Int($0) } }
  }

  /// What so many real samples get in place of generated ones.
  private func floors(
    _ measurement: EvaluationFields.Measurement, _ count: Int, _ subject: Subject, _ real: RealFindings,
    _ isWanted: () -> Bool
  ) -> [Double]? {
    // One after the other, since they are as large as what is measured.
    var floors = [[Double]](repeating: [], count: measurement.metrics.count)
    for floor in Floor.allCases {
      let numbers = measurement.metrics.indices.filter { measurement.metrics[$0].floor == floor }
      guard !numbers.isEmpty else { continue }
      let standIn =
        switch floor {
        case .training: self.subject(training(count), of: measurement.samples, real)
        case .heldOut: halves(of: subject)
        }
      for number in numbers {
        guard isWanted() else { return nil }
        floors[number] = measurement.metrics[number].values(of: standIn).map(\.value)
      }
    }
    return Array(floors.joined())
  }

  /// The second half of the reference samples beside the first.
  private func halves(of subject: Subject) -> Subject {
    let all = subject.reference
    let half = all.count / 2
    return Subject(
      generated: all.taking(half..<all.count), reference: all.taking(0..<half),
      training: { [self] in trainingSamples().samples }, trainingClasses: subject.trainingClasses,
      classNumbers: classNumbers?.numbers, mixture: mixture, seed: seed, pool: pool)
  }

  /// Real samples, drawn by the stream `evaluation/reference`: held-out ones, or where there are none training samples, at most half
  /// of them.
  private func reference(_ count: Int) -> SampleSet {
    let table = data.validation ?? data.table
    let most = data.validation == nil ? table.count / 2 : table.count
    return space.samples(of: table, numbers: Array(drawn(table, "reference").prefix(min(count, most))))
  }

  /// The training samples among which nearest ones are looked for, with their numbers in the table.
  func trainingSamples() -> (numbers: [Int], samples: SampleSet) {
    if let knownTraining { return knownTraining }
    let numbers = Array(drawn(data.table, "training").prefix(Judge.mostTraining))
    let made = (numbers, space.samples(of: data.table, numbers: numbers))
    knownTraining = made
    return made
  }

  /// Training samples, drawn by the stream `evaluation/training`; where nothing is held out those that follow the reference samples
  /// in the permutation of these, so that none is measured beside itself.
  private func training(_ count: Int) -> SampleSet {
    guard data.validation != nil else {
      let first = min(count, data.table.count / 2)
      let numbers = drawn(data.table, "reference").dropFirst(first).prefix(count)
      return space.samples(of: data.table, numbers: Array(numbers))
    }
    // The first of those, where they are known.
    if let knownTraining, knownTraining.numbers.count >= count { return knownTraining.samples.taking(0..<count) }
    return space.samples(of: data.table, numbers: Array(drawn(data.table, "training").prefix(count)))
  }

  /// The numbers of all samples in the order of a permutation at step 0.
  private func drawn(_ table: Table, _ name: String) -> [Int] {
    Random(seed: seed).permutation(stream: "evaluation/\(name)", step: 0, count: table.count).map { Int($0) }
  }

  private var mixture: Mixture? {
    guard let source = dataset.source as? any GaussianMixture else { return nil }
    let centres = source.centres
    return Mixture(
      centres: Matrix(rows: centres.count, columns: 2, values: centres.flatMap { [Double($0.x), Double($0.y)] }),
      deviation: source.stddev)
  }
}
