import Compute
import TestSupport
import Testing

/// Plans of graphs put together at random.
@Suite struct RandomGraphTests {
  @Test(arguments: UInt64(0)..<160)
  func `a fused plan gives the bits of one without fusing, for any threads and outputs`(seed: UInt64) throws {
    var random = RandomGraph(seed: seed)
    let graph = random.graph
    let built = graph.finished()
    let plain = try random.trial.run(graph, outputs: random.exact + random.rounded, isFusing: false, runs: 2)
    for (round, threads) in [1, 2, 3].enumerated() {
      let outputs = random.someOutputs(1 + 2 * round)
      let fused = try random.trial.run(graph, outputs: outputs + random.rounded, threads: threads, runs: 2)
      for (tensor, values) in zip(outputs, fused.outputs) {
        let place = try #require(random.exact.firstIndex(of: tensor))
        let isSame = Comparison.areSameBits(values, plain.outputs[place])
        #expect(isSame, "vertex \(tensor.number.index), \(graph.vertex(tensor).operation.name)")
      }
      for (variable, values) in plain.variables {
        let found = try #require(fused.variables[variable])
        let isSame = Comparison.areSameBits(found, values)
        #expect(isSame, "\(variable.name) of block \(variable.block)")
      }
      for (place, tensor) in random.rounded.enumerated() {
        let values = graph.vertex(tensor).operands.first.map { built.shape($0).count } ?? 1
        let (a, b) = (fused.outputs[outputs.count + place][0], plain.outputs[random.exact.count + place][0])
        #expect(abs(a - b) <= 1e-6 * Float(values) + 1e-5 * abs(b), "vertex \(tensor.number.index)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<160)
  func `stacking passes and joining products leaves every value as it is`(seed: UInt64) throws {
    let random = RandomGraph(seed: seed)
    let graph = random.graph.finished()
    let plan = Plan(graph, outputs: [])
    let before = try random.trial.interpreter.run(graph)
    let after = try random.trial.interpreter.run(plan.graph)
    for index in graph.vertices.indices {
      let place = plan.place(of: VertexNumber(index: index))
      #expect(after.values[place].elementsEqual(before.values[index]) { $0 == $1 || $0.isNaN && $1.isNaN })
    }
    #expect(after.variables == before.variables)
  }

  @Test(arguments: UInt64(1000)..<1060)
  func `every operation gives what its definition gives for the same operands`(seed: UInt64) throws {
    let random = RandomGraph(seed: seed)
    let check = OperationCheck(random.graph, random.trial)
    let failures = try check.failures(outputs: random.exact + random.rounded)
    #expect(failures == [])
  }

  @Test func `the random graphs have every type of operation`() {
    var seen: Set<String> = []
    for seed in UInt64(0)..<60 {
      let graph = RandomGraph(seed: seed).graph.finished()
      for vertex in graph.vertices + Plan(graph, outputs: []).graph.vertices {
        seen.insert("\(type(of: vertex.operation))")
      }
    }
    #expect(Set(Rule.all.map { "\($0.type)" }).subtracting(seen) == [])
  }
}
