import ArgumentParser
import Files
import Reports
import Runs
import Specs
import Training

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draws columns of runs or groups, for a paper or in the terminal.",
    discussion: """
      A panel a column, a line a run; of a group, and of single runs of one spec with several seeds, the mean over the runs with \
      the 95 % t band, at the steps that all of them share, and n in the legend. Without -o it is drawn in the terminal. With it the ending says what is written: .svg, .pdf \
      with its fonts in it, or .png. The same files give the same bytes.

      Runs and groups are named as for compare: by folder, by mlp-mnist/001 in the folder of runs, by latest; an experiment is all \
      its runs.

      Examples:
        gan-exp plot mlp-mnist
        gan-exp plot ring-gan/group-001 ring-hinge/group-001 --y mode_divergence,modes -o ring.pdf
        gan-exp plot ring-gan/group-001 --y mode_divergence --log y --each --width 8.4cm -o ring.svg
        gan-exp plot ring-gan ring-hinge -o talk.png --span 2 --names baseline,hinge

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unavailable, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: SeveralRunsArguments

  @Option(
    name: [.customLong("y"), .customShort("y")],
    help: ArgumentHelp(
      "Columns of evaluation.csv or metrics.csv, with commas between them; by default what says most.",
      valueName: "columns"),
    completion: .custom(Completions.criteria))
  var y: String?

  @Option(
    name: [.customShort("x"), .customLong("x")],
    help: ArgumentHelp("What lies along the other side: step, epoch or a column.", valueName: "column"))
  var x = "step"

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file: .svg, .pdf or .png.", valueName: "file"),
    completion: .file(extensions: ["svg", "pdf", "png"]))
  var output: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Columns of a page that it spans: 1, of 3.25 inches, as by default, or 2, of 6.75.", valueName: "columns"),
    transform: whole("--span", 1...2))
  var span = 1

  @Option(
    help: ArgumentHelp("The width of the file in its place: 8.4cm, 84mm, 3.3in, 240pt.", valueName: "length"),
    transform: PlotCommand.length("--width"))
  var width: PaperLength?

  @Option(
    help: ArgumentHelp("The height of the file; by default two thirds of a panel's width each.", valueName: "length"),
    transform: PlotCommand.length("--height"))
  var height: PaperLength?

  @Option(
    help: ArgumentHelp(
      "The size of all letters in points, 4 to 40, by default 8; lines go with it.", valueName: "points"),
    transform: PlotCommand.number("--font-size", 4...40))
  var fontSize = 8.0

  @Option(help: "The kind of letters.")
  var font = PaperFont.sans

  @Option(
    help: ArgumentHelp("Pixels an inch of a .png, 36 to 2400, by default 300.", valueName: "pixels"),
    transform: PlotCommand.number("--dpi", 36...2400))
  var dpi = 300.0

  @Option(
    help: ArgumentHelp(
      "The sides by logarithms: x, y, xy or none; by default y where values differ by a factor of 1000.",
      valueName: "sides"))
  var log: PlotLogarithms?

  @Flag(help: "Draws each run of a group as a thin line too.")
  var each = false

  @Option(help: ArgumentHelp("What stands above.", valueName: "text"))
  var title = ""

  @Option(help: ArgumentHelp("What the columns are called, with commas between them.", valueName: "texts"))
  var labels: String?

  @Option(help: ArgumentHelp("What the groups are called, with commas between them.", valueName: "texts"))
  var names: String?

  func validate() throws {
    if let output, PlotCommand.ending(of: output) == nil {
      throw ValidationError("\(output.isEmpty ? "-o" : output): a plot is written as .svg, .pdf or .png")
    }
  }

  func run() throws {
    var manner = PlotPanels.Manner()
    manner.columns = PlotCommand.list(y)
    manner.across = x
    manner.labels = PlotCommand.list(labels)
    manner.names = PlotCommand.list(names)
    manner.logarithmic = log?.sides
    manner.showsRuns = each
    let panels = try reporting { () throws(RunError) in
      let material = try target.material(curvesAlone: true) { Terminal.note($0) }
      return try PlotPanels(material, manner) { Terminal.note($0) }.panels
    }
    guard let output else { return try Terminal.print(PlotAnswer(panels, title: title).text) }
    var paper = PaperPlot.Manner()
    (paper.span, paper.width, paper.height) = (span, width, height)
    (paper.fontSize, paper.font, paper.title) = (fontSize, font, title)
    let plot = PaperPlot(panels, paper)
    for text in plot.cutOff { Terminal.note("\(text) is wider than the plot: give --width, --names or --title") }
    try reporting {
      if let height, height.points < plot.leastHeight.points {
        throw RunError(
          "--height \(height.text) is too little for \(Decimals.count(panels.count, "panel"))",
          remedy: "give at least \(plot.leastHeight.text)", exitCode: 64)
      }
      let bytes =
        switch PlotCommand.ending(of: output) {
        case "pdf": try plot.pdf()
        case "png": try plot.png(density: dpi)
        default: plot.svg
        }
      do throws(FileError) { try DurableFile.write(bytes, to: output) } catch { throw RunError(error) }
    }
    try Terminal.print(output)
  }

  private static func list(_ text: String?) -> [String] {
    guard let text else { return [] }
    return text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func ending(of path: String) -> String? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let ending = path[path.index(after: dot)...].lowercased()
    return ["svg", "pdf", "png"].contains(ending) ? ending : nil
  }

  private static func length(_ option: String) -> @Sendable (String) throws -> PaperLength {
    { text in
      guard let length = PaperLength(text) else {
        throw ValidationError(
          "\(option) takes a length from 1cm to 1m such as 8.4cm, 84mm, 3.3in or 240pt, not \(text.isEmpty ? "nothing" : text)"
        )
      }
      return length
    }
  }

  private static func number(_ option: String, _ range: ClosedRange<Double>) -> @Sendable (String) throws -> Double {
    { text in
      guard let number = Double(text), range.contains(number) else {
        let (low, high) = (Decimals.short(range.lowerBound), Decimals.short(range.upperBound))
        throw ValidationError("\(option) takes a number from \(low) to \(high), not \(text.isEmpty ? "nothing" : text)")
      }
      return number
    }
  }
}

/// The sides of a plot by logarithms.
enum PlotLogarithms: String, ExpressibleByArgument, CaseIterable {
  case x, y, xy, none

  var sides: Set<PlotPanels.Side> { Set(PlotPanels.Side.allCases.filter { rawValue.contains($0.rawValue) }) }
}

extension PaperFont: ExpressibleByArgument {}
