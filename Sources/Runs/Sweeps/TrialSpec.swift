import Compute
import Files
import Networks
import Specs
import Sweeps
import Training

/// The spec of a trial: that of the sweep with the values of an assignment.
package struct TrialSpec: Sendable {
  /// What it trains.
  package let experiment: Experiment
  /// What it needs.
  package let footprint: Footprint
  /// Its identity: SHA-256 of the resolved spec without the seed.
  package let digest: String

  init(_ experiment: Experiment, _ footprint: Footprint) {
    self.experiment = experiment
    self.footprint = footprint
    digest = RunGroup.resolvedDigest(of: experiment)
  }

  /// Operations of a step.
  package var operations: Int { footprint.operations }
}

/// What makes the specs of trials.
struct TrialSpecs: Sendable {
  /// The spec that the sweep begins from, with what the sweep says for all trials.
  let root: Node
  /// The places of the parameters.
  let marks: [String: Mark]
  /// The name of all trials.
  let name: String
  /// How data are looked at.
  let data: DataKnowledge
  /// Bytes of memory that the machine allows.
  let memory: Int
  let threads: Int

  /// The spec with some values; mistakes are at the parameter, or at the value where a text has it.
  func root(_ pairs: [(key: String, value: Node)], _ diagnostics: Diagnostics) -> Node {
    var root = root
    for (key, value) in pairs {
      let mark = marks[key] ?? value.mark
      root = Override.set(
        Node.string(key).at(mark), to: value.mark.isSomewhere ? value : value.at(mark), in: root,
        diagnostics: diagnostics)
    }
    return root
  }

  /// What an assignment trains; nil after reports.
  /// - Parameter isPlanned: whether it is found out too what a step takes.
  func experiment(_ pairs: [(key: String, value: Node)], _ diagnostics: Diagnostics) -> Experiment? {
    let root = root(pairs, diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    return Experiment(root, fallbackName: name, data: data, diagnostics: diagnostics)
  }

  /// The spec of an assignment; nil after reports.
  func trial(_ assignment: Assignment, _ diagnostics: Diagnostics) -> TrialSpec? {
    guard let experiment = experiment(assignment.pairs, diagnostics),
      let footprint = Footprint(experiment, limit: memory, threads: threads, diagnostics: diagnostics)
    else { return nil }
    return TrialSpec(experiment, footprint)
  }
}
