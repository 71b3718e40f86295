import Compute
import Datasets
import Networks
import Specs

/// The sections of a spec with a generator and a discriminator.
struct AdversarialSections: TaskSections {
  let latent: Latent
  let conditional: Conditional?
  /// nil where an entry was wrong, so that shapes cannot be judged.
  let generator: [Marked<any Layer>]?
  let discriminator: [Marked<any Layer>]?
  let loss: Marked<any Loss>?
  let regularizers: [Marked<any Regularizer>]
  let generatorOptimizer: (any Optimizer)?
  let discriminatorOptimizer: (any Optimizer)?
  let training: AdversarialTraining
  let evaluation: EvaluationFields?

  init(from fields: inout Fields, dataset: SurveyedDataset?, data: DataKnowledge) {
    latent = fields.group(
      FieldName("latent", alsoCalled: ["z_dim", "nz", "noise"]), "the generator's input", read: Latent.init(from:))
    conditional = fields.optionalGroup(
      "conditional", "class-conditional samples: layers such as embedding receive the class"
    ) {
      fields in
      Conditional(from: &fields, classes: dataset?.classes?.count)
    }
    let shape = dataset.map { Shape($0.sampleShape) } ?? [28, 28, 1]
    generator = fields.stack(
      .generator, "the layers that turn a latent vector into a sample", example: FitCheck.smallestGenerator(of: shape))
    discriminator = fields.stack(
      .discriminator, "the layers that turn a sample into a score",
      example: FitCheck.smallestDiscriminator(of: shape))
    loss = fields.item(.loss, of: LossCatalog.all, default: "non_saturating", "what both networks minimise")
      .map { Marked($0, mark: fields.mark(of: "loss")) }
    regularizers = fields.items(
      FieldName("regularization", alsoCalled: ["penalties", "regularizers"]), of: RegularizerCatalog.all, count: 0...20,
      "terms added to the losses, and rules for parameters")
    (generatorOptimizer, discriminatorOptimizer) = fields.group(
      FieldName("optimizers", alsoCalled: ["optimizer", "optimiser", "optimisers"]),
      "how each network follows its gradients"
    ) { fields in
      (
        fields.item(.generator, of: OptimizerCatalog.all, default: "adam", "the generator's optimizer"),
        fields.item(
          .discriminator, of: OptimizerCatalog.all, default: "adam", "the discriminator's optimizer")
      )
    }
    training = fields.group(
      .training, "how batches are drawn and updates ordered", read: AdversarialTraining.init(from:))
    let (isConditional, spec) = (conditional != nil, fields.resolved)
    evaluation = fields.optionalGroup(
      FieldName("evaluation", alsoCalled: ["eval", "evaluate", "metrics"]), "how generated samples are measured"
    ) { fields in
      EvaluationFields(from: &fields, dataset: dataset, isConditional: isConditional, spec: spec, data: data)
    }
    if dataset != nil { AdversarialSections.check(training.stopWhen, evaluation, fields.diagnostics) }
  }

  /// Reports symptoms to stop at that no column of the spec's metrics could show.
  private static func check(
    _ symptoms: [Marked<any Symptom>], _ evaluation: EvaluationFields?, _ diagnostics: Diagnostics
  ) {
    let measured = Set((evaluation?.regular.metrics ?? []).flatMap(\.columns).map(\.name))
    for symptom in symptoms {
      let kind = type(of: symptom.value)
      guard let first = kind.evaluationColumns.first, measured.isDisjoint(with: kind.evaluationColumns) else {
        continue
      }
      let metrics = kind.evaluationColumns.joined(separator: " or ")
      diagnostics.error(
        "\(kind.name) shows in \(metrics), which is not measured while the run trains", at: symptom.mark,
        remedy: "measure it: evaluation: {metrics: [\(first)]}")
    }
  }

  func sheetSamples(of dataset: SurveyedDataset?) -> Int {
    // A row for each class or first code, where there are some.
    let kinds = conditional?.classes ?? latent.codes?.categorical.first
    return dataset?.sampleShape == [2] ? 2500 : kinds.map { min(max($0, 1), 100) * Sampler.columns } ?? 64
  }

  func task(
    on dataset: SurveyedDataset?, spec: Fields, layout: inout StateLayout, diagnostics: Diagnostics
  ) -> (any Task)? {
    Adversarial(self, on: dataset, spec: spec, layout: &layout, diagnostics: diagnostics)
  }
}
