import Glibc

/// A number of tiles, any of which may run on any thread at the same time as the others.
package struct Stage: Sendable {
  /// How many tiles.
  package let tiles: Int
  let run: @Sendable (_ tile: Int, _ worker: Int) -> Void

  init(tiles: Int, _ run: @escaping @Sendable (_ tile: Int, _ worker: Int) -> Void) {
    self.tiles = tiles
    self.run = run
  }
}

/// Makes any rectangle of a matrix.
struct Producer: @unchecked Sendable {
  /// Writes the rectangle to `out`, of which rows lie `stride` values apart; `scratch` is the worker's own memory.
  let run:
    @Sendable (
      Rectangle, _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// The sum of products of the same extents.
  static func sum(_ terms: [Factors]) -> Producer {
    Producer { tile, out, stride, _ in
      let (row, column) = (tile.rows.lowerBound, tile.columns.lowerBound)
      for (number, term) in terms.enumerated() {
        BLAS.product(
          term.a.base + (term.transposesA ? row : row &* term.columnsOfA), term.columnsOfA,
          transposed: term.transposesA, term.b.base + (term.transposesB ? column &* term.columnsOfB : column),
          term.columnsOfB, transposed: term.transposesB, out, stride, m: tile.rows.count, n: tile.columns.count,
          k: term.inner, isAdding: number > 0)
      }
    }
  }
}

/// Two matrices to be multiplied, op(A)[m, k] and op(B)[k, n].
struct Factors: Sendable {
  let a: Buffer
  let columnsOfA: Int
  let transposesA: Bool
  let b: Buffer
  let columnsOfB: Int
  let transposesB: Bool
  /// The extent over which they are summed, k.
  let inner: Int
}

extension Stage {
  /// A program on every tile, after the producer, if any, has made it.
  static func fused(
    _ program: PointwiseProgram, tiles: [Rectangle], producer: Producer?, destination: Buffer?, scratch: Scratch
  ) -> Stage {
    Stage(tiles: tiles.count) { number, worker in
      let tile = tiles[number]
      let registers = scratch.base(worker)
      if let producer {
        let free = registers + program.registers &* PointwiseProgram.width
        if let destination {
          let offset = tile.rows.lowerBound &* program.columns &+ tile.columns.lowerBound
          producer.run(tile, destination.base + offset, program.columns, free)
        } else {
          producer.run(tile, free, tile.columns.count, free + tile.rows.count &* tile.columns.count)
        }
      }
      if !program.lines.isEmpty { program.run(tile, number: number, scratch: registers) }
    }
  }

  /// The end of a sum: its partial sums in order.
  static func finish(_ sums: [(partials: Buffer, result: Buffer)]) -> Stage {
    Stage(tiles: 1) { _, _ in
      for sum in sums { Reductions.finish(sum.partials, into: sum.result) }
    }
  }

  /// out[n, :] = samples[rows[n], :].
  static func gather(_ samples: SampleValues, rowLength: Int, rows: Buffer, count: Int, into out: Buffer) -> Stage {
    let perTile = max(1, 16384 / rowLength)
    return Stage(tiles: (count + perTile - 1) / perTile) { tile, _ in
      for n in (tile &* perTile)..<min(count, (tile &+ 1) &* perTile) {
        let row = Int(rows.base[n].bitPattern)
        let target = out.base + n &* rowLength
        switch samples {
        case .floats(let values):
          values.withUnsafeBufferPointer {
            target.update(from: $0.baseAddress! + row &* rowLength, count: rowLength)
          }
        case .bytes(let values, let lookup):
          values.withUnsafeBufferPointer { bytes in
            lookup.withUnsafeBufferPointer { table in
              let source = bytes.baseAddress! + row &* rowLength
              for i in 0..<rowLength { target[i] = table[Int(source[i])] }
            }
          }
        }
      }
    }
  }

  /// out[n] = op(a[n]) op(b[n]) for `count` pairs of matrices of these shapes: a tile is one product.
  static func products(
    _ a: Buffer, _ shapeOfA: Shape, transposed ta: Bool, _ b: Buffer, _ shapeOfB: Shape, transposed tb: Bool,
    count: Int, into out: Buffer
  ) -> Stage {
    let (m, k, n) = (shapeOfA[ta ? 1 : 0], shapeOfA[ta ? 0 : 1], shapeOfB[tb ? 0 : 1])
    let (strideA, strideB) = (shapeOfA.count, shapeOfB.count)
    let (columnsA, columnsB) = (shapeOfA[1], shapeOfB[1])
    return Stage(tiles: count) { number, _ in
      BLAS.product(
        a.base + number &* strideA, columnsA, transposed: ta, b.base + number &* strideB, columnsB, transposed: tb,
        out.base + number &* m &* n, n, m: m, n: n, k: k)
    }
  }

  /// out[n] = labels[rows[n]].
  static func gatherLabels(_ labels: [Int32], rows: Buffer, count: Int, into out: Buffer) -> Stage {
    Stage(tiles: 1) { _, _ in
      labels.withUnsafeBufferPointer { labels in
        for n in 0..<count { out.base[n] = Float(labels[Int(rows.base[n].bitPattern)]) }
      }
    }
  }

  private static let rowsPerBlock = 1024

  static func sumScratch(outer: Int, reduced: Int, inner: Int) -> Int {
    let blocks = (reduced + rowsPerBlock - 1) / rowsPerBlock
    return inner > 1 && blocks > 1 ? outer * blocks * inner : 0
  }

  /// out[a, c] = sum over b of x[a, b, c], x being [outer, reduced, inner].
  ///
  /// Rows are summed in blocks of 1024, then the blocks in order.
  static func sum(_ x: Buffer, outer: Int, reduced: Int, inner: Int, into out: Buffer, scratch: Buffer) -> [Stage] {
    if inner == 1 {
      let perTile = max(1, 16384 / reduced)
      return [
        Stage(tiles: (outer + perTile - 1) / perTile) { tile, _ in
          for a in (tile &* perTile)..<min(outer, (tile &+ 1) &* perTile) {
            out.base[a] = Reductions.sum(x.base + a &* reduced, reduced, squared: false)
          }
        }
      ]
    }
    let blocks = (reduced + rowsPerBlock - 1) / rowsPerBlock
    let width = max(64, min(inner, (32768 / min(reduced, rowsPerBlock) + 31) / 32 * 32))
    let strips = (inner + width - 1) / width
    let partial = blocks == 1 ? out : scratch
    var stages = [
      Stage(tiles: outer * blocks * strips) { tile, _ in
        let (strip, rest) = (tile % strips, tile / strips)
        let (block, a) = (rest % blocks, rest / blocks)
        Reductions.columnSums(
          x.base + a &* reduced &* inner, stride: inner,
          rows: (block &* rowsPerBlock)..<min(reduced, (block &+ 1) &* rowsPerBlock),
          columns: (strip &* width)..<min(inner, (strip &+ 1) &* width),
          into: partial.base + (a &* blocks &+ block) &* inner)
      }
    ]
    if blocks > 1 {
      stages.append(
        Stage(tiles: outer) { a, _ in
          Reductions.columnSums(
            scratch.base + a &* blocks &* inner, stride: inner, rows: 0..<blocks, columns: 0..<inner,
            into: out.base + a &* inner)
        })
    }
    return stages
  }
}

/// Each worker's private memory.
struct Scratch: Sendable {
  let buffer: Buffer
  let perWorker: Int

  @inline(__always) func base(_ worker: Int) -> UnsafeMutablePointer<Float> { buffer.base + worker &* perWorker }
}
