import ArgumentParser
import Datasets
import Evaluation
import Files
import Networks
import Reports
import Runs
import Specs
import Training

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures the samples of a run's checkpoint beside real ones.",
    discussion: """
      \(RunArgument.explanation)

      It is measured what the spec's evaluation.at_end says, or else what suits the data, of samples that were not \
      looked at while the run trained. "Real data" is what as many training samples get in place of generated ones.

      Examples:
        gan-exp evaluate latest
        gan-exp evaluate mlp-mnist/001 --checkpoint 4680 --metrics frechet_distance,coverage
        gan-exp evaluate mlp-mnist --row

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported]))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The checkpoint: a step, best or last, which is the newest.", valueName: "checkpoint"),
    transform: CheckpointChoice.reader(of: "--checkpoint"))
  var checkpoint = CheckpointChoice.newest

  @Option(help: ArgumentHelp("Metrics in place of the spec's, with commas between them.", valueName: "names"))
  var metrics: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Generated samples that are measured.", valueName: "count"),
    transform: whole("--samples", 2...1_000_000))
  var samples: Int?

  @Option(help: ArgumentHelp("What samples are measured by: pixels, digits-1, clothes-1.", valueName: "features"))
  var features: String?

  @Flag(help: "Prints the row that evaluation.csv has of the checkpoint's step.")
  var row = false

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  func run() throws {
    let folder = try target.folder()
    var request = RunEvaluation.Request()
    request.place = checkpoint
    request.metrics = metrics?.split(separator: ",").map { $0.trimmingPrefix(" ").description } ?? []
    request.samples = samples
    request.features = features
    request.isRegular = row
    request.threads = threads.count
    let evaluation = try reporting {
      try RunEvaluation(folder.path, request, in: places.location, notes: Terminal.note)
    }
    if row { return try Terminal.print(evaluation.row) }
    let answer = EvaluationAnswer(evaluation)
    if json { return try Terminal.print(JSON.text(answer.values)) }
    try Terminal.print(answer.text)
  }
}

/// What `evaluate` says.
struct EvaluationAnswer {
  private let evaluation: RunEvaluation

  init(_ evaluation: RunEvaluation) { self.evaluation = evaluation }

  /// A measured value for programs.
  struct Value: Encodable {
    let name: String
    let value: Double
    let standardError: Double?
    let realData: Double?
    let generated: Int
    let real: Int
  }

  /// The values for programs.
  var values: [Value] {
    evaluation.findings.map { finding in
      Value(
        name: finding.column.name, value: finding.measured.value, standardError: finding.measured.standardError,
        realData: finding.floor, generated: finding.generated, real: finding.real)
    }
  }

  /// A table for people.
  var text: String {
    let rows = evaluation.findings.map { finding in
      [
        finding.column.name, number(finding.measured.value, finding.column),
        finding.measured.standardError.map { "± " + number($0, finding.column) } ?? "",
        finding.floor.map { number($0, finding.column) } ?? "",
        finding.column.direction == .none ? "" : finding.column.direction.rawValue,
      ]
    }
    let all = [["metric", "value", "", "real data", "better"]] + rows
    let widths = (0..<5).map { column in all.map { $0[column].count }.max() ?? 0 }
    let lines = all.map { row in
      row.enumerated().map { column, cell in
        let room = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || column == 4 ? cell + room : room + cell
      }.joined(separator: "  ").replacing(#/ +$/#, with: "")
    }
    let first = evaluation.findings.first
    let kind = evaluation.isAgainstHeldOut ? "held-out" : "training"
    return
      "\(evaluation.name), step \(evaluation.step): \(first?.generated ?? 0) generated samples, \(first?.real ?? 0) \(kind) ones\n"
      + lines.joined(separator: "\n")
  }

  /// What is counted has no decimals.
  private func number(_ value: Double, _ column: Column) -> String {
    column.unit == "modes" ? Readable.count(Int(value)) : Readable.number(value)
  }
}
