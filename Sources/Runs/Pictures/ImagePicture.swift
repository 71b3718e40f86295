import Datasets
import Files

/// Images side by side, with names at the rows where each row is of one class.
package struct ImagePicture {
  /// The images [count, height, width, depth].
  private let values: [Float]
  private let shape: [Int]
  /// Between which two values all lie: black and white.
  private let bounds: ClosedRange<Float>
  /// Images in a row.
  private let columns: Int
  /// What stands before each row; none where rows mean nothing.
  private let rowNames: [String]
  /// What stands above the columns; none where they mean nothing.
  private let columnNames: [String]

  /// The picture of images with their names.
  package init(
    values: [Float], shape: [Int], bounds: ClosedRange<Float>, columns: Int, rowNames: [String], columnNames: [String]
  ) {
    (self.values, self.shape, self.bounds, self.columns) = (values, shape, bounds, columns)
    (self.rowNames, self.columnNames) = (rowNames, columnNames)
  }

  /// The picture, with parts of a caption below.
  package func png(_ style: PictureStyle, caption: [String]) throws(FormatError) -> PNG {
    try canvas(style, caption: caption).png()
  }

  private var height: Int { shape[0] }
  private var width: Int { shape[1] }
  private var depth: Int { shape.count > 2 ? shape[2] : 1 }
  /// Channels that are no colors, neither 1 nor 3, are gray images side by side.
  private var panels: Int { depth == 3 ? 1 : depth }
  private var count: Int { values.count / max(1, height * width * depth) }

  private func canvas(_ style: PictureStyle, caption: [String]) throws(FormatError) -> Canvas {
    let scale = style.scale ?? (max(height, width) <= 48 ? 2 : 1)
    let (gap, palette) = (style.border, style.palette)
    let (cellWidth, cellHeight) = (width * panels * scale, height * scale)
    let rows = max(1, (count + columns - 1) / columns)
    let letters = cellHeight >= 28 ? 2 : 1
    let names = rowNames.map { BitmapFont.width($0) * letters }.max() ?? 0
    let left = gap + (names == 0 ? 0 : names + 3 * letters + max(gap, 4))
    let sheetWidth = left + columns * (cellWidth + gap)
    let below = Caption(caption, width: sheetWidth - 2 * gap, unit: sheetWidth >= 400 ? 2 : 1)
    let whole = max(sheetWidth, below.width + 2 * max(gap, 2))
    // Names that would not fit between their neighbours are written smaller.
    let room = cellWidth + gap - BitmapFont.advance * letters
    let headLetters = columnNames.contains { BitmapFont.width($0) * letters > room } ? 1 : letters
    let top = gap + (columnNames.isEmpty ? 0 : BitmapFont.height * headLetters + max(gap, 3))
    var canvas = try Canvas(
      width: whole, height: top + rows * (cellHeight + gap) + below.height + (below.lines.isEmpty ? 0 : gap),
      ground: palette.ground)
    for row in 0..<rows where row < rowNames.count {
      let y = top + row * (cellHeight + gap) + (cellHeight - 7 * letters) / 2
      canvas.write(rowNames[row], x: max(gap, 4), y: y, palette.text, scale: letters)
    }
    for (column, name) in columnNames.enumerated() {
      let fitting = String(name.prefix(max(1, (cellWidth + gap) / (BitmapFont.advance * headLetters))))
      let middle = left + column * (cellWidth + gap) + cellWidth / 2
      canvas.write(
        fitting, x: middle - BitmapFont.width(fitting) * headLetters / 2, y: max(gap, 3), palette.text,
        scale: headLetters)
    }
    for index in 0..<count {
      draw(
        index, x: left + index % columns * (cellWidth + gap), y: top + index / columns * (cellHeight + gap),
        scale: scale, on: &canvas)
    }
    below.draw(x: max(gap, 2), y: top + rows * (cellHeight + gap), palette.text, on: &canvas)
    return canvas
  }

  private func draw(_ index: Int, x: Int, y: Int, scale: Int, on canvas: inout Canvas) {
    let steepness = 255 / (bounds.upperBound - bounds.lowerBound)
    func level(_ source: Int) -> Float {
      let level = (values[source] - bounds.lowerBound) * steepness
      return level.isNaN ? 0 : max(0, min(255, level.rounded()))
    }
    for row in 0..<height {
      for column in 0..<(width * panels) {
        let source = ((index * height + row) * width + column % width) * depth + column / width
        let ink: Ink =
          depth == 3 ? [level(source), level(source + 1), level(source + 2)] : Ink(repeating: level(source))
        canvas.fill(x: x + column * scale, y: y + row * scale, width: scale, height: scale, ink)
      }
    }
  }
}
