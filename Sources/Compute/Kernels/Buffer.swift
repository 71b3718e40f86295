import Glibc

/// A stretch of 32-bit values in memory that somebody else owns.
package struct Buffer: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  /// The number of values.
  package let count: Int

  /// The stretch of `count` values from `offset`.
  package func slice(_ offset: Int, _ count: Int) -> Buffer {
    precondition(offset >= 0 && count >= 0 && offset + count <= self.count, "slice beyond the buffer")
    return Buffer(base: base + offset, count: count)
  }

  /// A copy of the values.
  package var values: [Float] { [Float](UnsafeBufferPointer(start: base, count: count)) }

  /// The first value.
  package var first: Float { base[0] }

  /// Copies values in; there must be exactly as many.
  package func write(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) values for a buffer of \(count)")
    values.withUnsafeBufferPointer { base.update(from: $0.baseAddress!, count: count) }
  }

  /// Copies the values of another stretch in, of as many.
  package func write(_ other: Buffer) {
    precondition(other.count == count, "\(other.count) values for a buffer of \(count)")
    base.update(from: other.base, count: count)
  }

  /// Copies whole numbers in as their bits; there must be exactly as many.
  package func write(_ numbers: [Int32]) {
    precondition(numbers.count == count, "\(numbers.count) numbers for a buffer of \(count)")
    numbers.withUnsafeBytes { UnsafeMutableRawPointer(base).copyMemory(from: $0.baseAddress!, byteCount: 4 * count) }
  }

  /// Copies in as many whole numbers as fit, as their bits, from a place in `numbers` on.
  package func write(_ numbers: [Int32], from start: Int) {
    precondition(start >= 0 && start + count <= numbers.count, "numbers \(start)... of \(numbers.count)")
    numbers.withUnsafeBytes {
      UnsafeMutableRawPointer(base).copyMemory(from: $0.baseAddress! + 4 * start, byteCount: 4 * count)
    }
  }

  /// Writes the first two values.
  package func write(_ first: Float, _ second: Float) {
    precondition(count >= 2, "two values for a buffer of \(count)")
    base[0] = first
    base[1] = second
  }

  /// Lets a library read and write the values.
  package func withBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
    body(UnsafeMutableRawBufferPointer(start: base, count: 4 * count))
  }

  /// Sets every value.
  package func fill(_ value: Float) { base.update(repeating: value, count: count) }

  /// Whether every value is finite.
  package var isFinite: Bool {
    // The exponent of infinities and NaN is all ones.
    var i = 0
    var bad = SIMDMask<SIMD8<Int32>>(repeating: false)
    while i + 8 <= count {
      bad = bad .| .!(Transcendental.absolute(Vector(at: base + i)) .<= Float.greatestFiniteMagnitude)
      i += 8
    }
    if bad != SIMDMask<SIMD8<Int32>>(repeating: false) { return false }
    return (i..<count).allSatisfy { base[$0].isFinite }
  }

  /// The values as little-endian bytes.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: 4 * count))
  }

  /// The values as little-endian bytes that may be overwritten.
  package func withMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableRawBufferPointer(start: base, count: 4 * count))
  }
}

/// Zeroed, page-aligned memory, given back when the last reference goes.
package final class Memory: Sendable {
  package let buffer: Buffer
  private let bytes: Int

  /// Reserves `count` values; nil when the system refuses.
  package init?(count: Int) {
    let granule = 2 << 20
    bytes = max(4 * count, 4096)
    // Large arenas begin on a huge page, so that the kernel may back them with such.
    let padded = bytes >= granule ? bytes + granule : bytes
    guard
      let address = mmap(nil, padded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      address != MAP_FAILED
    else { return nil }
    var start = address
    if bytes >= granule {
      let lead = (granule - Int(bitPattern: address) % granule) % granule
      start = address + lead
      if lead > 0 { munmap(address, lead) }
      let rest = granule - lead
      let end = (bytes + 4095) / 4096 * 4096
      if rest > 0 { munmap(start + end, padded - lead - end) }
      madvise(start, bytes, MADV_HUGEPAGE)
    }
    buffer = Buffer(base: start.bindMemory(to: Float.self, capacity: max(count, 1)), count: count)
  }

  deinit { munmap(buffer.base, (bytes + 4095) / 4096 * 4096) }
}
