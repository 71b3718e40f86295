/// How the picture of samples looks.
package struct PictureStyle: Sendable {
  /// The colors of the ground.
  package enum Ground: String, CaseIterable, Sendable { case white, black }

  /// Pixels of the picture that one of an image is wide, or by which plots are larger; nil for what suits.
  package var scale: Int?
  /// Pixels around images and between them.
  package var border = 4
  /// The ground.
  package var ground = Ground.white
  /// Whether run, step and seed stand below.
  package var hasCaption = false
  /// Whether names stand at rows of images that are of one class, and above columns.
  package var hasLabels = true

  /// The defaults.
  package init() {}

  var palette: Palette { ground == .white ? .white : .black }
}

/// Lines of text below a picture.
struct Caption {
  let lines: [String]
  let unit: Int

  /// Breaks a text into lines between its parts where they do not fit side by side.
  init(_ parts: [String], width: Int, unit: Int) {
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, BitmapFont.width("\(last)   \(part)") * unit <= width {
        lines[lines.count - 1] = "\(last)   \(part)"
      } else {
        lines.append(part)
      }
    }
    (self.lines, self.unit) = (lines, unit)
  }

  /// The pixels it takes from top to bottom.
  var height: Int { lines.isEmpty ? 0 : lines.count * Caption.lineHeight * unit + 4 * unit }
  /// The pixels its longest line takes.
  var width: Int { (lines.map { BitmapFont.width($0) }.max() ?? 0) * unit }

  private static let lineHeight = BitmapFont.height + 3

  func draw(x: Int, y: Int, _ ink: Ink, on canvas: inout Canvas) {
    for (index, line) in lines.enumerated() {
      canvas.write(line, x: x, y: y + 4 * unit + index * Caption.lineHeight * unit, ink, scale: unit)
    }
  }
}
