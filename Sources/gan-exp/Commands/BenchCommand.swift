import ArgumentParser
import Experiments

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures how fast an experiment trains, and how fast it could.",
    discussion: """
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
    try machine.chooseCore()
    guard let path = spec else { return try timeOperations() }
    var options = RunOptions()
    options.overrides = changes.overrides
    options.seed = changes.seed
    options.threads = machine.threads.count
    options.data = machine.data
    let result = try reporting {
      let spec = try LoadedSpec(path: path, options: options, machine: .current())
      return try Benchmark(spec, options: options, steps: steps)
    }
    if json {
      try Terminal.print(String(JSON.text(result).dropLast()))
      return
    }
    var head = Table([.left, .left])
    func two(_ value: Double) -> String { Decimals.text(value, 2) }
    head.add(["experiment", "\(result.experiment), batch \(result.batchSize)"])
    head.add([
      "machine", "\(result.machine.cpu), \(result.threads) threads, BLAS core \(result.machine.blasCore)",
    ])
    head.add([
      "a step",
      "\(two(result.milliseconds)) ms median, \(two(result.fastest)) ms least, of \(result.steps) steps, five at a time",
    ])
    head.add([
      "speed", "\(Decimals.text(result.stepsPerSecond, 1)) steps/s, \(Decimals.text(result.gigaflops, 1)) GFLOP/s",
    ])
    head.add([
      "bound",
      "\(two(result.bound)) ms: \(two(result.productOperations)) GFLOP of products at "
        + "\(Decimals.text(result.peakGigaflops, 0)) GFLOP/s + \(Decimals.text(result.stateTraffic, 0)) MB of optimizer "
        + "traffic at \(Decimals.text(result.bandwidth, 1)) GB/s",
    ])
    head.add(["reached", "\(Decimals.text(result.bound / result.milliseconds * 100, 0)) % of the bound"])
    try Terminal.print(
      head.wrapped(to: Terminal.outputWidth, column: 1).text + "\n"
        + rows(of: result.shares.filter { $0.share >= 0.002 }))
  }

  private func timeOperations() throws {
    let result = try reporting { try OperationBenchmark(threads: machine.threads.count) }
    if json { return try Terminal.print(String(JSON.text(result).dropLast())) }
    var head = Table([.left, .left])
    head.add([
      "machine", "\(result.machine.cpu), \(result.threads) threads, BLAS core \(result.machine.blasCore)",
    ])
    head.add([
      "peaks",
      "\(Decimals.text(result.peakGigaflops, 0)) GFLOP/s in large products, \(Decimals.text(result.bandwidth, 1)) GB/s of "
        + "optimizer traffic",
    ])
    try Terminal.print(head.wrapped(to: Terminal.outputWidth, column: 1).text + "\n" + rows(of: result.operations))
  }

  private func rows(of times: [OperationTime]) -> String {
    var table = Table([.right, .right, .right, .right, .right, .left])
    table.add(["ms", "bound", "%", "GFLOP/s", "GB/s", "operation"])
    for time in times {
      table.add([
        Decimals.text(time.milliseconds, 3), Decimals.text(time.bound, 3), Decimals.text(time.share * 100, 1),
        Decimals.text(time.gigaflops, 1), Decimals.text(time.bandwidth, 1), time.label,
      ])
    }
    return String(table.text.dropLast())
  }
}
