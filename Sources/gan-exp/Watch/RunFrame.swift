import Files
import Networks
import Reports
import Runs
import Specs
import Training

/// What a terminal shows of one run at a moment.
struct RunFrame {
  let run: ReportRun
  private let width: Int
  private let usesColor: Bool

  init(_ run: ReportRun, width: Int, usesColor: Bool) {
    (self.run, self.width, self.usesColor) = (run, width, usesColor)
  }

  /// All lines, each no wider than the terminal: where the run stands, its columns, its health, its verdict.
  var lines: [String] {
    let summary = run.summary
    let path = DisplayText.printable(run.folder.path)
    let name = "\(DisplayText.printable(summary.name)), seed \(summary.seed)"
    let room = width - DisplayText.width(name) - 2
    return [
      Terminal.bold(Wrapping.shortened(name, width: width), where: usesColor)
        + (room > 8 ? "  " + Wrapping.ending(path, width: room) : ""),
      progress,
    ] + columns.lines + health + verdict
  }

  /// How far it is, in a line that fits.
  var progress: String {
    let summary = run.summary
    let status = summary.status + (summary.reason.map { ": \(DisplayText.printable($0))" } ?? "")
    let epoch = "epoch \(Readable.count(summary.epoch))"
    let step = "step \(Readable.count(summary.step))/\(Readable.count(summary.steps))"
    var parts = [status, epoch, step]
    if run.isRunning, let rate {
      parts.append("\(Decimals.text(rate, rate < 10 ? 1 : 0)) steps/s")
      parts.append("\(Readable.shortDuration(Double(max(0, summary.steps - summary.step)) / rate)) left")
    } else if let seconds = summary.seconds {
      parts.append("took \(Readable.duration(seconds))")
    }
    // What a narrow terminal can do without goes from the end.
    while parts.count > 1, DisplayText.width(parts.joined(separator: "  ")) > width { parts.removeLast() }
    let line = Wrapping.shortened(parts.joined(separator: "  "), width: width)
    let left = width - DisplayText.width(line) - 4
    guard run.isRunning, left >= 12, summary.steps > 0 else { return line }
    let size = min(left, 30)
    let done = min(size, size * summary.step / summary.steps)
    return "\(line)  [\(String(repeating: "#", count: done))\(String(repeating: ".", count: size - done))]"
  }

  /// Steps a second, as the run last measured them.
  private var rate: Double? {
    run.timing?.numbers("steps_per_second")?.last.flatMap { $0 }.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }

  /// The columns that say most: those of the task, and measured ones with a direction.
  static func main(of run: ReportRun) -> [ReportCurve] {
    let headline = run.summary.headline.map(\.column.name)
    let metrics = run.metrics.filter { headline.contains($0.column.name) }
    let measured = run.evaluation.filter { $0.column.direction != .none }
    return Array(((metrics.isEmpty ? run.metrics : metrics) + measured).filter { $0.places != nil }.prefix(9))
  }

  /// The columns as sparklines with their newest and best values; broken values are told of by the status.
  private var columns: (lines: [String], names: Int) {
    let curves = RunFrame.main(of: run)
    guard !curves.isEmpty else { return (["", "no row yet"], 0) }
    let names = min(
      34, max(min(12, width - 12), width / 3, 4), curves.map { DisplayText.width($0.column.name) }.max() ?? 0)
    var best: [String] = []
    for curve in curves {
      let place = curve.best
      let words = place.map { "best \(Decimals.short(curve.values[$0])) at \(Decimals.whole(curve.steps[$0]))" }
      best.append(words ?? "")
    }
    let longest = best.map(\.count).max() ?? 0
    let hasBest = width >= names + 12 + longest + 24
    let room = width - names - 12 - (hasBest ? longest + 2 : 0)
    let lines = zip(curves, best).map { curve, best in
      let name = Wrapping.shortened(DisplayText.printable(curve.column.name), width: names)
      let last = curve.places.map { Readable.steady(curve.values[$0.last]) } ?? ""
      let line = Sparkline.text(curve.values, width: min(room, 60))
      let spark = line + String(repeating: " ", count: max(0, min(room, 60) - line.count))
      var text =
        name + String(repeating: " ", count: names - DisplayText.width(name)) + "  " + last
        + String(repeating: " ", count: max(0, 9 - last.count)) + " " + spark
      if hasBest, !best.isEmpty { text += "  " + best }
      while text.last == " " { text.removeLast() }
      return Wrapping.shortened(text, width: width)
    }
    return ([""] + lines, names)
  }

  /// What the rows show of bad training: the symptoms of the last row first.
  private var health: [String] {
    guard let symptoms = run.summary.symptoms, !run.summary.last.isEmpty else { return [] }
    guard !symptoms.isEmpty else { return ["", "health  no symptom in any row"] }
    let ordered = symptoms.sorted { $0.last > $1.last }
    return [""]
      + ordered.flatMap { symptom -> [String] in
        let steps =
          symptom.rows == 1
          ? "step \(Readable.count(symptom.first))"
          : "\(symptom.rows) rows, steps \(Readable.count(symptom.first)) to \(Readable.count(symptom.last))"
        return Wrapping.lines(of: "\(symptom.name) (\(steps)): \(symptom.sentence)", width: width - 8)
          .enumerated().map { ($0 == 0 && symptom.name == ordered[0].name ? "health  " : "        ") + $1 }
      }
  }

  /// What was found when it ended.
  var verdict: [String] {
    guard let verdicts = run.summary.verdicts, !verdicts.isEmpty else { return [] }
    return [""]
      + verdicts.flatMap { verdict -> [String] in
        let head = "\(DisplayText.printable(verdict.subject))  "
        return Wrapping.lines(of: DisplayText.printable(verdict.sentence), width: max(20, width - head.count))
          .enumerated().map { ($0 == 0 ? head : String(repeating: " ", count: head.count)) + $1 }
      }
  }
}
