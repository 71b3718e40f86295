import ArgumentParser
import Compute
import Experiments
import Networks

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a spec and shows what it would train, and what that takes.",
    discussion: "\(ExitStatus.sentence(ExitStatus.reading))")

  @OptionGroup var source: SpecArguments

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  @Flag(help: "Shows the spec with every default instead.")
  var resolved = false

  func run() throws {
    var options = RunOptions()
    options.overrides = source.changes.overrides
    options.seed = source.changes.seed
    options.threads = threads.count
    options.data = places.location
    let path = source.spec
    let machine = Machine.current()
    let spec = try reporting { try LoadedSpec(path: path, options: options, machine: machine) }
    Terminal.show(spec.warnings)
    if resolved {
      try Terminal.print(String(spec.resolvedText.drop { $0 == "\n" }.dropLast()))
      return
    }
    let experiment = spec.experiment
    var text = ""
    for network in [experiment.generator, experiment.discriminator] {
      var table = Table([.left, .left, .right])
      table.add([network.name, "output", "parameters"])
      table.add(["  input", network.inputShape.description, ""])
      for row in network.rows {
        table.add(["  \(row.layer)", row.output.description, row.parameters == 0 ? "" : Readable.count(row.parameters)])
      }
      table.add(["", "", Readable.count(network.parameterCount)])
      text += table.text + "\n"
    }
    text += try costs(spec, machine).text
    try Terminal.print(String(text.dropLast()))
  }

  private func costs(_ spec: LoadedSpec, _ machine: Machine) throws -> Table {
    let (experiment, footprint) = (spec.experiment, spec.footprint)
    var table = Table([.left, .left])
    table.add([
      "steps",
      "\(Readable.count(experiment.totalSteps)): \(Readable.count(experiment.stepsPerEpoch)) an epoch of batch "
        + "\(experiment.training.batchSize)",
    ])
    table.add([
      "arithmetic",
      "\(Decimals.text(Double(footprint.operations) / 1e9, 3)) GFLOP a step, "
        + "\(Decimals.text(Double(footprint.productOperations) / Double(max(footprint.operations, 1)) * 100, 0)) % in products",
    ])
    table.add([
      "memory",
      "\(ByteCount.text(footprint.memory)): \(ByteCount.text(footprint.state)) state, "
        + "\(ByteCount.text(footprint.arena)) values, \(ByteCount.text(footprint.data)) data, "
        + "\(ByteCount.text(Footprint.program)) program",
    ])
    let seconds = try reporting {
      try footprint.estimatedSeconds(threads: threads.count ?? machine.defaultThreads)
    }
    table.add([
      "time",
      "about \(Decimals.text(seconds * 1e3, seconds < 0.1 ? 1 : 0)) ms a step, "
        + "\(Readable.duration(seconds * Double(experiment.totalSteps))) in all, on this machine (BLAS core "
        + "\(machine.blasCore))",
    ])
    return table
  }
}
