import Runs

/// A figure on its way to shapes: margins that hold the texts, then grid, bands, lines, dots and labels in this order.
struct FigureDrawing {
  var figure: Figure
  var drawing: Drawing
  private let left: Double
  private let top: Double
  let width: Double
  let height: Double
  private let xTicks: [Scale.Tick]
  private let yTicks: [Scale.Tick]
  private let legend: Legend

  init(_ figure: Figure) {
    self.figure = figure
    let yTicks = figure.y.ticks(atMost: 6)
    let longest = yTicks.map { Drawing.width(of: $0.text) }.max() ?? 0
    let left = max(figure.indentation, 8 + longest + 8 + (figure.y.title.isEmpty ? 0 : 14))
    let ends = figure.lines.compactMap(\.label)
    let right = max(14, (ends.map { Drawing.width(of: $0) }.max() ?? 0) + 10, figure.bars.isEmpty ? 0 : 46)
    let legend = figure.hasLegend ? Legend(of: figure, width: figure.width - 16) : Legend([], width: 0)
    let below = 22 + (figure.x.title.isEmpty ? 0 : 16) + legend.height
    self.left = left
    top = 10
    self.legend = legend
    width = max(40, figure.width - left - right)
    height = max(20, figure.height - 10 - below)
    if figure.hasEqualUnits { FigureDrawing.equalise(&self.figure.x.scale, &self.figure.y.scale, width, height) }
    self.yTicks = figure.hasEqualUnits ? self.figure.y.ticks(atMost: 6) : yTicks
    let room = (figure.width - left - right) / 58
    xTicks = self.figure.x.ticks(atMost: max(2, Int(room)))
    drawing = Drawing(width: figure.width, height: figure.height)
    drawing.plot = (left, 10, width, height)
  }

  func x(_ value: Double) -> Double? { figure.x.scale.place(value).map { left + $0 * width } }
  func y(_ value: Double) -> Double? { figure.y.scale.place(value).map { top + (1 - $0) * height } }

  /// Makes the scale on which a unit takes more pixels so much longer that it takes as many as on the other.
  private static func equalise(_ x: inout Scale, _ y: inout Scale, _ width: Double, _ height: Double) {
    let unit = max((x.greatest - x.least) / width, (y.greatest - y.least) / height)
    func lengthened(_ scale: Scale, _ pixels: Double) -> Scale {
      let (middle, half) = ((scale.least + scale.greatest) / 2, unit * pixels / 2)
      return Scale(.linear, middle - half, middle + half)
    }
    (x, y) = (lengthened(x, width), lengthened(y, height))
  }

  func place(_ point: Figure.Point) -> Figure.Point? {
    x(point.x).flatMap { x in y(point.y).map { Figure.Point(x, $0) } }
  }

  mutating func finished() -> Drawing {
    addAxes()
    addFloors()
    for band in figure.bands { add(band) }
    addTiles()
    addDiscs()
    for bar in figure.bars { add(bar) }
    for line in figure.lines.filter(\.isFaint) + figure.lines.filter({ !$0.isFaint }) { add(line) }
    for dot in figure.dots { add(dot) }
    addLabels()
    legend.draw(on: &drawing)
    return drawing
  }

  private mutating func addAxes() {
    let bottom = top + height
    for tick in yTicks {
      guard let place = y(tick.value), place >= top - 0.5, place <= bottom + 0.5 else { continue }
      // Tiles lie close beside each other.
      if figure.tiles.isEmpty {
        drawing.stroke(Figure.Point(left, place), Figure.Point(left + width, place), .grid)
      }
      drawing.write(tick.text, left - 6, place + 4, .tick, .end)
    }
    var end = -Double.infinity
    for tick in xTicks {
      guard let place = x(tick.value), place >= left - 0.5, place <= left + width + 0.5 else { continue }
      drawing.stroke(Figure.Point(place, bottom), Figure.Point(place, bottom + 4), .frame)
      let half = Drawing.width(of: tick.text) / 2
      guard place - half > end + 4 else { continue }
      drawing.write(tick.text, place, bottom + 16, .tick, .middle)
      end = place + half
    }
    drawing.stroke(Figure.Point(left, bottom), Figure.Point(left + width, bottom), .frame)
    if let zero = x(0), !figure.bars.isEmpty, zero > left {
      drawing.stroke(Figure.Point(zero, top), Figure.Point(zero, bottom), .zero)
    }
    if !figure.x.title.isEmpty { drawing.write(figure.x.title, left + width / 2, bottom + 31, .title, .middle) }
    if !figure.y.title.isEmpty { drawing.write(figure.y.title, 12, top + height / 2, .title, .middle, isTurned: true) }
  }

  private mutating func addFloors() {
    for floor in figure.floors {
      if floor.isUpright, let place = x(floor.value) {
        drawing.stroke(Figure.Point(place, top), Figure.Point(place, top + height), .floor)
        drawing.write(floor.name, place + 4, top + 8, .label)
        continue
      }
      guard let place = y(floor.value), place >= top, place <= top + height else { continue }
      drawing.stroke(Figure.Point(left, place), Figure.Point(left + width, place), .floor)
      drawing.write(floor.name, left + 4, place > top + 14 ? place - 4 : place + 12, .label)
    }
  }

  private mutating func add(_ band: Figure.Band) {
    var pieces: [(upper: [Figure.Point], lower: [Figure.Point])] = [([], [])]
    for point in band.points {
      guard let x = x(point.x), let high = y(point.upper), let low = lowerEnd(point.lower) else {
        // Beyond a gap it begins anew.
        if pieces.last?.upper.isEmpty == false { pieces.append(([], [])) }
        continue
      }
      pieces[pieces.count - 1].upper.append(Figure.Point(x, clipped(high)))
      pieces[pieces.count - 1].lower.append(Figure.Point(x, clipped(low)))
    }
    let areas = pieces.filter { $0.upper.count > 1 }.map { $0.upper + $0.lower.reversed() }
    if !areas.isEmpty { drawing.add(.area(areas), .band, band.ink) }
  }

  /// The place of an interval's lower end: on logarithms one that is not above 0 lies below all.
  private func lowerEnd(_ value: Double) -> Double? {
    y(value) ?? (figure.y.scale.kind == .logarithmic && value <= 0 && value.isFinite ? top + height : nil)
  }

  private func clipped(_ y: Double) -> Double { min(max(y, top), top + height) }

  private mutating func add(_ bar: Figure.Bar) {
    guard let from = x(0), let to = x(bar.length), let middle = y(bar.place) else { return }
    let corners = [(from, middle - 6), (to, middle - 6), (to, middle + 6), (from, middle + 6)]
    drawing.add(.area([corners.map { Figure.Point($0.0, $0.1) }]), .bar, bar.ink, name: "\(bar.name): \(bar.label)")
    let end = max(from, to, bar.clearance > 0 ? (x(bar.clearance) ?? 0) + 4 : 0)
    drawing.write(bar.label, end + 5, middle + 4, .label)
  }

  private mutating func add(_ line: Figure.Line) {
    let pieces = Drawing.pieces(
      line.points.map { point in place(point).map { Figure.Point($0.x, clipped($0.y)) } })
    let single = pieces.filter { $0.count == 1 }.flatMap { $0 }
    let drawn = pieces.filter { $0.count > 1 }
    if !drawn.isEmpty {
      drawing.add(.path(drawn), line.isFaint ? .faint : .line, line.ink, run: line.run, name: line.name)
    }
    // A point between two gaps would not be seen.
    for point in line.hasMarkers ? pieces.flatMap({ $0 }) : single { drawing.mark(point, 2.6, .dot, line.ink) }
  }

  private mutating func add(_ dot: Figure.Dot) {
    guard let centre = place(dot.point) else { return }
    if let interval = dot.interval {
      let ends =
        dot.isSideways
        ? [interval.lower, interval.upper].compactMap { x($0) }.map { Figure.Point($0, centre.y) }
        : [lowerEnd(interval.lower), y(interval.upper)].compactMap { $0 }.map { Figure.Point(centre.x, clipped($0)) }
      if ends.count == 2 { drawing.stroke(ends[0], ends[1], .whisker, dot.ink) }
    }
    drawing.mark(centre, dot.isLarge ? 4.6 : 3.4, dot.isHollow ? .hollow : .dot, dot.ink, name: dot.name)
  }

  /// Words at the ends of lines, moved apart.
  private mutating func addLabels() {
    var labels: [(text: String, y: Double)] = []
    for line in figure.lines {
      guard let text = line.label, let last = line.points.last(where: { place($0) != nil }), let end = place(last)
      else {
        continue
      }
      labels.append((text, clipped(end.y)))
    }
    labels.sort { $0.y < $1.y }
    for place in labels.indices.dropFirst() { labels[place].y = max(labels[place].y, labels[place - 1].y + 12) }
    // Back up where they have left the plot.
    var lowest = top + height
    for place in labels.indices.reversed() {
      labels[place].y = min(labels[place].y, lowest)
      lowest = labels[place].y - 12
    }
    for label in labels { drawing.write(label.text, left + width + 5, label.y + 4, .label) }
  }
}

extension Figure {
  /// The shapes that show it.
  package var drawing: Drawing {
    var work = FigureDrawing(self)
    return work.finished()
  }
}
