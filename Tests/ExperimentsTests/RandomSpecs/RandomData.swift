import TestSupport

/// The files that random specs name: a table, images of several shapes, and their classes.
enum RandomData {
  private static let samples = 300

  /// Arrays of images, by file.
  static let images: [(name: String, form: RandomLayers.Form)] = [
    ("gray.npy", .image(height: 9, width: 7, channels: 1)), ("color.npy", .image(height: 8, width: 8, channels: 3)),
    ("pairs.npy", .image(height: 6, width: 11, channels: 2)), ("wide.npy", .image(height: 12, width: 12, channels: 3)),
  ]

  /// Writes all of them.
  static func write(into folder: TemporaryFolder) throws {
    var draw = SpecDraw(seed: 7)
    for (name, form) in images {
      guard case .image(let height, let width, let channels) = form else { continue }
      let bytes = (0..<(samples * form.count)).map { _ in UInt8(draw.integer(0...255)) }
      try folder.put(array("(\(samples), \(height), \(width), \(channels))", bytes), into: name)
    }
    let classes = (0..<samples).map { $0 % RandomSpec.classes }
    try folder.put(array("(\(samples),)", classes.map { UInt8($0) }), into: "labels.npy")
    let rows = classes.map { sample in
      ((0..<5).map { _ in draw.number(-1...1) } + ["\(sample)"]).joined(separator: ",")
    }
    try folder.put(rows.joined(separator: "\n") + "\n", into: "table.csv")
  }

  /// A file of numpy.save.
  private static func array(_ shape: String, _ values: [UInt8]) -> [UInt8] {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': \(shape), }"
    let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + values
  }
}
