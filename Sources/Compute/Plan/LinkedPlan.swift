/// What a kernel may refer to: the memory of one vertex's operands and result, and the session's surroundings.
struct LinkedPlan: @unchecked Sendable {
  let plan: Plan
  let arena: Buffer
  let state: State
  let samples: SampleValues
  let labels: [Int32]
  let clock: StepClock
  let seed: UInt64
  /// Who takes part in exchanges; nil where there are none.
  let ranks: (any Ranks)?
  let workers: Scratch
  let products: Products
  /// The vertex being linked.
  var vertex: Int

  /// The memory of a value, by vertex.
  func buffer(_ index: Int) -> Buffer {
    let root = plan.fusion.root[index]
    let whole = rootBuffer(root)
    return root == index ? whole : whole.slice(plan.fusion.offset[index], plan.graph.vertices[index].shape.count)
  }

  private func rootBuffer(_ root: Int) -> Buffer {
    let operation = plan.graph.vertices[root].operation
    if let read = operation as? ReadVariable { return state.buffer(read.variable) }
    if let update = operation as? any UpdatingOperation { return state.buffer(update.variable) }
    guard let span = plan.booking.spans[root] else {
      preconditionFailure("\(operation.name) is not kept in memory")
    }
    return arena.slice(span.offset, span.count)
  }

  func operand(_ place: Int) -> Buffer { buffer(plan.graph.vertices[vertex].operands[place].index) }
  func operandShape(_ place: Int) -> Shape { plan.graph.shape(plan.graph.vertices[vertex].operands[place]) }
  var result: Buffer { buffer(vertex) }
  var scratch: Buffer {
    plan.booking.scratch[vertex].map { arena.slice($0.offset, $0.count) } ?? arena.slice(0, 0)
  }
  func variable(_ variable: Variable) -> Buffer { state.buffer(variable) }

  /// The stages of a step.
  func stages(of step: Plan.Step) -> [Stage] {
    var link = self
    guard step.group.isFused else {
      link.vertex = step.group.members[0]
      guard let staged = plan.graph.vertices[link.vertex].operation as? any StagedOperation else { return [] }
      return staged.stages(link)
    }
    let (program, sums) = link.program(of: step)
    var producer: Producer?
    if let index = step.group.producer,
      let producing = plan.graph.vertices[index].operation as? any ProducingOperation
    {
      link.vertex = index
      producer = producing.producer(link)
    }
    let fused = Stage.fused(
      program, tiles: step.tiles, producer: producer, destination: step.destination.map(buffer), scratch: workers)
    return sums.isEmpty ? [fused] : [fused, Stage.finish(sums)]
  }

  private func program(of step: Plan.Step) -> (PointwiseProgram, [@Sendable () -> Void]) {
    var lines: [PointwiseProgram.Line] = []
    var sums: [@Sendable () -> Void] = []
    var registers = RegisterFile()
    let members = step.group.members
    for (position, member) in members.enumerated() where member != step.group.producer {
      let vertex = plan.graph.vertices[member]
      guard let pointwise = vertex.operation as? any PointwiseOperation else { continue }
      let readings = Fusion.readings(of: vertex, plan.graph)
      let operands = zip(vertex.operands, readings).map { operand, reading in
        place(of: operand.index, reading, step, &registers)
      }
      var link = self
      link.vertex = member
      // Registers read here for the last time may take the result.
      let later = members[(position + 1)...]
      registers.release { value in
        !later.contains { reader in
          plan.graph.vertices[reader].operands.contains { plan.fusion.root[$0.index] == value }
        }
      }
      let out: OperandPlace
      if let reducing = pointwise as? any ReducingOperation, let span = plan.booking.partials[member] {
        let (partials, result) = (arena.slice(span.offset, span.count), buffer(member))
        let tree = reducing.tree(of: link.operandShape(0))
        out = .sums(partials)
        sums.append { reducing.finish(partials, tree, into: result) }
      } else if vertex.operation is any UpdatingOperation {
        out = .none
      } else if step.virtual.contains(member) {
        out = .register(registers.take(for: member))
      } else {
        out = .full(buffer(member))
      }
      lines.append(PointwiseProgram.Line(pointwise.instruction(link), operands, out: out))
    }
    let program = PointwiseProgram(
      lines, registers: registers.count, boundary: step.group.periods.min() ?? .max, columns: step.columns)
    return (program, sums)
  }

  private func place(
    of operand: Int, _ reading: Shape.Reading, _ step: Plan.Step, _ registers: inout RegisterFile
  ) -> OperandPlace {
    let root = plan.fusion.root[operand]
    switch reading {
    case .full:
      if root == step.group.producer {
        return step.destination.map { .full(buffer($0)) } ?? .tile
      }
      return registers.place(of: root).map { .register($0) } ?? .full(buffer(operand))
    case .scalar: return .scalar(buffer(operand), register: registers.takeForever())
    case .periodic(let period) where period < PointwiseProgram.width:
      return .unrolled(buffer(operand), period: period, register: registers.takeForever(2))
    case .periodic(let period): return .periodic(buffer(operand), period: period)
    case .nested(let block, let period):
      let register = registers.takeForever()
      return .nested(buffer(operand), block: block, period: period, register: register)
    case .repeated(let run): return .repeated(buffer(operand), run: run, register: registers.takeForever())
    }
  }
}

/// Which registers of a program hold which values while it is put together.
private struct RegisterFile {
  private(set) var count = 0
  private var held: [Int: Int] = [:]
  private var free: [Int] = []

  func place(of value: Int) -> Int? { held[value] }

  mutating func take(for value: Int) -> Int {
    let register = free.popLast() ?? takeForever()
    held[value] = register
    return register
  }

  /// Neighbouring registers that are never given back.
  mutating func takeForever(_ neighbours: Int = 1) -> Int {
    count += neighbours
    return count - neighbours
  }

  mutating func release(where isDead: (Int) -> Bool) {
    for (value, register) in held.sorted(by: { $0.key < $1.key }) where isDead(value) {
      held[value] = nil
      free.append(register)
    }
  }
}
