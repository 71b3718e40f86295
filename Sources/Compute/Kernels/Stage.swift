/// A number of tiles, any of which may run on any thread at the same time as the others.
///
/// An object, so that threads can run it without counting references to it.
package final class Stage: Sendable {
  /// How many tiles.
  package let tiles: Int
  let run: @Sendable (_ tile: Int, _ worker: Int) -> Void

  package init(tiles: Int, _ run: @escaping @Sendable (_ tile: Int, _ worker: Int) -> Void) {
    self.tiles = tiles
    self.run = run
  }
}

/// Makes any rectangle of a matrix.
///
/// An object, so that threads can run it without counting references to it.
final class Producer: @unchecked Sendable {
  /// Writes the rectangle to `out`, of which rows lie `stride` values apart; `scratch` is the worker's own memory.
  let run:
    @Sendable (
      Rectangle, _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  init(
    _ run:
      @escaping @Sendable (
        Rectangle, _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ scratch: UnsafeMutablePointer<Float>
      ) -> Void
  ) {
    self.run = run
  }

  /// The sum of the values of products of the same extents, in order.
  static func sum(_ terms: [Factors], by products: Products) -> Producer {
    Producer { tile, out, stride, scratch in
      let (m, n) = (tile.rows.count, tile.columns.count)
      for (number, term) in terms.enumerated() {
        // A product of several pieces is a value before it is added.
        let isAside = number > 0 && term.inner > Products.piece
        let target = isAside ? scratch + Products.scratch : out
        products.multiply(
          term.a.from(row: tile.rows.lowerBound, column: 0), term.b.from(row: 0, column: tile.columns.lowerBound),
          into: target, stride: isAside ? n : stride, m: m, n: n, k: term.inner, isAdding: number > 0 && !isAside,
          readsOnce: m == term.rows, scratch: scratch)
        guard isAside else { continue }
        for row in 0..<m { Reductions.add(target + row &* n, to: out + row &* stride, count: n) }
      }
    }
  }
}

/// Two matrices to be multiplied, A[m, k] and B[k, n].
struct Factors: @unchecked Sendable {
  let a: Factor
  let b: Factor
  /// The rows of the result, m.
  let rows: Int
  /// The extent over which they are summed, k.
  let inner: Int
}

extension Stage {
  /// A program on every tile, after the producer, if any, has made it.
  static func fused(
    _ program: PointwiseProgram, tiles: [Rectangle], producer: Producer?, destination: Buffer?, scratch: Scratch
  ) -> Stage {
    guard let producer else {
      return Stage(tiles: tiles.count) { number, worker in program.run(tiles[number], scratch: scratch.base(worker)) }
    }
    guard let destination else {
      return Stage(tiles: tiles.count) { number, worker in
        let tile = tiles[number]
        let registers = scratch.base(worker)
        let made = registers + program.registers &* PointwiseProgram.width
        producer.run(tile, made, tile.columns.count, made + tile.rows.count &* tile.columns.count)
        program.run(tile, scratch: registers)
      }
    }
    return Stage(tiles: tiles.count) { number, worker in
      let tile = tiles[number]
      let registers = scratch.base(worker)
      producer.run(
        tile, destination.base + (tile.rows.lowerBound &* program.columns &+ tile.columns.lowerBound), program.columns,
        registers + program.registers &* PointwiseProgram.width)
      program.run(tile, scratch: registers)
    }
  }

  /// The end of sums over the values of a group.
  static func finish(_ sums: [@Sendable () -> Void]) -> Stage {
    Stage(tiles: 1) { _, _ in
      for sum in sums { sum() }
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
    count: Int, into out: Buffer, by products: Products, workers: Scratch
  ) -> Stage {
    let (m, k, n) = (shapeOfA[ta ? 1 : 0], shapeOfA[ta ? 0 : 1], shapeOfB[tb ? 0 : 1])
    let (strideA, strideB) = (shapeOfA.count, shapeOfB.count)
    let (columnsA, columnsB) = (shapeOfA[1], shapeOfB[1])
    return Stage(tiles: count) { number, worker in
      products.multiply(
        Factor(a.base + number &* strideA, rowLength: columnsA, isTransposed: ta),
        Factor(b.base + number &* strideB, rowLength: columnsB, isTransposed: tb), into: out.base + number &* m &* n,
        stride: n, m: m, n: n, k: k, scratch: workers.base(worker))
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

  /// Values that the sums of runs take; none where there is one run, or nothing behind the axes.
  static func sumScratch(outer: Int, _ tree: SumTree) -> Int {
    tree.columns > 1 && tree.runs > 1 ? outer * tree.runs * tree.columns : 0
  }

  /// out[a, c] = the sum over rows of x[a, row, c]; without columns the rows are consecutive values, summed as such.
  static func sum(_ x: Buffer, outer: Int, _ tree: SumTree, into out: Buffer, scratch: Buffer) -> [Stage] {
    let (rows, columns) = (tree.rows, tree.columns)
    if columns == 1 {
      let perTile = max(1, 16384 / rows)
      return [
        Stage(tiles: (outer + perTile - 1) / perTile) { tile, _ in
          for a in (tile &* perTile)..<min(outer, (tile &+ 1) &* perTile) {
            out.base[a] = Reductions.sum(x.base + a &* rows, rows)
          }
        }
      ]
    }
    let runs = tree.runs
    let sums = runs == 1 ? out : scratch
    // Runs in tiles of some 16 thousand values.
    let perTile = max(1, 16384 / (columns * min(rows, SumTree.run)))
    let tiles = (runs + perTile - 1) / perTile
    var stages = [
      Stage(tiles: outer * tiles) { number, _ in
        let (a, tile) = number.quotientAndRemainder(dividingBy: tiles)
        for run in (tile &* perTile)..<min(runs, (tile &+ 1) &* perTile) {
          let taken = tree.rows(ofRun: run)
          SumTree.addRows(
            x.base + (a &* rows &+ taken.lowerBound) &* columns, stride: columns, rows: taken.count, columns: columns,
            isFirst: true, squared: false, to: sums.base + (a &* runs &+ run) &* columns)
        }
      }
    ]
    if runs > 1 {
      stages.append(
        Stage(tiles: outer) { a, _ in
          let own = scratch.base + a &* runs &* columns
          tree.finish(own)
          (out.base + a &* columns).update(from: own, count: columns)
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
