import ArgumentParser
import Experiments

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says whether this machine is fit for training, and what to do about what is amiss.",
    discussion: """
      Measures for a second or two. Exit codes: 0 nothing is wrong, 1 something costs speed or will end runs.
      """)

  @OptionGroup var machine: MachineArguments
  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    try machine.chooseCore()
    let doctor = try reporting {
      try Doctor(threads: machine.threads.count, data: machine.data, runs: runs.folder)
    }
    if json {
      try Terminal.print(String(JSON.text(doctor).dropLast()))
    } else {
      var table = Table([.left, .left, .left])
      for finding in doctor.findings {
        let sign =
          switch finding.state {
          case .good: "ok"
          case .absent: "-"
          case .bad: "!"
          }
        var lines = finding.text.split(separator: "\n").map(String.init)
        if let remedy = finding.remedy { lines.append("-> \(remedy)") }
        table.add([sign, finding.subject, lines.first ?? ""])
        for line in lines.dropFirst() { table.add(["", "", line]) }
      }
      try Terminal.print(String(table.text.dropLast()))
    }
    if !doctor.isWell { throw ExitCode(1) }
  }
}
