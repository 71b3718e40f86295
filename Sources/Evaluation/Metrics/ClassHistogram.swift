import Networks
import Specs

/// How the classes that a classifier sees in generated samples are spread beside those of the training samples.
///
/// These are their labels where the classifier tells just their classes apart, and else what it sees in them.
package struct ClassHistogram: Metric {
  package static let name = "class_histogram"
  package static let summary =
    "classes of generated samples beside those of the training samples: divergence and total variation"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "class_divergence", "KL of the classes seen in generated samples from those of the training samples",
        unit: Column.nats, direction: .lower, reduction: .last),
      Column(
        "class_variation",
        "the total variation between the classes seen in generated samples and those of the training samples",
        unit: Column.share, direction: .lower, reduction: .last),
    ]
  }
  package var needs: Needs { [.classifier, .trainingClasses] }

  package func values(of subject: Subject) -> [Measured] {
    let classes = subject.generated.logits?.columns ?? 0
    let seen = Histogram(of: subject.generated.seenClasses ?? [], classes: classes)
    let trained = Histogram(of: subject.trainingClasses ?? subject.training.seenClasses ?? [], classes: classes)
    return [Measured(seen.divergence(from: trained)), Measured(seen.totalVariation(from: trained))]
  }
}
