import Networks
import Specs

/// How often a classifier sees the class that a sample was asked to be of: mean of [number of the asked class = argmax of the logits].
///
/// A class of the data has another number where some of a classifier's classes were chosen; it is not a number where the classifier
/// tells other classes apart.
package struct ConditionAccuracy: Metric {
  package static let name = "condition_accuracy"
  package static let summary = "share of generated samples in which a classifier sees the class that was asked for"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "condition_accuracy", "the share of generated samples in which a classifier sees the class that was asked for",
        unit: Column.share, direction: .higher, reduction: .last)
    ]
  }
  package var needs: Needs { [.classifier, .conditions] }

  package func values(of subject: Subject) -> [Measured] {
    let (asked, seen) = (subject.generated.classes ?? [], subject.generated.seenClasses ?? [])
    guard let numbers = subject.classNumbers else { return [Measured(.nan)] }
    return [
      Measured(
        share: Double(zip(asked, seen).count { numbers[$0] == $1 }) / Double(max(asked.count, 1)), of: asked.count)
    ]
  }
}
