import Files

/// A page of the manual, in the language of `man`, from what the parser of arguments knows of a command.
struct ManualPage {
  /// Its name, `gan-exp-run`.
  let name: String
  private let command: CommandDescription
  private let others: [String]

  private static func name(of command: CommandDescription) -> String { command.path.joined(separator: "-") }

  /// The pages of all commands.
  static var all: [ManualPage] {
    let commands = CommandDescription.program.all
    let names = commands.map(name)
    return commands.map { command in
      let own = name(of: command)
      return ManualPage(name: own, command: command, others: names.filter { $0 != own })
    }
  }

  /// The page.
  var text: String {
    var text = ".TH \"\(name.uppercased())\" 1 \"\" \"gan-exp \(Version.current)\" \"gan-exp\"\n"
    text += ".SH NAME\n\(roff(name)) \\- \(roff(String((command.abstract ?? "").prefix { $0 != "\n" })))\n"
    text += ".SH SYNOPSIS\n.nf\n\(command.synopsis(width: 80).map { roff($0) + "\n" }.joined()).fi\n"
    text += ".SH DESCRIPTION\n"
    for paragraph in command.paragraphs { text += described(paragraph) }
    let arguments = command.shownArguments
    if !arguments.isEmpty { text += ".SH OPTIONS\n" + arguments.map(described).joined() }
    if !command.commands.isEmpty {
      text += ".SH COMMANDS\n"
      text += command.commands.map { ".TP\n.B \(roff($0.commandName))\n\(roff($0.abstract ?? ""))\n" }.joined()
    }
    if let codes = command.exitCodes {
      text += ".SH EXIT STATUS\n"
      text += codes.map { ".TP\n.B \($0.code)\n\(roff($0.meaning))\n" }.joined()
    }
    return text + ".SH SEE ALSO\n" + others.map { "\\fB\(roff($0))\\fR(1)" }.joined(separator: ",\n") + "\n"
  }

  /// A paragraph, of which lines that stand in are shown as they are.
  private func described(_ paragraph: String) -> String {
    let lines = paragraph.split(separator: "\n").map(String.init)
    let examples = lines.filter { $0.hasPrefix("  ") }
    let prose = lines.filter { !$0.hasPrefix("  ") }.joined(separator: " ")
    return ".PP\n\(roff(prose))\n"
      + (examples.isEmpty
        ? "" : ".RS\n.nf\n\(examples.map { roff(String($0.dropFirst(2))) + "\n" }.joined()).fi\n.RE\n")
  }

  /// An argument with its names, its value and what it is for.
  private func described(_ argument: CommandDescription.Argument) -> String {
    let options = argument.options
    let value = argument.valueName.map { "\\fI<\(roff($0))>\\fR" } ?? ""
    let head =
      options.map { "\\fB\(roff($0))\\fR" }.joined(separator: ", ")
      + (argument.takesValue ? options.isEmpty ? value : " \(value)" : "")
    return ".TP\n\(head)\n\(roff(argument.meaning()))\n"
  }

  /// A text in which nothing is a command of the language.
  private func roff(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    return escaped.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(".") ? "\\&\($0)" : String($0) }.joined(separator: "\n")
  }
}
