/// The content of a `.safetensors` file of gan-exp: named arrays of numbers, and texts about them.
///
/// A file is the length of its header as 8 bytes (little-endian), the header as JSON, padded with spaces to a
/// multiple of 8 bytes, and then the numbers (little-endian) of one tensor after the other, without gaps. Files
/// written here also carry a digest: the SHA-256 of the complete file with 64 zeros `0` in the place of the digest.
/// So every changed, missing or additional byte is noticed, wherever it is. Files of other programs are read by
/// `SafetensorsFile`.
package struct Safetensors: Equatable, Sendable {
  /// A named array of numbers in row-major order.
  package struct Tensor: Equatable, Sendable {
    /// The name, unique in its file.
    package var name: String
    /// The lengths of the axes; none for a single number.
    package var shape: [Int]
    /// The numbers, as many as the product of the shape.
    package var values: Values

    /// Names an array of numbers.
    package init(name: String, shape: [Int], values: Values) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The numbers of a tensor, by the type they are stored as.
  package enum Values: Equatable, Sendable {
    case float32([Float])
    case float64([Double])
    /// Values of 32 bits that stay where they are: their owner must keep them until the file is written.
    case lent(any LentMemory)

    /// Whether the numbers are the same bits, wherever they are.
    package static func == (a: Values, b: Values) -> Bool {
      a.element == b.element && a.withBytes { x in b.withBytes { y in x.elementsEqual(y) } }
    }
  }

  /// Texts by their keys; the key `sha256` is reserved for the digest.
  package var metadata: [String: String]
  /// The tensors in the order of their numbers in the file.
  package var tensors: [Tensor]

  /// Gathers the content of a file.
  package init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// Reads and verifies a small file as a whole; what is wrong with it is in the error.
  package init(path: String) throws(FileError) {
    let sealed = try SealedSafetensors(path: path)
    try sealed.verify()
    metadata = sealed.metadata
    tensors = []
    for entry in sealed.file.tensors {
      let values: Values
      switch entry.element {
      case .float32: values = .float32(try sealed.file.numbers(of: entry))
      case .float64: values = .float64(try sealed.file.numbers(of: entry))
      case let other:
        throw FileError(path: path, damaged: "tensor \(entry.name) has the unsupported dtype \(other.rawValue)")
      }
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
  }

  /// Writes the file durably, in place of the one that has its path: tensor by tensor from where they are, so that it
  /// takes no memory.
  ///
  /// Throws when a name occurs twice, when the key `sha256` is used, or when a shape does not fit its numbers.
  package func write(to path: String) throws(FileError) {
    let header: SafetensorsHeader
    do throws(FormatError) {
      header = try SafetensorsHeader(describing: self)
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
    try DurableFile.replace(path) { (file) throws(FileError) in
      let digest = DigestStream()
      let opening = header.bytes(digest: SafetensorsHeader.blankDigest)
      digest.add(opening)
      try file.write(opening)
      for tensor in tensors {
        try tensor.values.withBytes { (bytes) throws(FileError) in try file.write(bytes, adding: digest) }
      }
      try file.write(Array(digest.finish().utf8), at: SafetensorsHeader.digestRange.lowerBound)
    }
  }
}

/// Values of 32 bits in memory that somebody else owns.
package protocol LentMemory: Sendable {
  /// The number of values.
  var count: Int { get }
  /// Lends their bytes.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
  /// Lends their bytes to be written.
  func withMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
}

extension Safetensors.Values {
  /// The number of numbers.
  var count: Int {
    switch self {
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .lent(let memory): memory.count
    }
  }

  /// The type that the header names.
  var element: SafetensorsElement {
    switch self {
    case .float32, .lent: .float32
    case .float64: .float64
    }
  }

  /// The numbers as they lie in memory, which on x86-64 is little-endian.
  fileprivate func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch self {
    case .float32(let values): try values.span.bytes.withUnsafeBytes(body)
    case .float64(let values): try values.span.bytes.withUnsafeBytes(body)
    case .lent(let memory): try memory.withBytes(body)
    }
  }
}
