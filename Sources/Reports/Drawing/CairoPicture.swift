import CCairo
import Datasets
import Files
import Training

/// A drawing as PDF or as pixels, by the library cairo.
///
/// Fonts are embedded as far as they are used, and texts stay texts. Nothing in a file says when it was made: the same drawing gives
/// the same bytes, as long as cairo and the font are the same.
package struct CairoPicture {
  private let library: cairo_library
  private let drawing: Drawing
  private let font: PaperFont
  /// Points, 1/72 inch, per pixel of the drawing.
  private let scale: Double

  /// Names of the library, that which comes without its development files first.
  private static let names = ["libcairo.so.2", "libcairo.so"]

  /// Values of cairo.h.
  private enum Constant {
    static let rgb24: Int32 = 1
    static let title: Int32 = 0
    static let created: Int32 = 5
    static let roundJoin: Int32 = 1
    static let noHints: Int32 = 1
    static let off: Int32 = 1
    static let grayLevels: Int32 = 2
  }

  /// A drawing that will have so many points per pixel.
  /// - Throws: `RunError` (69) where the library cannot be loaded.
  package init(_ drawing: Drawing, _ font: PaperFont, scale: Double) throws(RunError) {
    (self.drawing, self.font, self.scale) = (drawing, font, scale)
    var library = cairo_library()
    var missing: String?
    for name in CairoPicture.names {
      guard let failure = cairo_load(name, &library) else {
        self.library = library
        return
      }
      if missing == nil { missing = String(cString: failure) }
    }
    throw RunError(
      "a PDF or a PNG of a plot is made by the library cairo, which cannot be loaded: \(missing ?? "")",
      remedy: "apt-get install libcairo2 fonts-liberation; or write it as .svg", exitCode: 69)
  }

  /// cairo's version.
  package var libraryVersion: String { library.version().map { String(cString: $0) } ?? "" }

  /// Bytes that the library hands over.
  private final class Output { var bytes: [UInt8] = [] }

  /// The bytes of a PDF of one page.
  package func pdf(title: String) throws(RunError) -> [UInt8] {
    let output = Output()
    let closure = Unmanaged.passUnretained(output).toOpaque()
    let surface = library.pdf_surface(
      { closure, bytes, count in
        guard let closure, let bytes else { return 0 }
        let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
        output.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
        return 0
      }, closure, drawing.width * scale, drawing.height * scale)
    library.pdf_metadata(surface, Constant.title, title)
    // No time is one: the file then has none.
    library.pdf_metadata(surface, Constant.created, "?")
    defer { library.surface_destroy(surface) }
    try draw(on: surface, scale: scale)
    library.surface_finish(surface)
    try require(library.surface_status(surface))
    return withExtendedLifetime(output) { output.bytes }
  }

  /// The bytes of a PNG.
  /// - Parameter density: pixels per inch, which the file says too.
  package func png(density: Double) throws(RunError) -> [UInt8] {
    let factor = scale * density / 72
    let (width, height) = (Int((drawing.width * factor).rounded()), Int((drawing.height * factor).rounded()))
    do throws(FormatError) {
      try PNG.requireSize(width: width, height: height, color: .rgb)
    } catch { throw RunError(error.problem, remedy: "give a smaller --dpi", exitCode: 64) }
    let surface = library.image_surface(Constant.rgb24, Int32(width), Int32(height))
    defer { library.surface_destroy(surface) }
    guard library.surface_status(surface) == 0 else {
      throw RunError("there is no memory for \(width) x \(height) pixels", remedy: "give a smaller --dpi", exitCode: 74)
    }
    try draw(on: surface, scale: factor)
    library.surface_flush(surface)
    let stride = Int(library.image_stride(surface))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    if let data = library.image_data(surface) {
      for row in 0..<height {
        for column in 0..<width {
          // Words of blue, green, red and nothing.
          let place = row * stride + column * 4
          pixels.append(data[place + 2])
          pixels.append(data[place + 1])
          pixels.append(data[place])
        }
      }
    }
    do throws(FormatError) {
      return try PNG(width: width, height: height, color: .rgb, pixels: pixels).encoded(density: density)
    } catch { throw RunError(error.problem, remedy: "give a smaller --dpi", exitCode: 74) }
  }

  /// Paints everything.
  private func draw(on surface: UnsafeMutableRawPointer?, scale: Double) throws(RunError) {
    let context = library.create(surface)
    library.scale(context, scale, scale)
    set(.ground, nil, on: context)
    library.paint(context)
    library.select_font(context, font.name, 0, 0)
    library.set_font_size(context, 11)
    let options = library.font_options()
    // Letters keep their shapes and widths at every size.
    library.set_hint_style(options, Constant.noHints)
    library.set_hint_metrics(options, Constant.off)
    library.set_antialias(options, Constant.grayLevels)
    library.set_font_options(context, options)
    library.font_options_destroy(options)
    library.set_line_join(context, Constant.roundJoin)
    for mark in drawing.marks { paint(mark, on: context) }
    let failure = library.status(context)
    library.destroy(context)
    try require(failure)
    try require(library.surface_status(surface))
  }

  private func require(_ status: Int32) throws(RunError) {
    guard status != 0 else { return }
    throw RunError("cairo could not draw the plot (status \(status))", remedy: "write it as .svg", exitCode: 74)
  }

  private func set(_ color: Paint.Color, _ ink: Ink?, opacity: Double = 1, on context: UnsafeMutableRawPointer?) {
    let word = Int(Paint.light(color, ink).dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { Double(word >> $0 & 255) / 255 }
    library.set_color(context, parts[0], parts[1], parts[2], opacity)
  }

  private func paint(_ mark: Drawing.Mark, on context: UnsafeMutableRawPointer?) {
    let paint = Paint(mark.role)
    switch mark.shape {
    case .text(let text, let point, let anchor, let isTurned):
      write(text, at: point, anchor, isTurned: isTurned, paint, on: context)
      return
    case .path(let pieces), .area(let pieces):
      for piece in pieces {
        guard let first = piece.first else { continue }
        library.move_to(context, first.x, first.y)
        for point in piece.dropFirst() { library.line_to(context, point.x, point.y) }
        if case .area = mark.shape { library.close_path(context) }
      }
    case .circle(let centre, let radius):
      library.move_to(context, centre.x + radius, centre.y)
      library.arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
      library.close_path(context)
    }
    if let fill = paint.fill {
      set(fill, mark.ink, opacity: paint.opacity * (mark.shade ?? 1), on: context)
      if paint.stroke == nil { library.fill(context) } else { library.fill_preserve(context) }
    }
    if let stroke = paint.stroke {
      set(stroke, mark.ink, opacity: paint.opacity, on: context)
      library.set_line_width(context, paint.width)
      let dashes = paint.dashes ?? (mark.ink?.dashes ?? []).map(Double.init)
      library.set_dash(context, dashes, Int32(dashes.count), 0)
      library.stroke(context)
    }
  }

  /// A text over a halo of the ground, so that lines do not cross it.
  private func write(
    _ text: String, at point: Figure.Point, _ anchor: Drawing.Anchor, isTurned: Bool, _ paint: Paint,
    on context: UnsafeMutableRawPointer?
  ) {
    var extents = cairo_extents()
    library.text_extents(context, text, &extents)
    let share: Double = anchor == .start ? 0 : anchor == .middle ? 0.5 : 1
    library.save(context)
    library.translate(context, point.x, point.y)
    if isTurned { library.rotate(context, -.pi / 2) }
    library.move_to(context, -share * extents.x_advance, 0)
    library.text_path(context, text)
    set(.ground, nil, on: context)
    library.set_line_width(context, 3)
    library.set_dash(context, nil, 0, 0)
    library.stroke(context)
    library.move_to(context, -share * extents.x_advance, 0)
    set(paint.fill ?? .text, nil, on: context)
    library.show_text(context, text)
    library.restore(context)
  }
}
