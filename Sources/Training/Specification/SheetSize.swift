import Compute
import Datasets
import Files
import Specs

/// How large a sheet of images is, in pixels.
///
/// Images lie four pixels apart, each pixel drawn twice as wide and high where they are small. Channels that are no colors,
/// neither 1 nor 3, are gray images side by side. Plots of points and of rows of numbers have a size of their own.
package struct SheetSize {
  /// Pixels between images, and around them.
  package static let gap = 4
  /// Pixels from one line of a caption to the next.
  package static let line = 10

  /// Images in a row.
  package let across: Int
  /// Images in a column.
  let down: Int
  /// Pixels of the sheet for a pixel of an image, each way.
  package let zoom: Int
  /// The pixels of an image [height, width], of one channel.
  package let image: (height: Int, width: Int)
  /// Gray images beside each other that show one sample.
  package let panels: Int
  /// Bytes of a pixel.
  package let channels: Int
  /// Pixels below an image for its caption.
  let caption: Int
  /// Whether samples are rows of numbers, of which there is one plot.
  private let isPlot: Bool

  /// The sheet of so many samples of a shape.
  /// - Parameters:
  ///   - columns: images in a row; nil for as many as make the sheet nearly square.
  ///   - hasCaptions: whether two lines of text stand under each.
  package init(of count: Int, shape: [Int], columns: Int?, hasCaptions: Bool = false) {
    caption = hasCaptions ? 2 * SheetSize.line : 0
    image = shape.count == 1 ? (1, shape[0]) : (shape[0], shape[1])
    isPlot = SheetSize.isPlot(ofRows: shape, hasCaptions: hasCaptions)
    let depth = shape.count > 2 ? shape[2] : 1
    channels = depth == 3 ? 3 : 1
    panels = depth / channels
    // Images of one row lie one below the other.
    var across = columns ?? 1
    if columns == nil, image.height > 1 { while across * across < count { across += 1 } }
    self.across = across
    down = max(1, (count + across - 1) / across)
    zoom = max(image.height, image.width) <= 48 ? 2 : 1
  }

  /// Whether samples of a shape are shown as rows of numbers, in one plot: points of the plane only where there is more to
  /// say of each.
  package static func isPlot(ofRows shape: [Int], hasCaptions: Bool) -> Bool {
    shape.count == 1 && (shape != [2] || hasCaptions)
  }

  /// Pixels from one image to the next.
  package var cell: (height: Int, width: Int) {
    (image.height * zoom + caption + SheetSize.gap, Shape.count([image.width, panels, zoom]) + SheetSize.gap)
  }
  /// Pixels of a row.
  package var width: Int { across * cell.width + SheetSize.gap }
  /// Rows of pixels.
  package var height: Int { down * cell.height + SheetSize.gap }
  /// Bytes of all pixels.
  var pixels: Int { Shape.count([width, height, channels]) }
  /// Whether there are PNG files of this size.
  package var isPNG: Bool { width <= PNG.longestSide && height <= PNG.longestSide && pixels <= PNG.mostBytes }
}

extension SheetSize {
  /// The sheet of a run.
  init(_ experiment: Experiment) {
    self.init(
      of: experiment.recording.sampleCount, shape: experiment.dataset.sampleShape,
      columns: experiment.task.sheetColumns, hasCaptions: experiment.task.captionsSheets)
  }

  /// Bytes of the largest plot of rows of numbers while it is drawn.
  private static let plot = 16 << 20

  /// Bytes of samples and pixels while the sheet is drawn.
  var bytes: Int {
    // As many rows of the data as of samples, but a thousand at least.
    if isPlot { return SheetSize.plot + 4 * Shape.count([across * down + max(across * down, 1000), image.width]) }
    return 4 * Shape.count([across, down, image.height, image.width, panels, channels]) + pixels
  }

  /// Reports sheets that no PNG file can hold; plots of points and of tables have a size of their own.
  static func check(_ experiment: Experiment, _ diagnostics: Diagnostics) {
    let shape = experiment.dataset.sampleShape
    let size = SheetSize(experiment)
    guard shape.count > 1, !size.isPNG else { return }
    let count = experiment.recording.sampleCount
    let fitting = (1..<max(count, 1)).last {
      SheetSize(
        of: $0, shape: shape, columns: experiment.task.sheetColumns, hasCaptions: experiment.task.captionsSheets
      ).isPNG
    }
    let marks = [experiment.resolved["record"]?["sample_count"], experiment.resolved["dataset"]]
    diagnostics.error(
      "a sheet of \(count) samples of \(Shape(shape)) has \(size.width) x \(size.height) pixels; a PNG file has at most "
        + "\(PNG.longestSide) a side and \(ByteCount.text(PNG.mostBytes)) in all",
      at: marks.lazy.compactMap { $0?.mark }.first(where: \.isSomewhere) ?? experiment.resolved.mark,
      remedy: fitting.map { "use record: {sample_count: \($0)} or less" } ?? "use smaller samples")
  }
}
