import Specs

/// What is known of a dataset's samples before their values are loaded.
///
/// It is found by looking at the data: at nothing where they are published with a fixed shape, else at as little of
/// the files as says it. A run keeps it in its record, so that samples can be drawn from a run whose data are gone.
package struct DatasetSummary: Codable, Equatable, Sendable {
  /// The number of samples.
  package var count: Int
  /// The lengths of the axes of one sample, features last: [28, 28, 1] for a gray image.
  package var sampleShape: [Int]
  /// Between which two values all values lie; nothing when any value is possible.
  package var bounds: ClosedRange<Float>?
  /// Bytes of memory that one value of a loaded sample takes: 1, or 4 for Floats.
  package var bytesPerValue: Int
  /// Bytes of memory at most while the samples are read or made, where more than their values are in memory then; a
  /// record does not keep it.
  package var loadingBytes = 0
  /// The classes that samples belong to, for data that have some.
  package var classes: Classes?
  /// What the columns of a table are called, where its file says.
  package var columnNames: [String]?
  /// What a person should know of the data.
  package var notes: [DataNote]

  private enum CodingKeys: String, CodingKey {
    case count, bounds, classes, notes
    case sampleShape = "sample_shape"
    case bytesPerValue = "bytes_per_value"
    case columnNames = "column_names"
  }

  /// Says what is known.
  package init(
    count: Int, sampleShape: [Int], bounds: ClosedRange<Float>?, bytesPerValue: Int = 1, classes: Classes? = nil,
    columnNames: [String]? = nil, notes: [DataNote] = []
  ) {
    self.count = count
    self.sampleShape = sampleShape
    self.bounds = bounds
    self.bytesPerValue = bytesPerValue
    self.classes = classes
    self.columnNames = columnNames
    self.notes = notes
  }

  /// Says what is known of samples whose classes are numbers in a file; nothing for samples without.
  init(
    count: Int, sampleShape: [Int], bounds: ClosedRange<Float>?, bytesPerValue: Int = 1, labels: LabelList?
  ) {
    self.init(
      count: count, sampleShape: sampleShape, bounds: bounds, bytesPerValue: bytesPerValue, classes: labels?.classes,
      notes: labels?.note.map { [$0] } ?? [])
  }

  /// Reads what a record says, which must be possible.
  package init(from decoder: any Decoder) throws {
    let record = try decoder.container(keyedBy: CodingKeys.self)
    count = try record.decode(Int.self, forKey: .count)
    sampleShape = try record.decode([Int].self, forKey: .sampleShape)
    bounds = try record.decodeIfPresent(ClosedRange<Float>.self, forKey: .bounds)
    bytesPerValue = try record.decode(Int.self, forKey: .bytesPerValue)
    classes = try record.decodeIfPresent(Classes.self, forKey: .classes)
    columnNames = try record.decodeIfPresent([String].self, forKey: .columnNames)
    notes = try record.decode([DataNote].self, forKey: .notes)
    var size: Int? = 1
    for length in sampleShape {
      let product = size?.multipliedReportingOverflow(by: length)
      size = length < 1 || product?.overflow ?? true ? nil : product?.partialValue
    }
    guard count >= 0, size != nil, bytesPerValue == 1 || bytesPerValue == 4,
      classes.map({ $0.count >= 0 && $0.names.map(\.count) ?? $0.count == $0.count }) ?? true
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: record.codingPath, debugDescription: "these are no samples"))
    }
  }

  /// The number of values of one sample.
  package var sampleSize: Int { sampleShape.reduce(1, *) }

  /// Bytes of the values of so many samples; `Int.max` where that is beyond any memory.
  func valueBytes(of count: Int) -> Int {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: sampleSize * bytesPerValue)
    return overflow ? .max : bytes
  }
}

/// The classes of a labelled dataset, numbered from 0.
package struct Classes: Codable, Equatable, Sendable {
  /// How many there are.
  package let count: Int
  /// What each is called, where that is known.
  package let names: [String]?

  /// Classes that are only numbered.
  package init(count: Int) {
    self.count = count
    names = nil
  }

  /// Classes with names.
  package init(_ names: [String]) {
    count = names.count
    self.names = names
  }

  /// What a class is called: its name, or its number.
  package func name(_ number: Int) -> String { names?[number] ?? String(number) }
}

/// A dataset, and what was found when it was looked at.
package struct SurveyedDataset: Sendable {
  /// The dataset as the spec describes it.
  package let source: any Dataset
  /// What was found.
  package let survey: DatasetSummary
  /// How closely the samples were looked at, where they were.
  package let inspection: DataInspection?
  /// Where in the spec the dataset and its fields stand.
  private let marks: Marks

  /// Where the dataset and its fields stand in a text.
  package struct Marks: Sendable {
    /// The place of the whole entry.
    package let entry: Mark
    /// The places of the values of its fields.
    package let fields: [String: Mark]

    /// The place of the entry and those of its fields.
    package init(entry: Mark = .nowhere, fields: [String: Mark] = [:]) {
      self.entry = entry
      self.fields = fields
    }

    /// The place of a field, or where it is in no text that of the whole.
    package func mark(of field: String?) -> Mark {
      [field.flatMap { fields[$0] }, entry].lazy.compactMap { $0 }.first(where: \.isSomewhere) ?? .nowhere
    }
  }

  /// Joins a dataset and its survey.
  package init(_ source: any Dataset, survey: DatasetSummary, inspection: DataInspection? = nil, marks: Marks = Marks())
  {
    self.source = source
    self.survey = survey
    self.inspection = inspection
    self.marks = marks
  }

  /// The place in the spec of what an error of the data is about.
  package func mark(of error: DataError) -> Mark { marks.mark(of: error.field) }

  /// The dataset's name in the catalogue.
  package var name: String { type(of: source).name }
  /// What gives classes to samples that have none; nothing where that cannot be.
  package var labelling: String? { type(of: source).labelling }
  /// The lengths of the axes of one sample, features last.
  package var sampleShape: [Int] { survey.sampleShape }
  /// The number of samples.
  package var count: Int { survey.count }
  /// Between which two values all values lie; nothing when any value is possible.
  package var bounds: ClosedRange<Float>? { survey.bounds }
  /// Bytes of memory that one value of a loaded sample takes.
  package var bytesPerValue: Int { survey.bytesPerValue }
  /// The classes that samples belong to.
  package var classes: Classes? { survey.classes }

  /// Reads or generates the samples.
  /// - Throws: `DataError` where they cannot be had, or are not as many or not of the shape that the survey found.
  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    let table = try source.load(from: location, seed: seed)
    guard table.count == survey.count, table.sampleShape == survey.sampleShape else {
      throw DataError(
        .damaged,
        "\(table.origin): there were \(survey.count) samples of \(survey.sampleShape), now there are "
          + "\(table.count) of \(table.sampleShape)",
        remedy: "put the data back as they were, or begin a new run")
    }
    return table
  }
}
