import Compute
import Datasets
import Networks

/// A classifier at inference on its validation samples: their loss, accuracy, confusion, and its most confident mistakes.
///
/// Sums are in Double, in the order of the samples.
final class Validator: Inspector {
  /// A sample that was taken for another class.
  private struct Mistake {
    let sample: Int
    let predicted: Int
    /// The logarithm of the probability of the class it was taken for.
    let confidence: Float
  }

  /// What was found of a state.
  private struct Finding {
    let evaluation: Evaluation
    /// The most confident first.
    let mistakes: [Mistake]
  }

  private let task: Supervised
  private let table: Table
  private let sheetCount: Int
  private let batch: Int
  private let session: Session
  private let rows: Buffer
  private let losses: VertexNumber
  private let surprises: VertexNumber
  private let logits: VertexNumber
  private var latest: (step: Int, finding: Finding)?

  /// Plans a pass over batches of the validation samples.
  init(_ task: Supervised, at site: InspectionSite) throws(PlanError) {
    self.task = task
    // Where nothing is validated, as when steps are timed, nothing is asked for either.
    table = site.data.validation ?? site.data.table
    sheetCount = site.sampleCount
    batch = Validator.batch(task)
    let outputs = Validator.outputs(task)
    (losses, surprises, logits) = (outputs[0].number, outputs[1].number, outputs[2].number)
    session = try Session(
      Plan(outputs[0].graph, outputs: outputs), state: site.state, pool: site.pool, samples: table.sampleValues,
      labels: table.labels ?? [], seed: site.seed)
    guard let rows = session.input(StepGraph.rows) else { preconditionFailure("validation without samples") }
    self.rows = rows
  }

  /// The plan of a batch.
  static func plan(_ task: Supervised) -> Plan {
    let outputs = outputs(task)
    return Plan(outputs[0].graph, outputs: outputs)
  }

  private static func batch(_ task: Supervised) -> Int { min(task.training.microBatchSize, 500) }

  /// For a batch: the loss of each sample and minus the logarithm of the largest probability, both [N, 1], and the logits [N, C].
  private static func outputs(_ task: Supervised) -> [Tensor] {
    let graph = GraphBuilder()
    let rows = graph.input(StepGraph.rows, [batch(task)])
    let samples = graph.gather(rows: rows, sampleShape: task.sampleShape)
    let logits = task.network.apply(samples, mode: .inference, parameters: task.average?.values(in: graph) ?? [:])
    let total = logits.logSumExp()
    let labels = graph.gatherLabels(rows: rows).oneHot(classes: task.classes.count)
    let own = (logits * labels).sum(over: 1..<2).reshaped(to: total.shape)
    return [total - own, total - logits.rowMaximum().reshaped(to: total.shape), logits]
  }

  func evaluation(at step: Int) -> Evaluation? { finding(at: step).evaluation }

  /// The most confident mistakes, with the class of each and the one it was taken for.
  func sheet(at step: Int) -> Sheet {
    let shown = finding(at: step).mistakes.prefix(sheetCount)
    let labels = table.labels ?? []
    return Sheet(
      samples: shown.flatMap { table.sample($0.sample) },
      captions: shown.map { mistake in
        Sheet.Caption(lines: [
          task.classes.name(Int(labels[mistake.sample])), "as " + task.classes.name(mistake.predicted),
        ])
      }, title: "mistakes")
  }

  private func finding(at step: Int) -> Finding {
    if let latest, latest.step == step { return latest.finding }
    let finding = find()
    latest = (step, finding)
    return finding
  }

  private func find() -> Finding {
    let labels = table.labels ?? []
    let classes = task.classes.count
    var confusion = ConfusionMatrix(classes: (0..<classes).map(task.classes.name))
    var mistakes: [Mistake] = []
    var sum = 0.0
    for start in stride(from: 0, to: table.count, by: batch) {
      let count = min(batch, table.count - start)
      // The last batch is filled up with samples that are not counted.
      rows.write((0..<batch).map { Int32($0 < count ? start + $0 : 0) }, from: 0)
      session.run(step: 0)
      let (losses, surprises) = (session.buffer(losses).values, session.buffer(surprises).values)
      let logits = session.buffer(logits).values
      for row in 0..<count {
        let own = Int(labels[start + row])
        var predicted = 0
        for other in 1..<classes where logits[row * classes + other] > logits[row * classes + predicted] {
          predicted = other
        }
        sum += Double(losses[row])
        confusion.add(class: own, predicted: predicted)
        if predicted != own {
          mistakes.append(Mistake(sample: start + row, predicted: predicted, confidence: -surprises[row]))
        }
      }
    }
    mistakes.sort { ($1.confidence, $0.sample) < ($0.confidence, $1.sample) }
    let accuracy = Double(confusion.correct) / Double(table.count)
    return Finding(
      evaluation: Evaluation(values: [sum / Double(table.count), accuracy], confusion: confusion),
      mistakes: mistakes)
  }
}

extension Table {
  /// The values of a sample.
  package func sample(_ number: Int) -> [Float] {
    let range = (number * sampleSize)..<((number + 1) * sampleSize)
    return switch values {
    case .bytes(let bytes, let lookup): bytes[range].map { lookup[Int($0)] }
    case .floats(let floats): Array(floats[range])
    }
  }
}
