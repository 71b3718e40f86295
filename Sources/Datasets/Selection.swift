import Specs

/// Which samples of a dataset are taken, in three fields that all datasets of this kind have.
///
/// `classes` keeps the samples of some classes, which are numbered anew in the order in which they are listed; `subset`
/// keeps the first samples of what is left; `horizontal_flip` puts the mirror image of each behind them all, so that
/// sample `count / 2 + i` is sample `i` with its columns in reverse order.
///
/// ```yaml
/// dataset: {mnist: {classes: [3, 7], subset: 1000, horizontal_flip: true}}
/// ```
package struct Selection: Equatable, Sendable {
  /// The classes that are kept; nothing for all.
  package let classes: [Int]?
  /// How many samples are kept; nothing for all.
  let subset: Int?
  /// Whether the mirror images follow.
  let isMirrored: Bool

  /// Takes everything.
  package static let everything = Selection(classes: nil, subset: nil, isMirrored: false)

  init(classes: [Int]?, subset: Int?, isMirrored: Bool) {
    self.classes = classes
    self.subset = subset
    self.isMirrored = isMirrored
  }

  /// Reads the three fields; the last only for data that may be images.
  init(from fields: inout Fields, mayBeImages: Bool = true) {
    classes = fields.optionalIntegers(
      "classes", count: 1...10_000, each: 0...1_000_000, "the classes that are kept, numbered anew in this order")
    subset = fields.optionalInteger("subset", in: 1...Int.max, "the number of samples, the first, that are kept")
    isMirrored =
      mayBeImages
      && fields.boolean(
        FieldName("horizontal_flip", alsoCalled: ["flip", "hflip", "random_horizontal_flip"]), default: false,
        "whether the mirror image of each sample is a sample too")
    if let classes, let twice = classes.first(where: { number in classes.count { $0 == number } > 1 }) {
      fields.error("classes has \(twice) twice", at: "classes", remedy: "remove one of them")
    }
  }

  /// Whether everything is taken as it is.
  var isEverything: Bool { self == .everything }

  /// What is left of a whole dataset.
  /// - Parameter labels: the class of each sample, asked for only where classes are chosen.
  func survey(
    of whole: DatasetSummary, name: String, labels: () throws(DataError) -> [Int32]?
  ) throws(DataError) -> DatasetSummary {
    var survey = whole
    if let classes {
      let known = try checked(whole.classes, name)
      let kept = Set(classes.map { Int32($0) })
      survey.count = try (labels() ?? []).count { kept.contains($0) }
      survey.classes =
        known.names.map { names in Classes(classes.map { names[$0] }) } ?? Classes(classes.map(String.init))
      guard survey.count > 0 else {
        throw DataError(
          .unfit, "\(name) has no samples of these classes", remedy: "name other classes", at: "classes")
      }
    }
    if let subset {
      guard subset <= survey.count else {
        let source = classes == nil ? name : "\(name) with these classes"
        throw DataError(
          .unfit, "subset asks for \(subset) samples, but \(source) has \(survey.count)",
          remedy: "use subset: \(survey.count) or less, or leave it out", at: "subset")
      }
      survey.count = subset
    }
    if isMirrored {
      guard whole.sampleShape.count == 3 else {
        throw DataError(
          .unfit,
          "horizontal_flip is for images [height, width, channels], but a sample of \(name) is "
            + "\(whole.sampleShape)", remedy: "remove it", at: "horizontal_flip")
      }
      survey.count *= 2
    }
    return survey
  }

  /// Bytes of memory at most while a part is read and taken: what reading takes, then what was read and the part.
  func loadingBytes(_ part: DatasetSummary, whole: DatasetSummary, _ reading: Reading) -> Int {
    let values = whole.valueBytes(of: reading.count)
    let isTaken = part.count != reading.count || classes != nil || isMirrored
    let beside = max(reading.bytesBeside, isTaken ? part.valueBytes(of: part.count) : 0)
    let (bytes, overflow) = values.addingReportingOverflow(beside)
    return overflow ? .max : bytes
  }

  /// What is left of a whole table.
  func table(of whole: Table) -> Table {
    guard classes != nil || isMirrored || subset.map({ $0 < whole.count }) ?? false else { return whole }
    var labels = whole.labels
    var rows = Array(0..<whole.count)
    if let classes, let given = labels {
      let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { (Int32($1), Int32($0)) })
      rows = rows.filter { numbers[given[$0]] != nil }
      labels = given.map { numbers[$0] ?? 0 }
    }
    if let subset { rows = Array(rows.prefix(subset)) }
    labels = labels.map { all in rows.map { all[$0] } }
    if isMirrored { labels = labels.map { $0 + $0 } }
    let values: Table.Values =
      switch whole.values {
      case .bytes(let bytes, let lookup): .bytes(taken(rows, of: bytes, whole.sampleShape), lookup: lookup)
      case .floats(let floats): .floats(taken(rows, of: floats, whole.sampleShape))
      }
    return Table(
      count: rows.count * (isMirrored ? 2 : 1), sampleShape: whole.sampleShape, values: values, labels: labels,
      digest: whole.digest, origin: whole.origin)
  }

  private func checked(_ known: Classes?, _ name: String) throws(DataError) -> Classes {
    guard let known else {
      throw DataError(.unfit, "these data have no classes", remedy: "remove classes", at: "classes")
    }
    guard let wrong = classes?.first(where: { $0 >= known.count }) else { return known }
    throw DataError(
      .unfit, "\(name) has the classes 0 to \(known.count - 1), not \(wrong)", remedy: "name other classes",
      at: "classes")
  }

  /// Rows of values [count, shape...], with their mirror images behind them where these are wanted.
  private func taken<Value>(_ rows: [Int], of values: [Value], _ shape: [Int]) -> [Value] {
    let size = shape.reduce(1, *)
    var result: [Value] = []
    result.reserveCapacity(rows.count * size * (isMirrored ? 2 : 1))
    for row in rows { result += values[(row * size)..<((row + 1) * size)] }
    guard isMirrored else { return result }
    let (width, channels) = (shape[1], shape[2])
    for row in rows {
      for y in 0..<shape[0] {
        for x in (0..<width).reversed() {
          let pixel = row * size + (y * width + x) * channels
          result += values[pixel..<(pixel + channels)]
        }
      }
    }
    return result
  }
}

/// A dataset of which a part can be taken by class, number and mirror.
package protocol SelectableDataset: Dataset {
  /// Which part is taken.
  var selection: Selection { get }
  /// What is known of the whole.
  func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary
  /// The class of each sample of the whole, without its values.
  func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]?
  /// The whole; of the first samples at least, where only so many are wanted.
  func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table
  /// What `wholeTable` reads, and the memory that it takes for that.
  func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading
}

/// How much of a dataset is read for a part of it.
package struct Reading: Sendable {
  /// The number of samples that are read.
  var count: Int
  /// Bytes of memory at most beside their values, while they are read.
  var bytesBeside = 0
}

extension SelectableDataset {
  package func survey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    let whole = try wholeSurvey(in: location)
    var part = try selection.survey(of: whole, name: Self.name) { () throws(DataError) in
      try wholeLabels(in: location)
    }
    part.loadingBytes = selection.loadingBytes(part, whole: whole, try reading(whole, first: first, in: location))
    return part
  }

  /// All, and no memory beside their values.
  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    Reading(count: whole.count)
  }

  /// The number of first samples of the whole that are enough; nil where which samples are of a class is known only of
  /// all of them.
  private var first: Int? { selection.classes == nil ? selection.subset : nil }

  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    selection.table(of: try wholeTable(first: first, in: location))
  }
}
