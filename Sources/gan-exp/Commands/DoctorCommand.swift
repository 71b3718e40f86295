import ArgumentParser
import Datasets
import Files
import Host
import Training

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says whether this machine is fit for training, and how to fix what is wrong.",
    discussion: """
      Measures for a second or two.

      \(ExitStatus.sentence([.done, .unfit, .usage, .damaged, .unsupported, .notWritten]))
      """)

  @OptionGroup var machine: MachineArguments
  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let doctor = try reporting {
      try Doctor(threads: machine.threads.count, lanes: machine.lanes, data: machine.data, runs: runs.folder)
    }
    if json {
      try Terminal.print(String(JSON.text(doctor).dropLast()))
    } else {
      var table = TextTable([.left, .left, .left])
      for finding in doctor.findings {
        let sign =
          switch finding.state {
          case .good: "ok"
          case .absent: "-"
          case .bad: "!"
          }
        let lines = finding.text.split(separator: "\n").map(String.init)
        table.add([sign, finding.subject, lines.first ?? ""])
        for line in lines.dropFirst() { table.add(["", "", line]) }
        if let remedy = finding.remedy { table.add(["", "", "-> \(remedy)"]) }
      }
      let width = Terminal.outputWidth
      let text = table.wrapped(to: width, column: 2).shortened(to: width, column: 2).text
      try Terminal.print(String(text.dropLast()))
    }
    if !doctor.isWell { throw ExitCode(1) }
  }
}
