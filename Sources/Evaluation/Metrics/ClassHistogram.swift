import Networks
import Specs

/// How the classes that a classifier sees in generated samples are spread beside those of the training samples.
struct ClassHistogram: Metric {
  static let name = "class_histogram"
  static let summary =
    "classes of generated samples beside those of the training samples: divergence and total variation"

  init(from fields: inout Fields) {}

  var columns: [Column] {
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
  var needs: Needs { .classifier }

  func values(of subject: Subject) -> [Measured] {
    let classes = subject.generated.logits?.columns ?? 0
    let seen = Histogram(of: subject.generated.seenClasses ?? [], classes: classes)
    let trained = Histogram(of: subject.training.classes ?? subject.training.seenClasses ?? [], classes: classes)
    return [Measured(seen.divergence(from: trained)), Measured(seen.totalVariation(from: trained))]
  }
}
