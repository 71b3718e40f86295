import Files
import Runs
import Training

/// The files of a run beside those of the same run trained again.
package struct Reproduction: Codable, Sendable {
  /// The run.
  package let run: String
  /// The step to which it was trained again.
  package let step: Int
  /// A line for each file that was compared.
  package private(set) var files: [File] = []
  /// Whether all of them are the same.
  package var isSame: Bool { files.allSatisfy { $0.difference == nil } }

  /// A file that was compared.
  package struct File: Codable, Sendable {
    /// Its path within the run's folder.
    package let file: String
    /// How it differs; nil where its bytes are the same.
    package let difference: String?
  }

  /// Compares what was trained again with what the run recorded.
  /// - Parameter diverged: the step at which the new run diverged; nil where it did not.
  package init(_ reproduction: RunReproduction, diverged: Int?) throws(RunError) {
    let (original, record, again) = (reproduction.original, reproduction.record, reproduction.runner.folder)
    run = original.path
    let limit = reproduction.limit
    do throws(FileError) {
      let new = try RunRecord(path: again.record)
      step = diverged ?? new.step
      // A shorter one is a beginning of it.
      let isWhole = limit == nil || limit == record.step
      for (name, place) in record.tables {
        guard let recorded = place else { continue }
        try compare(name, original, again) { old, new in
          let known = old.prefix(recorded.length)
          if name == "counts.csv" { return Reproduction.isSame(counts: known, new, isWhole: isWhole) }
          return isWhole ? known.elementsEqual(new) : known.starts(with: new)
        }
      }
      if isWhole {
        if try FileKind.of(original.health) == .file { try compare("health.csv", original, again) { $0 == $1 } }
        for name in (record.conclusion ?? [:]).keys.sorted() {
          try compare(name, original, again) { Digest.sha256($1) == record.conclusion?[name] && $0 == $1 }
        }
      }
      for name in (record.sheets ?? [:]).keys.sorted() {
        guard let sheet = RunFolder.step(of: name, named: RunFolder.sheetName), sheet <= step else { continue }
        try compare("samples/\(name)", original, again) { _, new in Digest.sha256(new) == record.sheets?[name] }
      }
      let steps = Set(try original.checkpointSteps()).intersection(try again.checkpointSteps()).sorted()
      for step in steps {
        try compareState(RunFolder.checkpointName(step), original, again)
      }
      if isWhole, try FileKind.of(original.best) == .file {
        try compareState(RunFolder.bestName, original, again)
      }
      if record.status == .diverged, isWhole, record.divergedAt != diverged {
        files.append(
          File(
            file: "run.json",
            difference: "the run diverged in step \(record.divergedAt.map(String.init) ?? "?"), again "
              + (diverged.map { "in step \($0)" } ?? "it did not")))
      }
    } catch { throw RunError(error) }
  }

  /// Whether counts are the same from the first that the run has on: it may have been begun by a version that wrote none.
  private static func isSame(counts old: ArraySlice<UInt8>, _ new: [UInt8], isWhole: Bool) -> Bool {
    let (old, new) = (old.split(separator: UInt8(ascii: "\n")), new.split(separator: UInt8(ascii: "\n")))
    guard old.first == new.first else { return false }
    func step(_ row: ArraySlice<UInt8>) -> Int? {
      Int(String(decoding: row.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self))
    }
    let first = old.dropFirst().first.flatMap(step) ?? .max
    let known = new.dropFirst().drop { step($0) ?? .max < first }
    return isWhole ? known.elementsEqual(old.dropFirst()) : old.dropFirst().starts(with: known)
  }

  /// Adds a line about a file.
  private mutating func compare(
    _ name: String, _ original: RunFolder, _ again: RunFolder, _ isSame: ([UInt8], [UInt8]) -> Bool
  ) throws(FileError) {
    func bytes(_ folder: RunFolder) throws(FileError) -> [UInt8]? {
      do throws(FileError) { return try DurableFile.read("\(folder.path)/\(name)") } catch {
        guard error.cause == .notFound else { throw error }
        return nil
      }
    }
    let (old, new) = (try bytes(original), try bytes(again))
    let difference: String? =
      switch (old, new) {
      case (let old?, let new?): isSame(old, new) ? nil : Reproduction.difference(name, old, new)
      case (nil, _): "the run has lost it"
      case (_, nil): "it was not made again"
      }
    files.append(File(file: name, difference: difference))
  }

  /// Where two files part, in words.
  private static func difference(_ name: String, _ old: [UInt8], _ new: [UInt8]) -> String {
    if name.hasSuffix(".csv"), let old = try? CSVTable(parsing: old), let new = try? CSVTable(parsing: new) {
      guard old.columns == new.columns else { return "it has other columns" }
      for (row, rows) in zip(old.rows, new.rows).enumerated() {
        guard let place = old.columns.indices.first(where: { rows.0[$0] != rows.1[$0] }) else { continue }
        return "line \(row + 2), \(old.columns[0]) \(rows.0[0]): \(old.columns[place]) was \(rows.0[place]) and is "
          + rows.1[place]
      }
      if old.rows.count != new.rows.count { return "it had \(old.rows.count) rows and has \(new.rows.count)" }
    }
    let place = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    return place.map { "the first other byte is byte \(Decimals.count($0 + 1))" }
      ?? "it had \(Decimals.count(old.count)) bytes and has \(Decimals.count(new.count))"
  }

  /// Adds a line about a checkpoint: of another version of the program, whose header names it, has a spec of fewer fields or
  /// stands beside other counts, which are compared by themselves, the tensors count.
  private mutating func compareState(
    _ name: String, _ original: RunFolder, _ again: RunFolder
  ) throws(FileError) {
    let headers = [original, again].map { try? Checkpoint(unverified: "\($0.path)/checkpoints/\(name)") }
    var isOfThisVersion = true
    if let old = headers[0], let new = headers[1] {
      isOfThisVersion =
        old.version == Version.current && old.counts == new.counts
        && (old.spec == new.spec || !ResolvedSpec.isSame(old.spec, new.spec))
    }
    try compare("checkpoints/\(name)", original, again) { old, new in
      old == new || !isOfThisVersion && Reproduction.tensors(old) == Reproduction.tensors(new)
    }
  }

  /// What follows the header of a safetensors file.
  private static func tensors(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return bytes.dropFirst(8 + Int(clamping: min(length, UInt64(bytes.count))))
  }
}
