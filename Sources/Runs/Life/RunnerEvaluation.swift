import Compute
import Evaluation
import Files
import Networks
import Training

// What a run measures of its state.
extension Runner {
  /// Evaluates the present state.
  /// - Parameter isDue: whether it is time for it, or only the run's end.
  /// - Returns: the values of the row; nil where there is none.
  func appendEvaluation(isDue: Bool) throws(FileError) -> [Double]? {
    let step = trainer.step
    let found: Evaluation?
    do throws(PlanError) {
      found = try trainer.evaluation()
    } catch {
      throw FileError(path: folder.evaluation, damaged: RunError(error).message)
    }
    guard let found else { return nil }
    if let confusion = found.confusion { try ConfusionFile(step: step, matrix: confusion).write(to: folder.confusion) }
    try append(found.counts)
    try evaluation?.append([.integer(step), .integer(experiment.epoch(of: step))] + found.values.map { .double($0) })
    try evaluation?.flush()
    try addEvent(experiment.task.evaluationColumns, found.values.map { Float($0) }, .evaluation)
    evaluated = Dictionary(
      uniqueKeysWithValues: zip(experiment.task.evaluationColumns, found.values.map { Float($0) }))
    guard isDue, let column = best?.column,
      let number = experiment.task.evaluationColumns.firstIndex(of: column)
    else { return found.values }
    if best?.add(found.values[number], at: step) ?? false { try writeCheckpoint(to: folder.best) }
    return found.values
  }

  /// Adds rows to counts.csv; bins that are very many have none.
  private func append(_ all: [BinCounts]) throws(FileError) {
    for counts in all where counts.generated.count <= CountsFile.mostBins {
      for row in CountsFile.rows(CountedBins(counts, at: trainer.step)) { try self.counts?.append(line: row) }
    }
    try counts?.flush()
  }

  /// Writes the sheet of the present state.
  func writeSheet() throws(FileError) {
    let path = folder.sheet(trainer.step)
    do {
      let sheet = try trainer.sheet()
      let png = try SampleSheet.png(
        sheet, of: experiment.dataset, columns: experiment.task.sheetColumns,
        real: experiment.task.captionsSheets ? data.validation ?? data.table : data.table)
      try DurableFile.replace(path, with: png)
      record.sheets?[RunFolder.sheetName(trainer.step)] = Digest.sha256(png)
      observer?.wrote(path)
      try addEvent(sheet: png)
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path: path, damaged: "\(error)")
    }
  }

  /// How the samples are measured; nil where they are not.
  var evaluationFields: EvaluationFields? { (experiment.task as? any SamplingTask)?.evaluation }

  /// Why no better value is waited for any more; nil while one is.
  var impatience: String? {
    guard let patience = evaluationFields?.patience, let best,
      best.rowsSince >= patience
    else { return nil }
    return "no better \(best.column.name) in \(best.rowsSince) evaluation\(best.rowsSince == 1 ? "" : "s")"
  }

  /// Puts the best state in place of the last, of a run of which nothing is trained any more.
  /// - Returns: its step; that of the last where the best one is lost.
  /// - Throws: `FileError` where it may still be read another time.
  private func restoreBest() throws(FileError) -> Int {
    guard let step = best?.step, step != trainer.step else { return trainer.step }
    do throws(FileError) {
      let origin = RunIdentity(folder: folder, record: record).origin(experiment)
      let best = try BestCheckpoint(of: step, in: folder, origin: origin)
      try best.checkpoint.restore(trainer.state, path: best.path)
      return step
    } catch {
      guard error.isLasting else { throw error }
      note(
        "the best checkpoint cannot be used (\(error.message)): the verdict is of the last, step "
          + Decimals.count(trainer.step))
      return trainer.step
    }
  }

  /// Measures the samples of the end, or of the best checkpoint where the spec asks for one, and says what they are like.
  /// - Returns: the signal that asked to stop before all was measured; nil where it was.
  func conclude() throws(FileError) -> Int32? {
    guard let fields = evaluationFields else { return nil }
    let found: Conclusion?
    let step = try restoreBest()
    if fields.takesLong(sampleShape: experiment.dataset.sampleShape) {
      note(
        "measuring \(Decimals.count(fields.atEnd.samples)) samples by covariances of all their values, which takes long"
      )
    }
    do throws(PlanError) {
      found = try trainer.conclusion { Interruption.signal == nil }
    } catch {
      throw FileError(path: folder.verdict, damaged: RunError(error).message)
    }
    guard let found else { return Interruption.signal }
    let bytes = VerdictFile.bytes(found, at: step)
    try DurableFile.replace(folder.verdict, with: bytes)
    var digests = ["verdict.csv": Digest.sha256(bytes)]
    if !found.counts.isEmpty {
      let rows = CountsFile.bytes(found.counts.map { CountedBins($0, at: step) })
      try DurableFile.replace(folder.verdictCounts, with: rows)
      digests[RunFolder.verdictCountsName] = Digest.sha256(rows)
    }
    if let sheet = found.neighbours {
      let png: [UInt8]
      do throws(FormatError) {
        png = try SampleSheet.png(
          sheet, of: experiment.dataset, columns: sheet.across ?? experiment.task.sheetColumns, real: nil)
      } catch { throw FileError(path: folder.neighbours, damaged: error.problem) }
      try DurableFile.replace(folder.neighbours, with: png)
      digests[RunFolder.neighboursName] = Digest.sha256(png)
    }
    (record.conclusion, record.verdicts) = (digests, found.verdicts)
    for verdict in found.verdicts { logger.info("\(verdict.subject): \(verdict.sentence)") }
    observer?.concluded(found.verdicts.map { ($0.subject, $0.sentence) })
    return nil
  }
}
