import Compute
import Datasets
import Evaluation
import Networks
import Specs

/// The `evaluation` section: how generated samples are measured while a run trains, and when it ends.
package struct EvaluationFields: Sendable {
  /// Epochs between evaluations.
  package let every: Int
  /// What is measured after these.
  package let regular: Measurement
  /// What is measured when the run ends.
  package let atEnd: Measurement
  /// What columns are called for the features, behind an @; nil for values that are no images'.
  package let label: String?
  /// What samples are measured by.
  package let features: any FeatureSource
  /// The network of the features, where it was looked at.
  let network: FeatureNetwork?
  /// The classes of the data among those of the network; nil where that is not known, or it tells others apart.
  let classNumbers: ClassNumbers?
  /// The column of which the best value's checkpoint is kept; nil for none.
  package let best: Column?
  /// Evaluations without a better value of it after which the run ends; nil for none.
  package let patience: Int?
  /// Real samples that nothing learns from; nil where there are no others than the training samples.
  package let heldOut: SurveyedDataset?

  /// Reads which checkpoint is the best, and how long a better one is waited for.
  private static func selection(from fields: inout Fields, among columns: [Column]) -> (Column?, Int?) {
    let names = columns.map(\.name).joined(separator: ", ")
    let wanted = fields.optionalString(
      FieldName("best", alsoCalled: ["monitor", "save_best"], example: "mind"),
      "the column of which checkpoints/best.safetensors has the best value; verdict.csv is then of that checkpoint")
    let patience = fields.optionalInteger(
      "patience", in: 1...1_000_000,
      "early stopping: the run ends after so many evaluations without a better value of best")
    let best = wanted.flatMap { name in
      columns.first { $0.name == name } ?? columns.first { $0.name.hasPrefix("\(name)@") }
    }
    if let wanted, best == nil, !fields.isDescribing {
      fields.error("best is \(wanted), which no metric here measures", at: "best", remedy: "use one of \(names)")
    }
    if patience != nil, wanted == nil {
      fields.error("patience waits for a better value of best, which is not given", at: "patience", remedy: "give best")
    }
    return (best, patience)
  }

  /// So many samples, and what is measured of them.
  package struct Measurement: Sendable {
    /// The generated samples.
    package let samples: Int
    /// The metrics.
    let metrics: [any Metric]
    /// The columns of its values, in order, named for the features that they are of, where these have a name.
    package let columns: [Column]

    /// - Parameters:
    ///   - features: what the features are called; nil for values that are no images'.
    ///   - sampleShape: of the data; empty where they are not known.
    init(samples: Int, metrics: [any Metric], features: String?, sampleShape: [Int]) {
      (self.samples, self.metrics) = (samples, metrics)
      columns = metrics.flatMap { metric in
        let label = metric.label(features: features, sampleShape: sampleShape)
        return metric.columns.map { column in label.map { column.named("\(column.name)@\($0)") } ?? column }
      }
    }

    /// Whether it counts samples in classes, modes and the like.
    package var countsBins: Bool { metrics.contains { $0.counted != nil } }

    /// Whether it looks at samples as images.
    var looksAtImages: Bool { metrics.contains { $0.needs.contains(.images) } }
  }

  /// Reads the section.
  init(
    from fields: inout Fields, dataset: SurveyedDataset?, isConditional: Bool, spec: Node, data knowledge: DataKnowledge
  ) {
    let own = fields.optionalItem(
      .dataset, of: DatasetCatalog.all, "held-out samples to measure against, in place of the dataset's test split")
    if let own {
      heldOut = knowledge.validation(own, at: fields.mark(of: "dataset"), diagnostics: fields.diagnostics)
    } else {
      heldOut = dataset.flatMap { EvaluationDefaults.heldOut(of: $0, spec, knowledge) }
    }
    every = fields.integer("every", in: 1...1_000_000, default: 1, "epochs between evaluations")
    let source = fields.item(
      FieldName("features", alsoCalled: ["feature_network", "encoder"]), of: FeatureCatalog.all,
      default: EvaluationDefaults.features(of: dataset), "what samples are measured by")
    features = source ?? ValueFeatures.standard
    let usual = EvaluationDefaults(
      dataset: dataset, features: features, isConditional: isConditional, hasHeldOut: heldOut != nil)
    let check = MetricCheck(
      dataset: dataset, heldOut: heldOut, isConditional: isConditional, features: features,
      diagnostics: fields.diagnostics)
    label = check.label
    regular = Measurement(from: &fields, samples: 2000, usual.regular, check, hasFloors: false)
    atEnd = fields.group("at_end", "what is measured when the run ends") { fields in
      Measurement(from: &fields, samples: 10_000, usual.atEnd, check, hasFloors: true)
    }
    network = EvaluationFields.network(
      features, of: dataset, metrics: regular.metrics + atEnd.metrics, in: knowledge.location,
      at: fields.mark(of: "features"), fields.diagnostics)
    let (file, seen) = (features.network, network)
    classNumbers = dataset.flatMap { seen?.classNumbers(of: $0) ?? file?.classNumbers(of: $0) }
    let columns = regular.columns.filter { $0.direction != .none }
    (best, patience) = EvaluationFields.selection(from: &fields, among: columns)
  }
}

extension ValueFeatures {
  /// The values themselves, as they are read without fields.
  static var standard: ValueFeatures {
    var fields = Fields.describing(subject: name)
    return ValueFeatures(from: &fields)
  }
}
