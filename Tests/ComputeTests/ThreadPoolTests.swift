import CHost
import Compute
import Synchronization
import Testing

/// The crew of threads.
@Suite(.serialized) struct ThreadPoolTests {
  /// How often each tile of a stage ran.
  private final class Tally: Sendable {
    let counts: Mutex<[Int]>
    let workers: Mutex<Set<Int>>
    init(_ tiles: Int) {
      counts = Mutex([Int](repeating: 0, count: tiles))
      workers = Mutex([])
    }
  }

  @Test(arguments: 1...8) func `every tile runs once, in stages of any size`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    for tiles in [0, 1, 2, 3, threads, 7, 64, 501] {
      let tally = Tally(tiles)
      pool.run(tiles: tiles) { tile, worker in
        tally.counts.withLock { $0[tile] += 1 }
        _ = tally.workers.withLock { $0.insert(worker) }
      }
      #expect(tally.counts.withLock { $0 } == [Int](repeating: 1, count: tiles))
      #expect(tally.workers.withLock { $0 }.isSubset(of: Set(0..<threads)))
    }
  }

  @Test(arguments: [2, 3, 8]) func `short stages that follow each other at once never mix`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    // A worker may come late from a stage when the next, with more tiles, begins.
    let ran = (0..<9).map { _ in Atomic<Int>.Box() }
    for round in 0..<30_000 {
      let tiles = 2 + round % 7
      pool.run(tiles: tiles) { tile, _ in ran[tile].value.wrappingAdd(1, ordering: .relaxed) }
      for tile in 0..<9 {
        let count = ran[tile].value.exchange(0, ordering: .relaxed)
        #expect(count == (tile < tiles ? 1 : 0), "tile \(tile) of round \(round)")
      }
    }
  }

  @Test func `threads that fell asleep wake up`() async throws {
    let pool = ThreadPool(threads: 4)
    defer { pool.close() }
    for _ in 0..<5 {
      try await Task.sleep(for: .milliseconds(20))
      let tally = Tally(40)
      pool.run(tiles: 40) { tile, _ in tally.counts.withLock { $0[tile] += 1 } }
      #expect(tally.counts.withLock { $0 } == [Int](repeating: 1, count: 40))
    }
  }

  @Test func `a closed pool still runs stages, and can be closed again`() {
    let pool = ThreadPool(threads: 3)
    pool.close()
    pool.close()
    let tally = Tally(5)
    pool.run(tiles: 5) { tile, worker in
      tally.counts.withLock { $0[tile] += 1 }
      _ = tally.workers.withLock { $0.insert(worker) }
    }
    #expect(tally.counts.withLock { $0 } == [1, 1, 1, 1, 1])
    #expect(tally.workers.withLock { $0 } == [0])
  }

  @Test func `the round trip between two threads is measured and leaves the pool as it was`() {
    #expect(ThreadPool(threads: 1).roundTrip == nil)
    let pool = ThreadPool(threads: 3)
    defer { pool.close() }
    // None where the threads never ran at the same time.
    if let seconds = pool.roundTrip { #expect(seconds > 1e-9 && seconds < 1) }
    let tally = Tally(7)
    pool.run(tiles: 7) { tile, _ in tally.counts.withLock { $0[tile] += 1 } }
    #expect(tally.counts.withLock { $0 } == [Int](repeating: 1, count: 7))
  }

  @Test func `every worker flushes denormals`() {
    let threads = 4
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let flushing = Tally(threads)
    let arrived = Atomic<Int>(0)
    pool.run(tiles: threads) { _, worker in
      // All wait for all, so that each worker takes one tile.
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while arrived.load(ordering: .sequentiallyConsistent) < threads { host_pause() }
      if host_flushes_denormals() { flushing.counts.withLock { $0[worker] += 1 } }
    }
    // The caller, worker 0, is set by the session.
    #expect(flushing.counts.withLock { $0 }.dropFirst() == [1, 1, 1])
  }
}

extension Atomic where Value == Int {
  /// An atomic number that can lie in an array.
  final class Box: Sendable {
    let value = Atomic<Int>(0)
  }
}
