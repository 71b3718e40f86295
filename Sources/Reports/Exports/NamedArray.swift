import Datasets
import Files
import Training

/// An array with its name, for files of arrays.
struct NamedArray: Sendable {
  /// Numbers of one of two types.
  enum Values: Sendable {
    case floats([Float])
    case integers([Int])
  }

  let name: String
  let shape: [Int]
  let values: Values

  /// An `.npz` of arrays.
  /// - Throws: `RunError` (65) where they are too large for one.
  static func npz(_ arrays: [NamedArray]) throws(RunError) -> [UInt8] {
    let files = arrays.map { array in
      let bytes =
        switch array.values {
        case .floats(let values): NPYFile.bytes(values, shape: array.shape)
        case .integers(let values): NPYFile.bytes(values.map(Int64.init), shape: array.shape)
        }
      return ("\(array.name).npy", bytes)
    }
    do throws(FormatError) {
      return try ZIPFile.bytes(files)
    } catch { throw RunError(error.problem, remedy: "export it as safetensors", exitCode: 65) }
  }
}
