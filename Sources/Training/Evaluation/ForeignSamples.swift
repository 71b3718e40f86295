import Compute
import Datasets
import Evaluation
import Specs

/// Pictures that somebody else made, measured beside a dataset as a run of it would measure its own.
package struct ForeignSamples: Sendable {
  /// The dataset that they are measured beside.
  package let dataset: SurveyedDataset
  /// How they are measured.
  package let fields: EvaluationFields
  /// The seed of what is drawn.
  package static let seed: UInt64 = 42
  private let pictures: SurveyedDataset

  /// Reads what is asked for, as a spec says it.
  /// - Parameters:
  ///   - folder: the path of the pictures' folder.
  ///   - against: the dataset, `mnist` or `{mnist: {split: test}}`.
  ///   - overrides: changes of the section `evaluation`.
  ///   - location: where data are looked for.
  /// - Throws: `RunError` with all mistakes (65).
  package init(
    _ folder: String, against: String, overrides: [String], in location: DataLocation
  ) throws(RunError) {
    let diagnostics = Diagnostics()
    let text = SpecFile(
      path: "--against", bytes: [UInt8]("dataset: \(against)\n".utf8), overrides: ["evaluation.every=1"] + overrides,
      diagnostics: diagnostics)
    guard let root = text.root else { throw RunError(diagnostics) }
    var fields = Fields(root, of: "an evaluation", diagnostics: diagnostics)
    let knowledge = DataKnowledge.looking(location)
    let dataset = knowledge.dataset(in: &fields)
    let spec = fields.resolved
    let evaluation = fields.optionalGroup("evaluation", "how samples are measured") { fields in
      EvaluationFields(from: &fields, dataset: dataset, isConditional: false, spec: spec, data: knowledge)
    }
    fields.finish()
    guard !diagnostics.hasErrors, let dataset, let evaluation else { throw RunError(diagnostics) }
    guard dataset.sampleShape.count == 3, dataset.sampleShape[2] == 1 || dataset.sampleShape[2] == 3 else {
      throw RunError(
        "samples of \(dataset.name) are \(Shape(dataset.sampleShape)), no pictures",
        remedy: "give data that are pictures",
        exitCode: 65)
    }
    (self.dataset, self.fields) = (dataset, evaluation)
    pictures = try ForeignSamples.pictures(folder, of: dataset.sampleShape, in: location)
  }

  /// The folder as data of a shape.
  private static func pictures(
    _ folder: String, of shape: [Int], in location: DataLocation
  ) throws(RunError) -> SurveyedDataset {
    let diagnostics = Diagnostics()
    let entry = Node(
      .mapping([
        (Node.string("path"), Node.string(folder)),
        (Node.string("size"), .list([.integer(shape[0]), .integer(shape[1])])),
        (Node.string("channels"), Node.string(shape[2] == 1 ? "gray" : "rgb")),
      ]), mark: .nowhere)
    let named = Node(.mapping([(Node.string(ImageFolder.name), entry)]), mark: .nowhere)
    var fields = Fields(
      Node(.mapping([(Node.string("dataset"), named)]), mark: .nowhere), of: "an evaluation", diagnostics: diagnostics)
    guard let found = DataKnowledge.looking(location).dataset(in: &fields) else { throw RunError(diagnostics) }
    return found
  }

  /// Bytes at most while they are measured.
  private func bytes(threads: Int) -> Int {
    [dataset, pictures, fields.heldOut].compactMap(\.self).reduce(0) { $0 + $1.bytesInMemory }
      + fields.bytes(
        sampleShape: Shape(dataset.sampleShape), trainingCount: dataset.count, generatorValues: 0, threads: threads)
  }

  /// What is measured of them, beside what real samples get.
  /// - Parameters:
  ///   - memory: what the machine has.
  ///   - withNeighbours: whether the nearest training samples are shown too.
  package func conclusion(
    in location: DataLocation, threads: Int, memory: Int, withNeighbours: Bool
  ) throws(RunError) -> Conclusion {
    try Footprint.requireMemory(toEvaluate: bytes(threads: threads), limit: memory, threads: threads)
    do {
      let table = try dataset.load(from: location, seed: ForeignSamples.seed)
      let heldOut = try fields.heldOut?.load(from: location, seed: ForeignSamples.seed &+ 1)
      let network = try fields.network(of: dataset, in: location)
      let data = TaskData(table: table, validation: heldOut, features: network)
      let samples = try pictures.load(from: location, seed: ForeignSamples.seed)
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let judge = try Judge(fields, of: dataset, seed: ForeignSamples.seed, data: data, pool: pool)
      // The folder's pictures lie between -1 and 1.
      let bounds = dataset.bounds ?? -1...1
      let scale = (bounds.upperBound - bounds.lowerBound) / 2
      let count = min(samples.count, fields.atEnd.samples)
      if let metric = fields.atEnd.metrics.first(where: { $0.fewest > count }) {
        throw RunError(
          "\(type(of: metric).name) needs at least \(metric.fewest) samples, but there are \(count)",
          remedy: "give more pictures, or other metrics with --metrics", exitCode: 65)
      }
      let order = Random(seed: ForeignSamples.seed).permutation(
        stream: "evaluation/pictures", step: 0, count: samples.count)
      var gathered = FeatureSpace.Gathering(judge.space, capacity: count)
      var first: [Float] = []
      for start in stride(from: 0, to: count, by: Judge.batch) {
        let values = order[start..<min(start + Judge.batch, count)].flatMap { number -> [Float] in
          let own = samples.sample(Int(number))
          return bounds == -1...1 ? own : own.map { bounds.lowerBound + ($0 + 1) * scale }
        }
        if start == 0 { first = values }
        gathered.append(values)
      }
      let findings = judge.measure(fields.atEnd, of: gathered.samples, withFloors: true)
      return Conclusion(
        findings: findings, counts: judge.counts(fields.atEnd, of: gathered.samples),
        verdicts: Judge.verdicts(findings, of: fields.atEnd),
        neighbours: withNeighbours ? judge.neighbours(of: first) : nil,
        features: network.map { ($0.name, $0.digest) })
    } catch { throw RunError(of: error) }
  }
}
