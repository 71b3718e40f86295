import Host

extension CoreChoice {
  /// The core type of the checkpoint that a run would go on from, the newest good one or that of a step, or of its last
  /// session where there is none; nil where it cannot be told, of which its resumption will tell.
  ///
  /// A checkpoint is read only where the sessions had different ones.
  package static func last(of run: RunFolder, at step: Int? = nil) -> String? {
    let record = try? RunRecord(path: run.record)
    let cores = record?.coreTypes ?? []
    if cores.count == 1 { return cores[0].core }
    let origin = record.map { RunIdentity(folder: run, record: $0).origin } ?? CheckpointOrigin()
    let finding = try? CheckpointSearch(folder: run, origin: origin).newest(at: step)
    return finding?.checkpoint?.blasCore ?? cores.last?.core
  }
}
