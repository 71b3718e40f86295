import Files

/// The samples of a dataset in memory.
package struct Table: Sendable {
  /// How the values are kept.
  package enum Values: Sendable {
    /// Bytes, and the value that each of the 256 bytes stands for.
    case bytes([UInt8], lookup: [Float])
    /// The values themselves.
    case floats([Float])
  }

  /// The number of samples.
  package let count: Int
  /// The lengths of the axes of one sample.
  package let sampleShape: [Int]
  /// The values [count, sampleShape...] in row-major order.
  package let values: Values
  /// The class of each sample, for data that have classes.
  package let labels: [Int32]?
  /// The SHA-256 of the data: of the uncompressed file, or of values (and labels) as they lie in memory.
  package let digest: String
  /// The path of the file or folder, or `generated`.
  package let origin: String

  /// Gathers samples; there must be as many values as the samples have.
  package init(
    count: Int, sampleShape: [Int], values: Values, labels: [Int32]? = nil, digest: String, origin: String
  ) {
    self.count = count
    self.sampleShape = sampleShape
    self.values = values
    self.labels = labels
    self.digest = digest
    self.origin = origin
  }

  /// The number of values of one sample.
  package var sampleSize: Int { sampleShape.reduce(1, *) }

  /// The samples of these numbers, with the digest and origin of all.
  package func taking(_ rows: [Int]) -> Table {
    func taken<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(rows.count * sampleSize)
      for row in rows { result += values[(row * sampleSize)..<((row + 1) * sampleSize)] }
      return result
    }
    let values: Values =
      switch self.values {
      case .bytes(let bytes, let lookup): .bytes(taken(bytes), lookup: lookup)
      case .floats(let floats): .floats(taken(floats))
      }
    return Table(
      count: rows.count, sampleShape: sampleShape, values: values, labels: labels.map { all in rows.map { all[$0] } },
      digest: digest, origin: origin)
  }

  /// The SHA-256 of values, and of labels as little-endian integers of four bytes behind them.
  package static func digest(of values: Values, labels: [Int32]?) -> String {
    let digest = DigestStream()
    switch values {
    case .bytes(let bytes, _): digest.add(bytes)
    case .floats(let floats): digest.add(floats)
    }
    if let labels { digest.add(labels) }
    return digest.finish()
  }
}
