import Files
import Networks
import Sweeps
import Training

extension Objective {
  /// The value of a run up to a step.
  /// - Parameters:
  ///   - step: rows behind it do not count; nil for all.
  ///   - goal: which values are better.
  /// - Returns: nil where there is no finite one.
  func value(of folder: RunFolder, until step: Int?, goal: Goal) throws(FileError) -> Double? {
    if value == .verdict {
      guard try FileKind.of(folder.verdict) == .file else { return nil }
      return try VerdictFile.values(in: folder.verdict).rows.first { $0.metric == metric }?.value
    }
    for path in [folder.evaluation, folder.metrics] where try FileKind.of(path) == .file {
      let table = try CSVTable(path: path)
      guard let numbers = table.numbers(metric), let steps = table.numbers(Column.step.name) else { continue }
      let rows = zip(steps, numbers).filter { Int($0.0 ?? .infinity, orMore: .max) <= step ?? .max }.map(\.1)
      let value =
        self.value == .last
        ? rows.last ?? nil
        : rows.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
          .min { goal == .minimize ? $0 < $1 : $0 > $1 }
      return value.flatMap { $0.isFinite ? $0 : nil }
    }
    return nil
  }
}

extension Int {
  /// A number that is whole, or another one.
  fileprivate init(_ number: Double, orMore other: Int) { self = Int(exactly: number) ?? other }
}
