import ArgumentParser
import Files
import Runs
import Specs
import Training

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Tags a run with words, or shows its tags.",
    discussion: """
      Tags are shown by show and list, and gan-exp list --where 'tag = best' finds the run again. They are in \
      \(RunNotes.name) of the run's folder, of which the run's record knows nothing.

      \(RunArgument.explanation)

      Examples:
        gan-exp tag mlp-mnist/001 best baseline
        gan-exp tag mlp-mnist/001 --remove best

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Argument(help: ArgumentHelp("Words to tag it with.", valueName: "word"))
  var words: [String] = []

  @Option(parsing: .singleValue, help: ArgumentHelp("Takes a tag away. Repeatable.", valueName: "word"))
  var remove: [String] = []

  func validate() throws {
    for word in words + remove where !TagCommand.isTag(word) {
      throw ValidationError(
        "A tag is one word of at most 64 characters without commas and quotation marks, not \(ShellText.quoted(word)).")
    }
    for word in words where ["and", "or", "not"].contains(word) {
      throw ValidationError("\(word) joins conditions of gan-exp list, and is no tag; choose another word.")
    }
  }

  /// Whether a text can be a tag: one word of the conditions of `list`.
  private static func isTag(_ word: String) -> Bool {
    !word.isEmpty && word.unicodeScalars.count <= 64 && !word.hasPrefix("-")
      && !word.unicodeScalars.contains { scalar in
        scalar.properties.isWhitespace || [.control, .format].contains(scalar.properties.generalCategory)
          || ",()=!<>~\"'&|".unicodeScalars.contains(scalar)
      }
  }

  func run() throws {
    let folder = try target.single()
    let notes = try reporting { () throws(RunError) in
      try folder.requireRun()
      do throws(FileError) {
        if words.isEmpty, remove.isEmpty { return try RunNotes(of: folder) }
        return try RunNotes.change(of: folder) { notes in
          notes.add(words)
          notes.remove(remove)
        }
      } catch { throw RunError(error) }
    }
    guard !notes.tags.isEmpty else { return Terminal.note("\(folder.path) has no tags") }
    try Terminal.print(notes.tags.map(DisplayText.printable).joined(separator: " "))
  }
}
