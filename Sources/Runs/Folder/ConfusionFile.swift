import Files
import Networks
import Training

/// `confusion.csv`: the confusion matrix of a classifier's last evaluation, a row for each class.
///
/// Its columns are the step, the number of the class, and for each class how many of the row's samples were taken for it.
package struct ConfusionFile: Sendable {
  /// The step after which the classifier was evaluated.
  package let step: Int
  /// How often each class was taken for each; classes have their numbers for names.
  package let matrix: ConfusionMatrix

  init(step: Int, matrix: ConfusionMatrix) {
    self.step = step
    self.matrix = matrix
  }

  /// Reads a file.
  package init(path: String) throws(FileError) {
    func damaged(_ problem: String) -> FileError { FileError(path: path, damaged: problem) }
    let table = try CSVTable(path: path)
    let count = table.rows.count
    guard table.columns == ConfusionFile.columns(count) else {
      throw damaged("its columns are not \(ConfusionFile.columns(count).joined(separator: ","))")
    }
    let rows = table.rows.map { $0.compactMap { Int($0) } }
    guard let step = rows.first?.first,
      rows.enumerated().allSatisfy({ $1.count == count + 2 && $1.prefix(2) == [step, $0] && $1.allSatisfy { $0 >= 0 } }
      ),
      let matrix = ConfusionMatrix(classes: (0..<count).map(String.init), counts: rows.map { Array($0.dropFirst(2)) })
    else { throw damaged("it is no confusion matrix of one step") }
    (self.step, self.matrix) = (step, matrix)
  }

  /// Writes it durably in place of one before.
  func write(to path: String) throws(FileError) {
    let rows = matrix.counts.enumerated().map { number, counts in ([step, number] + counts).map(String.init) }
    let lines = ([ConfusionFile.columns(rows.count)] + rows).map { $0.joined(separator: ",") + "\n" }
    try DurableFile.replace(path, with: [UInt8](lines.joined().utf8))
  }

  private static func columns(_ classes: Int) -> [String] {
    ["step", "class"] + (0..<classes).map { "predicted_\($0)" }
  }
}

extension CSVFile {
  /// evaluation.csv of a task with evaluation, begun or cut back to a position; nil for one without.
  static func evaluation(
    of experiment: Experiment, in folder: RunFolder, at position: Position?, notes: (String) -> Void = { _ in }
  ) throws(FileError) -> CSVFile? {
    let columns = experiment.task.evaluationColumns.map(\.name)
    guard !columns.isEmpty else { return nil }
    let all = ["step", "epoch"] + columns
    guard let position else { return try create(folder.evaluation, columns: all) }
    return try resume(folder.evaluation, columns: all, at: position, notes: notes)
  }
}

extension Experiment {
  /// The columns of a run's CSV files, given those that its steps measure.
  func columns(_ metrics: [Column]) -> [Column] {
    [.step, .epoch] + metrics + task.evaluationColumns
  }
}
