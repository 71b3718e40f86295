import Networks
import Training

/// What TensorBoard calls the series of a run: `metrics/COLUMN`, `evaluation/COLUMN`, `samples`, `parameters/NAME`.
enum EventTag {
  /// Sheets.
  static let samples = "samples"

  private static func folder(_ kind: EventMessage.Kind) -> String { kind == .evaluation ? "evaluation" : "metrics" }

  /// The tag of a column of metrics.csv or evaluation.csv.
  static func of(_ column: String, _ kind: EventMessage.Kind) -> String { "\(folder(kind))/\(column)" }

  /// The columns with values of their own, with their places.
  static func columns(_ names: [String], _ kind: EventMessage.Kind) -> [(place: Int, tag: String)] {
    names.enumerated().filter { !["step", "epoch"].contains($0.element) }.map { ($0.offset, of($0.element, kind)) }
  }

  /// What the values of columns are, by their tags.
  static func descriptions(of experiment: Experiment, _ kind: EventMessage.Kind) -> [String: String] {
    let columns = kind == .evaluation ? experiment.task.evaluationColumns : type(of: experiment.task).columns
    return Dictionary(columns.map { (of($0.name, kind), $0.summary) }) { first, _ in first }
  }
}
