import Files
import Specs

/// A text file of numbers in rows and columns, read strictly: every mistake has its line and column.
struct NumberTable: Sendable {
  /// Whether the first line names the columns.
  enum Header: String, Choice {
    /// It does where one of its cells is not a number, or where columns are asked for by name.
    case auto
    case present
    case absent
  }

  /// A column by its number, from 1, or by its name in the first line.
  typealias Column = Fields.IntegerOrName

  /// How a file is read.
  struct Reading: Sendable {
    var delimiter = CellReader.Delimiter.comma
    var header = Header.auto
    /// The columns that are features; nil for all but the labels.
    var columns: [Column]?
    /// The column of labels.
    var label: Column?
    var scaling = Scaling.unscaled
  }

  /// The number of rows.
  let count: Int
  /// The number of columns that are features.
  let width: Int
  /// What those columns are called, where the first line says.
  let names: [String]?
  /// The scaled numbers [count, width]; none where they were only looked at.
  let values: [Float]
  /// The class of each row, where there is a column of labels.
  let labels: [Int32]?
  /// The distinct labels: in the order of their numbers where all are different whole numbers, else of their bytes.
  let classes: [String]?
  /// What a person should know, without the file's name.
  let notes: [String]

  /// Reads a text.
  /// - Parameters:
  ///   - keepsValues: whether the numbers are kept or only looked at.
  ///   - room: bytes of memory that the numbers may take, with the text where it lies in memory.
  init(parsing text: TextSource, _ reading: Reading, keepsValues: Bool, room: Int) throws(FormatError) {
    var reader = try CellReader(text, reading.delimiter)
    guard try reader.next() else { throw FormatError("it has no rows", remedy: "give a table with rows") }
    let columns = try TableColumns(of: reader, reading)
    notes = columns.note.map { [$0] } ?? []
    names = columns.featureNames
    if columns.areNamed, try !reader.next() {
      throw FormatError("it has no rows beside the names of its columns", remedy: "give a table with rows")
    }
    let chosen = columns.features
    var mostNumbers: Int?
    if keepsValues {
      let most = (1 + (try reader.remainingLines())) * chosen.count
      let size = most * reading.scaling.bytesPerNumber
      guard text.present.count + size <= room, MemoryRoom.isGranted(size) else {
        throw FormatError(
          "its numbers take \(ByteCount.text(size))\(text.present.isEmpty ? "" : " beside its text"), but there are "
            + "\(ByteCount.text(room)) of memory for data", remedy: "use fewer columns, or a machine with more memory")
      }
      mostNumbers = most
    }
    var numbers = ScaledNumbers(reading.scaling, columns: chosen.count, reserving: mostNumbers)
    var labels = LabelTexts()
    var count = 0
    repeat {
      guard reader.cells.count == columns.count else {
        throw FormatError(
          "line \(reader.line): it has \(reader.cells.count) cells, but the first line has \(columns.count)")
      }
      for column in chosen {
        guard let number = reader.number(column) else {
          throw columns.notNumber(column, reader, isFirstRow: count == 0)
        }
        guard numbers.append(number) else {
          throw columns.refused(column, reader, reading.scaling.refusal(of: number))
        }
      }
      if let label = columns.label {
        let text = reader.content(label)
        guard !text.isEmpty else { throw columns.missingLabel(label, reader) }
        labels.append(text)
      }
      count += 1
    } while try reader.next()
    self.count = count
    width = chosen.count
    values = numbers.finish()
    (self.labels, classes) = columns.label == nil ? (nil, nil) : labels.numbered()
  }
}

/// The texts of a column of labels, numbered as they come.
struct LabelTexts {
  private var numbers: [[UInt8]: Int32] = [:]
  private var texts: [[UInt8]] = []
  private var labels: [Int32] = []

  mutating func append(_ text: [UInt8]) {
    if let number = numbers[text] { return labels.append(number) }
    let number = Int32(texts.count)
    numbers[text] = number
    texts.append(text)
    labels.append(number)
  }

  /// The labels numbered in the order of the classes, and these.
  func numbered() -> (labels: [Int32], classes: [String]) {
    let names = texts.map { String(decoding: $0, as: UTF8.self) }
    let integers = names.compactMap { Int($0) }
    let isNumeric = integers.count == names.count && Set(integers).count == names.count
    let order = texts.indices.sorted { first, second in
      isNumeric ? integers[first] < integers[second] : texts[first].lexicographicallyPrecedes(texts[second])
    }
    var places = [Int32](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { places[index] = Int32(place) }
    return (labels.map { places[Int($0)] }, order.map { names[$0] })
  }
}
