import ArgumentParser
import Experiments

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures how fast an experiment trains, and how fast it could.",
    usage: "gan-exp bench Experiments/mlp-mnist.yaml --set training.batch_size=32")

  @OptionGroup var source: SpecArguments
  @OptionGroup var machine: MachineArguments

  @Option(help: "Steps that are timed.")
  var steps = 200

  @Flag(help: "As JSON.")
  var json = false

  func validate() throws {
    guard (5...1_000_000).contains(steps) else {
      throw ValidationError("--steps takes a number from 5 to 1000000, not \(steps).")
    }
  }

  func run() throws {
    try machine.chooseCore()
    var options = RunOptions()
    options.overrides = source.overrides
    options.seed = source.seed
    options.threads = machine.threads.count
    options.data = machine.data
    let path = source.spec
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
    var table = Table([.right, .right, .right, .left])
    table.add(["ms", "%", "GFLOP/s", "operation"])
    for share in result.shares where share.share >= 0.002 {
      table.add([
        Decimals.text(share.milliseconds, 3), Decimals.text(share.share * 100, 1), Decimals.text(share.gigaflops, 1),
        share.label,
      ])
    }
    try Terminal.print(head.text + "\n" + String(table.text.dropLast()))
  }
}
