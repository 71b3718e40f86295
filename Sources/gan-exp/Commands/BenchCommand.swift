import ArgumentParser
import Compute
import Datasets
import Files
import Host
import Training

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures how fast an experiment trains, and how fast it could.",
    discussion: """
      The bound is the time that a step would take at the limits of this machine: its matrix products at the peak of \
      fused multiply-adds, and its optimizers' reading and writing at the speed of memory. Each operation has its share of a \
      step's time and a bound of its own; without products this is the time of reading and writing its arrays.

      Examples:
        gan-exp bench Experiments/mlp-mnist.yaml --set training.batch_size=32
        gan-exp bench --operations

      \(ExitStatus.sentence(ExitStatus.reading))
      """)

  @Argument(help: "The experiment's YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @OptionGroup var changes: ChangeArguments
  @OptionGroup var machine: MachineArguments

  @Option(parsing: .unconditional, help: "Steps that are timed.", transform: whole("--steps", 5...1_000_000))
  var steps = 200

  @Flag(help: "Times single operations instead of an experiment.")
  var operations = false

  @Flag(help: "As JSON.")
  var json = false

  func validate() throws {
    if operations == (spec != nil) { throw ValidationError("Give the file of an experiment, or --operations.") }
  }

  func run() throws {
    guard let path = spec else { return try timeOperations() }
    var options = RunOptions()
    options.overrides = changes.overrides
    options.seed = changes.seed
    options.threads = machine.threads.count
    options.lanes = machine.lanes
    options.data = machine.data
    let result = try reporting {
      let spec = try LoadedSpec(path: path, options: options, machine: .current())
      return try Benchmark(spec, options: options, steps: steps)
    }
    if json {
      try Terminal.print(String(JSON.text(result).dropLast()))
      return
    }
    var head = TextTable([.left, .left])
    head.add(["experiment", "\(result.experiment), batch \(result.batchSize)"])
    BenchCommand.add(result.machine, threads: result.threads, lanes: result.lanes, load: result.load, to: &head)
    head.add([
      "time of a step",
      "\(Readable.milliseconds(result.milliseconds)) (median of \(Readable.count(result.steps, "step")) in groups of five; least "
        + "\(Readable.milliseconds(result.fastest)))",
    ])
    let rate = result.stepsPerSecond
    head.add([
      "speed",
      "\(rate < 1000 ? Decimals.text(rate, 1) : Readable.count(Int(rate))) steps/s, "
        + "\(Decimals.text(result.gigaflops, 1)) GFLOP/s",
    ])
    let (products, traffic) = (result.productOperations, result.stateTraffic)
    head.add([
      "bound",
      "\(Readable.milliseconds(result.bound)): "
        + Readable.operations(products * 1e9)
        + " of products at \(Decimals.text(result.peakGigaflops, 0)) GFLOP/s and "
        + (traffic < 0.1 ? "\(Readable.number(traffic * 1e3)) kB" : "\(Readable.number(traffic)) MB")
        + " of optimizer traffic at \(Decimals.text(result.bandwidth, 1)) GB/s",
    ])
    head.add([
      "efficiency",
      "\(Decimals.text(result.bound / result.milliseconds * 100, 0)) % (the share of the bound in the time of a step)",
    ])
    if let roundTrip = result.roundTrip {
      head.add([
        "round trip",
        "\(Decimals.text(roundTrip, 0)) ns of a cache line between cores" + BenchCommand.remark(roundTrip),
      ])
    }
    try Terminal.print(
      head.wrapped(to: Terminal.outputWidth, column: 1).text + "\n"
        + rows(of: result.shares.filter { $0.share >= 0.002 }, areOfOneStep: true))
  }

  /// What a round trip of so many nanoseconds says of the two cores.
  private static func remark(_ roundTrip: Double) -> String {
    roundTrip > 150 ? ", which share no cache: a step takes 1.3 to 1.8 times as long" : ""
  }

  private static func add(_ machine: Machine, threads: Int, lanes: Int, load: Double?, to table: inout TextTable) {
    table.add(["machine", "\(machine.cpu), \(Readable.count(threads, "thread")), \(lanes) lanes"])
    if let warning = machine.warning(threads: threads, load: load) { table.add(["", warning]) }
  }

  private func timeOperations() throws {
    let result = try reporting { try OperationBenchmark(threads: machine.threads.count, lanes: machine.lanes) }
    if json { return try Terminal.print(String(JSON.text(result).dropLast())) }
    var head = TextTable([.left, .left])
    BenchCommand.add(result.machine, threads: result.threads, lanes: result.lanes, load: result.load, to: &head)
    head.add([
      "peaks",
      "\(Decimals.text(result.peakGigaflops, 0)) GFLOP/s of multiply-adds, \(Decimals.text(result.bandwidth, 1)) GB/s in "
        + "an optimizer",
    ])
    try Terminal.print(
      head.wrapped(to: Terminal.outputWidth, column: 1).text + "\n" + rows(of: result.operations, areOfOneStep: false))
  }

  /// A row for each operation; those of one step have their shares of it.
  private func rows(of times: [OperationTime], areOfOneStep: Bool) -> String {
    let isShort = times.allSatisfy { $0.milliseconds < 1 }
    func time(_ value: Double) -> String { Decimals.text(isShort ? value * 1e3 : value, isShort ? 2 : 3) }
    func rate(_ value: Double) -> String { value < 0.05 ? "-" : Decimals.text(value, 1) }
    var table = TextTable([.right, .right, .right, .right, .right, .left])
    table.add([isShort ? "us" : "ms", "bound", "share", "GFLOP/s", "GB/s", "operation"])
    for operation in times {
      table.add([
        time(operation.milliseconds), time(operation.bound), "\(Decimals.text(operation.share * 100, 1)) %",
        rate(operation.gigaflops), rate(operation.bandwidth), operation.label,
      ])
    }
    let shown = table.without(areOfOneStep ? [] : [2], importance: [], width: nil)
    return String(
      shown.wrapped(to: Terminal.outputWidth, column: shown.alignments.count - 1).text.dropLast())
  }
}
