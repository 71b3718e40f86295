import Files
import Networks
import Specs

/// Scores or gradients that grow without end, as those of a critic that nothing bounds.
///
/// It shows where in three rows the norm of a network's gradient is above 1000 and ten times the median of its first ten rows, or the
/// mean score of real or generated samples, without its sign, is above 1000 and three times that median, each row above that before.
package struct DivergenceAhead: Symptom {
  package static let name = "divergence_ahead"
  package static let summary = "scores or gradients grow without end"
  package static let remedy =
    "a lower learning rate, global_clipnorm, or what bounds the discriminator: gradient_penalty, spectral_norm, weight_clipping"
  private static let (rows, least) = (3, 1000.0)
  private static let watched: [(column: Column, noun: String, growth: Double)] = [
    (.discriminatorGradientNorm, "the norm of the discriminator's gradient", 10),
    (.generatorGradientNorm, "the norm of the generator's gradient", 10),
    (.scoreReal, "the mean score of real samples", 3), (.scoreGenerated, "the mean score of generated samples", 3),
  ]

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    for (column, noun, growth) in DivergenceAhead.watched {
      let series = history.metric(column)
      guard let last = series.last(DivergenceAhead.rows)?.map(abs), let first = series.earlyMedian.map(abs),
        last[0] > max(DivergenceAhead.least, growth * first), zip(last, last.dropFirst()).allSatisfy({ $0 < $1 })
      else { continue }
      return
        "\(noun) is \(Decimals.short(series.last ?? 0)), at first \(Decimals.short(series.earlyMedian ?? 0)), and grows"
    }
    return nil
  }
}
