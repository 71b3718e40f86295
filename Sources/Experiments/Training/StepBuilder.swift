import Compute
import Networks

/// Adds the updates of a step to a graph, one after another.
struct StepBuilder {
  let experiment: Experiment
  /// The regularizers that count in the step.
  let due: Set<Int>
  let graph = GraphBuilder()
  private var terms: [Column: [Tensor]] = [:]
  private var discriminatorUpdates = 0
  /// The scores of the real batches of the discriminator's turn so far.
  var realScores: [Tensor] = []
  /// What the loss (-1) and the regularizers, by their numbers, hold in a turn.
  private var held: [Int: TurnMemory] = [:]
  let rows: Tensor

  init(_ experiment: Experiment, due: Set<Int>) {
    self.experiment = experiment
    self.due = due
    rows = graph.input(StepGraph.rows, [experiment.training.samplesPerStep])
  }

  // MARK: Metrics

  mutating func record(_ column: Column, _ value: Tensor) { terms[column, default: []].append(value) }

  /// One scalar a column, from what the step's turns and micro-batches recorded.
  mutating func measured() -> [(column: Column, value: Tensor)] {
    var values: [Column: Tensor] = [:]
    for (column, recorded) in terms.sorted(by: { $0.key.name < $1.key.name }) {
      values[column] = reduced(recorded, column.reduction)
    }
    if let real = values[.discriminatorLossReal], let generated = values[.discriminatorLossGenerated] {
      values[.discriminatorLoss] = graph.add(real, generated)
    }
    if let real = values[.discriminatorAccuracyReal], let generated = values[.discriminatorAccuracyGenerated] {
      values[.discriminatorAccuracy] = graph.scale(graph.add(real, generated), by: 0.5)
    }
    precondition(values.keys.allSatisfy(Column.measured.contains), "a column that its owner does not declare")
    return Column.measured.compactMap { column in values[column].map { (column, $0) } }
  }

  private mutating func reduced(_ values: [Tensor], _ reduction: Column.Reduction) -> Tensor? {
    guard var sum = values.first, reduction != .last else { return values.last }
    for value in values.dropFirst() { sum = graph.add(sum, value) }
    return reduction == .sum ? sum : graph.scale(sum, by: 1 / Float(values.count))
  }

  /// The mean score, and the share of scores on the right side of the loss's threshold.
  private mutating func recordScores(_ score: Tensor, isReal: Bool) {
    let mean = graph.mean(score)
    record(isReal ? .scoreReal : .scoreGenerated, mean)
    guard let threshold = experiment.loss.threshold else { return }
    let positive = graph.isPositive(graph.offset(score, by: -threshold))
    let share = graph.mean(positive)
    if isReal {
      record(.discriminatorAccuracyReal, share)
    } else {
      let others = graph.offset(graph.scale(share, by: -1), by: 1)
      record(.discriminatorAccuracyGenerated, others)
    }
  }

  // MARK: The discriminator

  /// One turn of the discriminator, in one update or two.
  mutating func updateDiscriminator(_ turn: Int) {
    switch experiment.training.discriminatorUpdate {
    case .separate:
      descend(turn) { $0.discriminatorLoss($1, onReal: true, onGenerated: false) }
      descend(turn) { $0.discriminatorLoss($1, onReal: false, onGenerated: true) }
    case .joint:
      descend(turn) { $0.discriminatorLoss($1, onReal: true, onGenerated: true) }
    }
    adaptAugmentation()
    realScores = []
  }

  /// One update of the discriminator on the mean loss of the turn's parts.
  private mutating func descend(_ turn: Int, _ loss: (inout StepBuilder, Part) -> Tensor) {
    let settings = graph.input(StepGraph.settings("discriminator", update: discriminatorUpdates), [2])
    discriminatorUpdates += 1
    let gradients = gradients(experiment.discriminatorOptimizer, turn, loss)
    let norm = experiment.discriminatorOptimizer.update(with: gradients, settings: settings)
    record(.discriminatorGradientNorm, norm)
    for regularizer in experiment.regularizers {
      for parameter in experiment.discriminator.parameters {
        let value = graph.read(parameter.variable)
        guard let constrained = regularizer.regularizer.constrained(value) else { break }
        graph.assign(parameter.variable, constrained)
      }
    }
  }

  /// The mean of the gradients of a turn's parts.
  private mutating func gradients(
    _ optimizer: OptimizerState, _ turn: Int, _ loss: (inout StepBuilder, Part) -> Tensor
  ) -> [Tensor] {
    var sums: [Tensor] = []
    held = [:]
    for part in Part.all(of: turn, experiment.training) {
      let share = graph.scale(loss(&self, part), by: 1 / Float(experiment.training.gradientAccumulation))
      let gradients = optimizer.gradients(of: share)
      sums = sums.isEmpty ? gradients : zip(sums, gradients).map { graph.add($0, $1) }
    }
    return sums
  }

  /// The discriminator's loss on the real batch, the generated one or both, with its metrics.
  private mutating func discriminatorLoss(_ part: Part, onReal: Bool, onGenerated: Bool) -> Tensor {
    var real: Judged?
    var generated: Judged?
    if onReal { real = judged(realBatch(part), pass: "real/\(part.name)", updatesStatistics: true) }
    if onGenerated {
      let pass = "generated/\(part.name)"
      let samples = generatedBatch(part, for: "discriminator", kind: "generated", updatesStatistics: false)
      generated = judged(samples, pass: pass, updatesStatistics: true)
    }
    let compares = experiment.loss.comparesBatches
    let realLoss = real.map { real in
      withLoss("real/\(part.name)") { $0.real(real.scores, beside: compares ? generated?.scores : nil, at: &$1) }
    }
    let generatedLoss = generated.flatMap { generated in
      withLoss("generated/\(part.name)") {
        $0.generated(generated.scores, beside: compares ? real?.scores : nil, at: &$1)
      }
    }
    var losses = [realLoss, generatedLoss].compactMap { $0 }
    if let real, let term = headTerm(real, .real) { losses.append(term) }
    if let generated, let term = headTerm(generated, .generated) { losses.append(term) }
    if let real, let realLoss {
      realScores.append(real.scores)
      recordScores(real.scores, isReal: true)
      // The loss of a pair is that of both.
      record(generated != nil && generatedLoss == nil ? .discriminatorLoss : .discriminatorLossReal, realLoss)
    }
    if let generated {
      recordScores(generated.scores, isReal: false)
      if let generatedLoss { record(.discriminatorLossGenerated, generatedLoss) }
      // Where the batches have updates of their own, the real one passes through what the first update left.
      let beside = real ?? judged(realBatch(part), pass: "real/\(part.name)", updatesStatistics: false)
      let mode = Mode.training(pass: "generated/\(part.name)", updatesStatistics: false)
      if let penalty = penalty(.discriminator, part, real: beside.batch, generated: generated.batch, mode: mode) {
        losses.append(penalty)
      }
    }
    var sum = losses[0]
    for loss in losses.dropFirst() { sum = graph.add(sum, loss) }
    return sum
  }

  // MARK: The generator

  /// One update of the generator.
  mutating func updateGenerator(_ turn: Int) {
    let settings = graph.input(StepGraph.settings("generator", update: turn - 1), [2])
    let gradients = gradients(experiment.generatorOptimizer, turn) { $0.generatorLoss($1) }
    let norm = experiment.generatorOptimizer.update(with: gradients, settings: settings)
    record(.generatorGradientNorm, norm)
  }

  /// The generator's loss through the latest discriminator, with its metrics.
  private mutating func generatorLoss(_ part: Part) -> Tensor {
    let pass = "generator/\(part.name)"
    let mode = Mode.training(pass: pass, updatesStatistics: false)
    let samples = generatedBatch(part, for: "generator", kind: "generator", updatesStatistics: true)
    let realSamples = realBatch(Part(turn: experiment.training.discriminatorSteps, number: part.number))
    let parameters = unrolledParameters(real: realSamples, generated: samples)
    let generated = judged(samples, pass: pass, updatesStatistics: false, parameters: parameters)
    let real = judged(realSamples, pass: pass, updatesStatistics: false, parameters: parameters)
    let compares = experiment.loss.comparesBatchesForGenerator
    var loss = withLoss(pass) { $0.generator(generated.scores, beside: compares ? real.scores : nil, at: &$1) }
    record(.generatorLoss, loss)
    if let term = headTerm(generated, .generator) { loss = graph.add(loss, term) }
    guard
      let penalty = penalty(
        .generator, part, real: real.batch, generated: generated.batch, mode: mode, parameters: parameters)
    else { return loss }
    return graph.add(loss, penalty)
  }

  /// Moves the average of the generator's parameters, if one is kept.
  mutating func moveAverage() {
    guard let average = experiment.generatorAverage else { return }
    var decay = graph.constant(Float(average.decay))
    if average.start > 0 {
      let begun = graph.isPositive(graph.offset(graph.stepNumber(), by: -Float(average.start)))
      decay = graph.scale(begun, by: Float(average.decay))
    }
    for parameter in experiment.generator.parameters {
      let variable = average.variable(for: parameter.variable, in: experiment.layout)
      let (old, new) = (graph.read(variable), graph.read(parameter.variable))
      // d a + (1 - d) p = p + d (a - p)
      let kept = graph.multiply(graph.subtract(old, new), decay)
      graph.assign(variable, graph.add(new, kept))
    }
  }

  // MARK: Losses and regularizers

  private func memory(of owner: Int) -> TurnMemory {
    held[owner] ?? TurnMemory(parts: experiment.training.gradientAccumulation)
  }

  /// Lets the loss add a term.
  mutating func withLoss<Term>(
    _ pass: String, _ body: (any Loss, inout LossSite) -> Term
  ) -> Term {
    var site = LossSite(
      graph: graph, pass: pass, kept: experiment.lossVariables.variables, held: memory(of: -1))
    let term = body(experiment.loss, &site)
    held[-1] = site.held
    for (column, value) in site.measures { record(column, value) }
    return term
  }

  /// The sum of the terms that regularizers add to a network's loss; nil where none does in this step.
  private mutating func penalty(
    _ network: RegularizedNetworks, _ part: Part, real: RegularizerSite.Batch, generated: RegularizerSite.Batch,
    mode: Mode, parameters: [Variable: Tensor] = [:]
  ) -> Tensor? {
    let isDiscriminator = network == .discriminator
    let all = experiment.regularizers.enumerated().filter { $0.element.regularizer.networks.contains(network) }
    guard !all.isEmpty else { return nil }
    var sum: Tensor?
    for (number, element) in all where due.contains(number) {
      let regularizer = element.regularizer
      let site = RegularizerSite(
        graph: graph, turn: part.name, real: real, generated: generated, mode: mode,
        network: isDiscriminator ? experiment.discriminator : experiment.generator, critic: experiment.critic,
        parameters: parameters, kept: element.variables.variables, held: memory(of: number))
      let term =
        isDiscriminator ? regularizer.discriminatorTerm(at: site) : regularizer.generatorTerm(at: site)
      held[number] = site.held
      let weighted = graph.scale(term, by: Float(regularizer.every))
      sum = sum.map { graph.add($0, weighted) } ?? weighted
    }
    let measured = sum ?? graph.constant(0)
    record(isDiscriminator ? .discriminatorPenalty : .generatorPenalty, measured)
    return sum
  }
}
