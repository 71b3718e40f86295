import Datasets

/// The content of a `.safetensors` file: named arrays of numbers, and texts about them.
///
/// A file is the length of its header as 8 bytes (little-endian), the header as JSON, padded with spaces to a
/// multiple of 8 bytes, and then the numbers (little-endian) of one tensor after the other, without gaps. Files
/// written here also carry a digest of everything in them, see `encoded()`.
public struct Safetensors: Equatable, Sendable {
  /// A named array of numbers in row-major order.
  public struct Tensor: Equatable, Sendable {
    /// The name, unique in its file.
    public var name: String
    /// The lengths of the axes; none for a single number.
    public var shape: [Int]
    /// The numbers, as many as the product of the shape.
    public var values: Values

    /// Names an array of numbers.
    public init(name: String, shape: [Int], values: Values) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The numbers of a tensor, by the type they are stored as.
  public enum Values: Equatable, Sendable {
    case float32([Float])
    case float64([Double])
    case int32([Int32])
    case int64([Int64])
    case uint8([UInt8])
  }

  /// Texts by their keys; the key `sha256` is reserved for the digest.
  public var metadata: [String: String]
  /// The tensors in the order of their numbers in the file.
  public var tensors: [Tensor]

  /// Gathers the content of a file.
  public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The first tensor of that name.
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }

  /// Reads and verifies a file that `write(to:)` wrote; what is wrong with it is in the error.
  public init(path: String) throws(FileError) {
    let bytes = try DurableFile.read(path)
    do {
      try self.init(decoding: bytes)
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
  }

  /// Writes the file durably, in place of the one that has its path.
  public func write(to path: String) throws(FileError) {
    let bytes: [UInt8]
    do {
      bytes = try encoded()
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
    try DurableFile.replace(path, with: bytes)
  }
}

extension Safetensors.Values {
  /// The number of numbers.
  public var count: Int {
    switch self {
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    }
  }

  /// The type that the header names.
  var element: SafetensorsHeader.Element {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  /// Appends the numbers as they lie in memory, which on x86-64 is little-endian.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .float32(let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .float64(let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .int32(let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .int64(let values): values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .uint8(let values): bytes.append(contentsOf: values)
    }
  }

  /// Takes numbers from a range of bytes that holds a whole number of them.
  init(_ element: SafetensorsHeader.Element, _ bytes: ArraySlice<UInt8>) {
    self =
      switch element {
      case .float32: .float32(Self.array(bytes))
      case .float64: .float64(Self.array(bytes))
      case .int32: .int32(Self.array(bytes))
      case .int64: .int64(Self.array(bytes))
      case .uint8: .uint8(Array(bytes))
      }
  }

  private static func array<Number: BitwiseCopyable>(_ bytes: ArraySlice<UInt8>) -> [Number] {
    [Number](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Number>.stride) { numbers, count in
      count = bytes.withUnsafeBytes { $0.copyBytes(to: numbers) } / MemoryLayout<Number>.stride
    }
  }
}
