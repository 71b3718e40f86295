/// The names of series beside samples of their lines or marks, in rows that fit.
struct Legend {
  /// What a series looks like.
  enum Sign: Equatable {
    case line, dot, hollow, bar, disc, ring, cross
    /// A tile of a shade.
    case tile(Double)
  }

  /// A name with what its series looks like.
  struct Entry: Equatable {
    let name: String
    let ink: Ink
    let sign: Sign
    var width: Double { 26 + Drawing.width(of: name) + 12 }
  }

  private let rows: [[Entry]]

  /// Pixels from one row to the next.
  static let line = 15.0

  /// The names of the series and dots of a figure, each once, and what it has beside these.
  init(of figure: Figure, width: Double) {
    var entries: [Entry] = []
    // A single line is what the title says.
    for line in figure.lines where !line.isFaint && figure.lines.count > 1 {
      entries.append(Entry(name: line.name, ink: line.ink, sign: .line))
    }
    for dot in figure.dots {
      entries.append(Entry(name: dot.name, ink: dot.ink, sign: dot.isHollow ? .hollow : .dot))
    }
    self.init(entries + figure.signs, width: width)
  }

  /// Entries, each name once; those without one are left out.
  init(_ entries: [Entry], width: Double) {
    var (rows, used, names): ([[Entry]], Double, Set<String>) = ([], .infinity, [])
    for entry in entries where !entry.name.isEmpty && names.insert(entry.name).inserted {
      if used + entry.width > width { (rows, used) = (rows + [[]], 0) }
      rows[rows.count - 1].append(entry)
      used += entry.width
    }
    self.rows = rows
  }

  /// Pixels from top to bottom.
  var height: Double { Double(rows.count) * Legend.line }

  /// Draws it at the foot of a drawing.
  func draw(on drawing: inout Drawing) {
    let first = drawing.height - height + 9
    for (number, entries) in rows.enumerated() {
      var place = 8.0
      let y = first + Double(number) * Legend.line
      for entry in entries {
        Legend.draw(entry, at: Figure.Point(place, y - 4), on: &drawing)
        drawing.write(entry.name, place + 26, y, .label)
        place += entry.width
      }
    }
  }

  private static func draw(_ entry: Entry, at point: Figure.Point, on drawing: inout Drawing) {
    let middle = Figure.Point(point.x + 12, point.y)
    func box(_ height: Double) -> Drawing.Shape {
      let (left, right, top, bottom) = (point.x + 2, point.x + 20, point.y - height, point.y + height)
      return .area([[(left, top), (right, top), (right, bottom), (left, bottom)].map { Figure.Point($0.0, $0.1) }])
    }
    switch entry.sign {
    case .line: drawing.stroke(point, Figure.Point(point.x + 20, point.y), .line, entry.ink)
    case .dot, .hollow: drawing.mark(middle, 3.4, entry.sign == .hollow ? .hollow : .dot, entry.ink)
    case .bar: drawing.add(box(4), .bar, entry.ink)
    case .tile(let shade): drawing.add(box(5), .tile, entry.ink, shade: shade)
    case .disc: drawing.add(.circle(middle, radius: 5), .disc, entry.ink)
    case .ring: drawing.ring(middle, 5)
    case .cross: drawing.cross([middle], 3.6, entry.ink)
    }
  }
}
