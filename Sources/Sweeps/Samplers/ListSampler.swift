import Specs

/// Explicit assignments, one a trial, in their order.
///
/// ```yaml
/// method: {list: {trials: [{loss: hinge}, {loss: wasserstein, penalty.gradient.weight: 10}]}}
/// ```
package struct ListSampler: Sampler {
  package static let name = "list"
  package static let summary = "the assignments that are listed, one a trial"
  package static let alsoCalled = ["explicit", "enqueue", "points"]

  private let trials: [Node]

  package init(from fields: inout Fields) {
    trials =
      fields.optionalValues(
        FieldName("trials", alsoCalled: ["assignments", "points"], example: "[{training.batch_size: 32}]"),
        count: 1...10000, "the values of each trial by their keys; parameters that it leaves out keep those of the spec"
      ) ?? []
    if !fields.isDescribing, !fields.isGiven("trials") {
      fields.error("list needs trials", remedy: "write list: {trials: [{training.batch_size: 32}]}")
    }
  }

  /// A sampler of mappings from keys to values.
  package init(_ trials: [Node]) { self.trials = trials }

  package var lists: Bool { true }

  package func count(in space: Space) -> Int? { trials.count }

  package func check(_ space: Space, at mark: Mark, _ diagnostics: Diagnostics) {
    var known: [(text: String, mark: Mark)] = []
    for trial in trials {
      guard let pairs = trial.pairs, !pairs.isEmpty else {
        diagnostics.error(
          "a trial of a list is a mapping from keys to values", at: trial.mark,
          remedy: "such as {training.batch_size: 32}")
        continue
      }
      let text = ListSampler.assignment(of: trial).text
      if let first = known.first(where: { $0.text == text }) {
        diagnostics.error(
          "this trial is listed twice", at: trial.mark, remedy: "remove one; seeds repeat a trial",
          related: [(mark: first.mark, note: "the first is here")])
      }
      known.append((text, trial.mark))
    }
  }

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    ListSampler.assignment(of: trials[trial])
  }

  private static func assignment(of trial: Node) -> Assignment {
    Assignment((trial.pairs ?? []).map { ($0.key.text ?? "", $0.value) })
  }
}
