/// A named array that lives from step to step: weights, moments, running statistics.
package struct Variable: Hashable, Sendable {
  /// Its name, unique in the layout: `generator.0.kernel`.
  package let name: String
  package let shape: Shape
  /// The block it lies in.
  package let block: Int
  /// Where in the block it begins.
  package let offset: Int
}

/// How variables lie in memory: contiguous blocks, such as all parameters of a network.
package struct StateLayout: Sendable {
  /// A stretch of memory with variables that belong together.
  package struct Block: Sendable {
    /// Its name: `generator`, `generator.adam.first`.
    package let name: String
    /// Its variables in the order of their places.
    package internal(set) var variables: [Variable] = []
    /// Its length in values, padding between variables included.
    package internal(set) var count = 0
  }

  /// The blocks, in the order they were added.
  package private(set) var blocks: [Block] = []

  package init() {}

  /// Adds an empty block and returns its number.
  package mutating func addBlock(_ name: String) -> Int {
    blocks.append(Block(name: name))
    return blocks.count - 1
  }

  /// Adds a variable at the end of a block.
  ///
  /// Every variable begins on a cache line.
  package mutating func add(_ name: String, shape: Shape, to block: Int) -> Variable {
    let variable = Variable(name: name, shape: shape, block: block, offset: blocks[block].count)
    blocks[block].variables.append(variable)
    blocks[block].count = min(blocks[block].count + (shape.count + 15) / 16 * 16, Shape.mostValues)
    return variable
  }

  /// Adds a block with a variable for each of another's, of the same shape and at the same place.
  package mutating func mirror(_ block: Int, as name: String) -> Int {
    let copy = addBlock(name)
    for variable in blocks[block].variables {
      _ = add("\(variable.name)", shape: variable.shape, to: copy)
    }
    return copy
  }

  /// The variable of block `mirror` at the place of `variable` in its own.
  package func counterpart(of variable: Variable, in mirror: Int) -> Variable {
    Variable(name: variable.name, shape: variable.shape, block: mirror, offset: variable.offset)
  }

  /// All values of all blocks.
  package var count: Int { blocks.reduce(0) { $0 + $1.count } }
}

/// The memory of a layout's variables.
package final class State: Sendable {
  /// How it is laid out.
  package let layout: StateLayout
  private let memory: Memory
  private let starts: [Int]

  /// Reserves the memory, all zero; throws when the system has not enough.
  package init(layout: StateLayout) throws(PlanError) {
    var starts: [Int] = []
    var count = 0
    for block in layout.blocks {
      starts.append(count)
      count += block.count
    }
    guard let memory = Memory(count: count) else { throw PlanError.outOfMemory(bytes: 4 * count) }
    self.layout = layout
    self.memory = memory
    self.starts = starts
  }

  /// The values of a variable.
  package func buffer(_ variable: Variable) -> Buffer {
    memory.buffer.slice(starts[variable.block] + variable.offset, variable.shape.count)
  }

  /// A whole block, padding included.
  package func buffer(block: Int) -> Buffer {
    memory.buffer.slice(starts[block], layout.blocks[block].count)
  }
}

/// Why a plan cannot be carried out.
package enum PlanError: Error, Sendable, Equatable {
  /// The system refused this much memory.
  case outOfMemory(bytes: Int)
}
