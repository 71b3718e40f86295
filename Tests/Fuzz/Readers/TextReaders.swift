import Datasets
import Files
import Foundation
import Runs
import Specs
import Training

/// The parser alone: what it accepts is written, and read again as the same tree.
@Sendable func readYAML(_ bytes: [UInt8]) {
  let diagnostics = Diagnostics()
  let node = Parser.parse(bytes: bytes, name: "fuzz.yaml", diagnostics: diagnostics)
  precondition(node != nil || diagnostics.hasErrors, "refused without an error")
  show(diagnostics)
  guard let node, !diagnostics.hasErrors, !node.isNull else { return }
  let text = [UInt8](Emitter.text(of: node).utf8)
  guard text.count <= Parser.byteLimit else { return }
  let again = Parser.parse(bytes: text, name: "again.yaml", diagnostics: Diagnostics())
  precondition(again?.isEquivalent(to: node) == true, "written, it is another tree")
}

/// A spec with all its checks and the plan of its step, over data of pictures or of points.
@Sendable func readSpec(_ bytes: [UInt8]) {
  let diagnostics = Diagnostics()
  let spec = SpecFile(path: "fuzz.yaml", bytes: bytes, diagnostics: diagnostics)
  if let accepted = experiment(spec, diagnostics, isOfPictures: bytes.count % 2 == 0),
    Footprint(accepted, limit: 1 << 30, threads: 2, diagnostics: diagnostics) != nil
  {
    let text = Emitter.text(of: accepted.resolved)
    let again = Diagnostics()
    let resolved = SpecFile(path: "resolved.yaml", bytes: [UInt8](text.utf8), diagnostics: again)
    let same = experiment(resolved, again, isOfPictures: bytes.count % 2 == 0)
    precondition(same.map { Emitter.text(of: $0.resolved) } == text, "resolved, it is another experiment")
  } else {
    precondition(diagnostics.hasErrors, "refused without an error")
  }
  show(diagnostics)
}

private func experiment(_ spec: SpecFile, _ diagnostics: Diagnostics, isOfPictures: Bool) -> Experiment? {
  let survey =
    isOfPictures
    ? DatasetSummary(count: 256, sampleShape: [8, 8, 1], bounds: -1...1, classes: Classes(count: 3))
    : DatasetSummary(count: 256, sampleShape: [2], bounds: nil, bytesPerValue: 4)
  return spec.root.flatMap {
    Experiment($0, fallbackName: "fuzz", data: .known(survey), diagnostics: diagnostics)
  }
}

private func show(_ diagnostics: Diagnostics) {
  let text = DiagnosticRenderer(color: false).render(diagnostics)
  if !text.isEmpty { requireLegible(text) }
}

/// A run's record; it is read from a file, as its reader wants it.
@Sendable func readRecord(_ bytes: [UInt8]) throws {
  let path = FileManager.default.temporaryDirectory.path + "/fuzz-\(getpid()).json"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  let record = try RunRecord(path: path)
  precondition(!JSON.text(record).isEmpty)
}

/// The metrics of a run.
@Sendable func readTable(_ bytes: [UInt8]) throws {
  let table = try CSVTable(parsing: bytes)
  for name in table.columns { precondition(table.numbers(name)?.count == table.rows.count) }
}
