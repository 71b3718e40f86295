/// A rectangle of a matrix.
struct Rectangle: Sendable, Hashable {
  var rows: Range<Int>
  var columns: Range<Int>
}

/// Where a line of a program finds an operand or leaves its result.
enum OperandPlace: @unchecked Sendable {
  /// Nothing is read or written.
  case none
  /// A chunk of the worker's scratch.
  case register(Int)
  /// An array, value for value.
  case full(UnsafeMutablePointer<Float>)
  /// The producer's tile in the worker's scratch, its rows as long as the tile is wide.
  case tile
  /// An array that repeats every `period` values, at least as many as a register has.
  case periodic(UnsafeMutablePointer<Float>, period: Int)
  /// An array that repeats every `period` values, fewer than a register has; unrolled into two registers.
  case unrolled(UnsafeMutablePointer<Float>, period: Int, register: Int)
  /// An array of which each value stands for `run` neighbours; spread into the register.
  case repeated(UnsafeMutablePointer<Float>, run: Int, register: Int)
  /// An array of `period` values for every `block`, repeated within it; laid out in the register.
  case nested(UnsafeMutablePointer<Float>, block: Int, period: Int, register: Int)
  /// One value; spread into the register.
  case scalar(UnsafeMutablePointer<Float>, register: Int)
  /// The sums of a reduction's runs: a line finds its own among them.
  case sums(UnsafeMutablePointer<Float>)
}

// Places in memory by the values that lie there.
extension OperandPlace {
  static func full(_ values: Buffer) -> OperandPlace { .full(values.base) }
  static func periodic(_ values: Buffer, period: Int) -> OperandPlace { .periodic(values.base, period: period) }
  static func unrolled(_ values: Buffer, period: Int, register: Int) -> OperandPlace {
    .unrolled(values.base, period: period, register: register)
  }
  static func repeated(_ values: Buffer, run: Int, register: Int) -> OperandPlace {
    .repeated(values.base, run: run, register: register)
  }
  static func nested(_ values: Buffer, block: Int, period: Int, register: Int) -> OperandPlace {
    .nested(values.base, block: block, period: period, register: register)
  }
  static func scalar(_ values: Buffer, register: Int) -> OperandPlace { .scalar(values.base, register: register) }
  static func sums(_ values: Buffer) -> OperandPlace { .sums(values.base) }
}

/// Pointwise instructions that run one after another on each chunk of a tile while it is in the nearest cache.
///
/// Threads run it without counting references: a count would pass from core to core for each chunk, which takes longer
/// than the chunk.
final class PointwiseProgram: Sendable {
  /// The number of values in a register.
  static let width = 512

  /// An instruction, its result and its operands.
  struct Line: Sendable {
    var instruction: Instruction
    var out: OperandPlace
    /// The operands, `.none` where there are fewer than two.
    var a: OperandPlace
    var b: OperandPlace

    init(_ instruction: Instruction, _ operands: [OperandPlace], out: OperandPlace) {
      precondition(operands.count <= 2, "an instruction reads two operands")
      self.instruction = instruction
      self.out = out
      (a, b) = (operands.first ?? .none, operands.dropFirst().first ?? .none)
    }
  }

  /// A line without a share in its instruction, which `instructions` keep.
  private struct RunningLine: @unchecked Sendable {
    let instruction: Unmanaged<Instruction>
    let out: OperandPlace
    let a: OperandPlace
    let b: OperandPlace
  }

  private let instructions: [Instruction]
  private let lines: [RunningLine]
  let registers: Int
  /// Chunks never cross a multiple of this many values: the shortest period among operands that are not unrolled.
  private let boundary: Int
  /// The values in one row of the matrix that tiles are cut from.
  let columns: Int

  init(_ lines: [Line], registers: Int, boundary: Int, columns: Int) {
    instructions = lines.map(\.instruction)
    self.lines = lines.map {
      RunningLine(instruction: .passUnretained($0.instruction), out: $0.out, a: $0.a, b: $0.b)
    }
    self.registers = registers
    self.boundary = boundary
    self.columns = columns
  }

  /// Runs all lines on one tile.
  ///
  /// `scratch` holds the registers, then the producer's tile if it lives there.
  func run(_ tile: Rectangle, scratch: UnsafeMutablePointer<Float>) {
    if lines.isEmpty { return }
    let tileBase = UnsafeMutablePointer(scratch + registers * PointwiseProgram.width)
    for line in lines {
      prepare(line.a, scratch)
      prepare(line.b, scratch)
    }
    let isContiguous = tile.columns.count == columns
    let rows = isContiguous ? tile.rows.lowerBound..<(tile.rows.lowerBound + 1) : tile.rows
    let rowLength = isContiguous ? tile.rows.count * columns : tile.columns.count
    for row in rows {
      let start = row &* columns &+ tile.columns.lowerBound
      let tileRow = tileBase + (row &- tile.rows.lowerBound) &* tile.columns.count
      var position = 0
      while position < rowLength {
        let index = start &+ position
        var count = min(PointwiseProgram.width, rowLength &- position)
        if boundary != Int.max { count = min(count, boundary &- index % boundary) }
        for line in lines { run(line, index, count, tileRow + position, scratch) }
        position &+= count
      }
    }
  }

  /// Fills the registers of operands that are the same for all chunks of a tile.
  private func prepare(_ operand: OperandPlace, _ scratch: UnsafeMutablePointer<Float>) {
    switch operand {
    case .scalar(let value, let register):
      (scratch + register * PointwiseProgram.width).update(repeating: value.pointee, count: PointwiseProgram.width)
    case .unrolled(let base, let period, let register):
      // A chunk begins anywhere in the period and is at most a register long.
      let unrolled = scratch + register * PointwiseProgram.width
      unrolled.update(from: base, count: period)
      var filled = period
      while filled < PointwiseProgram.width + period {
        let count = min(filled, PointwiseProgram.width + period - filled)
        (unrolled + filled).update(from: unrolled, count: count)
        filled += count
      }
    case .none, .register, .full, .tile, .periodic, .repeated, .nested, .sums: break
    }
  }

  @inline(__always)
  private func run(
    _ line: RunningLine, _ index: Int, _ count: Int, _ tile: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let a = resolve(line.a, index, count, tile, scratch)
    let b = resolve(line.b, index, count, tile, scratch)
    let out = resolve(line.out, index, count, tile, scratch)
    line.instruction._withUnsafeGuaranteedRef {
      $0.run(Chunk(out: out, a: a, b: b, count: count, index: index))
    }
  }

  @inline(__always)
  private func resolve(
    _ place: OperandPlace, _ index: Int, _ count: Int, _ tile: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    switch place {
    case .none: return scratch
    case .register(let register): return scratch + register &* PointwiseProgram.width
    case .full(let base): return base + index
    case .tile: return tile
    case .periodic(let base, let period): return base + index % period
    case .repeated(let base, let run, let register):
      let spread = scratch + register &* PointwiseProgram.width
      var value = index / run
      var filled = 0
      var length = min(count, run &- index % run)
      while filled < count {
        (spread + filled).update(repeating: base[value], count: length)
        filled &+= length
        value &+= 1
        length = min(run, count &- filled)
      }
      return spread
    case .nested(let base, let block, let period, let register):
      let spread = scratch + register &* PointwiseProgram.width
      var filled = 0
      while filled < count {
        let place = index &+ filled
        let length = min(count &- filled, period &- place % period)
        let source = base + (place / block &* period &+ place % period)
        if length == count { return source }
        (spread + filled).update(from: source, count: length)
        filled &+= length
      }
      return spread
    case .unrolled(_, let period, let register): return scratch + register &* PointwiseProgram.width + index % period
    case .scalar(_, let register): return scratch + register &* PointwiseProgram.width
    case .sums(let base): return base
    }
  }
}
