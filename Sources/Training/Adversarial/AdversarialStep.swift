import Compute
import Networks

/// The graph of one adversarial step: every update of the discriminator, then those of the generator.
///
/// Each update reads what the ones before it wrote. The passes' names, which keep their random draws apart, are
/// `real/I` and `generated/I` for the discriminator's I-th turn, from 1, and `generator/J` for the generator's; `.P` behind
/// them is the micro-batch, or the place in a pack.
struct AdversarialStep {
  let task: Adversarial
  /// The regularizers that are due in the step.
  let due: Set<Int>
  let graph = GraphBuilder()
  private var measurements = Measurements()
  private var settings: [OptimizerInput] = []
  private var discriminatorUpdates = 0
  /// The scores of the real batches of the discriminator's turn so far.
  var realScores: [Tensor] = []
  /// What the loss (-1) and the regularizers, by their numbers, hold in a turn.
  private var held: [Int: TurnMemory] = [:]
  let rows: Tensor

  init(_ task: Adversarial, due: Set<Int>) {
    self.task = task
    self.due = due
    rows = graph.input(StepGraph.rows, [task.updates.samplesPerStep])
  }

  // MARK: Metrics

  mutating func record(_ column: Column, _ value: Tensor) { measurements.record(column, value) }

  /// The step with all that was added.
  mutating func finished() -> StepGraph {
    var values = measurements.reduced
    if let real = values[.discriminatorLossReal], let generated = values[.discriminatorLossGenerated] {
      values[.discriminatorLoss] = real + generated
    }
    if let real = values[.discriminatorAccuracyReal], let generated = values[.discriminatorAccuracyGenerated] {
      values[.discriminatorAccuracy] = 0.5 * (real + generated)
    }
    return StepGraph(
      graph: graph.finished(), measured: Measurements.ordered(values, as: Adversarial.columns), settings: settings)
  }

  /// The mean score, and the share of scores on the right side of the loss's threshold.
  private mutating func recordScores(_ score: Tensor, isReal: Bool) {
    record(isReal ? .scoreReal : .scoreGenerated, score.mean())
    guard let threshold = task.loss.threshold else { return }
    let share = (score - threshold).isPositive().mean()
    record(isReal ? .discriminatorAccuracyReal : .discriminatorAccuracyGenerated, isReal ? share : 1 - share)
  }

  // MARK: The discriminator

  /// One turn of the discriminator, in one update or two.
  mutating func updateDiscriminator(_ turn: Int) {
    switch task.updates.discriminatorUpdate {
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
  private mutating func descend(_ turn: Int, _ loss: (inout AdversarialStep, MicroBatch) -> Tensor) {
    let settings = optimizerInput(
      "discriminator", task.discriminatorOptimizer, update: discriminatorUpdates, of: task.updates.discriminatorUpdates)
    discriminatorUpdates += 1
    let gradients = gradients(task.discriminatorOptimizer, turn, loss)
    let norm = task.discriminatorOptimizer.update(with: gradients, settings: settings)
    record(.discriminatorGradientNorm, norm)
    constrain(.discriminator)
  }

  /// Does to a network's parameters what regularizers ask for after an update.
  private func constrain(_ which: RegularizedNetworks) {
    let network = which == .discriminator ? task.discriminator : task.generator
    for regularizer in task.regularizers.map(\.regularizer) where regularizer.constrains.contains(which) {
      for parameter in network.parameters {
        guard let constrained = regularizer.constrained(graph.read(parameter.variable), parameter.role) else {
          continue
        }
        graph.assign(parameter.variable, constrained)
      }
    }
  }

  /// The mean of the gradients of a turn's parts.
  private mutating func gradients(
    _ optimizer: OptimizerState, _ turn: Int, _ loss: (inout AdversarialStep, MicroBatch) -> Tensor
  ) -> [Tensor] {
    var sum = MicroBatchSum(perShard: task.updates.common.gradientAccumulation)
    held = [:]
    for part in MicroBatch.all(of: turn, task.updates) {
      let share = loss(&self, part) * (1 / Float(task.updates.microBatches))
      sum.add(optimizer.gradients(of: share))
    }
    return sum.total
  }

  /// The discriminator's loss on the real batch, the generated one or both, with its metrics.
  private mutating func discriminatorLoss(_ part: MicroBatch, onReal: Bool, onGenerated: Bool) -> Tensor {
    var real: Judged?
    var generated: Judged?
    if onReal { real = judged(realBatch(part), pass: "real/\(part.name)", updatesStatistics: true) }
    if onGenerated {
      let pass = "generated/\(part.name)"
      let samples = generatedBatch(part, for: "discriminator", kind: "generated", updatesStatistics: false)
      generated = judged(samples, pass: pass, updatesStatistics: true)
    }
    let realLoss = real.map { real in
      withLoss("real/\(part.name)") { $0.real(real.scores, beside: generated?.scores, at: &$1) }
    }
    let generatedLoss = generated.flatMap { generated in
      withLoss("generated/\(part.name)") { $0.generated(generated.scores, beside: real?.scores, at: &$1) }
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
    for loss in losses.dropFirst() { sum = sum + loss }
    return sum
  }

  // MARK: The generator

  /// One update of the generator.
  mutating func updateGenerator(_ turn: Int) {
    let settings = optimizerInput(
      "generator", task.generatorOptimizer, update: turn - 1, of: task.updates.generatorSteps)
    let gradients = gradients(task.generatorOptimizer, turn) { $0.generatorLoss($1) }
    let norm = task.generatorOptimizer.update(with: gradients, settings: settings)
    record(.generatorGradientNorm, norm)
    constrain(.generator)
  }

  /// The generator's loss through the latest discriminator, with its metrics.
  private mutating func generatorLoss(_ part: MicroBatch) -> Tensor {
    let pass = "generator/\(part.name)"
    let mode = Mode.training(pass: pass, updatesStatistics: false)
    let samples = generatedBatch(part, for: "generator", kind: "generator", updatesStatistics: true)
    let realSamples = realBatch(MicroBatch(turn: task.updates.discriminatorSteps, number: part.number))
    let parameters = unrolledParameters(real: realSamples, generated: samples)
    let generated = judged(samples, pass: pass, updatesStatistics: false, parameters: parameters)
    let real = judged(realSamples, pass: pass, updatesStatistics: false, parameters: parameters)
    var loss = withLoss(pass) { $0.generator(generated.scores, beside: real.scores, at: &$1) }
    record(.generatorLoss, loss)
    if let term = headTerm(generated, .generator) { loss = loss + term }
    guard
      let penalty = penalty(
        .generator, part, real: real.batch, generated: generated.batch, mode: mode, parameters: parameters)
    else { return loss }
    return loss + penalty
  }

  /// Moves the average of the generator's parameters, if one is kept.
  mutating func moveAverage() { task.generatorAverage?.move(in: graph) }

  /// The input of an optimizer's numbers for an update; the number in its name counts the updates under that name.
  mutating func optimizerInput(
    _ name: String, number: Int? = nil, _ state: OptimizerState, update: Int, of perStep: Int
  ) -> Tensor {
    let input = "\(name).settings.\(number ?? update)"
    if !settings.contains(where: { $0.name == input }) {
      settings.append(OptimizerInput(name: input, optimizer: state.optimizer, update: update, perStep: perStep))
    }
    return graph.input(input, [2])
  }

  // MARK: Losses and regularizers

  private func memory(of owner: Int) -> TurnMemory {
    held[owner] ?? TurnMemory(parts: task.updates.microBatches)
  }

  /// Lets the loss add a term.
  mutating func withLoss<Term>(
    _ pass: String, _ body: (any Loss, inout LossSite) -> Term
  ) -> Term {
    var site = LossSite(
      graph: graph, pass: pass, kept: task.lossVariables.variables, held: memory(of: -1))
    let term = body(task.loss, &site)
    held[-1] = site.held
    for (column, value) in site.measures { record(column, value) }
    return term
  }

  /// The sum of the terms that regularizers add to a network's loss; nil where none does in this step.
  private mutating func penalty(
    _ network: RegularizedNetworks, _ part: MicroBatch, real: RegularizerSite.Batch, generated: RegularizerSite.Batch,
    mode: Mode, parameters: [Variable: Tensor] = [:]
  ) -> Tensor? {
    let isDiscriminator = network == .discriminator
    let all = task.regularizers.enumerated().filter { $0.element.regularizer.networks.contains(network) }
    guard !all.isEmpty else { return nil }
    var sum: Tensor?
    for (number, element) in all where due.contains(number) {
      let regularizer = element.regularizer
      let site = RegularizerSite(
        graph: graph, turn: part.name, real: real, generated: generated, mode: mode,
        network: isDiscriminator ? task.discriminator : task.generator, critic: task.critic,
        parameters: parameters, kept: element.variables.variables, held: memory(of: number))
      let term =
        isDiscriminator ? regularizer.discriminatorTerm(at: site) : regularizer.generatorTerm(at: site)
      held[number] = site.held
      let weighted = term * Float(regularizer.every)
      sum = sum.map { $0 + weighted } ?? weighted
    }
    let measured = sum ?? graph.constant(0)
    record(isDiscriminator ? .discriminatorPenalty : .generatorPenalty, measured)
    return sum
  }
}
