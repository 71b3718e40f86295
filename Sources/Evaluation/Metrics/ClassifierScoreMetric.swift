import Compute
import Networks
import Specs

/// The classifier score exp(mean KL(p(y|x) | p(y))), the Inception score of another network (Salimans et al., "Improved Techniques for
/// Training GANs", 2016).
package struct ClassifierScoreMetric: Metric {
  package static let name = "classifier_score"
  package static let summary =
    "how sure a classifier is of each sample and how evenly classes occur: from 1 to their number"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [Column("classifier_score", "exp(mean KL(p(y|x) | p(y))) of a classifier", direction: .higher, reduction: .last)]
  }
  package var needs: Needs { .classifier }

  package func values(of subject: Subject) -> [Measured] {
    let score = ClassifierScore(ofLogits: subject.generated.logits ?? Matrix(rows: 0, columns: 0), on: subject.pool)
    return [Measured(score.value, standardError: score.standardError)]
  }
}
