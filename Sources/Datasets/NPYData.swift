import Files
import Specs

/// An array of numbers that NumPy saved: the first axis counts samples.
///
/// A sample has one to three axes; one of two axes [height, width] becomes [height, width, 1]. Integers of 1, 2, 4 and 8
/// bytes and floats of 4 and 8 are read, in either byte order and either order of axes. `scaling: auto` is `bytes` for
/// unsigned bytes and `none` for all other types. Labels are a second array of integers from 0, one a sample.
///
/// ```yaml
/// dataset: {npy: {path: faces.npy, labels: people.npy}}
/// dataset: {npy: {path: curves.npy, scaling: standard}}
/// ```
package struct NPYData: SelectableDataset {
  package static let name = "npy"
  package static let summary = "an array saved by numpy.save, whose first axis counts samples"
  package static let labelling: String? = "name the array of the classes: dataset: {npy: {labels: ...}}"

  let path: String
  let labels: String?
  /// Nothing for `auto`.
  let scaling: Scaling?
  package let selection: Selection

  package init(from fields: inout Fields) {
    path = fields.string(
      .path, "the .npy file, absolute or relative to the spec, the present folder or --data-dir",
      validate: DataPath.refusal)
    labels = fields.optionalString(
      "labels", "the .npy file with the class of each sample, counted from 0", validate: DataPath.refusal)
    let words = ["auto"] + Scaling.allCases.map(\.rawValue)
    scaling = Scaling(
      rawValue: fields.choice(
        "scaling", among: words, default: "auto",
        "what becomes of the numbers: kept, x / 127.5 - 1, to -1 ... 1, or to mean 0 and deviation 1"))
    selection = Selection(from: &fields)
  }

  private func file(_ name: String, _ field: String, in location: DataLocation) throws(DataError) -> DataFile {
    DataFile(
      try location.path(of: name, isFolder: false, at: field), field: field,
      remedy: "save the array anew with numpy.save", in: location)
  }

  private func header(of file: DataFile) throws(DataError) -> (header: NPY.Header, length: Int) {
    let (beginning, length) = try file.beginning(NPY.longestHeader + 12)
    let header = try file.parsing { () throws(FormatError) in
      try NPY.Header(parsing: beginning, fileLength: length)
    }
    return (header, length)
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    let file = try file(path, "path", in: location)
    let header = try header(of: file).header
    let shape = try sampleShape(header, file)
    let scaling = scaling(of: header)
    return DatasetSummary(
      count: header.shape[0], sampleShape: shape, bounds: scaling.bounds,
      bytesPerValue: isBytes(header) ? 1 : 4, labels: try labels(count: header.shape[0], in: location))
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try labels(count: nil, in: location)?.values
  }

  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    let file = try file(path, "path", in: location)
    let (header, length) = try header(of: file)
    let shape = try sampleShape(header, file)
    // Of a large array only those samples are read that are wanted, unless the others decide on how these are scaled.
    let count = count(header, first: first)
    let values = try values(header, length, count: count, file)
    let labels = try labels(count: header.shape[0], in: location).map { Array($0.values.prefix(count)) }
    return Table(
      count: count, sampleShape: shape, values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: file.path.description)
  }

  private func count(_ header: NPY.Header, first: Int?) -> Int {
    scaling(of: header).needsAll ? header.shape[0] : min(first ?? .max, header.shape[0])
  }

  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    let header = try header(of: file(path, "path", in: location)).header
    let count = count(header, first: first)
    let (bytes, overflow) = (count * whole.sampleSize).multipliedReportingOverflow(by: bytesBeside(header))
    return Reading(count: count, bytesBeside: overflow ? .max : bytes)
  }

  /// Bytes of memory that are taken for a number beside its value, while it is read: what all must be known for is kept
  /// as Double, and an array in columns lies in memory as a whole.
  private func bytesBeside(_ header: NPY.Header) -> Int {
    (isBytes(header) ? 0 : scaling(of: header).bytesPerNumber - 4) + (header.isColumnMajor ? header.element.size : 0)
  }

  /// The values of the first samples.
  private func values(
    _ header: NPY.Header, _ length: Int, count: Int, _ file: DataFile
  ) throws(DataError) -> Table.Values {
    let size = header.shape.dropFirst().reduce(1, *)
    let scaling = scaling(of: header)
    try file.requireRoom(for: count * size, bytesEach: (isBytes(header) ? 1 : 4) + bytesBeside(header))
    let ranges = header.ranges(first: count)
    guard !isBytes(header) else {
      return .bytes(
        NPY(header, first: count, try file.bytes(of: ranges, length: length)).unsignedBytes,
        lookup: ImageArchive.pixels)
    }
    var numbers = ScaledNumbers(scaling, columns: 1, reserving: count * size)
    var index = 0
    func append(_ array: NPY) throws(DataError) {
      for place in 0..<array.header.count {
        let number = array.value(at: place)
        guard numbers.append(number) else {
          let refusal = scaling.refusal(of: number)
          throw file.damaged(
            "value \(index % size) of sample \(index / size): \(refusal?.problem ?? "")", remedy: refusal?.remedy)
        }
        index += 1
      }
    }
    if header.isColumnMajor {
      try append(NPY(header, first: count, try file.bytes(of: ranges, length: length)))
    } else {
      for part in header.parts(first: count) {
        try append(NPY(header.element, count: part.count / header.element.size, file.bytes(of: [part], length: length)))
      }
    }
    return .floats(numbers.finish())
  }

  /// The most bytes of an array that a check reads.
  private static let affordable = 256 << 20

  package func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection {
    let file = try file(path, "path", in: location)
    let (header, length) = try header(of: file)
    if isBytes(header) { return .complete("as long as its header says; any bytes are pixels") }
    let size = header.shape.dropFirst().reduce(header.element.size, *)
    let wanted =
      scaling(of: header).needsAll || selection.classes != nil
      ? header.shape[0] : min(selection.subset ?? header.shape[0], header.shape[0])
    let count = min(wanted, NPYData.affordable / max(size, 1))
    // What can be wrong with a number does not depend on the others.
    _ = try values(header, length, count: count, file)
    return .counted("read", count, of: wanted, "samples")
  }

  private func scaling(of header: NPY.Header) -> Scaling { scaling ?? (isByteType(header) ? .bytes : .unscaled) }

  private func isByteType(_ header: NPY.Header) -> Bool {
    header.element.kind == .unsigned && header.element.size == 1
  }

  /// Whether a byte of memory is enough for a value.
  private func isBytes(_ header: NPY.Header) -> Bool { isByteType(header) && scaling(of: header) == .bytes }

  private func sampleShape(_ header: NPY.Header, _ file: DataFile) throws(DataError) -> [Int] {
    let shape = Array(header.shape.dropFirst())
    guard (1...3).contains(shape.count), !header.shape.contains(0) else {
      throw DataError(
        .unfit, "\(file.path) has the shape \(header.shape), but samples of one to three axes are wanted",
        remedy: "save an array [samples, features] or [samples, height, width, channels]", at: "path")
    }
    return shape.count == 2 ? shape + [1] : shape
  }

  private func labels(count: Int?, in location: DataLocation) throws(DataError) -> LabelList? {
    guard let name = labels else { return nil }
    let file = try file(name, "labels", in: location)
    let bytes = try file.bytes()
    let array = try file.parsing { () throws(FormatError) in
      let array = try NPY(parsing: bytes)
      let (element, shape) = (array.header.element, array.header.shape)
      guard shape.count == 1, element.kind != .float else {
        throw FormatError(
          "labels are integers [samples], but these are \(element) \(shape)",
          remedy: NPYData.conversion(of: element, shape))
      }
      return array
    }
    return try LabelList((0..<array.header.count).map(array.value), of: count, file)
  }
}

extension NPYData {
  /// How NumPy makes labels of an array of another type or shape.
  private static func conversion(of element: NPY.Element, _ shape: [Int]) -> String {
    switch (shape.count, shape.last) {
    case (1, _): "convert them with y.astype(int)"
    case (2, 1): "convert them with y[:, 0]\(element.kind == .float ? ".astype(int)" : "")"
    // A column for each class.
    case (2, _): "convert them with y.argmax(axis=1)"
    default: "give the file of labels"
    }
  }
}

/// The class numbers of samples, checked.
struct LabelList {
  let values: [Int32]
  let classes: Classes
  /// What is doubtful about them.
  let note: DataNote?

  /// More classes than any network tells apart.
  private static let mostClasses = 1_000_000

  /// Takes whole numbers; there must be as many as samples.
  init(_ numbers: [Double], of count: Int?, _ file: DataFile) throws(DataError) {
    if let count, numbers.count != count {
      throw DataError(
        .unfit, "\(file.path) has \(numbers.count) labels, but there are \(count) samples",
        remedy: "give a label for each sample", at: file.field)
    }
    if let wrong = numbers.firstIndex(where: { !(0..<Double(LabelList.mostClasses)).contains($0) }) {
      let number = Int(exactly: numbers[wrong]).map(String.init) ?? "\(numbers[wrong])"
      throw file.damaged(
        "the label of sample \(wrong) is \(number), but classes are numbered from 0 to \(LabelList.mostClasses - 1)",
        remedy: "number the classes from 0, and leave out samples that have none")
    }
    values = numbers.map { Int32($0) }
    classes = Classes(count: Int(values.max() ?? -1) + 1)
    guard let least = values.min(), least > 0 else {
      note = nil
      return
    }
    note = DataNote(
      "\(file.path): no sample has class 0\(least > 1 ? " or another below \(least)" : ""): labels count from 0",
      remedy: "subtract \(least)", at: file.field)
  }
}
