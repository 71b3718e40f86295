/// What the machine does at best, measured: the bound that a step is held against.
package struct MachinePeaks: Sendable {
  /// Independent fused multiply-adds of vectors in registers, on all threads, in GFLOP/s.
  package let gigaflops: Double
  /// A pass that reads and writes three arrays far larger than the caches, in GB/s.
  package let bandwidth: Double

  /// Measures on the pool's threads; takes about half a second.
  package init(pool: ThreadPool) throws(PlanError) {
    gigaflops = try MachinePeaks.multiplyAdds(on: pool)
    var layout = StateLayout()
    let count = 16 << 20
    let block = layout.addBlock("traffic")
    let parameter = layout.add("traffic", shape: [count], to: block)
    let first = layout.mirror(block, as: "first")
    let second = layout.mirror(block, as: "second")
    let state = try State(layout: layout)
    let traffic = GraphBuilder()
    let settings = traffic.input("settings", [2])
    let gradient = traffic.constant(1).broadcast(to: [count])
    traffic.update(
      parameter, gradient: gradient,
      rule: .adam(
        first: layout.counterpart(of: parameter, in: first), second: layout.counterpart(of: parameter, in: second),
        beta1: 0.5, beta2: 0.999, epsilon: 1e-7), settings: settings)
    let pass = try Session(Plan(traffic, outputs: []), state: state, pool: pool)
    bandwidth = Double(24 * count) / 1e9 / MachinePeaks.best(of: 5) { pass.run(step: 1) }
  }

  /// The tile of a product whose factors never change: nothing is fetched, and nothing waits for anything.
  private static func multiplyAdds(on pool: ThreadPool) throws(PlanError) -> Double {
    let (rows, vectors, inner, tiles) = (8, 3, 100_000, 4 * pool.threads)
    let width = max(pool.lanes.rawValue, 8)
    let count = 8 + vectors * width + tiles * rows * vectors * width
    guard let values = Memory(count: count) else { throw .outOfMemory(bytes: 4 * count) }
    values.buffer.fill(0)
    let buffer = values.buffer
    let stage = Stage(tiles: tiles) { tile, _ in
      pool.lanes.panel(
        Factor(buffer.base, rowStride: 1, columnStride: 0), buffer.base + 8, 0,
        buffer.base + 8 + (1 + tile &* rows) &* vectors &* width, vectors &* width, m: rows, vectors: vectors, k: inner,
        isAdding: false)
    }
    let seconds = best(of: 5) { pool.run(tiles: stage.tiles, stage.run) }
    return 2 * Double(tiles * rows * vectors * width * inner) / 1e9 / seconds
  }

  private static func best(of runs: Int, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    body()
    var fastest = Double.infinity
    for _ in 0..<runs {
      let duration = clock.measure(body)
      fastest = min(fastest, Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18)
    }
    return fastest
  }
}
