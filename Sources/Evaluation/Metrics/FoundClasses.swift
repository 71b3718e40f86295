import Networks
import Specs

/// Classes that a classifier sees in at least one generated sample: of `stacked_mnist` its modes (Metz et al., "Unrolled Generative
/// Adversarial Networks", 2017).
package struct FoundClasses: Metric {
  package static let name = "found_classes"
  package static let summary = "classes that a classifier sees in at least one generated sample"
  package static let alsoCalled = ["class_modes", "modes_found"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "found_classes", "the number of classes seen in at least one generated sample", unit: "classes",
        direction: .higher, reduction: .last)
    ]
  }
  package var needs: Needs { .classifier }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(Double(seen(in: subject).found))]
  }

  private func seen(in subject: Subject) -> Histogram {
    Histogram(of: subject.generated.seenClasses ?? [], classes: subject.generated.logits?.columns ?? 0)
  }

  package var counted: String? { BinCounts.classes }

  /// What real samples would give is known where labels say it.
  package func counts(of subject: Subject) -> BinCounts? {
    let seen = seen(in: subject)
    let trained = subject.trainingClasses.map { Histogram(of: $0, classes: seen.counts.count) }
    return BinCounts(
      BinCounts.classes, generated: seen.counts, real: trained?.expected(of: subject.generated.count))
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    let found = Int(values[0].value)
    return Verdict(
      subject: "classes",
      sentence: "\(found) \(found == 1 ? "is" : "are") seen in the samples, in as many real ones \(Int(floor[0]))")
  }
}
