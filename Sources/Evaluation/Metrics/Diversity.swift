import Networks
import Specs

/// The spread of generated samples over that of real ones, each the root of the summed variances of the features.
package struct Diversity: Metric {
  package static let name = "diversity"
  package static let summary = "spread of generated samples over that of real ones, 0 for samples that are all the same"
  package static let alsoCalled = ["spread"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "diversity", "the root of the summed variances of the features over that of real samples, 1 at best",
        reduction: .last)
    ]
  }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(Spread.value(subject.generated.points) / subject.referenceSpread)]
  }
}
