import Compute
import Foundation
import TestSupport
import Training

/// `Documentation/cli.md`: every command, from the parser of arguments, and the exit statuses, from their enumeration.
struct CommandPage {
  /// What the parser of arguments says of itself.
  private struct Dump: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
    let superCommands: [String]?

    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

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
    let isRepeating: Bool

    var isStandard: Bool { ["help", "version"].contains { name in names?.contains { $0.name == name } ?? false } }

    var title: String {
      let value = valueName.map { "<\($0)>" } ?? ""
      guard kind != "positional" else { return "`\(value)`\(isRepeating ? ", repeated" : "")" }
      let names = (names ?? []).map(\.text).sorted { $0.count < $1.count }.joined(separator: "`, `")
      return kind == "flag" ? "`\(names)`" : "`\(names) \(value)`"
    }

    var meaning: String {
      let values = allValues.map { " One of \($0.map { "`\($0)`" }.joined(separator: ", "))." } ?? ""
      let standard = defaultValue.map { " Default `\($0)`." } ?? ""
      return Page.cell(abstract ?? "") + values + standard
    }
  }

  private let root: Command
  /// Paragraphs that several commands have, which are shown once.
  private let common: [String]

  init() throws {
    let answer = try Program.run(["--experimental-dump-help"])
    root = try JSONDecoder().decode(Dump.self, from: Data(answer.output.utf8)).command
    var counts: [String: Int] = [:]
    for command in root.all { for part in CommandPage.paragraphs(command) { counts[part, default: 0] += 1 } }
    common = counts.filter { $0.value > 1 && !$0.key.hasPrefix("Exit codes: ") }.map(\.key).sorted()
  }

  private static func paragraphs(_ command: Command) -> [String] {
    (command.discussion ?? "").components(separatedBy: "\n\n").filter { !$0.isEmpty }
  }

  /// The commands with help of their own, in the order of `gan-exp --help`.
  private var commands: [Command] { root.all.dropFirst().filter { $0.commandName != "help" } }

  /// The page.
  func text() throws -> String {
    var text = """
      # Commands

      Made by `make pages` from `gan-exp --help`, that of every command, and the enumeration of exit statuses; a test compares both.

      \(root.abstract ?? "")

      | command | what it does |
      |---|---|

      """
    for command in commands where command.subcommands?.isEmpty ?? true {
      text += "| [\(command.path)](#\(Page.anchor(command.path))) | \(Page.cell(command.abstract ?? "")) |\n"
    }
    text += """

      Every command takes `-h` and `--help`; `gan-exp --version` shows the version. \(CommandPage.completion)


      """
    if !common.isEmpty { text += "## Naming a run\n\n\(common.joined(separator: "\n\n"))\n\n" }
    for command in commands where command.subcommands?.isEmpty ?? true { text += try section(command) }
    return text + statuses + CommandPage.environment
  }

  private static let completion =
    "`source <(gan-exp --generate-completion-script bash)` lets the shell complete commands, options, specs, runs and the names of "
    + "`describe`; zsh and fish likewise."

  private func section(_ command: Command) throws -> String {
    var text = "## \(command.path)\n\n\(command.abstract ?? "")\n\n```\n\(try synopsis(command))\n```\n\n"
    for part in CommandPage.paragraphs(command) where !part.hasPrefix("Exit codes: ") {
      if common.contains(part) {
        text += "A run is named [as above](#naming-a-run).\n\n"
      } else if part.hasPrefix("Examples:\n") {
        let lines = part.split(separator: "\n").dropFirst().map { "    " + $0.drop { $0 == " " } }
        text += lines.joined(separator: "\n") + "\n\n"
      } else {
        text += Page.cell(part) + "\n\n"
      }
    }
    let arguments = (command.arguments ?? []).filter { !$0.isStandard }
    if !arguments.isEmpty {
      text += "| argument | meaning |\n|---|---|\n"
      text += arguments.map { "| \($0.title) | \($0.meaning) |\n" }.joined() + "\n"
    }
    if let codes = CommandPage.paragraphs(command).first(where: { $0.hasPrefix("Exit codes: ") }) {
      let numbers = codes.matches(of: #/(?:: |; )(\d+) /#).map { String($0.1) }
      text += "[Exit statuses](#exit-statuses): \(numbers.joined(separator: ", ")).\n\n"
    }
    return text
  }

  /// The synopsis of the command's help.
  private func synopsis(_ command: Command) throws -> String {
    let words = command.path.split(separator: " ").dropFirst().map(String.init)
    let help = try Program.run(words + ["--help"], environment: ["COLUMNS": "100"]).output
    let lines = help.components(separatedBy: "\n")
    let usage = lines.drop { !$0.hasPrefix("USAGE: ") }.prefix { !$0.isEmpty }
    return usage.map { String($0.dropFirst(7)) }.joined(separator: "\n")
  }

  private var statuses: String {
    var text = "## Exit statuses\n\n"
    text += "Those of `sysexits.h`, 1 for a finding, 3 for divergence, 128 + its number for a signal.\n\n"
    text += "| status | meaning | commands |\n|---|---|---|\n"
    for status in ExitStatus.allCases {
      let owners = commands.filter { command in
        CommandPage.paragraphs(command).contains { part in
          part.hasPrefix("Exit codes: ")
            && [": ", "; "].contains { part.contains("\($0)\(status.rawValue) ") }
        }
      }
      let ending = commands.filter { $0.subcommands?.isEmpty ?? true }.count
      let names =
        owners.count == ending
        ? "all" : owners.map { $0.path.replacing("gan-exp ", with: "") }.joined(separator: ", ")
      text += "| \(status.rawValue) | \(Page.cell(status.meaning)) | \(names) |\n"
    }
    return text + "\n"
  }

  /// The table of variables.
  static let environment = """
    ## Environment

    | variable | meaning |
    |---|---|
    | `GAN_EXP_DATA` | a folder in which data are looked for, after `--data-dir` |
    | `XDG_CACHE_HOME` | where `data fetch` puts datasets, in `gan-exp/datasets`; by default `~/.cache` |
    | `GAN_EXP_GRACE` | the seconds after Ctrl-C within which a step must end; default 30, or ten times the longest step |
    | `GAN_EXP_WORKER` | what `run --seeds` tells the processes that it begins: the group, their threads and its own number |
    | `OMPI_COMM_WORLD_SIZE` | set by `mpirun`: how many processes train together |
    | `OMPI_COMM_WORLD_LOCAL_SIZE` | set by `mpirun`: how many of them are on this machine |
    | `PMI_SIZE` | set by another MPI, which is refused |
    | `HOME` | where `~/.cache` is |
    | `COLUMNS` | the width of answers |
    | `NO_COLOR` | no colors, and no pictures in the terminal |
    | `TERM` | no colors, and no line that changes, where it is `dumb`; how `watch` shows pictures |
    | `KITTY_WINDOW_ID` | set by kitty: `watch` shows pictures by its graphics |
    | `COLORTERM` | 24 bits a color for pictures where it is `truecolor` or `24bit` |
    | `OPENBLAS_NUM_THREADS` | set to 1 by the program itself under `ulimit -v`, for a library that only checks products |

    """
}
