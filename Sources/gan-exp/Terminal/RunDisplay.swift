import Experiments
import Glibc
import Networks
import YAML

/// Shows a run to a person: a header, then one line that changes on a terminal, or a line every few seconds elsewhere.
final class RunDisplay: RunObserver {
  private let clock = ContinuousClock()
  private var lastLine: ContinuousClock.Instant?
  private var isLineOpen = false

  func began(_ header: RunHeader) {
    let experiment = header.experiment
    var table = Table([.left, .left])
    let sample = experiment.dataset.sampleShape.map(String.init).joined(separator: " x ")
    table.add([
      "data",
      "\(experiment.datasetName), \(Readable.count(experiment.dataset.count)) samples of \(sample)",
    ])
    table.add(["", header.dataOrigin])
    table.add([
      "generator",
      describe(
        experiment.generator.inputShape.axes, experiment.generator.outputShape.axes, experiment.generator.parameterCount
      ),
    ])
    table.add([
      "discriminator",
      describe(
        experiment.discriminator.inputShape.axes, experiment.discriminator.outputShape.axes,
        experiment.discriminator.parameterCount),
    ])
    table.add([
      "training",
      "batch \(experiment.training.batchSize), \(Readable.count(experiment.stepsPerEpoch)) steps an epoch, \(Readable.count(header.steps)) steps",
    ])
    table.add([
      "machine",
      "\(header.machine.cpu), \(header.threads) thread\(header.threads == 1 ? "" : "s"), BLAS core \(header.machine.blasCore)",
    ])
    table.add(["folder", header.folder.path])
    let from = header.step > 0 ? ", going on after step \(Readable.count(header.step))" : ""
    let body = table.text.split(separator: "\n").map { "  \($0)\n" }.joined()
    Terminal.write("\(Terminal.bold(experiment.name)), seed \(experiment.seed)\(from)\n\(body)")
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
      Terminal.write(line(progress, width: 200) + "\n")
      return
    }
    Terminal.write("\r" + line(progress, width: Terminal.width - 1) + "\u{1b}[K" + (progress.isLast ? "\n" : ""))
    isLineOpen = !progress.isLast
  }

  private func line(_ progress: RunProgress, width: Int) -> String {
    func metric(_ column: Column) -> String { progress.metrics[column].map { Readable.number(Double($0)) } ?? "" }
    let accuracy =
      progress.metrics[.discriminatorAccuracy].map { "D accuracy \(Decimals.text(Double($0) * 100, 0)) %" } ?? ""
    let epoch = "epoch \(progress.epoch)/\(progress.epochs)"
    let step = "step \(Readable.count(progress.step))/\(Readable.count(progress.steps))"
    let (loss, rival) = (metric(.discriminatorLoss), metric(.generatorLoss))
    let speed = "\(Decimals.text(progress.stepsPerSecond, progress.stepsPerSecond < 10 ? 1 : 0)) steps/s"
    let left = progress.isLast ? "" : "\(Readable.duration(progress.secondsLeft)) left"
    // What a narrow terminal can do without goes first.
    let lines = [
      [
        epoch, step, "D loss \(loss)", "G loss \(rival)", accuracy, speed, left,
      ],
      [epoch, step, "D loss \(loss)", "G loss \(rival)", speed, left],
      [epoch, step, "D \(loss)", "G \(rival)", speed, left],
      [epoch, "D \(loss)", "G \(rival)", speed, left],
      [epoch, "D \(loss)", "G \(rival)", left],
      [epoch, left],
    ].map { parts in parts.filter { !$0.isEmpty }.joined(separator: "  ") }
    return lines.first { $0.count <= width } ?? String(epoch.prefix(max(width, 1)))
  }

  func noted(_ message: String) { interrupt("note: \(message)\n") }

  func wrote(_ path: String) {}

  /// Writes a line of its own above the line that changes.
  private func interrupt(_ text: String) {
    Terminal.write((isLineOpen ? "\r\u{1b}[K" : "") + text)
    isLineOpen = false
  }
}

/// Shows only what a person must know.
final class QuietDisplay: RunObserver {
  func began(_ header: RunHeader) {}
  func progressed(_ progress: RunProgress) {}
  func noted(_ message: String) { Terminal.write("note: \(message)\n") }
  func wrote(_ path: String) {}
}
