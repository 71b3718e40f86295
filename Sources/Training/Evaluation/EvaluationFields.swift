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
  /// What samples are measured by.
  package let features: any FeatureSource
  /// The column of which the best value's checkpoint is kept; nil for none.
  package let best: Column?
  /// Evaluations without a better value after which the run ends; nil for none.
  package let patience: Int?
  /// Real samples that nothing learns from; nil where there are no others than the training samples.
  package let heldOut: SurveyedDataset?

  /// So many samples, and what is measured of them.
  package struct Measurement: Sendable {
    /// The generated samples.
    let samples: Int
    /// The metrics.
    let metrics: [any Metric]

    /// The columns of its values, in order, named for the features that they are of.
    func columns(_ features: any FeatureSource) -> [Column] {
      metrics.flatMap { metric in
        metric.columns.map { column in
          guard metric.needs.isDisjoint(with: [.features, .classifier]) == false, let label = features.label else {
            return column
          }
          return column.named("\(column.name)@\(label)")
        }
      }
    }
  }

  /// Reads the section.
  init(
    from fields: inout Fields, dataset: SurveyedDataset?, isConditional: Bool, spec: Node, data knowledge: DataKnowledge
  ) {
    let usual = EvaluationDefaults(dataset: dataset, isConditional: isConditional)
    every = fields.integer("every", in: 1...1_000_000, default: 1, "epochs between evaluations")
    let samples = fields.integer(
      FieldName("samples", alsoCalled: ["count", "num_samples"]), in: 2...1_000_000, default: 2000,
      "generated samples that are measured")
    let metrics = fields.items(
      "metrics", of: MetricCatalog.all, count: 1...50, default: usual.regular, "what is measured of them")
    let source = fields.item(
      FieldName("features", alsoCalled: ["feature_network", "encoder"]), of: FeatureCatalog.all,
      default: usual.features, "what samples are measured by")
    features = source ?? ValueFeatures.standard
    let own = fields.optionalItem(
      .dataset, of: DatasetCatalog.all, "held-out samples to measure against, in place of the dataset's test split")
    atEnd = fields.group("at_end", "what is measured when the run ends") { fields in
      Measurement(
        samples: fields.integer(
          FieldName("samples", alsoCalled: ["count"]), in: 2...1_000_000, default: 10_000,
          "generated samples that are measured"),
        metrics: fields.items(
          "metrics", of: MetricCatalog.all, count: 1...50, default: usual.atEnd, "what is measured of them"
        ).map(\.value))
    }
    regular = Measurement(samples: samples, metrics: metrics.map(\.value))
    let names = regular.columns(features).filter { $0.direction != .none }
    let wanted = fields.optionalString(
      "best", "the column of which checkpoints/best.safetensors has the best value")
    best = wanted.flatMap { name in names.first { $0.name == name || $0.name.hasPrefix("\(name)@") } }
    patience = fields.optionalInteger(
      FieldName("patience", alsoCalled: ["early_stopping"]), in: 1...1_000_000,
      "evaluations without a better value of best after which the run ends")
    if let wanted, best == nil {
      fields.error(
        "best is \(wanted), which is measured nowhere", at: "best",
        remedy: "use one of \(names.map(\.name).joined(separator: ", "))")
    }
    if patience != nil, wanted == nil {
      fields.error("patience waits for a better value of best, which is not given", at: "patience", remedy: "give best")
    }
    if let own {
      heldOut = knowledge.validation(own, at: fields.mark(of: "dataset"), diagnostics: fields.diagnostics)
    } else {
      heldOut = dataset.flatMap { EvaluationDefaults.heldOut(of: $0, spec, knowledge) }
    }
  }
}

extension ValueFeatures {
  /// The values themselves, as they are read without fields.
  static var standard: ValueFeatures {
    var fields = Fields.describing(subject: name)
    return ValueFeatures(from: &fields)
  }
}
