import ArgumentParser
import Files
import Glibc
import Reports
import Runs
import Training

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Writes a page about runs, groups or a sweep that opens in any browser, offline.",
    discussion: """
      The page is one file without anything beside it: verdict and health, sheets of samples, curves with what real data get, \
      the spec with what differs from defaults, times, provenance; of several runs a table, means over seeds with 95 % bands, \
      what compare says; of a sweep the leaderboard, its parameters and its budget. The same files give the same bytes.

      \(RunArgument.explanation)

      A group is named as for compare, a sweep by its folder or its name.

      Examples:
        gan-exp report mlp-mnist -o report.html
        gan-exp report ring-gan/group-001 ring-hinge/group-001
        gan-exp report ring-search -o search.html
        gan-exp report latest --watch

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: SeveralRunsArguments

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - is the standard output.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output = "report.html"

  @Flag(help: "Writes the page again every two seconds while any of the runs goes on; it then renews itself.")
  var watch = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("-o takes the path of a file, or -.") }
    if watch, output == "-" { throw ValidationError("--watch writes a file again and again: give one with -o.") }
  }

  func run() throws {
    var written: String?
    while true {
      let material = try reporting { () throws(RunError) in
        try target.material { if written == nil { Terminal.note($0) } }
      }
      let isLive = watch && material.isRunning
      let page = ReportPage(material, isLive: isLive).text
      if page != written { try write(page) }
      if written == nil, output != "-" { try Terminal.print(output) }
      written = page
      guard isLive else { return }
      sleep(ReportCommand.seconds)
    }
  }

  /// Between two looks at runs that go on.
  private static let seconds: UInt32 = 2

  private func write(_ page: String) throws {
    if output == "-" { return try Terminal.print([UInt8](page.utf8)) }
    try reporting {
      do throws(FileError) {
        try DurableFile.write([UInt8](page.utf8), to: output)
      } catch { throw RunError(error) }
    }
  }
}
