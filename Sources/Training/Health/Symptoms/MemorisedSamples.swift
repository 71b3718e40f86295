import Evaluation
import Networks
import Specs

/// A generator that copies training samples.
///
/// It shows where near_copies_chance, the probability of as many near copies without copying, is below 0.01 in three evaluations.
package struct MemorisedSamples: Symptom {
  package static let name = "memorisation"
  package static let summary = "samples are copies of training samples or nearly so"
  package static let alsoCalled = ["memorization"]
  package static let evaluationColumns = ["near_copies_chance"]
  package static let remedy = "more data, horizontal_flip, augmentation, or an earlier end: best and patience"
  private static let (rows, chance) = (3, 0.01)

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    guard let last = history.evaluation("near_copies_chance").last(MemorisedSamples.rows),
      last.allSatisfy({ $0 < MemorisedSamples.chance })
    else { return nil }
    let share = history.evaluation("near_copies").last ?? 0
    return "\(Percent.text(share)) of the samples are training samples or nearly so"
  }
}
