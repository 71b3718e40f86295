/// The loops over all pairs of samples with B vectors of C values.
struct Pairs: Sendable {
  private let count: Int
  private let vectors: Int
  private let length: Int

  init(_ shape: Shape) { (count, vectors, length) = (shape[0], shape[1], shape[2]) }

  /// out[i, j, b] = sum over c of sign(m[i, b, c] - m[j, b, c]) (v[i, b, c] - v[j, b, c]): a tile is an i.
  func distances(of v: Buffer, by m: Buffer, into out: Buffer) -> Stage {
    let size = vectors &* length
    return Stage(tiles: count) { i, _ in
      let (vi, mi) = (v.base + i &* size, m.base + i &* size)
      for j in 0..<count {
        let (vj, mj) = (v.base + j &* size, m.base + j &* size)
        let target = out.base + (i &* count &+ j) &* vectors
        for b in 0..<vectors {
          var sum = Vector.zero
          Vector.forEachBlock(of: self.length) { c, length in
            let place = b &* self.length &+ c
            let difference = Vector(at: vi + place, first: length) - Vector(at: vj + place, first: length)
            sum += Pairs.signed(
              difference, Vector(at: mi + place, first: length), Vector(at: mj + place, first: length))
          }
          target[b] = sum.total
        }
      }
    }
  }

  /// out[i, b, c] = sum over j of (s[i, j, b] + s[j, i, b]) sign(m[i, b, c] - m[j, b, c]): a tile is an i.
  func sums(of s: Buffer, by m: Buffer, into out: Buffer) -> Stage {
    let size = vectors &* length
    return Stage(tiles: count) { i, _ in
      let (mi, target) = (m.base + i &* size, out.base + i &* size)
      target.update(repeating: 0, count: size)
      for j in 0..<count {
        let mj = m.base + j &* size
        let (first, second) = (s.base + (i &* count &+ j) &* vectors, s.base + (j &* count &+ i) &* vectors)
        for b in 0..<vectors {
          let weight = Vector(repeating: first[b] + second[b])
          Vector.forEachBlock(of: self.length) { c, length in
            let place = b &* self.length &+ c
            let share = Pairs.signed(
              weight, Vector(at: mi + place, first: length), Vector(at: mj + place, first: length))
            (Vector(at: target + place, first: length) + share).store(at: target + place, first: length)
          }
        }
      }
    }
  }

  /// x where a > b, -x where a < b, 0 where they are equal; what is not a number stays so.
  @inline(__always)
  private static func signed(_ x: Vector, _ a: Vector, _ b: Vector) -> Vector {
    let negative = x.replacing(with: -x, where: a .< b)
    return negative.replacing(with: 0, where: a .== b)
  }
}
