import Specs

extension Sweep {
  /// Reads the section `sweep` of a file; nil after mistakes were reported, each at its line and column.
  package static func read(_ root: Node, diagnostics: Diagnostics) -> Sweep? {
    guard root.pairs != nil, root["sweep"] != nil else {
      diagnostics.error(
        "this is no sweep: it has no section sweep", at: root.mark,
        remedy: "write sweep: {base: mlp-mnist.yaml, method: random, trials: 20, ...}; a spec is for gan-exp run")
      return nil
    }
    let before = diagnostics.errorCount
    let own = Node(.mapping((root.pairs ?? []).filter { $0.key.text == "sweep" }), mark: root.mark)
    var outer = Fields(own, of: "a sweep", diagnostics: diagnostics)
    let sweep = read(from: &outer)
    outer.finish()
    return diagnostics.errorCount == before ? sweep : nil
  }

  /// What a sweep can say.
  package static let description: FieldsDescription = {
    var fields = Fields.describing(subject: "a sweep")
    _ = read(from: &fields)
    return fields.description
  }()

  private static func read(from outer: inout Fields) -> Sweep? {
    outer.group("sweep", required: true, "the trials of a sweep") { fields in
      let name = fields.optionalString("name", "the name of its folder; by default that of its file")
      let base = fields.optionalString(
        FieldName("base", alsoCalled: ["spec", "program", "experiment"], example: "mlp-mnist.yaml"),
        "the path of the spec that it begins from, relative to this file; what else stands in the file is merged over it"
      )
      let method = fields.item(
        FieldName("method", alsoCalled: ["algorithm", "search", "sampler", "strategy"], example: "random"),
        of: MethodCatalog.all, "which trials there are, and how long they train")
      let trials = fields.optionalInteger(
        FieldName(
          "trials", alsoCalled: ["max_trials", "n_trials", "run_cap", "num_samples"], example: "20"), in: 1...10_000,
        "how many trials; of each value, where there is each")
      let seed = fields.integer("seed", in: 0...Int.max, default: 0, "the seed of all that is drawn for the trials")
      let objective = Sweep.objective(from: &fields)
      let seeds = fields.optionalIntegerRanges(
        "seeds", count: 1...10_000, "the seeds of each trial, whose value is their mean; by default that of the spec")
      let parameters = fields.optionalMapping(
        FieldName(
          "parameters", alsoCalled: ["params", "space", "search_space"],
          example: "{training.batch_size: {choice: [32, 64]}}"), of: "distribution",
        "the keys of the spec that vary, as --set has them, and the distributions of their values")
      let each = fields.optionalString(
        FieldName("each", alsoCalled: ["per", "stratify", "groupby"]),
        "the key of a choice: as many trials of each of its values, and the best of each")
      let rungs = Sweep.rungs(from: &fields)
      let parallel = fields.integer(
        FieldName("parallel", alsoCalled: ["workers", "concurrency", "max_concurrent"]), in: 1...1024, default: 1,
        "for tpe and asha, how many trials are thought of as running at once, whatever the machine has")
      let finale = Sweep.finale(from: &fields)
      let isWhole = !fields.isDescribing && fields.isComplete
      // Its mistakes are told beside the others.
      if !isWhole, let parameters { _ = Space.read(parameters, diagnostics: fields.diagnostics) }
      guard isWhole, let method, let objective else { return nil }
      let reading = SweepSpace(
        method: method, trials: trials, seed: seed, goal: objective.0.goal ?? .minimize, parallel: parallel, each: each,
        rungs: rungs)
      guard let strata = reading.strata(parameters, &fields) else { return nil }
      return Sweep(
        name: name, baseSpec: base.map { Node.string($0).at(fields.mark(of: "base")) }, method: method, strata: strata,
        each: each, methodMark: fields.mark(of: "method"), objective: objective.0, metricMark: objective.1,
        seeds: seeds?.map(UInt64.init),
        rungs: rungs, rungsMark: fields.mark(of: "halving"), parallel: parallel, finale: finale)
    }
  }

  private static func objective(from fields: inout Fields) -> (Objective, Mark)? {
    fields.group(
      FieldName("objective", alsoCalled: ["metric", "goal", "optimize"]), required: true, "what the sweep looks for"
    ) { fields in
      let metric = fields.string(
        FieldName("metric", alsoCalled: ["name", "monitor"], example: "frechet_distance@digits-1"),
        "a column of evaluation.csv, or of metrics.csv")
      let goal: Goal? = fields.optionalChoice(
        FieldName("goal", alsoCalled: ["mode", "direction"]),
        "which values are better; by default the column's own direction")
      let value = fields.choice(
        "value", default: Objective.Value.best,
        "which number of a run counts: the best of its rows, the last, or that of verdict.csv")
      let noise = fields.number(
        FieldName("noise", alsoCalled: ["standard_error", "tolerance"]), in: .atLeast(0), default: 0,
        "the standard error of a trial's value: trials within twice as much are tied, and both go on")
      guard !fields.isDescribing else { return nil }
      return (
        Objective(metric: metric, goal: goal, value: value, noise: noise),
        fields.mark(of: "metric")
      )
    }
  }

  private static func rungs(from fields: inout Fields) -> Rungs? {
    fields.optionalGroup(
      FieldName("halving", alsoCalled: ["early_terminate", "rungs", "pruner"]),
      "the rungs of halving, hyperband and asha"
    ) { fields in
      func length(_ key: FieldName, _ summary: String) -> TrainingLength? {
        TrainingLength(
          fields.string(key, summary) { text in
            TrainingLength(text) != nil
              ? nil : Int(text).map { "write \($0) epochs, or \($0) steps" } ?? "write 1 epoch, or 500 steps"
          })
      }
      let first = length(
        FieldName("from", alsoCalled: ["min_iter", "min_resource", "grace_period"], example: "1 epoch"),
        "how long all trials train")
      let last = length(
        FieldName("to", alsoCalled: ["max_iter", "max_resource", "max_t"], example: "27 epochs"),
        "how long the best train: the training.epochs, or training.steps, of every trial")
      let factor = fields.integer(
        FieldName("factor", alsoCalled: ["eta", "reduction_factor"]), in: 2...1000, default: 3,
        "by how much trials get fewer and longer from rung to rung")
      guard let first, let last else { return nil }
      guard first.unit == last.unit else {
        fields.error("from is in \(first.unit.rawValue), to in \(last.unit.rawValue)", at: "to", remedy: "use one unit")
        return nil
      }
      guard first.count < last.count else {
        fields.error(
          "halving goes from \(first.text) to \(last.text)", at: "to", remedy: "to must be longer than from")
        return nil
      }
      return Rungs(first: first, last: last, factor: factor)
    } ?? nil
  }

  private static func finale(from fields: inout Fields) -> Finale? {
    fields.optionalGroup(
      FieldName("then", alsoCalled: ["finally", "final", "confirm"]), "what follows: the best trials with other seeds"
    ) { fields in
      let best = fields.integer(
        "best", in: 1...1000, default: 1, "how many of the best, of each value where there is each")
      let seeds = fields.optionalIntegerRanges(
        FieldName("seeds", example: "0..9"), count: 1...10_000, "their seeds, the only ones whose values are then told")
      guard let seeds else {
        fields.error("then needs seeds", remedy: "write then: {best: 1, seeds: 100..109}")
        return nil
      }
      return Finale(best: best, seeds: seeds.map(UInt64.init), mark: fields.mark(of: "seeds"))
    } ?? nil
  }
}
