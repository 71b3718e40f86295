import ArgumentParser
import Compute
import Datasets
import Files
import Networks
import Reports
import Runs
import Training

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows how a run stands, and what it was made of.",
    discussion: """
      \(RunArgument.explanation)

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let folder = try target.folder()
    let run = try reporting { try summary(folder) }
    if json {
      try Terminal.print(String(JSON.text(run).dropLast()))
      return
    }
    var table = TextTable([.left, .left])
    table.add(["run", run.path])
    table.add(["status", run.status + (run.reason.map { ": \($0)" } ?? "")])
    table.add([
      "progress", "epoch \(run.epoch), step \(Readable.count(run.step)) of \(Readable.count(run.steps))",
    ])
    table.add(["started", run.started.map { "\(Readable.minute($0)) UTC" } ?? "?"])
    if let seconds = run.seconds {
      table.add([
        "took", Readable.duration(seconds) + (run.sessions > 1 ? ", in \(run.sessions) sessions" : ""),
      ])
    }
    if let tags = run.tags { table.add(["tags", tags.joined(separator: " ")]) }
    if let note = run.note { table.add(["noted", note]) }
    addOrigin(run, to: &table)
    try addResults(run, folder, to: &table)
    for remark in run.remarks { table.add(["note", remark]) }
    if ["killed", "stopped", "failed"].contains(run.status) {
      table.add(["go on with", "gan-exp resume \(ShellText.quoted(run.path))"])
    }
    var text = table.wrapped(to: Terminal.outputWidth, column: 1).text
    if let confusion = run.confusion {
      text += "\n" + ConfusionAnswer(confusion, names: run.data.survey?.classes?.names, width: Terminal.proseWidth).text
    }
    try Terminal.print(String(text.dropLast()))
  }

  /// What the run was made of: spec, data, machine.
  private func addOrigin(_ run: RunSummary, to table: inout TextTable) {
    table.add(["experiment", run.name + (run.loss.map { ", loss \($0)" } ?? "")])
    table.add(["seed", "\(run.seed)"])
    if let overrides = run.overrides, !overrides.isEmpty {
      table.add(["changed", overrides.joined(separator: " ")])
    }
    if let command = run.command { table.add(["command", command]) }
    let shape = run.data.survey.map { " of " + $0.sampleShape.map(String.init).joined(separator: " x ") } ?? ""
    table.add(["data", "\(run.data.name), \(Readable.count(run.data.count, "sample"))\(shape)"])
    if run.data.origin != "generated" { table.add(["", run.data.origin]) }
    if let machine = run.machine {
      table.add([
        "machine",
        "\(machine.cpu), \(run.threads.map { "\($0) of " } ?? "")\(Readable.count(machine.cores, "core"))"
          + (run.lanes.map { ", \($0) lanes" } ?? "") + ", host \(machine.host)",
      ])
    }
    if let version = run.version { table.add(["version", "gan-exp \(version)"]) }
  }

  /// The values of a row.
  private func add(_ columns: [Column], _ values: [String: Double], to table: inout TextTable) {
    for column in columns where ![Column.step, .epoch].contains(column) {
      if let value = values[column.name] { table.add(["  \(column.name)", Readable.number(value)]) }
    }
  }

  /// What was found when the run ended: sentences, then each value with its standard error and what real samples get.
  private func addVerdict(_ run: RunSummary, to table: inout TextTable) {
    for (number, verdict) in (run.verdicts ?? []).enumerated() {
      table.add([number == 0 ? "verdict" : "", "\(verdict.subject): \(verdict.sentence)"])
    }
    guard let verdict = run.verdict else { return }
    table.add([run.verdicts?.isEmpty ?? true ? "verdict" : "", "of step \(Readable.count(verdict.step)), verdict.csv"])
    for row in verdict.rows {
      guard let value = row.value else { continue }
      let error = row.standardError.map { " ± \(Readable.number($0))" } ?? ""
      let real = row.realData.map { ", real data \(Readable.number($0))" } ?? ""
      table.add(["  \(row.metric)", Readable.number(value) + error + real])
    }
    if let sheet = run.neighbours { table.add(["neighbours", sheet]) }
  }

  /// What went wrong in training: each symptom with the steps of the rows that showed it, and those of the last row with what to do.
  private func addHealth(_ run: RunSummary, to table: inout TextTable) {
    guard let symptoms = run.symptoms, !run.last.isEmpty else { return }
    if symptoms.isEmpty { table.add(["health", "no symptom in any row"]) }
    for (number, symptom) in symptoms.enumerated() {
      let steps =
        symptom.rows == 1
        ? "step \(Readable.count(symptom.first))"
        : "\(symptom.rows) rows, steps \(Readable.count(symptom.first)) to \(Readable.count(symptom.last))"
      table.add([number == 0 ? "health" : "", "\(symptom.name): \(steps)"])
      table.add(["", "  " + symptom.sentence])
    }
  }

  /// What came of it: the last row of the metrics, checkpoints, sheets.
  private func addResults(_ run: RunSummary, _ folder: RunFolder, to table: inout TextTable) throws {
    if let problem = run.metricsProblem { table.add(["metrics", "none: \(problem)"]) }
    if let step = run.last["step"].flatMap({ Int(exactly: $0) }) {
      table.add(["metrics", "as of step \(Readable.count(step)), the last row of metrics.csv"])
    }
    add(run.columns, run.last, to: &table)
    if let problem = run.evaluationProblem { table.add(["evaluation", "none: \(problem)"]) }
    if let evaluation = run.evaluation, let step = evaluation["step"].flatMap({ Int(exactly: $0) }) {
      table.add(["evaluation", "as of step \(Readable.count(step)), the last row of evaluation.csv"])
      add(run.evaluationColumns, evaluation, to: &table)
    }
    for counts in run.counts ?? [] {
      guard let shares = BinShares(counts, names: run.names(of: counts.counted)) else { continue }
      let place =
        run.verdict.map { $0.step == counts.step } ?? false ? "at the end" : "step \(Readable.count(counts.step))"
      table.add([counts.counted, "\(place): \(BinWords(shares).line)"])
    }
    addVerdict(run, to: &table)
    addHealth(run, to: &table)
    let (steps, sheet) = try reporting {
      do throws(FileError) {
        return (try folder.checkpointSteps(), try folder.latestSheet())
      } catch {
        throw RunError(error)
      }
    }
    let all = steps.map(String.init).joined(separator: ", ")
    table.add(["checkpoints", steps.isEmpty ? "none" : "of step\(steps.count == 1 ? "" : "s") \(all)"])
    table.add(["samples", sheet ?? "none"])
  }
}
