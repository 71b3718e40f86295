/// Where in the arena each value lives, and for how long: from the group that makes it to the last that reads it.
struct MemoryPlan: Sendable {
  /// A stretch of the arena.
  struct Span: Sendable, Hashable {
    var offset: Int
    var count: Int
  }

  /// The place of every value that is kept in memory, by root vertex.
  private(set) var spans: [Int: Span] = [:]
  /// Partial sums, by the vertex of the reduction.
  private(set) var partials: [Int: Span] = [:]
  /// Scratch of staged operations, by vertex.
  private(set) var scratch: [Int: Span] = [:]
  /// Values a plan needs in all.
  private(set) var count = 0

  private var free: [Span] = []

  init() {}

  /// First fit, on a cache line.
  mutating func reserve(_ wanted: Int) -> Span {
    let size = max(16, (wanted + 15) / 16 * 16)
    if let place = free.firstIndex(where: { $0.count >= size }) {
      let span = Span(offset: free[place].offset, count: wanted)
      if free[place].count == size {
        free.remove(at: place)
      } else {
        free[place].offset += size
        free[place].count -= size
      }
      return span
    }
    let span = Span(offset: count, count: wanted)
    count += size
    return span
  }

  /// Gives a span back, joined with its free neighbours.
  mutating func release(_ span: Span) {
    let size = max(16, (span.count + 15) / 16 * 16)
    var freed = Span(offset: span.offset, count: size)
    free.removeAll { other in
      if other.offset + other.count == freed.offset {
        freed = Span(offset: other.offset, count: other.count + freed.count)
        return true
      }
      if freed.offset + freed.count == other.offset {
        freed.count += other.count
        return true
      }
      return false
    }
    free.append(freed)
    free.sort { $0.offset < $1.offset }
  }

  mutating func keep(_ vertex: Int, _ span: Span) { spans[vertex] = span }
  mutating func keepPartials(_ vertex: Int, _ span: Span) { partials[vertex] = span }
  mutating func keepScratch(_ vertex: Int, _ span: Span) { scratch[vertex] = span }
}
