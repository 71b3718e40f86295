import Networks
import Specs

/// Which symptoms a run shows after each of its rows: a function of the rows alone, so that whoever has them finds the same.
package struct HealthMonitor: Sendable {
  /// The columns of health.csv behind step and epoch, one a symptom: 1 where rows show it, else 0.
  package static let columns: [Column] = symptoms.map { type(of: $0).column }
  private static let symptoms: [any Symptom] = SymptomCatalog.all.entries.map { entry in
    var fields = Fields.describing(subject: entry.name)
    return entry.read(&fields)
  }

  private var history = TrainingHistory()
  /// What the last row shows.
  package private(set) var findings: [SymptomFinding] = []

  /// Before the first row.
  package init() {}

  /// Takes the row or rows of a step.
  /// - Returns: what is shown that the row before did not show.
  @discardableResult
  package mutating func add(metrics: [String: Double], evaluation: [String: Double] = [:]) -> [SymptomFinding] {
    history.add(metrics: metrics, evaluation: evaluation)
    let before = Set(findings.map(\.name))
    findings = HealthMonitor.symptoms.compactMap { symptom in
      symptom.evidence(in: history).map { evidence in
        SymptomFinding(name: type(of: symptom).name, sentence: "\(evidence); try \(type(of: symptom).remedy)")
      }
    }
    return findings.filter { !before.contains($0.name) }
  }

  /// The cells of the last row: whether each symptom is shown.
  package var cells: [Bool] {
    let shown = Set(findings.map(\.name))
    return HealthMonitor.columns.map { shown.contains($0.name) }
  }
}
