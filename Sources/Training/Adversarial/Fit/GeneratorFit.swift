import Compute
import Networks
import Specs

extension FitCheck {
  /// The generator must make samples like the data's.
  func generator(_ network: Network, _ layers: [Marked<any Layer>]) {
    network.warn(of: layers, batch: parts.training.common.microBatchSize, to: diagnostics)
    guard let last = network.rows.last else { return }
    if network.outputShape != wanted {
      let maker = zip(network.rows, layers).reversed().first { !$0.1.value.ending.isInput }?.0
      diagnostics.error(
        "the generator makes \(network.outputShape), but a sample of \(dataset.name) is \(wanted)",
        at: last.mark,
        remedy: remedy(for: network),
        related: maker.flatMap { maker in
          maker.mark == last.mark
            ? nil : [(mark: maker.mark, note: "its values are made here: \(maker.output)")]
        } ?? [])
      return
    }
    guard let bounds = dataset.bounds, let made = OutputBounds(layers), !FitCheck.isNear(made.range, bounds),
      let own = made.source.value.outputBounds(of: nil)
    else { return }
    guard own != bounds else {
      return diagnostics.warning(
        "the data lie in \(FitCheck.plain(bounds)), but the layers after this one bring its values to "
          + FitCheck.plain(made.range), at: made.source.mark, remedy: "leave out what scales them")
    }
    diagnostics.warning(
      "the data lie in \(FitCheck.plain(bounds)), but this layer makes values in \(FitCheck.plain(own))",
      at: made.source.mark,
      remedy: bounds == -1...1
        ? (made.source.value.hasActivation ? "use activation: tanh" : "use - tanh in its place") : nil)
  }

  /// Whether intervals are the same but for rounding.
  private static func isNear(_ range: ClosedRange<Float>, _ other: ClosedRange<Float>) -> Bool {
    abs(range.lowerBound - other.lowerBound) < 1e-3 && abs(range.upperBound - other.upperBound) < 1e-3
  }

  /// The dense layer whose values, however they are changed one by one, the last layer brings to its shape.
  private func vectorMaker(in network: Network) -> Network.Row? {
    let before = network.rows.dropLast()
    guard let vector = before.last?.output else { return nil }
    return before.reversed().prefix { $0.output == vector }.first { $0.layer == Dense.name }
  }

  /// How a generator's output becomes a sample: the nearest change that leaves a spec which passes.
  private func remedy(for network: Network) -> String {
    let output = network.outputShape
    let reshape = "- reshape: {shape: \(wanted)}"
    let dense = "- dense: {units: \(wanted.count)\(dataset.bounds == -1...1 ? ", activation: tanh" : "")}"
    let isReshape = network.rows.last?.layer == Networks.Reshape.name
    if output.count == wanted.count {
      if isReshape { return "use shape: \(wanted)" }
      return wanted.rank == 1 ? "add - flatten after it" : "add \(reshape) after it"
    }
    let more = wanted.rank == 1 ? "" : " and \(reshape)"
    if output.rank == 1 {
      let isDense = network.rows.last?.layer == Dense.name
      if isDense {
        return "use units: \(wanted.count)" + (more.isEmpty ? "" : " and add \(reshape) after it")
      }
      return "add \(dense)\(more) after it"
    }
    if isReshape, network.rows.dropLast().last?.output.rank ?? 1 == 1 {
      if more.isEmpty { return "write \(dense) in its place" }
      guard let maker = vectorMaker(in: network) else { return "put \(dense) before it and use shape: \(wanted)" }
      let place = maker.mark.source == network.rows.last?.mark.source ? "" : " of \(maker.mark.source.name)"
      let line =
        maker.mark.line == network.rows.last?.mark.line && place.isEmpty ? "" : " in line \(maker.mark.line)\(place)"
      return "use units: \(wanted.count)\(line) and shape: \(wanted)"
    }
    return "add - flatten, \(dense)\(more) after it"
  }
}
