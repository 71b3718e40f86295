import ArgumentParser
import Files
import FoundationEssentials

/// A page of the manual, in the language of `man`, from what the parser of arguments knows of a command.
struct ManualPage {
  /// Its name, `gan-exp-run`.
  let name: String
  private let command: Command
  private let others: [String]

  /// What the parser of arguments says of itself.
  private struct Dump: Decodable { let command: Command }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
    let superCommands: [String]?

    var path: [String] { (superCommands ?? []) + [commandName] }
    var page: String { path.joined(separator: "-") }
    /// It, and the commands below it.
    var all: [Command] { [self] + (subcommands ?? []).flatMap(\.all) }
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
      var text: String { (kind == "long" ? "--" : "-") + name }
    }
    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
    let shouldDisplay: Bool
  }

  /// The pages of all commands.
  static var all: [ManualPage] {
    guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(GanExp._dumpHelp().utf8)) else {
      preconditionFailure("the parser of arguments says of itself what nobody can read")
    }
    let commands = dump.command.all.filter { $0.commandName != "help" }
    return commands.map { command in
      ManualPage(name: command.page, command: command, others: commands.map(\.page).filter { $0 != command.page })
    }
  }

  /// The page.
  var text: String {
    let paragraphs = (command.discussion ?? "").split(separator: "\n\n").map(String.init)
    let codes = "Exit codes: "
    var text = ".TH \"\(name.uppercased())\" 1 \"\" \"gan-exp \(Version.current)\" \"gan-exp\"\n"
    text += ".SH NAME\n\(roff(name)) \\- \(roff(String((command.abstract ?? "").prefix { $0 != "\n" })))\n"
    text += ".SH SYNOPSIS\n.nf\n\(synopsis.map { roff($0) + "\n" }.joined()).fi\n"
    text += ".SH DESCRIPTION\n"
    for paragraph in paragraphs where !paragraph.hasPrefix(codes) { text += described(paragraph) }
    let arguments = (command.arguments ?? []).filter(\.shouldDisplay)
    if !arguments.isEmpty { text += ".SH OPTIONS\n" + arguments.map(described).joined() }
    let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
    if !below.isEmpty {
      text += ".SH COMMANDS\n"
      text += below.map { ".TP\n.B \(roff($0.commandName))\n\(roff($0.abstract ?? ""))\n" }.joined()
    }
    if let paragraph = paragraphs.first(where: { $0.hasPrefix(codes) }) {
      text += ".SH EXIT STATUS\n"
      for part in paragraph.dropFirst(codes.count).split(separator: ";") {
        let words = part.drop { $0 == " " }
        let meaning = words.drop { $0 != " " }.dropFirst()
        text += ".TP\n.B \(words.prefix { $0 != " " })\n\(roff(String(meaning)))\n"
      }
    }
    return text + ".SH SEE ALSO\n" + others.map { "\\fB\(roff($0))\\fR(1)" }.joined(separator: ",\n") + "\n"
  }

  /// The lines of how the command is called.
  private var synopsis: [String] {
    var type: any ParsableCommand.Type = GanExp.self
    for word in command.path.dropFirst() {
      type = type.configuration.subcommands.first { $0.configuration.commandName == word } ?? type
    }
    let help = Answer.wrappingUsage(GanExp.helpMessage(for: type, columns: 1000), width: 80)
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { !$0.hasPrefix("USAGE: ") }.prefix { !$0.isEmpty }.map { String($0.dropFirst(7)) }
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
  private func described(_ argument: Argument) -> String {
    let names = (argument.names ?? []).map(\.text).sorted { $0.count < $1.count }
    let value = argument.valueName.map { "\\fI<\(roff($0))>\\fR" } ?? ""
    let head =
      names.map { "\\fB\(roff($0))\\fR" }.joined(separator: ", ")
      + (argument.kind == "flag" ? "" : names.isEmpty ? value : " \(value)")
    let values = argument.allValues.map { " One of \($0.joined(separator: ", "))." } ?? ""
    let standard = argument.defaultValue.map { " Default: \($0)." } ?? ""
    return ".TP\n\(head)\n\(roff((argument.abstract ?? "") + values + standard))\n"
  }

  /// A text in which nothing is a command of the language.
  private func roff(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    return escaped.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(".") ? "\\&\($0)" : String($0) }.joined(separator: "\n")
  }
}
