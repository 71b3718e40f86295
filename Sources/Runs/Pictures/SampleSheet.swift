import Compute
import Datasets
import Files
import Training

/// A picture of many samples: images side by side, points of the plane over the data's modes, or rows of numbers against
/// the data.
package enum SampleSheet {
  /// The sheet's PNG.
  /// - Parameters:
  ///   - sheet: the samples, with what is said of them.
  ///   - columns: images in a row; by default as many as make the sheet nearly square.
  ///   - real: the data, which stand behind rows of numbers; nil where they are not at hand.
  package static func png(
    _ sheet: Sheet, of dataset: SurveyedDataset, columns: Int? = nil, real: Table?
  ) throws(FormatError) -> [UInt8] {
    let (shape, samples) = (dataset.sampleShape, sheet.samples)
    if SheetSize.isPlot(ofRows: shape, hasCaptions: sheet.title != nil) {
      return try TablePicture(samples, title: sheet.title ?? "generated", of: dataset, real: real).png().encoded()
    }
    if shape == [2] {
      return try PointCloud.png(samples, modes: (dataset.source as? any GaussianMixture)?.centres ?? [])
    }
    return try images(
      samples, shape: shape, bounds: dataset.bounds ?? reach(of: samples), columns: columns, sheet.captions)
  }

  /// The least and the greatest finite value, for data without bounds; a little apart.
  package static func reach(of samples: [Float]) -> ClosedRange<Float> {
    let finite = samples.lazy.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), greatest > least else { return -1...1 }
    return least...greatest
  }

  /// Images [H, W, C], four pixels apart, each pixel drawn twice as wide and high where small.
  ///
  /// Channels that are no colors, neither 1 nor 3, are gray images side by side.
  private static func images(
    _ samples: [Float], shape: [Int], bounds: ClosedRange<Float>, columns: Int?, _ captions: [Sheet.Caption]
  ) throws(FormatError) -> [UInt8] {
    let count = samples.count / Shape.count(shape)
    let sheet = SheetSize(of: count, shape: shape, columns: columns, hasCaptions: !captions.isEmpty)
    let (height, width) = sheet.image
    let (across, panels, channels, zoom, gap) = (sheet.across, sheet.panels, sheet.channels, sheet.zoom, SheetSize.gap)
    let depth = panels * channels
    let (cellHeight, cellWidth) = sheet.cell
    let (sheetWidth, sheetHeight) = (sheet.width, sheet.height)
    guard sheet.isPNG else {
      throw FormatError("a sheet of \(count) samples cannot have \(sheetWidth) x \(sheetHeight) pixels: draw fewer")
    }
    var pixels = [UInt8](repeating: 64, count: sheetWidth * sheetHeight * channels)
    let scale = 255 / (bounds.upperBound - bounds.lowerBound)
    for index in 0..<count {
      let (left, top) = (gap + index % across * cellWidth, gap + index / across * cellHeight)
      for y in 0..<(height * zoom) {
        for x in 0..<(width * panels * zoom) {
          let (panel, column) = (x / zoom / width, x / zoom % width)
          let source = ((index * height + y / zoom) * width + column) * depth + panel
          let target = ((top + y) * sheetWidth + left + x) * channels
          for channel in 0..<channels {
            let level = (samples[source + channel] - bounds.lowerBound) * scale
            pixels[target + channel] = level.isNaN ? 0 : UInt8(max(0, min(255, level.rounded())))
          }
        }
      }
    }
    for (index, caption) in captions.prefix(count).enumerated() {
      let (left, top) = (gap + index % across * cellWidth, gap + index / across * cellHeight + height * zoom + 2)
      let fitting = max(1, (cellWidth - gap + 1) / BitmapFont.advance)
      for (line, text) in caption.lines.enumerated() {
        write(String(text.prefix(fitting)), x: left, y: top + line * SheetSize.line, level: line == 0 ? 255 : 170)
      }
    }
    return try PNG(
      width: sheetWidth, height: sheetHeight, color: channels == 3 ? .rgb : .gray, pixels: pixels
    ).encoded()

    /// Writes a text on the sheet, its top left corner given.
    func write(_ text: String, x: Int, y: Int, level: UInt8) {
      for (index, scalar) in text.unicodeScalars.enumerated() {
        for (column, bits) in BitmapFont.columns(of: scalar).enumerated() {
          for row in 0..<BitmapFont.height where bits >> row & 1 == 1 {
            let (px, py) = (x + index * BitmapFont.advance + column, y + row)
            guard px < sheetWidth, py < sheetHeight else { continue }
            for channel in 0..<channels { pixels[(py * sheetWidth + px) * channels + channel] = level }
          }
        }
      }
    }
  }
}

/// Points of the plane as dots on a square, with a circle around each mode of the data.
enum PointCloud {
  private static let size = 512

  static func png(_ points: [Float], modes: [SIMD2<Float>]) throws(FormatError) -> [UInt8] {
    let largest = modes.isEmpty ? points.lazy.filter(\.isFinite).map(abs).max() : nil
    let reach = max(modes.map { max(abs($0.x), abs($0.y)) }.max() ?? largest ?? 1, 0.1) * (modes.isEmpty ? 1.05 : 1.35)
    var pixels = [UInt8](repeating: 255, count: size * size * 3)
    func place(_ value: Float) -> Float { (value / reach + 1) / 2 * Float(size - 1) }
    func paint(_ x: Float, _ y: Float, _ color: SIMD3<Float>, _ strength: Float) {
      guard x.isFinite, y.isFinite, (0..<Float(size)).contains(x), (0..<Float(size)).contains(y) else { return }
      let target = (Int(y) * size + Int(x)) * 3
      for channel in 0..<3 {
        let old = Float(pixels[target + channel])
        pixels[target + channel] = UInt8(old + (color[channel] - old) * strength)
      }
    }
    for mode in modes {
      let (centreX, centreY) = (place(mode.x), place(-mode.y))
      for dy in -9...9 {
        for dx in -9...9 {
          let distance = (Float(dx * dx + dy * dy)).squareRoot()
          let strength = max(0, 1 - abs(distance - 8))
          if strength > 0 { paint(centreX + Float(dx), centreY + Float(dy), [220, 60, 40], strength) }
        }
      }
    }
    for index in stride(from: 0, to: points.count - 1, by: 2) {
      let (x, y) = (place(points[index]), place(-points[index + 1]))
      for dy in -1...1 {
        for dx in -1...1 {
          paint(
            x + Float(dx), y + Float(dy), [30, 70, 160], dx == 0 && dy == 0 ? 0.8 : dx == 0 || dy == 0 ? 0.45 : 0.2)
        }
      }
    }
    return try PNG(width: size, height: size, color: .rgb, pixels: pixels).encoded()
  }
}
