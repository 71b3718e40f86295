import ArgumentParser
import Files
import Runs
import Specs
import Training

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Notes something of a run, or shows what was noted.",
    discussion: """
      A new note takes the place of the one before. It is shown by show, and gan-exp list --where 'note ~ words' finds the \
      run again. It is in \(RunNotes.name) of the run's folder, of which the run's record knows nothing.

      \(RunArgument.explanation)

      Examples:
        gan-exp note mlp-mnist/001 'sharper than 002, but no sevens'
        gan-exp note mlp-mnist/001 --remove

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Argument(help: ArgumentHelp("What is to be noted.", valueName: "text"))
  var words: [String] = []

  @Flag(help: "Takes the note away.")
  var remove = false

  func validate() throws {
    if remove, !words.isEmpty { throw ValidationError("Give a text or --remove, not both.") }
    if !words.isEmpty, words.joined().allSatisfy(\.isWhitespace) {
      throw ValidationError("The note is empty; --remove takes the note away.")
    }
  }

  func run() throws {
    let folder = try target.single()
    let notes = try reporting { () throws(RunError) in
      try folder.requireRun()
      do throws(FileError) {
        if words.isEmpty, !remove { return try RunNotes(of: folder) }
        return try RunNotes.change(of: folder) { $0.note = remove ? nil : words.joined(separator: " ") }
      } catch { throw RunError(error) }
    }
    guard let note = notes.note else { return Terminal.note("\(folder.path) has no note") }
    try Terminal.print(DisplayText.printable(note))
  }
}
