/// Radix sort of doubles, least significant digit first: six passes of 11 bits over their bits, turned round so that they are ordered
/// as the numbers are.
///
/// Of 100 000 values it takes a sixth of the time of a sort by comparisons. A pass in which all have one digit is left out.
package struct RadixSort {
  private static let (digitBits, passes) = (11, 6)
  private static let digits = 1 << digitBits
  private var keys: [UInt64] = []
  private var others: [UInt64] = []

  package init() {}

  /// Sorts numbers, none of which is NaN; -0 comes before 0.
  package mutating func sort(_ values: inout [Double]) {
    let count = values.count
    if keys.count < count {
      keys = [UInt64](repeating: 0, count: count)
      others = keys
    }
    let (digitBits, digits, mask) = (RadixSort.digitBits, RadixSort.digits, UInt64(RadixSort.digits - 1))
    var starts = [Int](repeating: 0, count: RadixSort.passes * digits)
    keys.withUnsafeMutableBufferPointer { keys in
      others.withUnsafeMutableBufferPointer { others in
        starts.withUnsafeMutableBufferPointer { starts in
          values.withUnsafeMutableBufferPointer { values in
            for place in 0..<count {
              let bits = values[place].bitPattern
              // Of a negative number all bits change, of another one the sign alone.
              let key = bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
              keys[place] = key
              for pass in 0..<RadixSort.passes {
                starts[pass &* digits &+ Int((key >> UInt64(pass &* digitBits)) & mask)] &+= 1
              }
            }
            var (from, to) = (keys, others)
            for pass in 0..<RadixSort.passes {
              let shift = UInt64(pass * digitBits)
              let own = UnsafeMutableBufferPointer(rebasing: starts[(pass * digits)..<((pass + 1) * digits)])
              guard count > 0, own[Int((from[0] >> shift) & mask)] < count else { continue }
              var start = 0
              for digit in 0..<digits {
                let next = start &+ own[digit]
                own[digit] = start
                start = next
              }
              for place in 0..<count {
                let key = from[place]
                let digit = Int((key >> shift) & mask)
                to[own[digit]] = key
                own[digit] &+= 1
              }
              (from, to) = (to, from)
            }
            for place in 0..<count {
              let key = from[place]
              values[place] = Double(bitPattern: key ^ (UInt64(bitPattern: ~Int64(bitPattern: key) >> 63) | 1 << 63))
            }
          }
        }
      }
    }
  }
}
