import Datasets
import Files
import Host
import Specs
import Training

/// Makes the record of a run again that lost it, from its other files: resolved.yaml says what is trained and how long,
/// the newest good checkpoint how far it is and on which data, metrics.csv whether there should be one.
///
/// What only run.json knew is lost: who ran it, when, and what the command line changed.
struct RunRepair {
  let folder: RunFolder
  let location: DataLocation
  let machine: Machine
  let threads: Int

  func record() throws -> RunRecord {
    let bytes = try DurableFile.read(folder.resolved)
    let diagnostics = Diagnostics()
    guard
      let experiment = SpecFile(path: folder.resolved, bytes: bytes, diagnostics: diagnostics).root.flatMap({
        Experiment($0, fallbackName: "run", data: .looking(location), diagnostics: diagnostics)
      })
    else { throw RunError(diagnostics) }
    let validation: SurveyedDataset? = if case .data(let other)? = experiment.task.validation { other } else { nil }
    let origin = CheckpointOrigin(
      spec: ResolvedSpec.lasting(experiment.resolved), seed: experiment.seed, data: nil,
      survey: experiment.dataset.survey, validation: validation?.survey)
    let finding = try CheckpointSearch(folder: folder, origin: origin).newest()
    if finding.checkpoint == nil, let failure = finding.failure(of: folder) { throw failure }
    let loaded = try experiment.load(from: location)
    let table = loaded.table
    var record = RunRecord(
      experiment,
      data: RunRecord.Data(
        experiment.dataset, table, specFolder: location.specFolder, digest: finding.checkpoint?.dataDigest),
      specDigest: Digest.sha256(try DurableFile.read(folder.spec)), resolvedDigest: Digest.sha256(bytes),
      overrides: nil)
    record.validation = RunRecord.Data(validationOf: experiment, loaded)
    record.features = RunRecord.Features(loaded.features)
    record.rebuilt = Now.text
    record.stand(at: finding.checkpoint?.step ?? 0, of: experiment, finding.checkpoint?.place)
    if finding.checkpoint == nil { record.step = try stepWithoutCheckpoint(experiment) }
    record.sheets = try sheets(to: record.step)
    return record
  }

  /// How far the run was that has no checkpoint: 0 where it need not have had one yet, else what metrics.csv says, so
  /// that nobody takes its rows for those of a run that has only begun.
  private func stepWithoutCheckpoint(_ experiment: Experiment) throws(FileError) -> Int {
    guard try FileKind.of(folder.metrics) == .file else { return 0 }
    let last = try CSVTable(path: folder.metrics).numbers("step")?.last.flatMap { $0 }
    let step = last.flatMap { Int(exactly: $0) } ?? 0
    return step > experiment.milestones.firstCheckpoint ? step : 0
  }

  /// The digests of the sheets as they are.
  private func sheets(to step: Int) throws(FileError) -> [String: String] {
    var digests: [String: String] = [:]
    for sheet in try folder.sheetSteps() where sheet <= step {
      digests[RunFolder.sheetName(sheet)] = Digest.sha256(try DurableFile.read(folder.sheet(sheet)))
    }
    return digests
  }
}
