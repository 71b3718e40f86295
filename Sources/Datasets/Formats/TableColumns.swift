import Files
import Specs

/// Which columns of a table are features and which one is the label, and how messages call them.
struct TableColumns {
  /// How many columns there are.
  let count: Int
  /// The indices of those that are features, from 0.
  let features: [Int]
  /// The index of that of labels.
  let label: Int?
  /// Whether the first line names the columns.
  let areNamed: Bool
  /// What a person should know.
  let note: String?
  private let names: [String]
  private let header: NumberTable.Header

  /// Looks at the first line.
  init(of first: CellReader, _ reading: NumberTable.Reading) throws(FormatError) {
    count = first.cells.count
    header = reading.header
    let isByName = ((reading.columns ?? []) + [reading.label].compactMap { $0 }).contains {
      if case .name = $0 { true } else { false }
    }
    let texts = isByName || header == .present ? first.cells.indices.map { first.text($0) } : []
    func isNumber(_ column: Int) -> Bool { first.number(column) != nil }
    if isByName, header != .present, first.cells.indices.allSatisfy(isNumber) {
      throw FormatError(
        "it has no names of columns: its first line begins with the number \(texts[0])",
        remedy: "give columns by number, or put a line with their names before the others",
        at: reading.label.map { if case .name = $0 { "label" } else { "columns" } } ?? "columns")
    }
    let count = count
    let label = try reading.label.map { column throws(FormatError) in
      try TableColumns.index(of: column, of: count, "label", texts)
    }
    self.label = label
    features =
      try reading.columns.map { columns throws(FormatError) in
        var indices: [Int] = []
        for column in columns { indices.append(try TableColumns.index(of: column, of: count, "columns", texts)) }
        return indices
      } ?? first.cells.indices.filter { $0 != label }
    guard !features.isEmpty else {
      throw FormatError("it has no column beside the labels", remedy: "use label: null to have none", at: "label")
    }
    let odd = features.first { !isNumber($0) }
    areNamed = header == .present || isByName || header == .auto && odd != nil
    names = !areNamed ? [] : texts.isEmpty ? first.cells.indices.map { first.text($0) } : texts
    note =
      if areNamed, header == .auto, !isByName, let odd, features.contains(where: isNumber) {
        "line \(first.line) is taken for the names of the columns, since \(first.quoted(odd)) in column "
          + "\(odd + 1) is no number; header: present says that it is, header: absent that it is not"
      } else { nil }
  }

  /// What the features are called, where the first line says.
  var featureNames: [String]? { areNamed ? features.map { names[$0] } : nil }

  /// A column as messages call it: its number and, where it has one, its name.
  func title(_ column: Int) -> String {
    guard names.indices.contains(column), !names[column].isEmpty else { return "column \(column + 1)" }
    let name = CellReader.quoted(names[column]).dropFirst().dropLast()
    return "column \(column + 1) (\(name))"
  }

  /// A cell's place.
  func place(_ column: Int, _ line: Int) -> String { "line \(line), \(title(column))" }

  /// A cell should be a number and is not.
  func notNumber(_ column: Int, _ reader: CellReader, isFirstRow: Bool) -> FormatError {
    let problem = "\(place(column, reader.line)): \(reader.quoted(column)) is not a number"
    let text = reader.text(column)
    if isFirstRow, header == .absent {
      return FormatError(problem + "; is it a header?", remedy: "use header: present")
    }
    if TableColumns.missing.contains(text.lowercased()) {
      return FormatError(problem, remedy: "give it a number, or leave out the lines and columns where one is missing")
    }
    if isFirstRow, label == nil, looksLikeClasses(column, reader) {
      let name = names.indices.contains(column) ? names[column] : ""
      let reference = name.isEmpty ? "\(column + 1)" : Emitter.flowText(of: .string(name))
      return FormatError(problem, remedy: "if these are classes, write label: \(reference)")
    }
    return FormatError(problem)
  }

  /// A cell of the labels has nothing in it.
  func missingLabel(_ column: Int, _ reader: CellReader) -> FormatError {
    FormatError(
      "\(place(column, reader.line)): an empty cell is no class",
      remedy: "give it a class, or leave out the lines where it is missing")
  }

  /// A number is not taken.
  func refused(_ column: Int, _ reader: CellReader, _ refusal: FormatError?) -> FormatError {
    FormatError("\(place(column, reader.line)): \(refusal?.problem ?? "")", remedy: refusal?.remedy)
  }

  /// What programs write for a number that is missing.
  private static let missing = ["", "na", "n/a", "nan", "null", "none", "nil", "inf", "-inf", "+inf", "?", "-"]

  /// Whether a column has texts in all of the next rows, and some of them more than once.
  private func looksLikeClasses(_ column: Int, _ reader: CellReader) -> Bool {
    var reader = reader
    var texts: [String] = []
    repeat {
      guard reader.cells.count == count, reader.number(column) == nil, !reader.content(column).isEmpty else {
        return false
      }
      texts.append(reader.text(column))
    } while texts.count < 1000 && (try? reader.next()) == true
    return texts.count < 3 || 2 * Set(texts).count <= texts.count
  }

  private static func index(
    of column: NumberTable.Column, of count: Int, _ field: String, _ names: [String]
  ) throws(FormatError) -> Int {
    let remedy = field == "label" ? "name one of them, or write label: null to have none" : "name those that there are"
    switch column {
    case .integer(let number):
      guard number > count else { return number - 1 }
      throw FormatError(
        "it has \(count) columns, but \(field) asks for column \(number)", remedy: remedy, at: field)
    case .name(let name):
      let found = names.indices.filter { names[$0] == name }
      if found.count == 1 { return found[0] }
      if let first = found.first {
        throw FormatError(
          "it has \(found.count) columns named \(name)", remedy: "give the number: the first is \(first + 1)", at: field
        )
      }
      let list = names.prefix(20).map { CellReader.quoted($0).dropFirst().dropLast() }.joined(separator: ", ")
      throw FormatError(
        "it has no column \(CellReader.quoted(name)), but \(list)\(names.count > 20 ? ", ..." : "")",
        remedy: Suggestion.nearest(to: name, among: Array(names.prefix(1000))).map { "did you mean \($0)?" } ?? remedy,
        at: field)
    }
  }
}
