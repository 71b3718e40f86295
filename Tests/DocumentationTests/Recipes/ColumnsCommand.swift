import ArgumentParser
import Files
import Training
import gan_exp

struct ColumnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "columns", abstract: "Names the columns of a run's metrics.csv.",
    discussion: """
      \(RunArgument.explanation)

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  func run() throws { try Terminal.print(text()) }

  /// A line a column.
  func text() throws -> String {
    let folder = try target.folder()
    let table = try reporting { () throws(RunError) in
      do throws(FileError) { return try CSVTable(path: folder.metrics) } catch { throw RunError(error) }
    }
    return table.columns.joined(separator: "\n")
  }
}
