import Compute
import Datasets
import Host
import Networks
import Specs
import Training

/// What a spec says and takes: everything that `check` finds, as a value.
package struct SpecReport: Encodable, Sendable {
  /// The spec's path as it was given.
  package let spec: String
  /// The experiment's name.
  package let name: String
  /// The seed of all its randomness.
  package let seed: UInt64
  /// The seeds of the group of runs that it asks for; nil where it asks for one run.
  package let seeds: [UInt64]?
  /// What the data are like.
  package let data: Samples
  /// The number of samples that the network is evaluated on; nil for tasks without evaluation.
  package let validationSamples: Int?
  /// The task's networks.
  package let networks: [Layers]
  /// How long it trains.
  package let steps: Steps
  /// Floating-point operations of a step.
  package let arithmetic: Arithmetic
  /// Bytes of memory.
  package let memory: Memory
  /// How often the state is evaluated, of which the time says nothing.
  package let evaluations: Int
  /// How long it should take.
  package let time: TimeEstimate
  /// What may not be meant.
  package let warnings: [Message]
  /// The spec with every default, override and parent.
  package let resolved: Node

  /// Samples of a dataset.
  package struct Samples: Encodable, Sendable {
    /// The dataset's name in the catalogue.
    package let dataset: String
    /// How many there are.
    package let count: Int
    /// The axes of one, features last.
    package let shape: [Int]
    /// Between which two values all lie; nil when any value is possible.
    package let range: [Float]?
    /// How many classes they have; nil where they have none.
    package let classes: Int?
    /// What they are called; nil where they are only numbered, or many.
    package let classNames: [String]?
    /// How much of the data was looked at; nil where there is nothing to look at.
    package let inspection: String?
  }

  /// A network by its layers.
  package struct Layers: Encodable, Sendable {
    /// Its name, such as `generator`.
    package let network: String
    /// The shape of one sample of its input.
    package let input: [Int]
    /// Its layers in order.
    package let layers: [Layer]
    /// The number of its trainable values.
    package let parameters: Int
    /// The last activation where it was left to the loss; nil where none was.
    package let foldedActivation: String?
  }

  /// A layer of a network.
  package struct Layer: Encodable, Sendable {
    /// Its name in a spec.
    package let layer: String
    /// The function that it applies last; nil where it has no `activation`.
    package let activation: String?
    /// The shape of one sample of its output.
    package let output: [Int]
    /// The number of its trainable values.
    package let parameters: Int
  }

  /// Steps of a run.
  package struct Steps: Encodable, Sendable {
    /// All of them.
    package let total: Int
    /// Those of a pass over the data.
    package let perEpoch: Int
    /// Samples in a batch.
    package let batchSize: Int
  }

  /// Floating-point operations of a step.
  package struct Arithmetic: Encodable, Sendable {
    /// All of them.
    package let operations: Int
    /// Those of matrix products alone.
    package let products: Int
  }

  /// Bytes by what needs them.
  package struct Memory: Encodable, Sendable {
    /// The most that there are at once.
    package let total: Int
    /// Those while the dataset is read, before there are the parts.
    package let loading: Int
    /// The parts of training in words, with their bytes.
    package let parts: [Part]

    /// A part of the memory.
    package struct Part: Encodable, Sendable {
      /// What needs it.
      package let name: String
      /// How many it needs.
      package let bytes: Int
    }
  }

  /// A mistake or a warning.
  package struct Message: Encodable, Sendable {
    /// `error` or `warning`.
    package let severity: String
    /// What was found.
    package let message: String
    /// How to mend it.
    package let remedy: String?
    /// What to write, line by line.
    package let lines: [String]
    /// The file, or `--set`; nil where it has no place.
    package let file: String?
    /// The line, from 1.
    package let line: Int?
    /// The column, from 1.
    package let column: Int?
    /// How many characters from there.
    package let length: Int?

    /// The diagnostic as a value of its own.
    package init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity == .error ? "error" : "warning"
      message = diagnostic.message
      remedy = diagnostic.remedy
      lines = diagnostic.lines
      file = diagnostic.mark?.source.name
      line = diagnostic.mark?.line
      column = diagnostic.mark?.column
      length = diagnostic.mark?.length
    }
  }

  /// More classes are not named.
  private static let mostNames = 10

  /// The names of a few classes that are called otherwise than by their numbers.
  private static func names(of classes: Classes) -> [String]? {
    guard let names = classes.names, names.count <= mostNames, names != names.indices.map(String.init) else {
      return nil
    }
    return names
  }

  /// Gathers what is known of a spec; measures the machine, which takes about a second.
  package init(_ loaded: LoadedSpec, threads: Int) throws(RunError) {
    let (experiment, footprint) = (loaded.experiment, loaded.footprint)
    spec = loaded.file.path
    name = experiment.name
    (seed, seeds) = (experiment.seed, experiment.seeds)
    let dataset = experiment.dataset
    data = Samples(
      dataset: dataset.name, count: dataset.count, shape: dataset.sampleShape,
      range: dataset.bounds.map { [$0.lowerBound, $0.upperBound] }, classes: dataset.classes?.count,
      classNames: dataset.classes.flatMap(SpecReport.names),
      inspection: dataset.inspection?.sentence)
    validationSamples = experiment.validationCount
    networks = experiment.task.networks.map { network in
      Layers(
        network: network.name, input: network.inputShape.axes,
        layers: network.rows.map { row in
          Layer(layer: row.layer, activation: row.activation, output: row.output.axes, parameters: row.parameters)
        }, parameters: network.parameterCount, foldedActivation: experiment.task.foldedActivations[network.name])
    }
    steps = Steps(
      total: experiment.totalSteps, perEpoch: experiment.stepsPerEpoch, batchSize: experiment.training.batchSize)
    arithmetic = Arithmetic(operations: footprint.operations, products: footprint.productOperations)
    memory = Memory(
      total: footprint.memory, loading: footprint.loading,
      parts: [
        Memory.Part(name: "state", bytes: footprint.state), Memory.Part(name: "values", bytes: footprint.arena),
        Memory.Part(name: "data", bytes: footprint.data),
        Memory.Part(name: "sheet", bytes: footprint.sheet), Memory.Part(name: "program", bytes: footprint.program),
      ])
    evaluations =
      experiment.task.evaluatesEvery.map { every in
        (experiment.epoch(of: experiment.totalSteps) + every - 1) / every
      } ?? 0
    time = try TimeEstimate(experiment, footprint, threads: threads)
    warnings = loaded.warnings.map(Message.init)
    resolved = experiment.resolved
  }
}
