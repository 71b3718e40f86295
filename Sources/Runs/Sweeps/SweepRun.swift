import Files
import Sweeps
import Training

/// A run of a trial as the journal tells of it.
struct SweepRun {
  private let folder: RunFolder
  private let plan: SweepPlan

  init(_ folder: RunFolder, _ plan: SweepPlan) { (self.folder, self.plan) = (folder, plan) }

  /// What the folder says of a run's end, or of an earlier step; nil where it has not come so far.
  func result(at step: Int?) throws(FileError) -> JournalEntry? {
    guard try FileKind.of(folder.record) == .file else { return nil }
    let record = try RunRecord(path: folder.record)
    var entry = JournalEntry(.result)
    switch record.status {
    case .complete:
      entry.status = step.map { $0 < record.step } ?? false ? .rung : .complete
    case .diverged:
      // A rung was passed where the value that was not finite came behind it.
      let end = record.divergedAt ?? record.step + 1
      guard let step, step < end else {
        (entry.status, entry.step, entry.message) = (.diverged, end, record.reason)
        return entry
      }
      entry.status = .rung
    case .stopped, .running, .failed:
      guard let step, record.step >= step else { return nil }
      entry.status = .rung
    }
    entry.step = entry.status == .rung ? step : record.step
    entry.value = try plan.sweep.objective.value(of: folder, until: step, goal: plan.goal)
    (entry.metric, entry.which) = (plan.column.name, plan.which)
    return entry
  }
}
