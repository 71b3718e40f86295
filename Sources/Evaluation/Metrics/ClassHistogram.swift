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
    let (seen, trained) = histograms(of: subject)
    return [Measured(seen.divergence(from: trained)), Measured(seen.totalVariation(from: trained))]
  }

  private func histograms(of subject: Subject) -> (seen: Histogram, trained: Histogram) {
    let classes = subject.generated.logits?.columns ?? 0
    return (
      Histogram(of: subject.generated.seenClasses ?? [], classes: classes),
      Histogram(of: subject.trainingClasses ?? subject.training.seenClasses ?? [], classes: classes)
    )
  }

  package var counted: String? { BinCounts.classes }

  package func counts(of subject: Subject) -> BinCounts? {
    let (seen, trained) = histograms(of: subject)
    return BinCounts(BinCounts.classes, generated: seen.counts, real: trained.expected(of: subject.generated.count))
  }
}
