import Files

/// An array as NumPy saves it (NEP 1): numbers of one type, in row-major or column-major order.
struct NPY: Sendable {
  /// The type of the numbers.
  struct Element: Equatable, Sendable {
    enum Kind: Character, Sendable {
      case unsigned = "u"
      case signed = "i"
      case float = "f"
    }

    let kind: Kind
    /// 1, 2, 4 or 8 bytes; 4 or 8 for floats.
    let size: Int
    let isBigEndian: Bool
  }

  /// What stands before the numbers.
  struct Header: Equatable, Sendable {
    let element: Element
    /// Whether the first axis runs fastest.
    let isColumnMajor: Bool
    let shape: [Int]
    /// Where the numbers begin.
    let start: Int

    /// The number of numbers.
    var count: Int { shape.reduce(1, *) }

    /// Where in the file the numbers of the first entries along the first axis lie: in one piece where the last axis
    /// runs fastest, else in a piece for each place of the other axes.
    func ranges(first count: Int) -> [Range<Int>] {
      let (all, entry) = (shape[0], shape.dropFirst().reduce(element.size, *))
      guard isColumnMajor, count < all else { return [start..<(start + count * entry)] }
      return (0..<(entry / element.size)).map { place in
        let begin = start + place * all * element.size
        return begin..<(begin + count * element.size)
      }
    }

    /// The same of an array whose last axis runs fastest, in pieces of whole numbers that are soon read.
    func parts(first count: Int) -> [Range<Int>] {
      let end = start + shape.dropFirst().reduce(count * element.size, *)
      return stride(from: start, to: end, by: 1 << 20).map { $0..<min($0 + 1 << 20, end) }
    }
  }

  let header: Header
  private let bytes: [UInt8]

  /// No header that NumPy writes is longer.
  static let longestHeader = 1 << 16

  /// Takes the bytes of a file, which must end with its last number.
  init(parsing file: [UInt8]) throws(FormatError) {
    header = try Header(parsing: file, fileLength: file.count)
    bytes = file
  }

  /// Takes numbers in a row.
  init(_ element: Element, count: Int, _ bytes: [UInt8]) {
    header = Header(element: element, isColumnMajor: false, shape: [count], start: 0)
    self.bytes = bytes
  }

  /// Takes the numbers of the first entries along the first axis, as `Header.ranges` finds them.
  init(_ whole: Header, first count: Int, _ bytes: [UInt8]) {
    header = Header(
      element: whole.element, isColumnMajor: whole.isColumnMajor, shape: [count] + whole.shape.dropFirst(), start: 0)
    self.bytes = bytes
  }

  /// The number at a place of the array in row-major order.
  ///
  /// Integers beyond 2^53 are rounded to Double.
  func value(at index: Int) -> Double {
    let place = header.start + header.element.size * source(of: index)
    var bits: UInt64 = 0
    for byte in 0..<header.element.size {
      let position = header.element.isBigEndian ? byte : header.element.size - 1 - byte
      bits = bits << 8 | UInt64(bytes[place + position])
    }
    switch (header.element.kind, header.element.size) {
    case (.float, 4): return Double(Float(bitPattern: UInt32(bits)))
    case (.float, _): return Double(bitPattern: bits)
    case (.unsigned, _): return Double(bits)
    case (.signed, let size):
      let unused = UInt64(64 - 8 * size)
      return Double(Int64(bitPattern: bits << unused) >> Int64(unused))
    }
  }

  /// The numbers in row-major order, for an array of bytes.
  var unsignedBytes: [UInt8] {
    guard header.isColumnMajor else { return header.start == 0 ? bytes : Array(bytes[header.start...]) }
    return (0..<header.count).map { bytes[header.start + source(of: $0)] }
  }

  /// Where in the file a place of row-major order lies.
  private func source(of index: Int) -> Int {
    guard header.isColumnMajor else { return index }
    var (rest, place, stride) = (index, 0, header.count)
    for axis in header.shape.reversed() {
      stride /= axis
      place += rest % axis * stride
      rest /= axis
    }
    return place
  }
}

extension NPY.Header {
  /// Reads the beginning of a file of a length.
  init(parsing bytes: [UInt8], fileLength: Int) throws(FormatError) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else {
      throw NPY.foreign(bytes)
    }
    guard (1...3).contains(bytes[6]) else {
      throw FormatError("it has the version \(bytes[6]).\(bytes[7]) of the format; 1 to 3 are read")
    }
    let lengthSize = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<(8 + lengthSize)].reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + lengthSize + length
    guard length <= NPY.longestHeader, start <= bytes.count else {
      throw FormatError("it ends within its header, or is damaged")
    }
    var literal = PythonLiteral(bytes[(8 + lengthSize)..<start])
    let fields = try literal.dictionary()
    guard case .text(let type)? = fields["descr"], case .boolean(let isColumnMajor)? = fields["fortran_order"],
      case .integers(let shape)? = fields["shape"], fields.count == 3
    else { throw FormatError("its header does not say type, order and shape") }
    let element = try NPY.Element(type)
    var size = element.size
    for axis in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard !overflow else { throw FormatError("its shape \(shape) is larger than any file") }
      size = product
    }
    guard fileLength - start == size else {
      throw FormatError("its shape \(shape) asks for \(size) bytes, but it has \(fileLength - start)")
    }
    self.init(element: element, isColumnMajor: isColumnMajor, shape: shape, start: start)
  }
}

extension NPY {
  /// What a file is that numpy.save did not write.
  private static func foreign(_ bytes: [UInt8]) -> FormatError {
    let picture = [("PNG", [0x89, 0x50, 0x4e, 0x47]), ("JPEG", [0xff, 0xd8, 0xff])].first { bytes.starts(with: $0.1) }
    if let picture {
      return FormatError(
        "it is a \(picture.0) picture, not an array of numpy.save",
        remedy: "pictures are read from a folder: dataset: {image_folder: {path: ..., size: 64}}")
    }
    if bytes.starts(with: [0x50, 0x4b, 3, 4]) {
      return FormatError(
        "it is an archive (.npz), not one array",
        remedy: "save the one that is meant: numpy.save(\"x.npy\", numpy.load(path)[name])")
    }
    return FormatError(
      "it does not begin like a file of numpy.save", remedy: "give an array that numpy.save wrote, or use csv or idx")
  }
}

extension NPY.Element: CustomStringConvertible {
  /// What NumPy calls it, such as `float64`.
  var description: String {
    let name =
      switch kind {
      case .unsigned: "uint"
      case .signed: "int"
      case .float: "float"
      }
    return "\(name)\(8 * size)"
  }

  /// Reads a type such as `<f4`: byte order, kind, bytes.
  init(_ type: String) throws(FormatError) {
    let characters = Array(type)
    guard characters.count == 3, "<>|=".contains(characters[0]), let kind = Kind(rawValue: characters[1]),
      let size = characters[2].wholeNumberValue, (kind == .float ? [4, 8] : [1, 2, 4, 8]).contains(size)
    else {
      throw NPY.Element.foreign(type)
    }
    self.init(kind: kind, size: size, isBigEndian: characters[0] == ">")
  }

  /// Why a type of NumPy's is not read, and how it becomes one that is.
  private static func foreign(_ type: String) -> FormatError {
    switch type.dropFirst().first {
    case "O":
      FormatError(
        "it has Python objects (type \(type)), not numbers",
        remedy: "save numbers: numpy.save(path, numpy.array(x.tolist(), dtype=\"float32\"))")
    case "U", "S":
      FormatError(
        "it has texts (type \(type)), not numbers",
        remedy: "number them: numpy.save(path, numpy.unique(x, return_inverse=True)[1])")
    default:
      FormatError(
        "its numbers have the type \(type); integers of 1, 2, 4 and 8 bytes and floats of 4 and 8 are read",
        remedy: type.dropFirst().first == "c"
          ? "save x.real, or x.real and x.imag as two features" : "convert them with x.astype(\"float32\")")
    }
  }
}
