import Networks
import Specs

/// The `training` section of a generator and a discriminator: how their updates are ordered.
struct AdversarialTraining: Sendable {
  /// How the discriminator learns from the real and the generated batch.
  enum DiscriminatorUpdate: String, Choice {
    /// One update on their summed loss.
    case joint
    /// One update on the real batch, then one on the generated batch.
    case separate
  }

  /// How batches are drawn, and for how long.
  let common: Training
  /// How the discriminator's two losses are used.
  let discriminatorUpdate: DiscriminatorUpdate
  /// Discriminator updates (pairs of them, where separate) before the generator's in a step.
  let discriminatorSteps: Int
  /// Generator updates in a step.
  let generatorSteps: Int
  /// Samples that the discriminator sees as one (Lin et al., "PacGAN: The power of two samples in generative adversarial
  /// networks", 2018).
  let packing: Int
  /// Look-ahead updates of the discriminator.
  let unrolledSteps: Int
  /// The average of the generator's parameters from which samples are made; nil for the parameters themselves.
  let generatorAverage: AverageFields?
  /// Differentiable augmentation before the discriminator.
  let augmentation: Augmentation?

  /// The symptoms at which training ends.
  let stopWhen: [Marked<any Symptom>]

  /// Samples in a batch.
  var batchSize: Int { common.batchSize }
  /// Micro-batches in which a batch is passed before an update.
  var microBatches: Int { common.microBatches }

  /// Reads the section.
  init(from fields: inout Fields) {
    var common = Training(from: &fields)
    discriminatorUpdate = fields.choice(
      "discriminator_update", default: .joint,
      "joint: one update on the sum of both losses; separate: one on the real batch, then one on the generated batch")
    discriminatorSteps = fields.integer(
      FieldName("discriminator_steps", alsoCalled: ["n_critic", "critic_steps"]), in: 1...100, default: 1,
      "discriminator updates before the generator's in a step")
    generatorSteps = fields.integer("generator_steps", in: 1...100, default: 1, "generator updates in a step")
    packing = fields.integer(
      "packing", in: 1...16, default: 1,
      "samples joined along the last axis into one input of the discriminator (PacGAN)")
    common.readMicroBatches(from: &fields)
    unrolledSteps = fields.integer(
      "unrolled_steps", in: 0...20, default: 0,
      "look-ahead updates of the discriminator that the generator is differentiated through (unrolled GAN); 0: none"
    )
    generatorAverage = fields.optionalGroup(
      FieldName("generator_average", alsoCalled: ["ema"]),
      "samples are made from an exponential moving average of the generator's parameters"
    ) { fields in AverageFields(from: &fields, images: "images that the generator has made in its updates") }
    augmentation = fields.optionalGroup(
      .augmentation, "differentiable augmentation of real and generated samples before the discriminator"
    ) { fields in Augmentation(from: &fields) }
    stopWhen = fields.items(
      FieldName("stop_when", alsoCalled: ["terminate_on", "stop_on"]), of: SymptomCatalog.all, count: 0...20,
      "symptoms at which training ends, the verdict still being found")
    common.checkMicroBatches(fields)
    self.common = common
    if let problem = generatorAverage?.problem(images: imagesPerStep) {
      fields.error(problem.message, at: "generator_average", remedy: problem.remedy)
    }
  }

  /// Images that the generator makes in its updates of a step.
  var imagesPerStep: Int { batchSize * packing * generatorSteps }

  /// Real samples that one step uses.
  var samplesPerStep: Int { batchSize * discriminatorSteps * packing }

  /// How often a turn updates the discriminator.
  var updatesPerTurn: Int { discriminatorUpdate == .separate ? 2 : 1 }

  /// How often a step updates the discriminator.
  var discriminatorUpdates: Int { discriminatorSteps * updatesPerTurn }
}
