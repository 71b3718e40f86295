import Foundation
import TestSupport

/// A run's folder as it could have been left, written by hand: what commands say of it depends on no machine.
struct StoredRun: Sendable {
  var name = "small"
  var seed = 42
  var status = "complete"
  var loss = "non_saturating: {label_smoothing: 0.0, label_flipping: 0.0}"
  /// The version of the arithmetic; nil for what an earlier version of the program left.
  var arithmetic: Int? = 1
  var version = "0.2.0"
  var data = "ba891046e650"
  var origin = "here"
  /// The arithmetic of further sessions, each with the step it began after.
  var laterArithmetic: [(version: Int?, fromStep: Int)] = []
  /// Lines that follow the loss in resolved.yaml.
  var spec = ""
  /// What run.json says of the columns, as JSON.
  var columns: String?
  var metrics: String
  /// What evaluation.csv and verdict.csv say, where the run has them.
  var evaluation: String?
  var verdict: String?
  /// Whether run.json knows of the verdict.
  var isConcluded = false

  func write(_ path: String, into folder: TemporaryFolder) throws {
    let conclusion = isConcluded ? ", \"conclusion\": {\"verdict.csv\": \"00\"}" : ""
    let recorded = (columns.map { ", \"columns\": \($0)" } ?? "") + conclusion
    let sessions = ([(arithmetic, 0)] + laterArithmetic).map { arithmetic, step in
      """
      {"started": "2026-01-31T12:00:00Z", "ended": "2026-01-31T12:00:09Z", "from_step": \(step), "threads": 2,
         "pid": 7, "version": "\(version)", "arithmetic": \(arithmetic.map(String.init) ?? "null"), "machine": {"host": "h", "cpu": "c", "cores": 2, "memory": 1073741824}}
      """
    }
    try folder.put(
      """
      {"name": "\(name)", "status": "\(status)", "seed": \(seed), "step": 20, "steps": 20, "epoch": 2, "spec_digest": "00",
       "data": {"name": "mnist", "digest": "\(data)00", "origin": "\(origin)", "count": 60000},
       "sessions": [\(sessions.joined(separator: ", "))]\(recorded)}
      """, into: "\(path)/run.json")
    try folder.put("seed: \(seed)\nloss:\n  \(loss)\n\(spec)", into: "\(path)/resolved.yaml")
    try folder.put(metrics, into: "\(path)/metrics.csv")
    if let evaluation { try folder.put(evaluation, into: "\(path)/evaluation.csv") }
    if let verdict { try folder.put(verdict, into: "\(path)/verdict.csv") }
  }

  static let withAccuracy = StoredRun(
    metrics: """
      step,epoch,discriminator_loss,generator_loss,discriminator_accuracy
      10,1,1.5,0.25,0.75
      20,2,1.25,0.5,0.5

      """)

  static let withPenalty = StoredRun(
    seed: 7, loss: "wasserstein: {}",
    metrics: """
      step,epoch,discriminator_loss,discriminator_penalty,generator_loss
      10,1,-3.5,0.125,2.5
      20,2,-1.5,0.25,-12345.678

      """)

  /// What boundary_equilibrium leaves; its best row is not its last.
  static let withConvergence = StoredRun(
    metrics: """
      step,epoch,discriminator_loss,generator_loss,balance,convergence
      10,1,0.25,0.5,0.125,0.2
      20,2,0.5,0.25,0.25,0.4

      """)
}
