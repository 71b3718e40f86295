import Compute
import Datasets
import Files
import Glibc
import Networks
import Runs
import Specs
import Training

/// Shows a run to a person: a header, then one line that changes on a terminal, or a line every few seconds elsewhere.
final class RunDisplay: RunObserver {
  private let clock = ContinuousClock()
  private var lastLine: ContinuousClock.Instant?
  private var isLineOpen = false
  /// Steps that a row of the metrics is the mean of.
  private var interval = 1
  /// What the line shows of the metrics.
  private var headline: [Headline] = []
  /// What it shows of how samples are measured; nil where they are not.
  private var measured: Headline?

  func began(_ header: RunHeader) {
    let experiment = header.experiment
    var table = TextTable([.left, .left])
    let sample = experiment.dataset.sampleShape.map(String.init).joined(separator: " x ")
    table.add([
      "data",
      "\(experiment.datasetName), \(Readable.count(experiment.dataset.count)) samples of \(sample)",
    ])
    table.add(["", header.dataOrigin])
    for network in experiment.task.networks {
      table.add([
        network.name, describe(network.inputShape.axes, network.outputShape.axes, network.parameterCount),
      ])
    }
    table.add([
      "training",
      "batch \(experiment.training.batchSize), \(Readable.count(experiment.stepsPerEpoch, "step")) per epoch, "
        + Readable.count(header.steps, "step"),
    ])
    table.add([
      "machine",
      "\(header.machine.cpu), \(header.ranks.map { "\($0) ranks of " } ?? "")"
        + "\(Readable.count(header.threads, "thread")), \(header.lanes) lanes",
    ])
    if let busy = header.machine.busyness(threads: header.threads) {
      table.add(["", "times are measured \(busy)"])
    }
    table.add(["folder", header.folder.path])
    interval = experiment.recording.metricsEvery
    headline = type(of: experiment.task).headline
    if let fields = (experiment.task as? any SamplingTask)?.evaluation,
      let column = fields.best ?? fields.regular.columns.first
    {
      // Without the name of its features.
      measured = Headline(column, String(column.name.prefix { $0 != "@" }).replacing("_", with: " "))
    }
    let means = "means over \(interval) steps, renewed every \(interval) steps"
    table.add(["losses", interval == 1 ? "of the last step" : means])
    let from = header.step > 0 ? ", going on after step \(Readable.count(header.step))" : ""
    let lines = table.wrapped(to: Terminal.width - 2, column: 1).text.split(separator: "\n")
    let name = Terminal.bold(DisplayText.printable(experiment.name))
    Terminal.write("\(name), seed \(experiment.seed)\(from)\n\(lines.map { "  \($0)\n" }.joined())")
  }

  private func describe(_ input: [Int], _ output: [Int], _ parameters: Int) -> String {
    func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
    return "\(text(input)) -> \(text(output)), \(Readable.count(parameters)) parameters"
  }

  func progressed(_ progress: RunProgress) {
    let now = clock.now
    if !Terminal.isLive {
      if !progress.isLast, let lastLine, now - lastLine < .seconds(5) { return }
      lastLine = now
      Terminal.write(line(progress, width: Terminal.errorWidth ?? 200) + "\n")
      return
    }
    Terminal.write("\r" + line(progress, width: Terminal.width - 1) + "\u{1b}[K" + (progress.isLast ? "\n" : ""))
    isLineOpen = !progress.isLast
  }

  /// The line that changes: its parts keep their widths, so that numbers stay in their places.
  private func line(_ progress: RunProgress, width: Int) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func share(_ part: Int, of whole: Int) -> String {
      let all = Readable.count(whole)
      return "\(padded(Readable.count(part), all.count))/\(all)"
    }
    /// Numbers, by their titles or short titles.
    func values(isShort: Bool) -> [String] {
      headline.filter { $0.short != nil }.map { headline in
        let value = progress.metrics[headline.column].map(Double.init) ?? .nan
        return "\((isShort ? headline.short : nil) ?? headline.title) \(Readable.steady(value))"
      }
    }
    let shares = headline.filter { $0.short == nil }.compactMap { headline in
      progress.metrics[headline.column].map {
        "\(headline.title) \(padded(Decimals.text(Double($0) * 100, headline.decimals), 3)) %"
      }
    }
    // Nothing is known of samples before the first evaluation.
    let quality = measured.map { measured in
      let value = progress.metrics[measured.column].map { Readable.steady(Double($0)) }
      return "\(measured.title) \(value ?? padded("-", 7))"
    }
    let evaluation = quality.map { [$0] } ?? []
    let epoch = "epoch \(share(progress.epoch, of: progress.epochs))"
    let step = "step \(share(progress.step, of: progress.steps))"
    let rate = progress.stepsPerSecond
    let speed = "\(padded(Decimals.text(rate, rate < 10 ? 1 : 0), 4)) steps/s"
    let left = progress.isLast ? "" : "\(padded(Readable.shortDuration(progress.secondsLeft), 6)) left"
    // What a narrow terminal can do without goes first.
    let (long, short) = (values(isShort: false), values(isShort: true))
    let lines = [
      [epoch, step] + long + shares + evaluation + [speed, left],
      [epoch, step] + long + evaluation + [speed, left],
      [epoch, step] + short + evaluation + [speed, left],
      [epoch] + short + evaluation + [left],
      [epoch, step] + short + [speed, left],
      [epoch, step] + short + [left],
      [epoch] + short + [speed, left],
      [epoch] + short + [left],
      [epoch, left],
    ].map { parts in parts.filter { !$0.isEmpty }.joined(separator: "  ") }
    guard let line = lines.first(where: { $0.count <= width }) else { return String(epoch.prefix(max(width, 1))) }
    return line + bar(progress, width: width - line.count - 2)
  }

  /// How much is done, as `  [#####...............]`, where a terminal has room for it.
  private func bar(_ progress: RunProgress, width: Int) -> String {
    guard Terminal.isLive, !progress.isLast, width >= 12, progress.steps > 0 else { return "" }
    let room = min(width - 2, 30)
    let done = min(room, room * progress.step / progress.steps)
    return "  [\(String(repeating: "#", count: done))\(String(repeating: ".", count: room - done))]"
  }

  /// A remark has a line of its own above the line that changes.
  func noted(_ message: String) {
    if isLineOpen { Terminal.write("\r\u{1b}[K") }
    Terminal.note(message)
    isLineOpen = false
  }

  func wrote(_ path: String) {}

  /// A table of what was found, below the last line.
  func concluded(_ verdicts: [(subject: String, sentence: String)]) {
    guard !verdicts.isEmpty else { return }
    var table = TextTable([.left, .left])
    for verdict in verdicts { table.add([verdict.subject, verdict.sentence]) }
    let lines = table.wrapped(to: Terminal.width - 2, column: 1).text.split(separator: "\n")
    Terminal.write("verdict\n\(lines.map { "  \($0)\n" }.joined())")
  }
}

/// Shows only what a person must know.
final class QuietDisplay: RunObserver {
  func began(_ header: RunHeader) {}
  func progressed(_ progress: RunProgress) {}
  func noted(_ message: String) { Terminal.note(message) }
  func wrote(_ path: String) {}
  func concluded(_ verdicts: [(subject: String, sentence: String)]) {}
}
