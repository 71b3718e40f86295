/// What one number of a tensor is stored as: the `dtype` of a header.
package enum SafetensorsElement: String, CaseIterable, Sendable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float8e4m3 = "F8_E4M3"
  case float8e4m3fnuz = "F8_E4M3FNUZ"
  case float8e5m2 = "F8_E5M2"
  case float8e5m2fnuz = "F8_E5M2FNUZ"
  case float8e8m0 = "F8_E8M0"
  case float6e2m3 = "F6_E2M3"
  case float6e3m2 = "F6_E3M2"
  case float4 = "F4"
  case complex64 = "C64"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case boolean = "BOOL"

  /// Bits of one number; those of less than a byte are packed.
  package var bits: Int {
    switch self {
    case .float64, .complex64, .int64, .uint64: 64
    case .float32, .int32, .uint32: 32
    case .float16, .bfloat16, .int16, .uint16: 16
    case .float8e4m3, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0, .int8, .uint8, .boolean: 8
    case .float6e2m3, .float6e3m2: 6
    case .float4: 4
    }
  }

  /// How numbers of this type become binary32; nil for a type that is not read as numbers.
  ///
  /// F16, BF16 and F32 keep their value; F64 is rounded to nearest, ties to even.
  var reading: ((UnsafeRawBufferPointer) -> [Float])? {
    switch self {
    case .float64: { numbers($0) { (value: Double) in Float(value) } }
    case .float32: { numbers($0) { (value: Float) in value } }
    case .float16: { numbers($0) { (value: Float16) in Float(value) } }
    case .bfloat16: { numbers($0) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) } }
    default: nil
    }
  }
}

/// Numbers that lie one behind the other, little-endian and wherever they begin, each converted.
private func numbers<Stored: BitwiseCopyable>(
  _ bytes: UnsafeRawBufferPointer, _ value: (Stored) -> Float
) -> [Float] {
  stride(from: 0, to: bytes.count, by: MemoryLayout<Stored>.stride).map {
    value(bytes.loadUnaligned(fromByteOffset: $0, as: Stored.self))
  }
}
