import Datasets
import Networks
import Specs

/// The `validation` section: samples that no step learns from.
struct ValidationFields: Sendable {
  /// The share of the training data that is held out; nil where they are other data.
  let share: Double?
  /// Other data: the test split of the dataset, or a dataset of their own; nil after a report, and where a share is held out.
  let data: SurveyedDataset?
  /// Whether other data are asked for.
  let isOfOtherData: Bool
  /// Epochs between evaluations.
  let every: Int

  /// Reads the section.
  init(from fields: inout Fields, of dataset: SurveyedDataset?, spec: Node, data knowledge: DataKnowledge) {
    let split = fields.optionalChoice("split", among: ["test"], "the split of the dataset to evaluate on")
    let own = fields.optionalItem(.dataset, of: DatasetCatalog.all, "data of their own, such as another file")
    isOfOtherData = fields.isGiven("split") || fields.isGiven("dataset")
    let key = FieldName("share", alsoCalled: ["validation_split"])
    let summary = "the share of the training data that is held out, drawn by the seed"
    if isOfOtherData {
      _ = fields.optionalNumber(key, in: .open(0, 1), summary)
      share = nil
    } else {
      share = fields.number(key, in: .open(0, 1), default: 0.1, summary)
    }
    fields.document("share", default: "0.1 where neither split nor dataset is given")
    every = fields.integer("every", in: 1...1_000_000, default: 1, "epochs between evaluations")
    let given = ["split", "dataset", "share"].filter(fields.isGiven)
    if given.count > 1 {
      fields.error(
        "\(given.joined(separator: " and ")) say twice what to evaluate on", at: given[1],
        remedy: "keep one of them")
    }
    guard isOfOtherData, given.count == 1 else {
      data = nil
      return
    }
    if let own {
      data = knowledge.validation(own, at: fields.mark(of: "dataset"), diagnostics: fields.diagnostics)
    } else if let split, let dataset {
      data = ValidationFields.split(split, of: dataset, spec, fields, knowledge)
    } else {
      data = nil
    }
  }

  /// The other split of a dataset.
  private static func split(
    _ split: String, of dataset: SurveyedDataset, _ spec: Node, _ fields: Fields, _ knowledge: DataKnowledge
  ) -> SurveyedDataset? {
    guard let part = type(of: dataset.source).partField else {
      fields.error(
        "\(dataset.name) has no splits", at: "split",
        remedy: "hold out a share: {share: 0.1}, or name other data: {dataset: {\(dataset.name): ...}}")
      return nil
    }
    guard spec["dataset"]?[dataset.name]?[part]?.text != split else {
      fields.error(
        "the network learns from the split \(split) already", at: "split", remedy: "use dataset: \(dataset.name)")
      return nil
    }
    return knowledge.otherSplit(split, of: dataset, spec, at: fields.mark(of: "split"), diagnostics: fields.diagnostics)
  }
}
