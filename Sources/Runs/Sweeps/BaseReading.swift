import Datasets
import Files
import Host
import Networks
import Specs
import Sweeps
import Training

/// The spec that a sweep begins from, and its mistakes with every value that a parameter may have.
struct BaseReading {
  let spec: Node
  let sweep: Sweep?
  /// The section `sweep` of the file.
  let section: Node
  let name: String
  let location: DataLocation
  let machine: Machine
  let threads: Int

  /// What was found.
  struct Found {
    let baseSpec: TrialSpec
    let specs: TrialSpecs
    let column: Column
    let goal: Goal
  }

  /// Reads the spec, and the values of all parameters that can be read, whatever is wrong with the sweep.
  func read(_ diagnostics: Diagnostics) -> Found? {
    let parameters = section["parameters"].map(Space.readable) ?? []
    checkKeys(of: parameters, diagnostics)
    var root = Override.set(Node.string("name"), to: Node.string(name), in: spec, diagnostics: diagnostics)
    let rungs = sweep?.rungs
    if let rungs, let mark = sweep?.rungsMark {
      if rungs.last.unit == .epochs, root["training"]?["steps"] != nil {
        root = Override.set(
          Node.string("training.steps").at(mark), to: Node(.null, mark: mark), in: root, diagnostics: diagnostics)
      }
      root = Override.set(
        Node.string("training.\(rungs.last.unit.rawValue)").at(mark), to: Node.integer(rungs.last.count).at(mark),
        in: root, diagnostics: diagnostics)
    }
    let marks = Dictionary(parameters.map { ($0.key, $0.mark) }) { first, _ in first }
    func specs(_ data: DataKnowledge) -> TrialSpecs {
      TrialSpecs(root: root, marks: marks, name: name, data: data, memory: machine.memory, threads: threads)
    }
    let looking = specs(.looking(location))
    let own = Diagnostics()
    let experiment = looking.experiment([], own)
    for message in own.all { diagnostics.report(message) }
    // Where parameters change the data, they are looked at each time.
    let changesData = parameters.contains { $0.key.hasPrefix("dataset") || $0.key.hasPrefix("evaluation") }
    let known = experiment.flatMap { experiment in
      changesData
        ? nil
        : specs(
          .known(
            experiment.dataset.survey, validation: nil, in: location))
    }
    for parameter in parameters where !BaseReading.forbidden.keys.contains(parameter.key) {
      check(parameter, among: parameters, known ?? looking, diagnostics)
    }
    guard let experiment else { return nil }
    let column = self.column(in: experiment, diagnostics)
    guard !diagnostics.hasErrors,
      let footprint = Footprint(experiment, limit: machine.memory, threads: threads, diagnostics: diagnostics)
    else { return nil }
    checkFinale(experiment, diagnostics)
    guard let column, let sweep else { return nil }
    return Found(
      baseSpec: TrialSpec(experiment, footprint), specs: known ?? looking, column: column,
      goal: sweep.objective.goal ?? (column.direction == .higher ? .maximize : .minimize))
  }

  /// Keys that no parameter can have, and what to do in their place.
  private static let forbidden: [String: String] = [
    "seed": "write seeds: [0, 1, 2] into the sweep, for each trial to run with all of them",
    "seeds": "write seeds into the sweep",
    "name": "write name into the sweep: trials have its name",
    "extends": "write base into the sweep",
  ]

  private func checkKeys(of parameters: [Sweeps.Parameter], _ diagnostics: Diagnostics) {
    let method = section["method"]
    let sampler = method?.pairs?.first?.value["sampler"] ?? method
    let listed = (sampler?["list"]?["trials"]?.elements ?? []).flatMap { $0.pairs ?? [] }
    let keys = parameters.map { ($0.key, $0.mark) } + listed.map { ($0.key.text ?? "", $0.key.mark) }
    for (key, mark) in keys {
      if let remedy = BaseReading.forbidden[key] {
        diagnostics.error("\(key) is no parameter of a sweep", at: mark, remedy: remedy)
      }
      if sweep?.rungs != nil, ["training.epochs", "training.steps", "training"].contains(key) {
        diagnostics.error("\(key) is what halving goes to", at: mark, remedy: "remove it from the parameters")
      }
    }
  }

  /// Reports what is wrong with the spec when a parameter has one of its values, and those that it asks for theirs.
  private func check(
    _ parameter: Sweeps.Parameter, among parameters: [Sweeps.Parameter], _ specs: TrialSpecs, _ diagnostics: Diagnostics
  ) {
    let asked = BaseReading.conditions(of: parameter, among: parameters, depth: 0)
    /// What is wrong with a value.
    func mistakes(_ value: Node) -> [Diagnostic] {
      let trial = Diagnostics()
      _ = specs.experiment(asked + [(parameter.key, value)], trial)
      return trial.all.filter { $0.severity == .error }
    }
    let found = parameter.distribution.witnesses.map(mistakes)
    guard case .interval(let interval) = parameter.distribution else {
      for mistake in found.joined() { diagnostics.report(mistake) }
      return
    }
    // Of a range the first mistake tells enough.
    guard let first = found.first(where: { !$0.isEmpty })?.first else { return }
    let whole = [interval.low.rounded(.up), interval.high.rounded(.down)].compactMap { Int(exactly: $0) }
    if !interval.isInteger, whole.count == 2, whole[0] < whole[1],
      whole.allSatisfy({ mistakes(.integer($0)).isEmpty })
    {
      let kind = interval.isLogarithmic ? "int_log_uniform" : "int_uniform"
      diagnostics.error(first.message, at: first.mark, remedy: "write \(kind): [\(whole[0]), \(whole[1])]")
    } else {
      diagnostics.report(first)
    }
  }

  /// Values with which a parameter is active.
  private static func conditions(
    of parameter: Sweeps.Parameter, among parameters: [Sweeps.Parameter], depth: Int
  ) -> [(key: String, value: Node)] {
    var pairs: [(key: String, value: Node)] = []
    for condition in parameter.conditions where depth < 16 {
      guard let other = parameters.first(where: { $0.key == condition.key }) else { continue }
      pairs += conditions(of: other, among: parameters, depth: depth + 1)
      if let value = condition.values.first { pairs.append((condition.key, value)) }
    }
    return pairs
  }

  /// The column of the objective; nil after a report.
  private func column(in experiment: Experiment, _ diagnostics: Diagnostics) -> Column? {
    guard let node = section["objective"]?["metric"], let wanted = node.text else { return nil }
    let value = section["objective"]?["value"]?.text ?? Objective.Value.best.rawValue
    let isOfVerdict = value == Objective.Value.verdict.rawValue
    let atEnd = (experiment.task as? any SamplingTask)?.evaluation?.atEnd.columns ?? []
    let measured = isOfVerdict ? atEnd : experiment.task.evaluationColumns
    let others = isOfVerdict ? [] : experiment.task.step(due: Set(experiment.task.intervals.indices)).columns
    let found = measured.first { $0.name == wanted } ?? others.first { $0.name == wanted }
    guard let column = found else {
      let names = measured.map(\.name)
      let near = names.first { $0.hasPrefix(wanted + "@") } ?? Suggestion.nearest(to: wanted, among: names)
      diagnostics.error(
        "no column \(wanted) is measured \(isOfVerdict ? "at the end of a run" : "while the spec trains")",
        at: node.mark,
        remedy: near.map { "did you mean \($0)?" }
          ?? (names.isEmpty
            ? "add evaluation: {metrics: [frechet_distance]} to the spec"
            : "use one of \(names.joined(separator: ", "))"))
      return nil
    }
    if column.direction == .none, section["objective"]?["goal"] == nil {
      diagnostics.error(
        "\(wanted) is neither better high nor low", at: node.mark,
        remedy: measured.contains { $0.name == wanted }
          ? "say goal: minimize or goal: maximize"
          : "say goal: minimize, or take a measure of samples: losses of different trials do not compare")
    }
    if let rungs = sweep?.rungs { check(rungs, column, measured, experiment, node.mark, diagnostics) }
    return column
  }

  /// Reports rungs that end before anything is measured.
  private func check(
    _ rungs: Rungs, _ column: Column, _ measured: [Column], _ experiment: Experiment, _ mark: Mark,
    _ diagnostics: Diagnostics
  ) {
    if sweep?.objective.value == .verdict {
      diagnostics.error(
        "verdict.csv is of runs that are complete, and the trials of a rung are not",
        at: section["objective"]?["value"]?.mark, remedy: "use best or last")
    }
    if rungs.last.unit == .steps, experiment.totalSteps < rungs.last.count {
      diagnostics.error(
        "the spec trains \(experiment.totalSteps) steps, and halving goes to \(rungs.last.text)", at: sweep?.rungsMark,
        remedy: "give it more training.epochs")
    }
    let steps = rungs.first.unit == .epochs ? rungs.first.count * experiment.stepsPerEpoch : rungs.first.count
    let isMeasured = measured.contains { $0.name == column.name }
    let interval =
      isMeasured ? (experiment.task.evaluatesEvery ?? 1) * experiment.stepsPerEpoch : experiment.recording.metricsEvery
    guard steps < interval else { return }
    diagnostics.error(
      "the first rung ends after \(rungs.first.text), before \(column.name) is measured for the first time",
      at: sweep?.rungsMark,
      remedy: isMeasured && rungs.first.unit == .epochs
        ? "write evaluation: {every: 1} into the spec, or begin with longer rungs"
        : isMeasured
          ? "begin with at least \(interval) steps"
          : "write record: {metrics_every: \(steps)} into the spec, or begin with longer rungs")
  }

  /// Warns of seeds that chose the best and then judge it.
  private func checkFinale(_ experiment: Experiment, _ diagnostics: Diagnostics) {
    guard let finale = sweep?.finale else { return }
    let own = sweep?.seeds ?? [experiment.seed]
    let shared = finale.seeds.filter(own.contains)
    guard !shared.isEmpty else { return }
    let next = (own + finale.seeds).max().map { $0 + 1 } ?? 0
    diagnostics.warning(
      "seed\(shared.count == 1 ? "" : "s") \(Seeds.text(shared)) chose the best trial: with \(shared.count == 1 ? "it" : "them") its value is optimistic",
      at: finale.mark, remedy: "use others, such as \(next)..\(next + UInt64(finale.seeds.count) - 1)")
  }
}
