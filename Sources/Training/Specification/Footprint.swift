import Compute
import Datasets
import Files
import Specs

/// What an experiment needs before it has started: memory, arithmetic, traffic.
package struct Footprint: Sendable {
  /// Bytes of parameters, moments and statistics.
  package let state: Int
  /// Bytes of values within a step and while a sheet is made or the state evaluated.
  package let arena: Int
  /// Bytes of the dataset, with the order in which its samples are taken.
  package let data: Int
  /// Bytes at most while the dataset is read, before there is anything else, with the program.
  package let loading: Int
  /// Bytes of a sample sheet while it is drawn.
  package let sheet: Int
  /// Bytes that the program itself takes, with its libraries.
  package let program: Int
  /// Floating-point operations of a step.
  package let operations: Int
  /// Those of matrix products alone.
  package let productOperations: Int
  /// Bytes of parameters and moments that a step reads and writes.
  package let stateTraffic: Int

  /// The most layers that a step may pass through, a layer counted once for each batch: more take too long to plan.
  private static let mostPasses = 4000

  /// All memory in bytes.
  ///
  /// A checkpoint is written from where the state is, and takes none.
  package var memory: Int { max(program + state + arena + data + sheet, loading) }

  /// Plans the experiment's step without reserving memory for it; nil after a report when it cannot fit into
  /// `limit` bytes.
  package init?(_ experiment: Experiment, limit: Int, threads: Int, diagnostics: Diagnostics) {
    let limit = MemoryLimit(machine: limit, threads: threads)
    let samples = experiment.dataset
    // Labels and the order of an epoch are numbers of four bytes.
    let numbers = (samples.classes == nil ? 0 : 4) + (experiment.training.sampling == .shuffle ? 4 : 0)
    let own = Shape.count([samples.count, Shape.count(samples.sampleShape + [samples.bytesPerValue]) + numbers])
    let validation = Footprint.validation(experiment)
    data = own + validation.bytes
    loading = Footprint.smallProgram + min(samples.survey.loadingBytes, Shape.mostValues) + validation.loading
    state = 4 * experiment.layout.count
    sheet = SheetSize(experiment).bytes
    program = Footprint.wholeProgram
    let other = sheet + program
    guard Footprint.isPlannable(experiment, diagnostics) else { return nil }
    // A lower bound of the activations, so that monstrous specs are refused without planning them.
    let training = experiment.training
    let activations =
      4
      * Shape.count(
        [training.microBatchSize, Footprint.keptValues(experiment)])
    guard state + activations + data + other <= limit.bytes else {
      Shortage(limit: limit, state: state, values: activations, data: data, other: other)
        .report(experiment, isLowerBound: true, to: diagnostics)
      return nil
    }
    let graphs = experiment.task.dueSets(before: experiment.totalSteps).map(experiment.task.step)
    // Nor is planned what has an array that does not fit.
    let largest = 4 * (graphs.flatMap { $0.graph.vertices.map(\.shape.count) }.max() ?? 0)
    guard state + largest + data + other <= limit.bytes else {
      Shortage(limit: limit, state: state, values: largest, data: data, other: other)
        .report(experiment, isLowerBound: true, to: diagnostics)
      return nil
    }
    let plans = graphs.map { Plan($0.graph, outputs: $0.values) }
    let report = PlanReport(plans[0])
    let inspection = experiment.task.inspectionBytes(
      sampleCount: experiment.recording.sampleCount, threads: threads)
    arena = plans.reduce(inspection) {
      $0 + $1.arenaBytes + 4 * $1.scratchPerWorker * threads
    }
    operations = report.operations
    productOperations = report.productOperations
    stateTraffic = report.stateTraffic
    guard memory <= limit.bytes else {
      let isLoading = loading > limit.bytes
      (isLoading
        ? Shortage(limit: limit, state: 0, values: 0, data: loading, other: 0)
        : Shortage(limit: limit, state: state, values: arena, data: data, other: other))
        .report(experiment, isLowerBound: false, to: diagnostics)
      return nil
    }
  }

  /// Bytes of program and libraries while a run is at work, as measured, with however many threads: what each of them has for
  /// itself is part of the arena.
  static let wholeProgram = 42 << 20

  /// Bytes of the samples that a task is evaluated on beside those it learns from, and of what loading them adds: a share that is
  /// held out is copied, and with it what is left.
  private static func validation(_ experiment: Experiment) -> (bytes: Int, loading: Int) {
    return switch experiment.task.validation {
    case nil: (0, 0)
    case .share: (0, experiment.dataset.bytesInMemory)
    case .data(let other): (other.bytesInMemory, other.bytesInMemory)
    }
  }

  /// Refuses to measure an experiment's samples where there is no memory for it (65).
  package static func requireMemory(toEvaluate experiment: Experiment, limit: Int, threads: Int) throws(RunError) {
    let samples = experiment.dataset
    let data = samples.bytesInMemory + validation(experiment).bytes
    try requireMemory(
      toEvaluate: 4 * experiment.layout.count + data
        + experiment.task.inspectionBytes(sampleCount: 0, threads: threads), limit: limit, threads: threads)
  }

  /// Refuses to measure samples where there is no memory for so many bytes beside the program (65).
  package static func requireMemory(toEvaluate bytes: Int, limit: Int, threads: Int) throws(RunError) {
    let limit = MemoryLimit(machine: limit, threads: threads)
    guard wholeProgram + bytes > limit.bytes else { return }
    throw RunError(
      "the evaluation needs \(ByteCount.text(wholeProgram + bytes)) of memory, but \(limit.text)",
      remedy: limit.remedy ?? "measure fewer samples: --samples", exitCode: 65)
  }

  /// Bytes of program and libraries while the data are read, before there is anything else, as measured.
  private static let smallProgram = 35 << 20

  /// Values of a sample that are in memory at once for certain: what the layers with parameters of a network make is
  /// kept until its update, and no layer's output is ever in parts.
  private static func keptValues(_ experiment: Experiment) -> Int {
    experiment.task.networks.map { network in
      max(
        network.rows.reduce(0) { $0 + ($1.parameters > 0 ? $1.output.count : 0) },
        network.rows.map(\.output.count).max() ?? 0)
    }.max() ?? 0
  }

  /// Whether a step is short enough to be planned.
  private static func isPlannable(_ experiment: Experiment, _ diagnostics: Diagnostics) -> Bool {
    let passes = experiment.task.layerPasses
    guard passes.count > mostPasses else { return true }
    let mark = experiment.resolved["training"]?[passes.key]?.mark ?? .nowhere
    diagnostics.error(
      "a step passes through \(passes.count) layers (\(passes.cause)); the most is \(mostPasses)",
      at: mark.isSomewhere ? mark : experiment.task.networks.last?.rows.first?.mark,
      remedy: "use fewer \(passes.key) or layers")
    return false
  }
}

/// More memory needed than there is, by what needs it.
private struct Shortage {
  let limit: MemoryLimit
  let state: Int
  let values: Int
  let data: Int
  let other: Int

  /// Reports the largest share at the place that decides it.
  func report(_ experiment: Experiment, isLowerBound: Bool, to diagnostics: Diagnostics) {
    let rows = experiment.task.networks.flatMap(\.rows)
    let largest = max(state, values, data)
    let message =
      "the experiment needs \(isLowerBound ? "at least " : "")\(ByteCount.text(state + values + data + other)) of memory, "
      + "\(ByteCount.text(largest)) of it for "
    let has = ", but \(limit.text)"
    if largest == state, let row = rows.max(by: { $0.parameters < $1.parameters }) {
      diagnostics.error(
        message + "parameters and their moments" + has, at: row.mark,
        remedy: limit.remedy ?? "\(row.layer) alone has \(row.parameters) parameters: use fewer units")
    } else if largest == values, let row = rows.max(by: { $0.output.count < $1.output.count }) {
      let mark = experiment.resolved["training"]?["batch_size"]?.mark ?? .nowhere
      diagnostics.error(
        message + "the values of a batch of \(experiment.training.batchSize)" + has,
        at: mark.isSomewhere ? mark : row.mark,
        remedy: limit.remedy ?? "use a smaller batch_size, or fewer units in the widest layers",
        related: mark.isSomewhere ? [(mark: row.mark, note: "the widest: \(row.output)")] : [])
    } else {
      diagnostics.error(
        message + "the data" + has, at: experiment.resolved["dataset"]?.mark,
        remedy: limit.remedy ?? "use fewer samples")
    }
  }
}

extension SurveyedDataset {
  /// Bytes of its samples once they are loaded, with a label each.
  var bytesInMemory: Int { Shape.count([count, Shape.count(sampleShape + [bytesPerValue]) + 4]) }
}
