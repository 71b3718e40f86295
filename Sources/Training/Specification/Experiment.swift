import Compute
import Datasets
import Networks
import Specs

/// A spec as one value: everything that decides what a run computes.
package struct Experiment: Sendable {
  /// The experiment's name, also that of its folder under `Runs/`.
  package let name: String
  /// The seed of all its randomness.
  package let seed: UInt64
  /// The seeds of the group of runs that the spec asks for; nil where it asks for one run.
  package let seeds: [UInt64]?
  /// Where real samples come from.
  package let dataset: SurveyedDataset
  /// The name of the dataset in the catalogue.
  package var datasetName: String { dataset.name }
  /// What is trained.
  package let task: any Task
  /// The `initial_weights` section; nil where parameters are drawn.
  package let initialWeights: InitialWeightsFields?
  /// The `record` section.
  package let recording: Recording
  /// Every array that lives from step to step.
  package let layout: StateLayout
  /// The spec with every default, override and parent.
  package let resolved: Node

  /// What every task's `training` section says.
  package var training: Training { task.training }
  /// Samples that steps learn from.
  package var trainingCount: Int {
    if case .share(let count)? = task.validation { dataset.count - count } else { dataset.count }
  }
  /// The steps of a pass over the data.
  package var stepsPerEpoch: Int { training.stepsPerEpoch(trainingCount, perStep: task.samplesPerStep) }
  /// The steps of the run.
  package var totalSteps: Int { training.totalSteps(trainingCount, perStep: task.samplesPerStep) }

  /// The epoch, from 1, that a step, from 1, belongs to.
  package func epoch(of step: Int) -> Int { step == 0 ? 0 : (step - 1) / stepsPerEpoch + 1 }

  /// Reads and builds a spec; nil after reports to `diagnostics`.
  /// - Parameters:
  ///   - root: the merged document.
  ///   - fallbackName: the name of an experiment that gives none.
  ///   - seed: takes the place of the spec's seed.
  ///   - data: how it is found out what the data are like.
  package init?(
    _ root: Node, fallbackName: String, seed: UInt64? = nil, data: DataKnowledge, diagnostics: Diagnostics
  ) {
    // Left in place where the parent could not be read, which has been reported.
    let isPartial = root["extends"] != nil
    var fields = Fields(root.removing("extends"), of: "a spec", diagnostics: diagnostics)
    fields.ignoreKeys(beginningWith: Experiment.extensionPrefix)
    fields.leaveOut(NeedlessNames(["sweep"], "this is a sweep: train it with gan-exp sweep"))
    let task = TaskCatalog.task(of: root)
    guard TaskCatalog.isOfOneTask(root, diagnostics) else { return nil }
    let sections = SpecSections(from: &fields, task: task, fallbackName: fallbackName, data: data)
    fields.finish(isPartial: isPartial)
    guard !isPartial else { return nil }

    var layout = StateLayout()
    let built = sections.task.task(
      on: sections.dataset, spec: fields, layout: &layout, diagnostics: diagnostics)
    guard let dataset = sections.dataset, let built else { return nil }
    if let weights = sections.initialWeights, let location = data.specLocation {
      weights.check(built.networks, in: location, diagnostics)
      guard !diagnostics.hasErrors else { return nil }
    }
    name = sections.name
    self.seed = seed ?? UInt64(sections.seed)
    seeds = sections.seeds?.map(UInt64.init)
    self.dataset = dataset
    self.task = built
    initialWeights = sections.initialWeights
    recording = sections.recording
    self.layout = layout
    // A run has one seed, whichever others its group has.
    let resolved = fields.resolved.removing("seeds")
    self.resolved = seed.map { Experiment.replacingSeed(in: resolved, by: $0) } ?? resolved
  }

  private static func replacingSeed(in resolved: Node, by seed: UInt64) -> Node {
    Node(
      .mapping(
        (resolved.pairs ?? []).map { pair in
          pair.key.text == "seed" ? (pair.key, Node.integer(Int(truncatingIfNeeded: seed))) : pair
        }), mark: resolved.mark)
  }

  /// What a spec of a task can say, for the JSON Schema and the documentation.
  package static func description(of task: any Task.Type) -> FieldsDescription {
    var fields = Fields.describing(subject: "a spec")
    fields.ignoreKeys(beginningWith: extensionPrefix)
    let parentKey = "extends"
    _ = fields.optionalString(
      FieldName(parentKey, alsoCalled: ["base", "parent", "inherits"]),
      "the path of a spec that this one changes, relative to it")
    _ = SpecSections(from: &fields, task: task, fallbackName: "experiment", data: .looking(.standard()))
    return FieldsDescription(
      subject: "a spec", fields: fields.description.fields, parentKey: parentKey, ignoredPrefix: extensionPrefix)
  }

  /// How the keys of a spec begin that hold anything, such as anchors.
  package static let extensionPrefix = "x-"

  /// Finds the layer that an origin stands for.
  package func layer(of origin: Origin) -> (path: String, layer: String, mark: Mark)? {
    for network in task.networks {
      guard let number = network.layerNumber(of: origin) else { continue }
      return ("\(network.name)[\(number)]", network.rows[number].layer, network.rows[number].mark)
    }
    return nil
  }
}

/// The sections of a spec: those that all have, and between them the task's own.
struct SpecSections {
  let name: String
  let seed: Int
  let seeds: [Int]?
  /// nil where it was wrong.
  let dataset: SurveyedDataset?
  let task: any TaskSections
  let initialWeights: InitialWeightsFields?
  let recording: Recording

  init(from fields: inout Fields, task: any Task.Type, fallbackName: String, data: DataKnowledge) {
    name = fields.string(
      FieldName("name", example: "my-experiment"), default: ExperimentName.nearest(to: fallbackName),
      "the experiment's name and that of its folder",
      validate: ExperimentName.refusal)
    fields.document("name", default: "the file's name", pattern: ExperimentName.pattern)
    seed = fields.integer(
      FieldName("seed", alsoCalled: ["random_seed"], example: "42"), in: 0...Int.max, default: 42,
      "the seed of everything random")
    seeds = fields.optionalIntegerRanges(
      FieldName("seeds", alsoCalled: ["random_seeds", "repeats"]), count: 1...10_000,
      "the seeds of a group: gan-exp run trains a run of each, as with --seeds")
    dataset = data.dataset(in: &fields)
    let sections = task.sections.init(from: &fields, dataset: dataset, data: data)
    self.task = sections
    initialWeights = fields.optionalGroup(
      FieldName("initial_weights", alsoCalled: ["pretrained", "init_from", "load_weights"]),
      "parameters to begin with, from a safetensors file of any program; by default they are drawn",
      read: InitialWeightsFields.init(from:))
    let sheet = sections.sheetSamples(of: dataset)
    recording = fields.group("record", "what a run writes, and when") { fields in
      Recording(from: &fields, sampleCount: sheet)
    }
  }
}
