import Files
import Networks
import Runs
import Specs
import Training

/// All that is known of a run, by name: what `list` shows, the keys of its resolved spec, and the last values of its files.
///
/// A column whose name another fact has, such as a classifier's `loss`, has its file's name before it: `metrics.loss`.
struct RunFacts {
  /// Names and what is known under them; where a name comes twice the first counts.
  private(set) var all: [(name: String, fact: Fact)] = []
  private var names: Set<String> = []

  /// The name of what a table shows of the run's task: titles of columns, each with the column's name behind it.
  static let headline = ".headline"
  /// The name of what is wrong with its files.
  static let problems = ".problems"

  init(_ run: RunSummary) {
    addOwn(run)
    for (key, value) in run.spec?.pairs ?? [] { add(value, at: key.text ?? "") }
    for row in run.verdict?.rows ?? [] { if let value = row.value { add(row.metric, .number(value)) } }
    var measured: [String: String] = [:]
    for (file, columns, values) in [
      ("evaluation", run.evaluationColumns, run.evaluation ?? [:]), ("metrics", run.columns, run.last),
    ] {
      // Of these the run itself knows more.
      for column in columns where ![Column.step.name, Column.epoch.name].contains(column.name) {
        guard let value = values[column.name] else { continue }
        let name = names.contains(column.name) ? "\(file).\(column.name)" : column.name
        add(name, .number(value))
        if measured[column.name] == nil { measured[column.name] = name }
      }
    }
    let listed = run.headline.filter(\.isListed)
    add(RunFacts.headline, .words(listed.flatMap { [$0.title, measured[$0.column.name] ?? $0.column.name] }))
    if !run.problems.isEmpty { add(RunFacts.problems, .words(run.problems)) }
  }

  private mutating func addOwn(_ run: RunSummary) {
    func text(_ text: String?) -> Fact? { text.map(Fact.text) }
    func whole(_ number: Int?) -> Fact? { number.map { .whole(Int64($0)) } }
    for name in FactName.allCases {
      let fact: Fact? =
        switch name {
        // It depends on the folder that is listed.
        case .run: nil
        case .name: text(run.name)
        case .status: text(run.status)
        case .seed: .whole(Int64(clamping: run.seed))
        case .step: whole(run.step)
        case .epoch: whole(run.epoch)
        case .steps: whole(run.steps)
        case .started: text(run.started)
        case .took: run.seconds.map(Fact.number)
        case .loss: text(run.loss)
        case .changed: run.overrides.map(Fact.words)
        case .tag: .words(run.tags ?? [])
        case .note: text(run.note)
        case .version: text(run.version)
        case .arithmetic: whole(run.arithmetic)
        case .threads: whole(run.threads)
        case .lanes: whole(run.lanes)
        case .host: text(run.machine?.host)
        case .cpu: text(run.machine?.cpu)
        case .sessions: whole(run.sessions)
        case .reason: text(run.reason)
        case .data: text(run.data.name)
        case .dataCount: whole(run.data.count)
        case .dataOrigin: text(run.data.origin)
        case .dataDigest: text(run.data.digest)
        }
      if let fact { add(name.rawValue, fact) }
    }
  }

  private mutating func add(_ name: String, _ fact: Fact) {
    if names.insert(name).inserted { all.append((name, fact)) }
  }

  /// Adds the values of a spec by their paths.
  ///
  /// What was chosen from a catalogue, such as a loss, also has its name at its path;
  /// a list of such has all of their names.
  private mutating func add(_ node: Node, at path: String) {
    if let pairs = node.pairs, !pairs.isEmpty {
      if let name = RunFacts.entry(node) { add(path, .text(name)) }
      for pair in pairs { add(pair.value, at: "\(path).\(pair.key.text ?? "")") }
    } else if let elements = node.elements, elements.contains(where: { $0.pairs != nil }) {
      add(path, .words(elements.map { RunFacts.entry($0) ?? $0.text ?? "" }))
      for (index, element) in elements.enumerated() { add(element, at: "\(path)[\(index)]") }
    } else {
      add(path, .text(node.text ?? Emitter.flowText(of: node)))
    }
  }

  /// The name of an entry of a catalogue with its fields; nil of what is none.
  private static func entry(_ node: Node) -> String? {
    guard let pairs = node.pairs, pairs.count == 1, pairs[0].value.pairs != nil else { return nil }
    return pairs[0].key.text
  }
}
