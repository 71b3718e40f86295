import YAML

/// A table of numbers as a text: a sample a line.
///
/// Every column, or those listed, is a feature, so that a sample is [features]. A column of labels may have any texts;
/// the distinct ones, in the order of their numbers where all are whole numbers and else byte by byte, are the classes.
/// `scaling` treats each column by itself.
///
/// ```yaml
/// dataset: {csv: {path: points.csv}}
/// dataset: {csv: {path: iris.csv, columns: [1, 2], label: 5, scaling: standard}}
/// ```
package struct CSVData: SelectableDataset {
  package static let name = "csv"
  package static let summary = "A table of numbers in a text file, a sample a line."

  let path: String
  /// Counted from 1.
  let columns: [Int]?
  let label: Int?
  let header: NumberTable.Header
  let delimiter: NumberTable.Delimiter
  let scaling: Scaling
  package let selection: Selection

  package init(from fields: inout Fields) {
    path = fields.string(
      "path", "The file, absolute or relative to the spec, the present folder or --data-dir.",
      validate: DataPath.refusal)
    columns = fields.optionalIntegers(
      "columns", count: 1...10_000, each: 1...100_000, "The columns that are features, counted from 1; else all.")
    label = fields.optionalInteger("label", in: 1...100_000, "The column that is the class, counted from 1.")
    header = fields.choice(
      "header", default: .auto, "Whether the first line names the columns; auto: where it has no numbers.")
    delimiter = fields.choice("delimiter", default: .comma, "What separates cells.")
    scaling = fields.choice(
      "scaling", default: .unscaled,
      "What becomes of each column: kept, x / 127.5 - 1, to -1 ... 1, or to mean 0 and deviation 1.")
    selection = Selection(from: &fields, mayBeImages: false)
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> Survey {
    let (file, table) = try read(in: location)
    // All numbers are looked at now, so that what is wrong with them is said while the spec is checked.
    _ = try values(table, file)
    return Survey(
      count: table.count, sampleShape: [table.columns.count], bounds: scaling.bounds, bytesPerValue: 4,
      classes: classes(table).map { Classes($0) }, columnNames: table.names)
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    labels(try read(in: location).table)
  }

  package func wholeTable(in location: DataLocation) throws(DataError) -> Table {
    let (file, table) = try read(in: location)
    let values = Table.Values.floats(try values(table, file))
    let labels = labels(table)
    return Table(
      count: table.count, sampleShape: [table.columns.count], values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: file.path)
  }

  private func read(in location: DataLocation) throws(DataError) -> (file: DataFile, table: NumberTable) {
    let path = try location.path(of: path, isFolder: false, at: "path")
    let file = DataFile(
      path: path, field: "path", remedy: "correct the file, or choose other columns, header or delimiter")
    let content = try file.content()
    return (
      file,
      try file.parsing { () throws(FormatError) in
        try NumberTable(parsing: content, delimiter: delimiter, header: header, columns: columns, label: label)
      }
    )
  }

  private func values(_ table: NumberTable, _ file: DataFile) throws(DataError) -> [Float] {
    let width = table.columns.count
    return try file.parsing { () throws(FormatError) in
      try scaling.scaled(count: table.count, columns: width, value: { table.numbers[$0] }) { index in
        "line \(table.lines[index / width]): column \(table.columns[index % width])"
      }
    }
  }

  /// The distinct labels in order.
  private func classes(_ table: NumberTable) -> [String]? {
    guard label != nil else { return nil }
    let distinct = Set(table.labels)
    let numbers = distinct.compactMap { text in Int(text).map { ($0, text) } }
    guard numbers.count == distinct.count, Set(numbers.map(\.0)).count == distinct.count else {
      return distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return numbers.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func labels(_ table: NumberTable) -> [Int32]? {
    guard let classes = classes(table) else { return nil }
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
    return table.labels.map { numbers[$0] ?? 0 }
  }
}
