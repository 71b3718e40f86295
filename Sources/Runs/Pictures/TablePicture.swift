import Datasets
import Files

/// Samples that are rows of numbers, against the data: points of a plane, all pairs of a few columns, or a histogram of
/// each of many.
package struct TablePicture {
  /// The samples' columns.
  private let generated: [[Double]]
  /// The data's; nil where the data are not at hand.
  private let real: [[Double]]?
  private let names: [String]
  /// What the samples are, in one word.
  private let title: String
  /// The middle of each mode, where the data have some in a plane.
  private let modes: [(Double, Double)]
  private let palette: Palette
  /// How many times as large as usual.
  private let unit: Int
  /// What lies behind points of a plane; nil for nothing.
  package var backdrop: Backdrop?

  /// Both axes of a plane; nil for samples of another number of columns.
  package var plane: (across: Scale, up: Scale)? { count == 2 ? (axis(of: 0), axis(of: 1)) : nil }

  /// The picture of samples [count, columns].
  /// - Parameters:
  ///   - title: what they are, in one word.
  ///   - real: the data, of which as many rows are drawn as there are samples, but a thousand at least; nil where they are
  ///     not at hand.
  package init(
    _ values: [Float], title: String = "generated", of dataset: SurveyedDataset, real: Table?,
    style: PictureStyle = PictureStyle()
  ) {
    let width = dataset.sampleShape[0]
    let centres = width == 2 ? (dataset.source as? any GaussianMixture)?.centres ?? [] : []
    self.title = title
    generated = TablePicture.columns(values, width: width)
    self.real = real.map { TablePicture.columns($0.rows(atMost: max(values.count / width, 1000)), width: width) }
    names = dataset.columnNames
    modes = centres.map { (Double($0.x), Double($0.y)) }
    palette = style.palette
    unit = style.scale ?? 1
  }

  private static func columns(_ values: [Float], width: Int) -> [[Double]] {
    (0..<min(width, mostHistograms)).map { column in
      stride(from: column, to: values.count, by: width).map { Double(values[$0]) }
    }
  }

  /// The picture, with parts of a caption below.
  package func png(caption: [String] = []) throws(FormatError) -> PNG {
    let hidden = count - TablePicture.mostHistograms
    return try canvas(
      caption: caption + (hidden > 0 ? ["first \(TablePicture.mostHistograms) of \(count) columns"] : [])
    ).png()
  }

  /// More columns are not shown in pairs.
  private static let mostPairs = 5
  /// More columns are not shown at all.
  private static let mostHistograms = 36

  private var count: Int { names.count }
  private var isPairs: Bool { (3...TablePicture.mostPairs).contains(count) }

  private func canvas(caption: [String]) throws(FormatError) -> Canvas {
    let axes = generated.indices.map { axis(of: $0) }
    let side = count == 2 ? 460 : count == 1 ? 400 : isPairs ? [200, 165, 140][count - 3] : 150
    let shown = min(count, TablePicture.mostHistograms)
    let across = count == 2 ? 1 : isPairs ? count : min(shown, 6)
    let down = count == 2 ? 1 : isPairs ? count : (shown + across - 1) / across
    let (left, below) = Plot.margins(unit)
    // Pairs share the numbers at the outer sides, with marks of what lies outside in the gaps; histograms have their own.
    let gap = isPairs ? (x: 16 * unit, y: 16 * unit) : (x: 16 * unit, y: below + 18 * unit)
    let width = left + across * side * unit + (across - 1) * gap.x + 16 * unit
    let legend = 24 * unit
    let top = legend + (isPairs || count == 2 ? 12 : 22) * unit
    let body = top + down * side * unit + (down - 1) * gap.y + below
    let axisNames = count == 2 ? 14 * unit : 0
    let captions = Caption(caption, width: width - 16 * unit, unit: unit)
    var canvas = try Canvas(
      width: max(width, captions.width + 16 * unit), height: body + axisNames + captions.height + 6 * unit,
      ground: palette.ground)
    drawLegend(axes, on: &canvas)
    for row in 0..<down {
      for column in 0..<across {
        let (x, y) = (left + column * (side * unit + gap.x), top + row * (side * unit + gap.y))
        if count == 2 {
          drawPair(0, 1, axes, x: x, y: y, side: side * unit, below: true, left: true, on: &canvas)
          canvas.write(
            names[0], x: x + (side * unit - BitmapFont.width(names[0]) * unit) / 2, y: y + side * unit + below,
            palette.text, scale: unit)
          canvas.write(names[1], x: 4 * unit, y: y - 11 * unit, palette.text, scale: unit)
        } else if isPairs, row != column {
          drawPair(
            column, row, axes, x: x, y: y, side: side * unit, below: row == down - 1, left: column == 0, on: &canvas)
        } else if isPairs || row * across + column < shown {
          let index = isPairs ? row : row * across + column
          drawHistogram(
            index, axes[index], x: x, y: y, side: side * unit, below: !isPairs || row == down - 1, on: &canvas)
        }
      }
    }
    captions.draw(x: 8 * unit, y: body + axisNames, palette.text, on: &canvas)
    return canvas
  }

  /// The axis of a column: what the data and their modes take, or the samples where there are no data.
  private func axis(of column: Int) -> Scale {
    guard modes.isEmpty else {
      // Both axes of a plane alike, so that circles are round.
      let reach = modes.flatMap { [abs($0.0), abs($0.1)] }.max() ?? 1
      return Scale(.linear, -1.35 * max(reach, 0.1), 1.35 * max(reach, 0.1))
    }
    return Scale(over: real?[column] ?? generated[column], margin: 0.15, room: 0.5)
  }

  /// How many samples have a value that lies on no axis.
  private func outside(_ axes: [Scale]) -> Int {
    let shown = count > TablePicture.mostPairs ? min(count, TablePicture.mostHistograms) : count
    return (0..<(generated.first?.count ?? 0)).count { sample in
      (0..<shown).contains { !axes[$0].contains(generated[$0][sample]) }
    }
  }

  private func drawLegend(_ axes: [Scale], on canvas: inout Canvas) {
    var x = 8 * unit
    func item(_ text: String, _ ink: Ink) {
      canvas.fill(x: x, y: 8 * unit, width: 7 * unit, height: 7 * unit, ink)
      canvas.write(text, x: x + 11 * unit, y: 8 * unit, palette.text, scale: unit)
      x += (11 + BitmapFont.width(text) + 14) * unit
    }
    if let backdrop {
      backdrop.drawBar(x: x, y: 8 * unit, unit: unit, palette, on: &canvas)
      x += (Backdrop.barWidth + 4) * unit
      canvas.write(backdrop.title, x: x, y: 8 * unit, palette.text, scale: unit)
      x += (BitmapFont.width(backdrop.title) + 14) * unit
    }
    if showsData, let real { item("data \(real.first?.count ?? 0)", palette.real) }
    guard showsSamples else { return }
    item("\(title) \(generated.first?.count ?? 0)", palette.generated)
    let lost = outside(axes)
    if lost > 0 { item("\(lost) outside", palette.warning) }
  }

  /// Whether the data stand as points, and not as their density, or hide that of the samples.
  private var showsData: Bool { backdrop.map { $0.kind == .score } ?? true }
  /// Whether the samples stand as points, and not as their density.
  private var showsSamples: Bool { backdrop?.kind != .density }

  private func drawPair(
    _ first: Int, _ second: Int, _ axes: [Scale], x: Int, y: Int, side: Int, below: Bool, left: Bool,
    on canvas: inout Canvas
  ) {
    let plot = Plot(
      x: x, y: y, width: side, height: side, across: axes[first], up: axes[second], palette: palette, unit: unit)
    backdrop?.draw(x: x, y: y, width: side, height: side, palette, on: &canvas)
    plot.drawFrame(on: &canvas, numbersBelow: below, numbersLeft: left)
    if showsData, let real {
      plot.draw(
        Array(zip(real[first], real[second])), palette.real, isFine: true, marksOutside: false, on: &canvas)
    }
    for mode in modes { plot.drawCircle(mode.0, mode.1, radius: Double(8 * unit), on: &canvas) }
    guard showsSamples else { return }
    plot.draw(Array(zip(generated[first], generated[second])), palette.generated, isFine: count > 2, on: &canvas)
  }

  private func drawHistogram(
    _ column: Int, _ axis: Scale, x: Int, y: Int, side: Int, below: Bool, on canvas: inout Canvas
  ) {
    let bins = count == 1 ? 60 : 25
    let greatest =
      ([generated[column]] + (real.map { [$0[column]] } ?? []))
      .flatMap { Plot.shares($0, axis, bins: bins) }.max() ?? 0
    let plot = Plot(
      x: x, y: y, width: side, height: side, across: axis, up: Scale(.linear, 0, max(greatest, 1e-6) * 1.25),
      palette: palette,
      unit: unit)
    plot.drawHistogram(real: real?[column], generated: generated[column], bins: bins, on: &canvas)
    plot.drawFrame(on: &canvas, numbersBelow: below, numbersLeft: false)
    let name = names[column]
    let letters = max(1, (side / unit - 8) / BitmapFont.advance)
    let short = name.count > letters ? name.prefix(letters - 2) + ".." : name
    canvas.write(String(short), x: x + 5 * unit, y: y + 5 * unit, palette.text, scale: unit)
  }
}

extension SurveyedDataset {
  /// What the data call their columns, else `x0`, `x1` and so on for all values of a sample.
  package var columnNames: [String] {
    let size = survey.sampleSize
    guard let names = survey.columnNames, names.count == size else { return (0..<size).map { "x\($0)" } }
    return names
  }
}

extension Table {
  /// Rows from all over the table, evenly spaced, [rows, sampleSize].
  package func rows(atMost most: Int) -> [Float] {
    let taken = min(count, most)
    return (0..<taken).flatMap { index -> [Float] in
      let start = index * count / taken * sampleSize
      switch values {
      case .floats(let floats): return Array(floats[start..<(start + sampleSize)])
      case .bytes(let bytes, let lookup): return bytes[start..<(start + sampleSize)].map { lookup[Int($0)] }
      }
    }
  }
}
