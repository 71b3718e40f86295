import Datasets
import Reports

/// Listed runs as a person reads them: a line each.
struct ListAnswer {
  private let list: RunList
  private let columns: [String]?
  private let width: Int?

  /// A table for a terminal.
  /// - Parameters:
  ///   - columns: the names of what is shown beside the run; nil for what is usual.
  ///   - width: the terminal's columns; nil for a pipe, which gets everything.
  init(_ list: RunList, columns: [String]?, width: Int?) {
    (self.list, self.columns, self.width) = (list, columns, width)
  }

  /// The table of some of the runs.
  func text(of runs: [ListedRun]) -> String { columns.map { chosen($0, runs) } ?? usual(runs) }

  /// What was asked for, which is never left out.
  private func chosen(_ columns: [String], _ runs: [ListedRun]) -> String {
    let cells = runs.map { run in columns.map { cell($0, of: run) } }
    let alignments: [TextTable.Alignment] = columns.indices.map { place in
      cells.allSatisfy { $0[place].isNumber } ? .right : .left
    }
    var table = TextTable([.left] + alignments)
    table.add([FactName.run.rawValue] + columns)
    for (run, cells) in zip(runs, cells) { table.add([list.name(of: run.path)] + cells.map(\.text)) }
    return table.text
  }

  /// What is known of a run under a name, and whether it is a number, or nothing.
  private func cell(_ name: String, of run: ListedRun) -> (text: String, isNumber: Bool) {
    guard let fact = list.fact(name, of: run) else { return ("", true) }
    switch (FactName(rawValue: name), fact) {
    case (.started, .text(let time)): return (Readable.minute(time), false)
    case (.took, .number(let seconds)): return (Readable.shortDuration(seconds), true)
    case (_, .number(let number)): return (Readable.number(number), true)
    case (_, .whole(let number)): return ("\(number)", true)
    case (_, .text(let text)): return (text, fact.value != nil)
    case (_, .words(let words)): return (words.joined(separator: " "), false)
    }
  }

  /// What says most; the loss is named where not all have the same one.
  private func usual(_ runs: [ListedRun]) -> String {
    func text(_ name: FactName, _ run: ListedRun) -> String {
      list.fact(name.rawValue, of: run)?.texts.joined(separator: " ") ?? ""
    }
    func count(_ name: FactName, _ run: ListedRun) -> String {
      list.fact(name.rawValue, of: run)?.value.map { number in
        Int(exactly: number).map(Readable.count) ?? Readable.number(number)
      } ?? ""
    }
    let losses = runs.map { text(.loss, $0) }
    let isOfOneLoss = losses.allSatisfy { $0 == losses[0] }
    let (tags, changes) = (runs.map { text(.tag, $0) }, runs.map { text(.changed, $0) })
    // What any of the runs' tasks has to say in short.
    let own = runs.map { list.headline(of: $0) }
    var headline: [String] = []
    for title in own.joined().map(\.title) where !headline.contains(title) { headline.append(title) }
    var table = TextTable(
      [.left, .left, .right, .right, .right, .left] + headline.map { _ in .right } + [.left, .right, .left, .left])
    table.add(
      ["run", "status", "seed", "epoch", "step", isOfOneLoss ? "" : "loss"] + headline
        + [
          "started", "took", tags.contains { !$0.isEmpty } ? "tags" : "",
          changes.contains { !$0.isEmpty } ? "changed" : "",
        ]
    )
    for (place, run) in runs.enumerated() {
      let values = headline.map { title in
        own[place].first { $0.title == title }.flatMap { list.fact($0.column, of: run)?.value }.map(Readable.number)
          ?? ""
      }
      table.add(
        [
          list.name(of: run.path), text(.status, run), text(.seed, run), text(.epoch, run),
          "\(count(.step, run))/\(count(.steps, run))", isOfOneLoss ? "" : losses[place],
        ] + values + [
          Readable.minute(text(.started, run)),
          list.fact(FactName.took.rawValue, of: run)?.value.map(Readable.shortDuration) ?? "",
          Wrapping.shortened(tags[place], width: width == nil ? .max : 24),
          Wrapping.shortened(changes[place], width: width == nil ? .max : 40),
        ])
    }
    let metrics = headline.indices.map { 6 + $0 }
    let started = 6 + headline.count
    let (took, tag, changed) = (started + 1, started + 2, started + 3)
    let empty = table.rows[0].indices.filter { table.rows[0][$0].isEmpty }
    return table.without(
      empty, importance: [[4], [started], [2], [tag], [took], [5] + metrics, [3], [changed]], width: width
    ).text
  }
}
