import Compute
import Datasets
import Networks
import Specs

/// The sections of a spec with a `network`.
struct SupervisedSections: TaskSections {
  /// nil where an entry was wrong, so that shapes cannot be judged.
  let network: [Marked<any Layer>]?
  let loss: (any ClassificationLoss)?
  let optimizer: (any Optimizer)?
  let training: SupervisedTraining
  let validation: ValidationFields

  init(from fields: inout Fields, dataset: SurveyedDataset?, data: DataKnowledge) {
    let classes = dataset?.classes?.count ?? 10
    network = fields.stack(
      .network, "the layers that turn a sample into logits of its class",
      example: "[\(dataset.map { $0.sampleShape.count } == 1 ? "" : "flatten, ")dense: {units: \(classes)}]")
    loss = fields.item(
      .loss, of: ClassificationLossCatalog.all, default: SoftmaxCrossEntropy.name, "what the network minimises")
    optimizer = fields.item(
      FieldName("optimizer", alsoCalled: ["optimizers"]), of: OptimizerCatalog.all, default: "adam",
      "how the network follows its gradients")
    training = fields.group(.training, "how batches are drawn", read: SupervisedTraining.init(from:))
    let spec = fields.resolved
    validation = fields.group(
      FieldName("validation", alsoCalled: ["val", "validation_split"]),
      "the samples on which the network is evaluated"
    ) { fields in
      ValidationFields(from: &fields, of: dataset, spec: spec, data: data)
    }
  }

  func sheetSamples(of dataset: SurveyedDataset?) -> Int { 40 }

  func task(
    on dataset: SurveyedDataset?, spec: Fields, layout: inout StateLayout, diagnostics: Diagnostics
  ) -> (any Task)? {
    Supervised(self, on: dataset, spec: spec, layout: &layout, diagnostics: diagnostics)
  }
}
