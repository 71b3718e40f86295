/// A figure for a terminal: lines as Braille dots between an axis on the left and one below.
package struct TextFigure {
  /// How colours are written.
  package enum Colors: Sendable {
    case none
    /// Those of a table of 256, that show on light and on dark grounds.
    case table

    /// A text in a series' colour.
    package func painted(_ text: String, _ ink: Ink?) -> String {
      guard self == .table, let ink else { return text }
      return "\u{1b}[38;5;\(Colors.numbers[ink.number])m\(text)\u{1b}[39m"
    }

    /// The colours of inks, by their places.
    private static let numbers = [32, 166, 36, 169, 136, 74, 245, 142]
  }

  private let figure: Figure
  private let width: Int
  private let height: Int
  private let colors: Colors

  /// - Parameters:
  ///   - width: columns of the terminal, 24 at least.
  ///   - height: lines of the plot without what stands below it.
  package init(_ figure: Figure, width: Int, height: Int, colors: Colors) {
    (self.figure, self.width, self.height, self.colors) = (figure, max(24, width), max(3, height), colors)
  }

  /// The lines; letters at the ends of series tell them apart where there are no colours.
  package var lines: [String] {
    let yTicks = figure.y.scale.ticks(atMost: max(2, height / 2))
    let left = (yTicks.map(\.text.count).max() ?? 0) + 1
    let labels = ends.isEmpty ? 0 : 2
    var canvas = BrailleCanvas(columns: max(8, width - left - 1 - labels), rows: height)
    draw(on: &canvas)
    let marked = placed(yTicks.compactMap { tick in row(tick.value).map { ($0, tick.text) } })
    let names = placed(ends)
    var lines: [String] = []
    for number in 0..<height {
      let text = marked[number] ?? ""
      let head = String(repeating: " ", count: left - 1 - text.count) + text + (text.isEmpty ? " │" : " ┤")
      var line = ""
      for cell in canvas.row(number) {
        line += cell.map { colors.painted(String($0.character), $0.ink) } ?? " "
      }
      if let name = names[number] {
        line += " " + colors.painted(name, figure.lines.first { $0.label == name }?.ink)
      }
      lines.append(head + trimmed(line))
    }
    return lines + below(left: left, columns: canvas.columns)
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Texts by their lines, the first of each.
  private func placed(_ texts: [(row: Int, text: String)]) -> [Int: String] {
    var found: [Int: String] = [:]
    for (row, text) in texts where (0..<height).contains(row) {
      // A line further down or up where it is taken.
      for near in [row, row + 1, row - 1, row + 2, row - 2] where (0..<height).contains(near) && found[near] == nil {
        found[near] = text
        break
      }
    }
    return found
  }

  private func row(_ value: Double) -> Int? {
    figure.y.scale.place(value).flatMap { $0 < -0.001 || $0 > 1.001 ? nil : dot(1 - $0, height * 4) / 4 }
  }

  /// The dot at a share of all.
  private func dot(_ share: Double, _ count: Int) -> Int {
    min(count - 1, max(0, Int((min(max(share, 0), 1) * Double(count - 1)).rounded())))
  }

  /// The labels of lines with the rows of their ends.
  private var ends: [(row: Int, text: String)] {
    figure.lines.compactMap { line in
      guard let label = line.label, let last = line.points.last(where: { figure.y.scale.place($0.y) != nil }),
        let place = figure.y.scale.place(last.y)
      else { return nil }
      return (dot(1 - place, height * 4) / 4, label)
    }
  }

  private func draw(on canvas: inout BrailleCanvas) {
    for floor in figure.floors {
      guard let place = figure.y.scale.place(floor.value), (0...1).contains(place) else { continue }
      let y = dot(1 - place, canvas.height)
      for x in stride(from: 0, to: canvas.width, by: 4) { canvas.set(x, y, nil) }
    }
    for line in figure.lines.filter(\.isFaint) + figure.lines.filter({ !$0.isFaint }) {
      var before: (x: Int, y: Int)?
      for point in line.points {
        guard let x = figure.x.scale.place(point.x), let y = figure.y.scale.place(point.y) else {
          before = nil
          continue
        }
        let here = (x: dot(x, canvas.width), y: dot(1 - y, canvas.height))
        canvas.line(from: before ?? here, to: here, line.ink)
        before = here
      }
    }
  }

  /// The axis with its numbers, then its name.
  private func below(left: Int, columns: Int) -> [String] {
    var axis = [Character](repeating: "─", count: columns)
    var numbers = [Character](repeating: " ", count: left + 1 + columns)
    var end = -1
    for tick in figure.x.scale.ticks(atMost: max(2, columns / 12)) {
      guard let place = figure.x.scale.place(tick.value), place >= -0.001, place <= 1.001 else { continue }
      let column = dot(place, columns)
      let start = min(max(0, left + 1 + column - tick.text.count / 2), numbers.count - tick.text.count)
      guard start > end else { continue }
      axis[column] = "┬"
      for (offset, character) in tick.text.enumerated() { numbers[start + offset] = character }
      end = start + tick.text.count
    }
    let indent = String(repeating: " ", count: left)
    let title = figure.x.title
    let middle = max(0, left + 1 + (columns - title.count) / 2)
    return [
      indent + "└" + String(axis), trimmed(String(numbers)), String(repeating: " ", count: middle) + title,
    ]
  }
}
