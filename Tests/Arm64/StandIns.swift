// What kernels name of a system that is not there. None of it is called.

var MAP_FAILED: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: -1) }

enum Stopwatch {
  static func least(of times: Int, _ work: () -> Void) -> Double { 0 }
}

package enum SampleValues: Sendable {
  case bytes([UInt8], lookup: [Float])
  case floats([Float])
}

package enum PlanError: Error {
  case outOfMemory(bytes: Int)
}
