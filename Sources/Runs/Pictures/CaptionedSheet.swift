import Datasets
import Files

/// A sheet with a line of text and the progress of training below it, and names at its rows.
package enum CaptionedSheet {
  /// Pixels of the bar of progress.
  private static let bar = 3

  /// Names of rows, and how high a row is.
  package struct RowNames: Sendable {
    let names: [String]
    /// Pixels from the top of a row to that of the next.
    let rowHeight: Int
    /// Pixels above the first.
    let top: Int

    /// The names of rows that are so many pixels apart.
    package init(_ names: [String], rowHeight: Int, top: Int) {
      (self.names, self.rowHeight, self.top) = (names, rowHeight, top)
    }

    /// Pixels that a letter's pixel is wide: two where rows are high.
    var unit: Int { rowHeight - top >= 28 ? 2 : 1 }
    /// Pixels that they take beside the sheet.
    var width: Int { (names.map { BitmapFont.width($0) }.max() ?? 0) * unit + 8 }
  }

  /// The picture.
  /// - Parameters:
  ///   - parts: what stands below, side by side where there is room.
  ///   - progress: how much of the training is done, 0 to 1.
  ///   - room: the pixels that the largest text of a series takes.
  ///   - rows: what stands at the rows; nil for nothing.
  package static func png(
    _ sheet: PNG, parts: [String], progress: Double, room: Room, rows: RowNames? = nil
  ) throws(FormatError) -> PNG {
    let caption = caption(parts, sheet.width)
    func ink(_ x: Int, _ y: Int) -> Ink {
      let place = (y * sheet.width + x) * sheet.color.rawValue
      guard sheet.color == .rgb else { return Ink(repeating: Float(sheet.pixels[place])) }
      return Ink(Float(sheet.pixels[place]), Float(sheet.pixels[place + 1]), Float(sheet.pixels[place + 2]))
    }
    // The ground of the sheet, and a text that stands out from it.
    let corner = ink(0, 0)
    let isDark = corner.sum() < 3 * 128
    let palette = isDark ? Palette.black : Palette.white
    let left = rows?.width ?? 0
    var canvas = try Canvas(
      width: max(left + sheet.width, room.width + 8), height: sheet.height + room.height + 4 * caption.unit + bar,
      ground: corner)
    for y in 0..<sheet.height { for x in 0..<sheet.width { canvas.paint(left + x, y, ink(x, y)) } }
    if let rows {
      for (row, name) in rows.names.enumerated() {
        let middle = rows.top + row * rows.rowHeight + (rows.rowHeight - rows.top) / 2
        canvas.write(name, x: 4, y: middle - 7 * rows.unit / 2, palette.text, scale: rows.unit)
      }
    }
    caption.draw(x: 4, y: sheet.height, palette.text, on: &canvas)
    let done = Int((Double(canvas.width) * max(0, min(1, progress))).rounded())
    canvas.fill(x: 0, y: canvas.height - bar, width: canvas.width, height: bar, palette.frame * 0.5 + corner * 0.5)
    canvas.fill(x: 0, y: canvas.height - bar, width: done, height: bar, palette.text)
    return try canvas.png()
  }

  /// Pixels that a text takes.
  package struct Room: Equatable, Sendable {
    let width: Int
    let height: Int
  }

  /// The pixels that the largest of several texts takes below a sheet.
  package static func room(_ texts: [[String]], width: Int) -> Room {
    let captions = texts.map { caption($0, width) }
    return Room(width: captions.map(\.width).max() ?? 0, height: captions.map(\.height).max() ?? 0)
  }

  private static func caption(_ parts: [String], _ width: Int) -> Caption {
    Caption(parts, width: max(width, 1), unit: width >= 640 ? 2 : 1)
  }
}
