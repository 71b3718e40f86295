import Files
import Specs

/// A table of numbers as a text: a sample a line.
///
/// Every column, or those listed by number or by name, is a feature, so that a sample is [features]. A column of labels
/// may have any texts; the distinct ones, in the order of their numbers where all are whole numbers and else byte by
/// byte, are the classes.
/// `scaling` treats each column by itself.
///
/// ```yaml
/// dataset: {csv: {path: points.csv}}
/// dataset: {csv: {path: iris.csv, columns: [1, 2], label: 5, scaling: standard}}
/// dataset: {csv: {path: iris.csv, columns: [sepal_length, sepal_width], label: species}}
/// ```
package struct CSVData: SelectableDataset {
  package static let name = "csv"
  package static let summary = "a table of numbers in a text file, a sample a line"
  package static let labelling: String? = "name the column of the classes: dataset: {csv: {label: ...}}"

  let path: String
  let reading: NumberTable.Reading
  package let selection: Selection

  package init(from fields: inout Fields) {
    path = fields.string(
      .path, "the file, absolute or relative to the spec, the present folder or --data-dir",
      validate: DataPath.refusal)
    var reading = NumberTable.Reading()
    reading.columns = fields.optionalIntegersOrNames(
      "columns", count: 1...10_000, each: 1...100_000,
      "the columns that are features, by number from 1 or by name in the first line; else all")
    reading.label = fields.optionalIntegerOrName(
      "label", in: 1...100_000, "the column that is the class, by number from 1 or by name in the first line")
    reading.header = fields.choice(
      "header", default: .auto, "whether the first line names the columns; auto: where it has no numbers")
    reading.delimiter = fields.choice("delimiter", default: .comma, "what separates cells")
    reading.scaling = fields.choice(
      "scaling", default: .unscaled,
      "what becomes of each column: kept, x / 127.5 - 1, to -1 ... 1, or to mean 0 and deviation 1")
    self.reading = reading
    selection = Selection(from: &fields, mayBeImages: false)
    let named = ((reading.columns ?? []) + [reading.label].compactMap { $0 }).lazy.compactMap {
      if case .name(let name) = $0 { name } else { nil }
    }
    if reading.header == .absent, let name = named.first {
      fields.error(
        "without a header no column is named \(name)", at: "header",
        remedy: "remove header: absent, or give the columns by number")
    }
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    // All numbers are looked at now, so that what is wrong with them is said while the spec is checked.
    let (file, table) = try read(in: location, keepsValues: false)
    var notes = table.notes
    if let classes = table.classes, classes.count > 20, 2 * classes.count > table.count,
      !classes.allSatisfy({ Int($0) != nil })
    {
      notes.append(
        "label has \(classes.count) different values in \(table.count) lines, each of which is a class; label: null "
          + "makes the column a feature")
    }
    return DatasetSummary(
      count: table.count, sampleShape: [table.width], bounds: reading.scaling.bounds, bytesPerValue: 4,
      classes: table.classes.map { Classes($0) }, columnNames: table.names,
      notes: notes.map { DataNote("\(file.path): \($0)") })
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try read(in: location, keepsValues: false).table.labels
  }

  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    let (file, table) = try read(in: location, keepsValues: true)
    let values = Table.Values.floats(table.values)
    return Table(
      count: table.count, sampleShape: [table.width], values: values, labels: table.labels,
      digest: Table.digest(of: values, labels: table.labels), origin: file.path.description)
  }

  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    let file = DataFile(
      try location.path(of: path, isFolder: false, at: "path"), field: "path", remedy: "", in: location)
    let isCompressed = Gunzip.isCompressed(try file.beginning(2).bytes)
    return Reading(
      count: whole.count,
      bytesBeside: whole.count * whole.sampleSize * (reading.scaling.bytesPerNumber - 4)
        + (isCompressed ? try file.contentFootprint() : CellReader.pieceLength))
  }

  package func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection {
    .complete("read every line")
  }

  private func read(
    in location: DataLocation, keepsValues: Bool
  ) throws(DataError) -> (file: DataFile, table: NumberTable) {
    let file = DataFile(
      try location.path(of: path, isFolder: false, at: "path"), field: "path",
      remedy: "correct the file, or choose other columns, header or delimiter", in: location)
    return (
      file,
      try file.parsingText { text throws(FormatError) in
        try NumberTable(parsing: text, reading, keepsValues: keepsValues, room: location.memory)
      }
    )
  }
}
