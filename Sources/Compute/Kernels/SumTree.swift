/// The order of a sum over rows, a tree of runs of 32: part of the definition of the arithmetic.
///
/// An array is seen as rows of `columns` values that are summed column by column. Rows are summed in runs of 32, one after
/// another; a run never reaches from one image into the next. The sums of the runs are summed in runs of 32 again, and so
/// on until one is left.
struct SumTree: Hashable, Sendable {
  /// The rows of a run.
  static let run = 32

  /// All rows.
  let rows: Int
  /// The rows of an image, at each multiple of which a run begins.
  let imageRows: Int
  /// The values of a row, each of which belongs to another sum.
  let columns: Int

  init(rows: Int, imageRows: Int, columns: Int) {
    self.rows = rows
    self.imageRows = imageRows
    self.columns = columns
  }

  /// The sums over all but the last axes of a shape; with two axes or more that go, the first counts images.
  init(of shape: Shape, keptAxes: Int) {
    let leading = shape.axes.dropLast(keptAxes)
    rows = leading.reduce(1, *)
    imageRows = leading.count < 2 ? rows : leading.dropFirst().reduce(1, *)
    columns = Shape.count(shape.axes.suffix(keptAxes))
  }

  /// The runs of an image.
  private var imageRuns: Int { (imageRows &+ SumTree.run &- 1) / SumTree.run }
  /// All runs.
  var runs: Int { imageRows == 0 ? 0 : rows / imageRows &* imageRuns }
  /// Values that one tile must hold together, as must every multiple of them.
  var unit: Int {
    if runs == 1 { return rows &* columns }
    return (imageRows == rows || imageRows % SumTree.run == 0 ? SumTree.run : imageRows) &* columns
  }

  /// The rows of a run.
  func rows(ofRun run: Int) -> Range<Int> {
    let (image, place) = run.quotientAndRemainder(dividingBy: imageRuns)
    let start = image &* imageRows
    return (start &+ place &* SumTree.run)..<(start &+ min(imageRows, (place &+ 1) &* SumTree.run))
  }

  /// sums[run, c] + the values x, or their squares, from a place of the array on; a run's first row begins its sum.
  @inline(__always)
  func add(
    _ x: UnsafePointer<Float>, count: Int, at index: Int, squared: Bool, to sums: UnsafeMutablePointer<Float>
  ) {
    let (row, first) = index.quotientAndRemainder(dividingBy: columns)
    var column = first
    var (image, within) = row.quotientAndRemainder(dividingBy: imageRows)
    var done = 0
    while done < count {
      let (run, place) = within.quotientAndRemainder(dividingBy: SumTree.run)
      let target = sums + (image &* imageRuns &+ run) &* columns
      let left = count &- done
      // Rows of this run that are here as a whole, or a part of one row.
      let whole = column == 0 ? min(left / columns, SumTree.run &- place, imageRows &- within) : 0
      if whole > 0 {
        SumTree.addRows(x + done, whole, columns, isFirst: place == 0, squared: squared, to: target)
        done &+= whole &* columns
        within &+= whole
      } else {
        let length = min(left, columns &- column)
        SumTree.addRows(x + done, 1, length, isFirst: place == 0, squared: squared, to: target + column)
        done &+= length
        column &+= length
        if column < columns { return }
        column = 0
        within &+= 1
      }
      if within == imageRows { (image, within) = (image &+ 1, 0) }
    }
  }

  /// The sums of the runs, one upon another until one is left, which then lies first; the others are lost.
  func finish(_ sums: UnsafeMutablePointer<Float>) {
    var count = runs
    while count > 1 {
      let next = (count &+ SumTree.run &- 1) / SumTree.run
      for run in 0..<next {
        let first = run &* SumTree.run
        SumTree.addRows(
          sums + first &* columns, min(SumTree.run, count &- first), columns, isFirst: true, squared: false,
          to: sums + run &* columns)
      }
      count = next
    }
  }

  /// The end of a sum, whose runs are summed: the values at each place of the last axes, or the total of these.
  func finish(_ sums: Buffer, isTotal: Bool, into result: Buffer) {
    finish(sums.base)
    if isTotal {
      result.base[0] = Reductions.sum(sums.base, columns)
    } else {
      result.base.update(from: sums.base, count: columns)
    }
  }

  /// out[c] = +0 + x[0, c] + x[1, c] and so on, for columns in the range of so many parts that lie `stride` values apart.
  static func addParts(_ x: Buffer, count: Int, stride: Int, columns: Range<Int>, into out: Buffer) {
    let target = out.base + columns.lowerBound
    target.update(repeating: 0, count: columns.count)
    addRows(
      x.base + columns.lowerBound, stride: stride, rows: count, columns: columns.count, isFirst: false, squared: false,
      to: target)
  }

  /// sums[c] = (or, unless it is the first of a run, +=) x[0, c] + x[1, c] and so on, or of their squares, rows being `columns` long.
  @inline(__always)
  private static func addRows(
    _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, isFirst: Bool, squared: Bool,
    to sums: UnsafeMutablePointer<Float>
  ) {
    SumTree.addRows(
      x, stride: columns, rows: rows, columns: columns, isFirst: isFirst, squared: squared, to: sums)
  }

  /// The same with rows that lie `stride` values apart.
  static func addRows(
    _ x: UnsafePointer<Float>, stride: Int, rows: Int, columns: Int, isFirst: Bool, squared: Bool,
    to sums: UnsafeMutablePointer<Float>
  ) {
    @inline(__always) func add(_ sum: Vector, _ value: Vector) -> Vector {
      squared ? value.times(value, plus: sum) : sum + value
    }
    @inline(__always) func first(_ value: Vector) -> Vector { squared ? value * value : value }
    var c = 0
    while c &+ 32 <= columns {
      let p = x + c
      let (v0, v1, v2, v3) = (Vector(at: p), Vector(at: p + 8), Vector(at: p + 16), Vector(at: p + 24))
      let t = sums + c
      var (s0, s1, s2, s3) =
        isFirst
        ? (first(v0), first(v1), first(v2), first(v3))
        : (
          add(Vector(at: t), v0), add(Vector(at: t + 8), v1), add(Vector(at: t + 16), v2), add(Vector(at: t + 24), v3)
        )
      var row = 1
      while row < rows {
        let p = x + (row &* stride &+ c)
        s0 = add(s0, Vector(at: p))
        s1 = add(s1, Vector(at: p + 8))
        s2 = add(s2, Vector(at: p + 16))
        s3 = add(s3, Vector(at: p + 24))
        row &+= 1
      }
      s0.store(at: t)
      s1.store(at: t + 8)
      s2.store(at: t + 16)
      s3.store(at: t + 24)
      c &+= 32
    }
    while c < columns {
      let length = min(8, columns &- c)
      let value = Vector(at: x + c, first: length)
      var s = isFirst ? first(value) : add(Vector(at: sums + c, first: length), value)
      var row = 1
      while row < rows {
        s = add(s, Vector(at: x + (row &* stride &+ c), first: length))
        row &+= 1
      }
      s.store(at: sums + c, first: length)
      c &+= 8
    }
  }
}
