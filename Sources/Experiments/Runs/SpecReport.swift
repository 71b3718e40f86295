import Networks
import YAML

/// What a spec says and takes: everything that `check` finds, as a value.
public struct SpecReport: Encodable, Sendable {
  /// The spec's path as it was given.
  public let spec: String
  /// The experiment's name.
  public let name: String
  /// The seed of all its randomness.
  public let seed: UInt64
  /// What the data are like.
  public let data: Samples
  /// The number of samples that the network is evaluated on; nil for tasks without evaluation.
  public let validationSamples: Int?
  /// The task's networks.
  public let networks: [Layers]
  /// How long it trains.
  public let steps: Steps
  /// Floating-point operations of a step.
  public let arithmetic: Arithmetic
  /// Bytes of memory.
  public let memory: Memory
  /// How long it should take.
  public let time: TimeEstimate
  /// What may not be meant.
  public let warnings: [Message]
  /// The spec with every default, override and parent.
  public let resolved: Node

  /// Samples of a dataset.
  public struct Samples: Encodable, Sendable {
    /// The dataset's name in the catalogue.
    public let dataset: String
    /// How many there are.
    public let count: Int
    /// The axes of one, features last.
    public let shape: [Int]
    /// Between which two values all lie; nil when any value is possible.
    public let range: [Float]?
    /// How many classes they have; nil where they have none.
    public let classes: Int?
    /// How much of the data was looked at; nil where there is nothing to look at.
    public let inspection: String?
  }

  /// A network by its layers.
  public struct Layers: Encodable, Sendable {
    /// Its name, such as `generator`.
    public let network: String
    /// The shape of one sample of its input.
    public let input: [Int]
    /// Its layers in order.
    public let layers: [Layer]
    /// The number of its trainable values.
    public let parameters: Int
    /// The last activation where it was left to the loss; nil where none was.
    public let foldedActivation: String?
  }

  /// A layer of a network.
  public struct Layer: Encodable, Sendable {
    /// Its name in a spec.
    public let layer: String
    /// The function that it applies last; nil where it has no `activation`.
    public let activation: String?
    /// The shape of one sample of its output.
    public let output: [Int]
    /// The number of its trainable values.
    public let parameters: Int
  }

  /// Steps of a run.
  public struct Steps: Encodable, Sendable {
    /// All of them.
    public let total: Int
    /// Those of a pass over the data.
    public let perEpoch: Int
    /// Samples in a batch.
    public let batchSize: Int
  }

  /// Floating-point operations of a step.
  public struct Arithmetic: Encodable, Sendable {
    /// All of them.
    public let operations: Int
    /// Those of matrix products alone.
    public let products: Int
  }

  /// Bytes by what needs them.
  public struct Memory: Encodable, Sendable {
    /// The most that there are at once.
    public let total: Int
    /// Those while the dataset is read, before there are the parts.
    public let loading: Int
    /// The parts of training in words, with their bytes.
    public let parts: [Part]

    /// A part of the memory.
    public struct Part: Encodable, Sendable {
      /// What needs it.
      public let name: String
      /// How many it needs.
      public let bytes: Int
    }
  }

  /// A mistake or a warning.
  public struct Message: Encodable, Sendable {
    /// `error` or `warning`.
    public let severity: String
    /// What was found.
    public let message: String
    /// How to mend it.
    public let remedy: String?
    /// What to write, line by line.
    public let lines: [String]
    /// The file, or `--set`; nil where it has no place.
    public let file: String?
    /// The line, from 1.
    public let line: Int?
    /// The column, from 1.
    public let column: Int?
    /// How many characters from there.
    public let length: Int?

    /// The diagnostic as a value of its own.
    public init(_ diagnostic: Diagnostic) {
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

  /// Gathers what is known of a spec; measures the machine, which takes about a second.
  public init(_ loaded: LoadedSpec, threads: Int) throws(RunError) {
    let (experiment, footprint) = (loaded.experiment, loaded.footprint)
    spec = loaded.file.path
    name = experiment.name
    seed = experiment.seed
    let dataset = experiment.dataset
    data = Samples(
      dataset: dataset.name, count: dataset.count, shape: dataset.sampleShape,
      range: dataset.bounds.map { [$0.lowerBound, $0.upperBound] }, classes: dataset.classes?.count,
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
    time = try TimeEstimate(experiment, footprint, threads: threads)
    warnings = loaded.warnings.map(Message.init)
    resolved = experiment.resolved
  }
}
