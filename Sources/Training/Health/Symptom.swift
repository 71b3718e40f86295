import Networks
import Specs

/// Something that goes wrong in the training of a GAN, as its rows of metrics.csv and evaluation.csv show it.
package protocol Symptom: CatalogItem {
  /// The metrics of which one must be measured while a run trains for it to be seen; none where metrics.csv shows it.
  static var evaluationColumns: [String] { get }
  /// What to try against it, for the end of a sentence.
  static var remedy: String { get }

  /// What shows it after the last row, a clause for people; nil where nothing does.
  func evidence(in history: TrainingHistory) -> String?
}

extension Symptom {
  package static var evaluationColumns: [String] { [] }

  static var entry: Catalog<any Symptom>.Entry {
    Catalog<any Symptom>.Entry(Self.self) { fields in Self(from: &fields) }
  }

  static var column: Column { Column(name, "1 where rows show it: \(summary)", unit: Column.share) }
}

/// The symptoms that are looked for in every run of a generator and a discriminator.
package enum SymptomCatalog {
  /// Every symptom, one line each.
  package static let all = Catalog<any Symptom>(
    noun: "symptom",
    [
      SaturatedDiscriminator.entry,
      DeadDiscriminator.entry,
      VanishedGradients.entry,
      DivergenceAhead.entry,
      Collapse.entry,
      ModeLoss.entry,
      Oscillation.entry,
      MemorisedSamples.entry,
    ])
}

/// A symptom that rows show.
package struct SymptomFinding: Sendable, Equatable {
  /// The symptom's name.
  package let name: String
  /// What shows it and what to try, in one sentence without a full stop.
  package let sentence: String
}
