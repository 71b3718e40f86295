import Networks
import Specs
import Training

/// Which of listed runs are meant, in which order, and what is shown of them.
package struct RunSelection: Sendable {
  /// What they must be like; nil for all.
  package private(set) var condition: RunCondition?
  /// The name they are sorted by.
  package let order: String
  /// Whether the last comes first; those that lack the name come last all the same.
  package let isReversed: Bool
  /// The names of what is shown; nil for what is usual.
  package let columns: [String]?

  /// Makes a selection.
  /// - Parameters:
  ///   - condition: what `--where` says.
  ///   - status: the only status that fits.
  ///   - name: what the experiment's name must contain.
  ///   - columns: names with commas between them.
  /// - Throws: `RunError` with the place of a mistake in the condition (64).
  package init(
    where condition: String? = nil, status: String? = nil, name: String? = nil, order: String = FactName.run.rawValue,
    isReversed: Bool = false, columns: String? = nil
  ) throws(RunError) {
    var parts: [RunCondition] = []
    if let status { parts.append(.comparison(FactComparison(FactName.status.rawValue, .equal, status))) }
    if let name { parts.append(.comparison(FactComparison(FactName.name.rawValue, .contains, name))) }
    if let condition {
      do throws(Diagnostic) {
        parts.append(try ConditionReader.condition(Source(name: "--where", text: condition)))
      } catch { throw RunError(error, exitCode: ExitStatus.usage.rawValue) }
    }
    self.condition = parts.isEmpty ? nil : parts.count == 1 ? parts[0] : .all(parts)
    self.order = order
    self.isReversed = isReversed
    self.columns = columns.map { text in
      text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
  }

  /// Whether all runs are meant.
  package var isOfAll: Bool { condition == nil }

  /// The runs that are meant, in their order.
  /// - Throws: `RunError` with the place of a name that no run has, or of a value that is none of its kind (64).
  package func runs(of list: RunList) throws(RunError) -> [ListedRun] {
    try check(list)
    let meant = list.runs.filter { run in condition.map { $0.holds { list.fact($0, of: run) } == true } ?? true }
    // Runs come by folder, and stay so where nothing else tells them apart.
    let keyed = meant.enumerated().map { (place: $0.offset, run: $0.element, key: list.fact(order, of: $0.element)) }
    return keyed.sorted { first, second in
      guard let one = first.key, let other = second.key else {
        return first.key == nil && second.key == nil ? first.place < second.place : first.key != nil
      }
      let (before, after) = isReversed ? (other, one) : (one, other)
      if Fact.precedes(before, after) { return true }
      if Fact.precedes(after, before) { return false }
      return isReversed ? second.place < first.place : first.place < second.place
    }.map(\.run)
  }

  private func check(_ list: RunList) throws(RunError) {
    guard !list.runs.isEmpty else { return }
    func fail(_ diagnostic: Diagnostic) -> RunError { RunError(diagnostic, exitCode: ExitStatus.usage.rawValue) }
    /// What is known of the first run that has a name.
    func known(_ name: String, at mark: Mark) throws(RunError) -> Fact? {
      for run in list.runs { if let fact = list.fact(name, of: run) { return fact } }
      // What another run could have is no mistake; a metric of which the runs say by which features they have it is one.
      let isMeasured = list.names.contains { $0.hasPrefix(name + "@") }
      if FactName(rawValue: name) != nil || (RunSelection.isColumn(name) && !isMeasured) { return nil }
      throw fail(RunSelection.unknown(name, at: mark, among: list.names))
    }
    for comparison in condition?.comparisons ?? [] {
      if let problem = comparison.problem(try known(comparison.name, at: comparison.place)) { throw fail(problem) }
    }
    _ = try known(order, at: RunSelection.mark(of: order, in: order, option: "--sort"))
    for name in columns ?? [] {
      _ = try known(
        name, at: RunSelection.mark(of: name, in: (columns ?? []).joined(separator: ","), option: "--columns"))
    }
  }

  /// Whether a run can have a column of this name; one with @ says by which features it was measured.
  private static func isColumn(_ name: String) -> Bool {
    let measured = name.prefix { $0 != "@" }
    return Column.all.contains { $0.name == measured }
  }

  /// The place of a name in an option's value.
  private static func mark(of name: String, in text: String, option: String) -> Mark {
    var column = 1
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if part == name { break }
      column += part.unicodeScalars.count + 1
    }
    return Mark(
      source: Source(name: option, text: text), line: 1, column: column, length: name.unicodeScalars.count)
  }

  private static func unknown(_ name: String, at mark: Mark, among names: [String]) -> Diagnostic {
    let ending = names.first { $0.hasSuffix("." + name) } ?? names.first { $0.hasPrefix(name + "@") }
    let near = ending ?? Suggestion.nearest(to: name, among: names)
    let own = FactName.allCases.map(\.rawValue).joined(separator: ", ")
    return .error(
      name.isEmpty ? "a name is missing here" : "no run has \(name)", at: mark,
      remedy: near.map { "did you mean \($0)?" }
        ?? "there are \(own), keys of specs such as training.batch_size, and the columns of files")
  }
}
