import CAllocationCounter
import CHost
import Compute
import Synchronization
import TestSupport
import Testing

/// Sessions: the same bits for any threads, no allocation, no denormals, and where a value went wrong.
@Suite(.serialized) struct SessionTests {
  @Test(arguments: UInt64(5000)..<5012)
  func `the number of threads changes no bit`(seed: UInt64) throws {
    let random = RandomGraph(seed: seed, length: 30)
    let outputs = Array(random.results.suffix(3)) + random.sums
    let one = try random.trial.run(random.graph, outputs: outputs, threads: 1, runs: 3)
    for threads in [2, 3, 4, 7] {
      let many = try random.trial.run(random.graph, outputs: outputs, threads: threads, runs: 3)
      for (a, b) in zip(one.outputs, many.outputs) {
        let isSame = Comparison.areSameBits(a, b)
        #expect(isSame, "\(threads) threads")
      }
      for (variable, values) in one.variables {
        let isSame = Comparison.areSameBits(values, many.variables[variable] ?? [])
        #expect(isSame, "\(variable.name), \(threads) threads")
      }
    }
  }

  @Test func `a sum over short rows behind long ones has the same bits for any number of threads`() throws {
    let (rows, length) = (3, 40960)
    let graph = GraphBuilder()
    var (trial, generator) = (Trial(), SeededGenerator(9))
    trial.inputs = ["x": generator.floats(rows * length), "row": generator.floats(length)]
    let y = (graph.input("x", [rows, length]) * graph.input("row", [length])).tanh()
    let outputs = [
      y.reshaped(to: [rows * length / 64, 64]).sum(over: 0..<1), y.reshaped(to: [rows, 640, 64]).sum(over: 0..<2),
    ]
    let plain = try trial.run(graph, outputs: outputs, manner: PlanManner(isFusing: false, isRewriting: false))
    for threads in [1, 2, 4] {
      let found = try trial.run(graph, outputs: outputs, threads: threads)
      for (a, b) in zip(found.outputs, plain.outputs) { #expect(Comparison.areSameBits(a, b), "\(threads) threads") }
    }
  }

  @Test(arguments: [1, 2, 3]) func `a step allocates nothing`(threads: Int) throws {
    let random = RandomGraph(seed: 77, length: 60)
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let plan = Plan(random.graph, outputs: random.sums)
    let (session, _) = try random.trial.session(plan, pool: pool)
    for step in UInt32(0)..<3 { session.run(step: step) }
    SessionTests.watch(pool, true)
    let before = allocation_counter_count()
    for step in UInt32(3)..<103 { session.run(step: step) }
    let count = allocation_counter_count() - before
    SessionTests.watch(pool, false)
    #expect(count == 0)
  }

  @Test func `the allocation counter counts`() {
    allocation_counter_watch(true)
    let before = allocation_counter_count()
    let values = [Int](repeating: 1, count: Int.random(in: 10...20))
    let count = allocation_counter_count() - before
    allocation_counter_watch(false)
    #expect(count > 0 && values[0] == 1)
  }

  /// Has every thread of a pool, the caller included, counted or not.
  private static func watch(_ pool: ThreadPool, _ isWatched: Bool) {
    let arrived = Atomic<Int>(0)
    pool.run(tiles: pool.threads) { _, _ in
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while arrived.load(ordering: .sequentiallyConsistent) < pool.threads { host_pause() }
      allocation_counter_watch(isWatched)
    }
  }

  @Test(arguments: [1, 4]) func `denormal results are zero on every thread`(threads: Int) throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let x = graph.input("x", [200_000])
    trial.inputs["x"] = [Float](repeating: 1e-30, count: 200_000)
    let y = x * (x * 1e-10)
    let z = 1e20 * y
    let values = try trial.run(graph, outputs: [z], threads: threads).outputs[0]
    #expect(values.allSatisfy { $0 == 0 })
  }

  @Test func `inputs and constants outlive a run`() throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let x = graph.input("x", [64])
    trial.inputs["x"] = (0..<64).map { Float($0) }
    var y = x + graph.constant(3)
    for _ in 0..<5 { y = (y + graph.constant(0.5)).tanh() }
    let once = try trial.run(graph, outputs: [y], runs: 1)
    let often = try trial.run(graph, outputs: [y], runs: 5)
    #expect(Comparison.areSameBits(once.outputs[0], often.outputs[0]))
  }

  @Test(arguments: [false, true]) func `the first value that is not finite is found at its origin`(
    isUpdate: Bool
  ) throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let block = trial.layout.addBlock("weights")
    let weight = trial.layout.add("generator.3.kernel", shape: [40], to: block)
    trial.variables[weight] = [Float](repeating: 3e38, count: 40)
    let x = graph.input("x", [40])
    trial.inputs["x"] = (0..<40).map { Float($0) }
    graph.origin = Origin(tag: 4)
    let shifted = x + 1
    if isUpdate {
      graph.origin = Origin(tag: 5)
      let settings = graph.input("settings", [1])
      trial.inputs["settings"] = [-1e37]
      let rule = UpdateRule.gradientDescent(velocity: nil, momentum: 0, isNesterov: false)
      graph.update(weight, gradient: shifted, rule: rule, settings: settings)
    }
    graph.origin = Origin(tag: 9)
    let root = (x - 20).logarithm()
    graph.origin = Origin(tag: 10)
    let sum = root.tanh().sum()
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let (session, _) = try trial.session(Plan(graph, outputs: [sum], manner: PlanManner(isFusing: false)), pool: pool)
    let found = try #require(session.findFirstNotFinite(step: 1))
    #expect(found.origin.tag == (isUpdate ? 5 : 9))
    #expect(found.operation == (isUpdate ? "sgd" : "logarithm"))
    #expect(found.variable == (isUpdate ? "generator.3.kernel" : nil))
  }

  @Test func `finite values are not complained of`() throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let x = graph.input("x", [17])
    trial.inputs["x"] = (0..<17).map { Float($0) }
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let sum = x.sum()
    let (session, _) = try trial.session(Plan(graph, outputs: [sum], manner: PlanManner(isFusing: false)), pool: pool)
    #expect(session.findFirstNotFinite(step: 1) == nil)
  }
}
