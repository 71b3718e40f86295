/// What the machine does at best, measured: the bound that a step is held against.
package struct MachinePeaks: Sendable {
  /// Independent fused multiply-adds of vectors in registers, on all threads, in GFLOP/s.
  package let gigaflops: Double
  /// A pass that reads and writes three arrays far larger than the caches, in GB/s.
  package let bandwidth: Double

  /// Seconds of each measurement: in less the scheduler may not have moved threads apart that woke on one core.
  private static let settling = 0.25

  /// Measures on the pool's threads; takes about a second.
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
    bandwidth = Double(24 * count) / 1e9 / Stopwatch.least(of: 5, orFor: MachinePeaks.settling) { pass.run(step: 1) }
  }

  private static func multiplyAdds(on pool: ThreadPool) throws(PlanError) -> Double {
    let peak = try pool.lanes.peak(tiles: 4 * pool.threads)
    return Double(peak.operations) / 1e9 / Stopwatch.least(of: 5, orFor: settling) { pool.run(peak.stage) }
  }
}
