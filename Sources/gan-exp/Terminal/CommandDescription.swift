import ArgumentParser
import FoundationEssentials

/// What the parser of arguments knows of a command, from which its page of the manual and that of the documentation are made.
package struct CommandDescription: Decodable, Sendable {
  /// An argument.
  package struct Argument: Decodable, Sendable {
    private struct Name: Decodable {
      let kind: String
      let name: String
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    private let kind: String
    private let names: [Name]?
    /// What its value is called.
    package let valueName: String?
    /// What it is for.
    package let abstract: String?
    private let defaultValue: String?
    private let allValues: [String]?
    /// Whether it can be given several times.
    package let isRepeating: Bool
    private let shouldDisplay: Bool

    /// `--output`, `-o`: the short one first.
    package var options: [String] { (names ?? []).map(\.text).sorted { $0.count < $1.count } }
    /// Whether it is known by its place.
    package var isPositional: Bool { kind == "positional" }
    /// Whether it takes a value.
    package var takesValue: Bool { kind != "flag" }
    /// Whether help shows it.
    package var isShown: Bool { shouldDisplay }
    /// Whether all commands have it.
    package var isStandard: Bool { options.contains { ["--help", "--version"].contains($0) } }

    /// What it is for, what it can be and what it is by default, a sentence each.
    /// - Parameter quoted: a value as it stands in the text.
    package func meaning(_ text: (String) -> String = { $0 }, quoted: (String) -> String = { $0 }) -> String {
      let values = allValues.map { " One of \($0.map(quoted).joined(separator: ", "))." } ?? ""
      return text(abstract ?? "") + values + (defaultValue.map { " Default \(quoted($0))." } ?? "")
    }
  }

  /// Its word.
  package let commandName: String
  /// One sentence: what it does.
  package let abstract: String?
  private let discussion: String?
  private let arguments: [Argument]?
  private let subcommands: [CommandDescription]?
  private let superCommands: [String]?

  private struct Dump: Decodable { let command: CommandDescription }

  /// The program.
  package static let program: CommandDescription = {
    guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(GanExp._dumpHelp().utf8)) else {
      preconditionFailure("the parser of arguments says of itself what nobody can read")
    }
    return dump.command
  }()

  /// What the program says to words that it cannot follow, without reading a file; nil where it can.
  package static func refusal(of words: [String]) -> String? {
    do {
      _ = try GanExp.parseAsRoot(words)
      return nil
    } catch {
      let isAnswered = GanExp.exitCode(for: error) == .success
      return isAnswered ? nil : GanExp.fullMessage(for: error)
    }
  }

  /// The words by which it is called, `gan-exp data fetch`.
  package var path: [String] { (superCommands ?? []) + [commandName] }
  /// The commands below it, but help.
  package var commands: [CommandDescription] { (subcommands ?? []).filter { $0.commandName != "help" } }
  /// It, and all commands below it.
  package var all: [CommandDescription] { [self] + commands.flatMap(\.all) }
  /// Its arguments that help shows.
  package var shownArguments: [Argument] { (arguments ?? []).filter(\.isShown) }

  private static let codes = "Exit codes: "
  private var allParagraphs: [String] {
    (discussion ?? "").split(separator: "\n\n").map(String.init)
  }
  /// What is said of it at length, without how it can end.
  package var paragraphs: [String] { allParagraphs.filter { !$0.hasPrefix(CommandDescription.codes) } }
  /// How it can end: codes with their meaning; nil where it does not say.
  package var exitCodes: [(code: String, meaning: String)]? {
    allParagraphs.first { $0.hasPrefix(CommandDescription.codes) }.map { paragraph in
      paragraph.dropFirst(CommandDescription.codes.count).split(separator: ";").map { part in
        let words = part.drop { $0 == " " }
        return (String(words.prefix { $0 != " " }), String(words.drop { $0 != " " }.dropFirst()))
      }
    }
  }

  /// The lines of how it is called, so many columns wide.
  package func synopsis(width: Int) -> [String] {
    var type: any ParsableCommand.Type = GanExp.self
    for word in path.dropFirst() {
      type = type.configuration.subcommands.first { $0.configuration.commandName == word } ?? type
    }
    let help = Answer.wrappingUsage(GanExp.helpMessage(for: type, columns: 1000), width: width)
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { !$0.hasPrefix("USAGE: ") }.prefix { !$0.isEmpty }.map { String($0.dropFirst(7)) }
  }
}
