import Compute
import Foundation
import TestSupport
import Training
import gan_exp

/// `Documentation/cli.md`: every command, from the parser of arguments, and the exit statuses, from their enumeration.
struct CommandPage {
  private let root = CommandDescription.program
  /// Paragraphs that several commands have, which are shown once.
  private let common: [String]

  init() {
    var counts: [String: Int] = [:]
    for command in root.all { for part in command.paragraphs { counts[part, default: 0] += 1 } }
    common = counts.filter { $0.value > 1 }.map(\.key).sorted()
  }

  /// The commands that do something, in the order of `gan-exp --help`.
  private var commands: [CommandDescription] { root.all.dropFirst().filter(\.commands.isEmpty) }

  private func path(_ command: CommandDescription) -> String { command.path.joined(separator: " ") }

  /// The page.
  var text: String {
    var text = """
      # Commands

      Made by `make pages` from `gan-exp --help`, that of every command, and the enumeration of exit statuses; a test compares both.

      \(root.abstract ?? "")

      | command | what it does |
      |---|---|

      """
    for command in commands {
      text += "| [\(path(command))](#\(Page.anchor(path(command)))) | \(Page.cell(command.abstract ?? "")) |\n"
    }
    text += """

      Every command takes `-h` and `--help`; `gan-exp --version` shows the version. \(CommandPage.completion)


      """
    if !common.isEmpty { text += "## Naming a run\n\n\(common.joined(separator: "\n\n"))\n\n" }
    for command in commands { text += section(command) }
    return text + statuses + CommandPage.environment
  }

  private static let completion =
    "`source <(gan-exp --generate-completion-script bash)` lets the shell complete commands, options, specs, runs and the names of "
    + "`describe`; zsh and fish likewise."

  private func section(_ command: CommandDescription) -> String {
    let synopsis = command.synopsis(width: 100).joined(separator: "\n")
    var text = "## \(path(command))\n\n\(command.abstract ?? "")\n\n```\n\(synopsis)\n```\n\n"
    for part in command.paragraphs {
      if common.contains(part) {
        text += "A run is named [as above](#naming-a-run).\n\n"
      } else if part.hasPrefix("Examples:\n") {
        let lines = part.split(separator: "\n").dropFirst().map { "    " + $0.drop { $0 == " " } }
        text += lines.joined(separator: "\n") + "\n\n"
      } else {
        text += Page.cell(part) + "\n\n"
      }
    }
    let arguments = command.shownArguments.filter { !$0.isStandard }
    if !arguments.isEmpty {
      text += "| argument | meaning |\n|---|---|\n"
      text += arguments.map { "| \(title($0)) | \($0.meaning(Page.cell) { "`\($0)`" }) |\n" }.joined() + "\n"
    }
    if let codes = command.exitCodes {
      text += "[Exit statuses](#exit-statuses): \(codes.map(\.code).joined(separator: ", ")).\n\n"
    }
    return text
  }

  private func title(_ argument: CommandDescription.Argument) -> String {
    let value = argument.valueName.map { "<\($0)>" } ?? ""
    if argument.isPositional { return "`\(value)`\(argument.isRepeating ? ", repeated" : "")" }
    return "`\(argument.options.joined(separator: "`, `"))\(argument.takesValue ? " \(value)" : "")`"
  }

  private var statuses: String {
    var text = "## Exit statuses\n\n"
    text += "Those of `sysexits.h`, 1 for a finding, 3 for divergence, 128 + its number for a signal.\n\n"
    text += "| status | meaning | commands |\n|---|---|---|\n"
    for status in ExitStatus.allCases {
      let owners = commands.filter { $0.exitCodes?.contains { $0.code == "\(status.rawValue)" } == true }
      let names =
        owners.count == commands.count
        ? "all" : owners.map { path($0).replacing("gan-exp ", with: "") }.joined(separator: ", ")
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
