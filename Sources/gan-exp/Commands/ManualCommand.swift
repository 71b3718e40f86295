import ArgumentParser
import Files
import Training

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Writes the manual pages of all commands.",
    discussion: """
      make install puts them where man finds them: man gan-exp, man gan-exp-run.

      \(ExitStatus.sentence([.done, .usage, .notCreated, .notWritten]))
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder of the pages.", valueName: "dir"), completion: .directory)
  var output: String

  func run() throws {
    _ = try reporting { () throws(RunError) in
      do throws(FileError) {
        try DurableFile.makeFolders(output)
        for page in ManualPage.all {
          try DurableFile.replace("\(output)/\(page.name).1", with: [UInt8](page.text.utf8))
        }
        return true
      } catch { throw RunError(error) }
    }
    try Terminal.print(output)
  }
}
