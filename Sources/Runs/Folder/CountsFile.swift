import Files
import Networks
import Training

/// `counts.csv` and `verdict_counts.csv`: how many samples evaluations counted in each class or mode, a row a bin.
///
/// Its columns are the step, what the bins are, the number of the bin, or nothing for samples in none, how many generated samples are
/// in it, and how many of as many real ones would be.
package enum CountsFile {
  /// Its columns.
  package static let columns = [Column.step.name, "counted", "bin", "generated", "real"]

  /// The most bins of which each evaluation has rows; of more the end of a run has some.
  package static let mostBins = 100

  /// The rows of an evaluation.
  static func rows(_ counts: CountedBins) -> [[String]] {
    func row(_ bin: String, _ generated: Int, _ real: Double?) -> [String] {
      [String(counts.step), counts.counted, bin, String(generated), real.map(\.description) ?? ""]
    }
    let bins = counts.generated.enumerated().map { row(String($0), $1, counts.real?[$0]) }
    return bins + (counts.generatedElsewhere.map { [row("", $0, counts.realElsewhere)] } ?? [])
  }

  /// The bytes of a file with what was counted once.
  static func bytes(_ counts: [CountedBins]) -> [UInt8] {
    CSVFile.line(columns) + counts.flatMap(rows).flatMap { CSVFile.line($0) }
  }

  /// Reads a file: what was counted, in its order.
  package static func counts(in path: String) throws(FileError) -> [CountedBins] {
    try counts(of: CSVTable(path: path), path)
  }

  /// What was counted last, of a file of which only the end is read.
  package static func last(in path: String) throws(FileError) -> [CountedBins] {
    for size in tails {
      if let found = try counts(in: path, last: size) { return last(found) }
    }
    return last(try counts(in: path))
  }

  /// What the last bytes of a file say; nil where they are too few for two evaluations.
  private static func counts(in path: String, last size: Int) throws(FileError) -> [CountedBins]? {
    let tail = try FileBytes.tail(of: path, atMost: size)
    guard !tail.isWhole else { return try counts(in: path) }
    // They begin within a row, and may begin within an evaluation.
    guard let start = tail.bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let table: CSVTable
    do throws(FormatError) {
      table = try CSVTable(parsing: CSVFile.line(columns) + tail.bytes[(start + 1)...])
    } catch { throw FileError(path: path, damaged: error.problem) }
    let rows = Array(table.rows.drop { $0.first == table.rows.first?.first })
    // Beside one that is whole it is seen whether another one is.
    return rows.first?.first == rows.last?.first ? nil : try counts(of: rows, path)
  }

  private static func last(_ all: [CountedBins]) -> [CountedBins] { all.filter { $0.step == all.last?.step } }

  /// How many bytes at the end of a file are looked at, until they have two evaluations.
  private static let tails = [1 << 12, 1 << 15]

  private static func counts(of table: CSVTable, _ path: String) throws(FileError) -> [CountedBins] {
    guard table.columns == columns else {
      throw FileError(path: path, damaged: "its columns are not \(columns.joined(separator: ","))")
    }
    return try counts(of: table.rows, path)
  }

  private static func counts(of rows: [[String]], _ path: String) throws(FileError) -> [CountedBins] {
    var found: [CountedBins] = []
    var start = 0
    while start < rows.count {
      let (step, counted) = (rows[start][0], rows[start][1])
      let end = rows[start...].firstIndex { $0[0] != step || $0[1] != counted } ?? rows.count
      guard let counts = CountsFile.counts(of: rows[start..<end]), counts.step >= found.last?.step ?? 0 else {
        throw FileError(
          path: path, damaged: "its rows of step \(step) are no counts of \(counted.isEmpty ? "bins" : counted)")
      }
      start = end
      if let before = found.last(where: { $0.counted == counted }) {
        let isWhole =
          before.generated.count == counts.generated.count
          && (before.generatedElsewhere == nil) == (counts.generatedElsewhere == nil)
        // Of the last one some rows may be missing where a process was killed.
        if !isWhole, end == rows.count { break }
        guard isWhole else {
          throw FileError(path: path, damaged: "after step \(counts.step) it counts other \(counted) than before")
        }
      }
      found.append(counts)
    }
    return found
  }

  /// What the rows of one evaluation and one kind of bins say; nil where they are none such.
  private static func counts(of rows: ArraySlice<[String]>) -> CountedBins? {
    guard let first = rows.first, let step = Int(first[0]), step >= 0, !first[1].isEmpty else { return nil }
    let hasRest = rows.last?[2].isEmpty == true
    let bins = hasRest ? rows.dropLast() : rows
    let generated = rows.compactMap { Int($0[3]) }
    let real = rows.compactMap { Double($0[4]) }
    let isKnown = !(rows.first?[4].isEmpty ?? true)
    guard zip(bins, 0...).allSatisfy({ Int($0[2]) == $1 }), generated.count == rows.count,
      generated.allSatisfy({ $0 >= 0 }), isKnown ? real.count == rows.count : rows.allSatisfy({ $0[4].isEmpty }),
      real.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { return nil }
    return CountedBins(
      step: step, counted: first[1], generated: Array(generated.prefix(bins.count)),
      real: isKnown ? Array(real.prefix(bins.count)) : nil, generatedElsewhere: hasRest ? generated.last : nil,
      realElsewhere: hasRest ? real.last : nil)
  }
}

extension RunFolder {
  /// What was counted last: when the run ended, or else in its last evaluation; nothing where nothing was.
  package func lastCounts(_ record: RunRecord) throws(FileError) -> [CountedBins] {
    if record.conclusion?[RunFolder.verdictCountsName] != nil { return try CountsFile.counts(in: verdictCounts) }
    return try FileKind.of(counts) == nil ? [] : try CountsFile.last(in: counts)
  }
}

extension CSVFile {
  /// counts.csv of a task whose evaluations count something, begun or cut back to a position; nil for one whose do not.
  ///
  /// A checkpoint of an earlier version knows of none: it is begun.
  static func counts(
    of experiment: Experiment, in folder: RunFolder, at position: Position?, notes: (String) -> Void = { _ in }
  ) throws(FileError) -> CSVFile? {
    guard experiment.task.countsBins else { return nil }
    guard let position else { return try create(folder.counts, columns: CountsFile.columns) }
    return try resume(folder.counts, columns: CountsFile.columns, at: position, notes: notes)
  }
}
