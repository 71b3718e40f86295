import Compute

/// The discriminator at inference, on samples that are given.
///
/// What it says of one does not depend on the others: running statistics, no dropout, no augmentation.
package final class Scorer {
  /// Samples that it judges at a time.
  private static let most = 4096

  private let count: Int
  private let sampleSize: Int
  private let session: Session
  private let output: VertexNumber

  /// Plans the scores by the discriminator whose parameters are in `state`.
  /// - Parameters:
  ///   - label: the class that all samples are taken for; nil where the spec has no classes.
  ///   - limit: the most samples that will be asked for at once.
  /// - Throws: `PlanError` when there is not enough memory.
  init(_ task: Adversarial, label: Int?, limit: Int, state: State, pool: ThreadPool) throws(PlanError) {
    precondition(task.scoring.packing == 1, "a pack has no score of one sample")
    let count = max(1, min(limit, Scorer.most))
    (self.count, sampleSize) = (count, task.sampleShape.count)
    let graph = GraphBuilder()
    let samples = graph.input("samples", Shape([count] + task.sampleShape.axes))
    let labels = task.conditional.map { _ in graph.input("labels", [count, 1]) }
    let scores = task.critic.judge(samples, mode: .inference, labels: labels).scores
    output = scores.number
    session = try Session(Plan(graph, outputs: [scores]), state: state, pool: pool)
    if labels != nil {
      guard let label else { preconditionFailure("the discriminator is told no class") }
      session.input("labels")?.write([Float](repeating: Float(label), count: count))
    }
  }

  /// The score of each sample; samples [count] + sample shape, row-major.
  package func scores(of samples: [Float]) -> [Float] {
    var scores: [Float] = []
    let whole = count * sampleSize
    for start in stride(from: 0, to: samples.count, by: whole) {
      var batch = Array(samples[start..<min(start + whole, samples.count)])
      let wanted = batch.count / sampleSize
      batch += [Float](repeating: 0, count: whole - batch.count)
      session.input("samples")?.write(batch)
      session.run(step: 0)
      scores += session.buffer(output).values.prefix(wanted)
    }
    return scores
  }
}
