import ArgumentParser
import Glibc
import Specs
import Training

/// What the program says to arguments that ask for help or cannot be followed, in the voice of its other answers.
struct Answer {
  private let error: any Error

  init(to error: any Error) { self.error = error }

  /// Says it and ends the process: help and the like on stdout, mistakes on stderr with 64.
  func end() -> Never {
    let code = GanExp.exitCode(for: error)
    if code == .success {
      let text = Answer.readableByFish(GanExp.fullMessage(for: error, columns: Terminal.outputWidth ?? 80))
      guard !text.isEmpty else { exit(0) }
      do { try Terminal.print(Answer.wrappingUsage(text, width: Terminal.outputWidth ?? 80)) } catch {
        exit(GanExp.exitCode(for: error).rawValue)
      }
      exit(0)
    }
    let message = GanExp.message(for: error)
    if !message.isEmpty { Terminal.show(Answer.mistake(message, full: GanExp.fullMessage(for: error))) }
    exit(code == .validationFailure ? 64 : code.rawValue)
  }

  /// The script for fish as fish 3 can run it, which tells no place of the cursor within a word; any other text as it is.
  private static func readableByFish(_ text: String) -> String {
    text.replacing("(__gan-exp_tokens -tC)", with: "(string length -- (commandline -tc))")
  }

  /// Help whose synopsis is broken between its arguments where it is wider than the terminal.
  static func wrappingUsage(_ help: String, width: Int) -> String {
    help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("USAGE: ") else { return String(line) }
      var lines: [String] = []
      var current = ""
      for part in parts(of: line.dropFirst(7)) {
        let room = width - 7
        if !current.isEmpty, DisplayText.width("\(current) \(part)") > room {
          lines.append(current)
          // Further lines begin under the first argument.
          current = "  " + part
        } else {
          current = current.isEmpty ? part : "\(current) \(part)"
        }
      }
      lines.append(current)
      return "USAGE: " + lines.joined(separator: "\n       ")
    }.joined(separator: "\n")
  }

  /// The words of a synopsis; what stands in brackets, and an option with its value, is one.
  private static func parts(of synopsis: Substring) -> [String] {
    var parts: [String] = []
    var depth = 0
    for word in synopsis.split(separator: " ") {
      if depth > 0 || word == "..." || (word.hasPrefix("<") && parts.last?.hasPrefix("-") == true), !parts.isEmpty {
        parts[parts.count - 1] += " \(word)"
      } else {
        parts.append(String(word))
      }
      depth += word.count { $0 == "[" } - word.count { $0 == "]" }
    }
    return parts
  }

  /// A mistake in the arguments as this program tells of mistakes.
  /// - Parameters:
  ///   - message: the sentence of the parser, or of a command's own check.
  ///   - full: the parser's whole text, in which it shows the command's synopsis.
  static func mistake(_ message: String, full: String) -> RunError {
    let command = full.split(separator: "'").map(String.init).last { $0.hasSuffix(" --help") } ?? "gan-exp --help"
    let known = options(of: command)
    var sentence = Substring(message.split(separator: "\n").first ?? "")
    var remedy = "\(command) shows what it takes"
    // A value that an option's own check refused: what the check says is enough.
    if sentence.hasPrefix("The value '"), let end = sentence.firstRange(of: "': ") {
      sentence = sentence[end.upperBound...]
    } else if sentence.hasPrefix("The value '"), let end = sentence.firstRange(of: "'. Please provide one of ") {
      let words = choices(in: message)
      let list = words.isEmpty ? unquoted(sentence[end.upperBound...]) : "one of " + words.joined(separator: ", ")
      sentence = sentence[..<end.lowerBound] + "'"
      remedy = near(sentence, among: words) ?? "it takes \(list)"
    } else if sentence.hasPrefix("The value '"), case let words = choices(in: message), !words.isEmpty {
      remedy = near(sentence, among: words) ?? "it takes one of \(words.joined(separator: ", "))"
    }
    if sentence.hasPrefix("Unknown option '") {
      let option = sentence.split(separator: "'").dropFirst().first.map(String.init) ?? ""
      sentence = "there is no option \(option)"
      if let near = Suggestion.nearest(to: option, among: known) {
        remedy = "did you mean \(near)?"
      } else if known.contains("--set"), option.hasPrefix("--") {
        remedy = "a value of the spec is changed with --set key=value; \(command) shows the options"
      }
    }
    if sentence.hasPrefix("Missing value for '") {
      sentence = "\(sentence.dropFirst(19).split(separator: " ").first ?? "") needs a value"
    }
    if sentence.hasPrefix("Missing expected argument '") {
      sentence = "the argument \(sentence.dropFirst(27).dropLast()) is missing"
    }
    return RunError(lowered(unquoted(sentence)), remedy: remedy, exitCode: 64)
  }

  /// The words that the parser lists below its sentence.
  private static func choices(in message: String) -> [String] {
    message.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
  }

  /// The word that the value which the sentence quotes first may stand for.
  private static func near(_ sentence: Substring, among words: [String]) -> String? {
    let value =
      sentence.split(separator: "'", omittingEmptySubsequences: false).dropFirst().first.map(String.init) ?? ""
    return Suggestion.nearest(to: value, among: words).map { "did you mean \($0)?" }
  }

  /// The long options of the command whose help is asked for by these words.
  private static func options(of words: String) -> [String] {
    var command: any ParsableCommand.Type = GanExp.self
    for word in words.split(separator: " ").dropFirst().map(String.init) {
      guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        break
      }
      command = next
    }
    let lines = GanExp.helpMessage(for: command, columns: 1000).split(separator: "\n").filter { $0.hasPrefix("  -") }
    return lines.flatMap { $0.split { $0 == " " || $0 == "," }.filter { $0.hasPrefix("--") }.map(String.init) }
  }

  private static func unquoted(_ text: Substring) -> String {
    let letters = Array(text)
    var plain = ""
    for (index, letter) in letters.enumerated() {
      // An apostrophe within a word is none.
      let isApostrophe =
        index > 0 && index + 1 < letters.count && letters[index - 1].isLetter && letters[index + 1].isLetter
      if letter != "'" || isApostrophe { plain.append(letter) }
    }
    while plain.last == "." { plain.removeLast() }
    return plain
  }

  /// A sentence that begins small, unless it begins with a name in capitals.
  private static func lowered(_ sentence: String) -> String {
    guard let first = sentence.first, first.isUppercase, sentence.dropFirst().first?.isUppercase != true else {
      return sentence
    }
    return first.lowercased() + sentence.dropFirst()
  }
}
