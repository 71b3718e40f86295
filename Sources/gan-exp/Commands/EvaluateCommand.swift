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
    commandName: "evaluate", abstract: "Measures the samples of a run, or of a folder, beside real ones.",
    discussion: """
      \(RunArgument.explanation)

      Measures what the spec's evaluation.at_end says, or else what suits the data, of samples that were not looked at \
      while the run trained. "Real data" is what as many training samples get in place of generated ones; of copies, what \
      half of the held-out samples get beside the other half.

      --folder measures pictures that another program made beside those of --against, a dataset as a spec writes it.

      Examples:
        gan-exp evaluate latest
        gan-exp evaluate mlp-mnist/001 --checkpoint 4680 --metrics frechet_distance,coverage
        gan-exp evaluate mlp-mnist --row
        gan-exp evaluate --folder pictures --against mnist -o nearest.png

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported]))
      """)

  @Argument(
    help: ArgumentHelp("The run: a folder, mlp-mnist/001, 001, mlp-mnist or latest.", valueName: "run"),
    completion: .custom(Completions.runs))
  var name: String?

  @OptionGroup var runs: RunsArguments

  @Option(
    help: ArgumentHelp("A folder of PNG and JPEG files to measure in place of a run.", valueName: "dir"),
    completion: .directory)
  var folder: String?

  @Option(help: ArgumentHelp("The dataset that they are measured beside.", valueName: "dataset"))
  var against: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Writes images over the training images that are nearest to them, as PNG.", valueName: "file"),
    completion: .file())
  var output: String?

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

  func validate() throws {
    guard (name == nil) != (folder == nil) else {
      throw ValidationError(
        name == nil ? "Give a run, or --folder and --against." : "Give a run or --folder, not both.")
    }
    guard (folder == nil) == (against == nil) else {
      throw ValidationError(
        folder == nil ? "--against is for --folder." : "Say with --against which data they are like.")
    }
    if folder != nil, row || checkpoint != .newest {
      throw ValidationError("--row and --checkpoint are of runs, not of a folder.")
    }
    if let output {
      if row { throw ValidationError("--row measures what a run does while it trains, without the picture of -o.") }
      if output.isEmpty { throw ValidationError("-o takes the path of a file, or -") }
      if json, output == "-" { throw ValidationError("--json and -o - both write to standard output.") }
    }
  }

  func run() throws {
    var request = RunEvaluation.Request()
    request.place = checkpoint
    request.metrics = metrics?.split(separator: ",").map { $0.trimmingPrefix(" ").description } ?? []
    request.samples = samples
    request.features = features
    request.isRegular = row
    request.wantsNeighbours = output != nil
    request.threads = threads.count
    let evaluation = try reporting { () throws(RunError) in
      if output == "-", Terminal.isOutputInteractive {
        throw RunError(
          "standard output is a terminal, which shows no .png",
          remedy: "name a file with -o, or send it through a pipe", exitCode: 64)
      }
      if let folder, let against {
        return try RunEvaluation(folder: folder, against: against, request, in: places.location)
      }
      let folder = try RunName.folder(name ?? "", in: runs.folder)
      return try RunEvaluation(folder.path, request, in: places.location, notes: Terminal.note)
    }
    if row { return try Terminal.print(evaluation.row) }
    let answer = EvaluationAnswer(evaluation)
    // What was measured is told before what may fail.
    if output == "-" {
      Terminal.write(answer.text + "\n")
    } else {
      try Terminal.print(json ? answer.json : answer.text)
    }
    guard let output else { return }
    guard let picture = evaluation.neighbours else {
      return Terminal.note("no picture: samples that are not finite have no nearest ones")
    }
    if output == "-" { return try Terminal.print(picture) }
    try reporting {
      do throws(FileError) { try DurableFile.write(picture, to: output) } catch { throw RunError(error) }
    }
  }
}

/// What `evaluate` says.
struct EvaluationAnswer {
  private let evaluation: RunEvaluation

  init(_ evaluation: RunEvaluation) { self.evaluation = evaluation }

  /// A measured value for programs.
  private struct Value: Encodable {
    let name: String
    let value: Double?
    let standardError: Double?
    let realData: Double?
    let generated: Int
    let real: Int
  }

  /// All of it for programs.
  private struct Whole: Encodable {
    let name: String
    let step: Int?
    let epoch: Int?
    let against: String
    let features: Features?
    let metrics: [Value]
    let counts: [CountedBins]?
    let verdicts: [Verdict]

    struct Features: Encodable {
      let name: String
      let sha256: String
    }
  }

  /// All of it for programs; a value that is not finite is left out.
  var json: String {
    func number(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    return JSON.text(
      Whole(
        name: evaluation.name, step: evaluation.place?.step, epoch: evaluation.place?.epoch, against: kind,
        features: evaluation.features.map { Whole.Features(name: $0.name, sha256: $0.digest) },
        metrics: evaluation.findings.map { finding in
          Value(
            name: finding.column.name, value: number(finding.measured.value),
            standardError: number(finding.measured.standardError), realData: number(finding.floor),
            generated: finding.generated, real: finding.real)
        }, counts: evaluation.counts.isEmpty ? nil : evaluation.counts,
        verdicts: evaluation.verdicts.map { Verdict(subject: $0.subject, sentence: $0.sentence) }))
  }

  /// What generated samples are measured beside, in a word.
  private var kind: String { evaluation.isAgainstHeldOut ? "held-out" : "training" }

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
    let features = evaluation.features.map { ", features \($0.name) (SHA-256 \($0.digest.prefix(12))...)" } ?? ""
    return
      "\(evaluation.title): \(Readable.count(first?.generated ?? 0, "generated sample")), "
      + "\(Readable.count(first?.real ?? 0)) \(kind) ones\(features)\n" + lines.joined(separator: "\n") + "\n"
      + evaluation.counts.map { "\n\($0.counted): \(words(of: $0))" }.joined()
      + (evaluation.counts.isEmpty || evaluation.verdicts.isEmpty ? "" : "\n")
      + evaluation.verdicts.map { "\n\($0.subject): \($0.sentence)" }.joined()
  }

  private func words(of counts: CountedBins) -> String {
    BinShares(counts, names: evaluation.classNames(of: counts.counted)).map { BinWords($0).line } ?? ""
  }

  /// What is counted has no decimals.
  private func number(_ value: Double, _ column: Column) -> String {
    column.unit == "modes" ? Readable.count(Int(value)) : Readable.number(value)
  }
}
