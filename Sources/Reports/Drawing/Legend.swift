/// The names of series beside samples of their lines or marks, in rows that fit.
struct Legend {
  /// A name with what its series looks like.
  struct Entry: Equatable {
    let name: String
    let ink: Ink
    let isLine: Bool
    var isHollow = false
    var width: Double { 26 + Drawing.width(of: name) + 12 }
  }

  private let rows: [[Entry]]

  /// Pixels from one row to the next.
  static let line = 15.0

  /// The names of the series and dots of a figure, each once.
  init(of figure: Figure, width: Double) {
    var entries: [Entry] = []
    // A single line is what the title says.
    for line in figure.lines where !line.isFaint && figure.lines.count > 1 {
      entries.append(Entry(name: line.name, ink: line.ink, isLine: true))
    }
    for dot in figure.dots {
      entries.append(Entry(name: dot.name, ink: dot.ink, isLine: false, isHollow: dot.isHollow))
    }
    self.init(entries, width: width)
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
        if entry.isLine {
          drawing.stroke(Figure.Point(place, y - 4), Figure.Point(place + 20, y - 4), .line, entry.ink)
        } else {
          drawing.mark(Figure.Point(place + 12, y - 4), 3.4, entry.isHollow ? .hollow : .dot, entry.ink)
        }
        drawing.write(entry.name, place + 26, y, .label)
        place += entry.width
      }
    }
  }
}
