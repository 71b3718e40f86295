/// What the machine does at best, measured: the bound that a step is held against.
package struct MachinePeaks: Sendable {
  /// A product of two 2048 x 2048 matrices cut into tiles on all threads, in GFLOP/s.
  package let gigaflops: Double
  /// A pass that reads and writes three arrays far larger than the caches, in GB/s.
  package let bandwidth: Double

  /// Measures on the pool's threads; takes about half a second.
  package init(pool: ThreadPool) throws(PlanError) {
    let edge = 2048
    let graph = GraphBuilder()
    let a = graph.input("a", [edge, edge])
    let b = graph.input("b", [edge, edge])
    let product = a.product(with: b)
    let empty = try State(layout: StateLayout())
    let session = try Session(Plan(graph, outputs: [product]), state: empty, pool: pool)
    for name in ["a", "b"] { session.input(name)?.fill(0.5) }
    gigaflops = 2 * Double(edge * edge * edge) / 1e9 / MachinePeaks.best(of: 5) { session.run(step: 1) }

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
