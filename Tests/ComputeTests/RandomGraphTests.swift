import Compute
import TestSupport
import Testing

/// Plans of graphs put together at random.
@Suite struct RandomGraphTests {
  /// How a plan is carried out; none of it may change a bit.
  struct Manner: Sendable, CustomStringConvertible {
    let threads: Int
    let lanes: Lanes
    var description: String { "\(threads) threads, \(lanes.rawValue) lanes" }
  }

  private static let manners = [
    Manner(threads: 1, lanes: .one), Manner(threads: 2, lanes: .eight),
    Manner(threads: 3, lanes: Lanes.sixteen.areSupported ? .sixteen : .eight),
  ]

  @Test(arguments: UInt64(0)..<200)
  func `a plan gives the bits of one without fusing and rewriting, for any threads, lanes and outputs`(seed: UInt64)
    throws
  {
    var random = RandomGraph(seed: seed)
    let graph = random.graph
    let plain = try random.trial.run(
      graph, outputs: random.results + random.sums, manner: PlanManner(isFusing: false, isRewriting: false),
      lanes: .eight, runs: 2)
    for (round, manner) in RandomGraphTests.manners.enumerated() {
      let outputs = random.someOutputs(1 + 2 * round) + random.sums
      let fused = try random.trial.run(
        graph, outputs: outputs, threads: manner.threads, lanes: manner.lanes, runs: 2)
      for (tensor, values) in zip(outputs, fused.outputs) {
        let place = try #require((random.results + random.sums).firstIndex(of: tensor))
        let isSame = Comparison.areSameBits(values, plain.outputs[place])
        #expect(isSame, "\(manner): vertex \(tensor.number.index), \(graph.vertex(tensor).operation.name)")
      }
      for (variable, values) in plain.variables {
        let found = try #require(fused.variables[variable])
        let isSame = Comparison.areSameBits(found, values)
        #expect(isSame, "\(manner): \(variable.name) of block \(variable.block)")
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
    let failures = try check.failures(outputs: random.results + random.sums)
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
