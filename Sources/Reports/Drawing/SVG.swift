import Files

/// A drawing as SVG: for a page, whose style sheet has the colours of its classes, or as a file of its own.
package struct SVG {
  private var text = ""
  /// What makes it a file; nil within a page.
  private let file: File?

  /// What a file has that a page does not need.
  package struct File: Sendable {
    /// Its width, in CSS pixels of 1/96 inch per pixel of the drawing.
    package let scale: Double
    /// The names of fonts, the first that is there.
    package let fonts: String

    package init(scale: Double = 1, fonts: String = PaperFont.sans.names) { (self.scale, self.fonts) = (scale, fonts) }
  }

  /// The element of a figure.
  /// - Parameters:
  ///   - id: what its title's and its description's identifiers begin with.
  ///   - file: what makes it a file of its own, with colours and sizes in it.
  package static func text(of figure: Figure, id: String, as file: File? = nil) -> String {
    func scale(_ axis: Figure.Axis) -> String {
      "\(axis.scale.least) \(axis.scale.greatest) \(axis.categories == nil ? axis.scale.kind.rawValue : "names")"
    }
    return text(
      of: figure.drawing, title: figure.title, summary: figure.summary, id: id,
      attributes: " data-x=\"\(scale(figure.x))\" data-y=\"\(scale(figure.y))\"", as: file)
  }

  /// The element of a drawing.
  package static func text(
    of drawing: Drawing, title: String, summary: String, id: String, attributes: String = "", as file: File? = nil
  ) -> String {
    let plot = drawing.plot
    let size = "\(number(drawing.width)) \(number(drawing.height))"
    let places = [plot.left, plot.top, plot.width, plot.height].map(number).joined(separator: " ")
    var svg = SVG(file: file)
    svg.text = "<svg"
    if let file {
      let sizes = [drawing.width, drawing.height].map { Decimals.text($0 * file.scale / 96, 4) }
      svg.text += " xmlns=\"\(namespace)\" width=\"\(sizes[0])in\" height=\"\(sizes[1])in\""
    }
    svg.text +=
      " class=\"plot\" viewBox=\"0 0 \(size)\" role=\"img\" aria-labelledby=\"\(id)t \(id)d\"\(attributes) "
      + "data-plot=\"\(places)\"><title id=\"\(id)t\">\(Escaping.text(title))</title>"
      + "<desc id=\"\(id)d\">\(Escaping.text(summary))</desc>"
    if let file {
      // No variables, which few programs but browsers know.
      svg.text += "<rect width=\"100%\" height=\"100%\" fill=\"\(Paint.light(.ground, nil))\"/>"
      svg.text += "<g font-family=\"\(Escaping.attribute(file.fonts))\" font-size=\"11\">"
    }
    for mark in drawing.marks { svg.add(mark) }
    return svg.text + (file == nil ? "</svg>" : "</g></svg>\n")
  }

  /// The name of its language.
  package static let namespace = "http://www.w3.org/2000/svg"

  private init(file: File?) { self.file = file }

  /// Colours and widths as attributes, where there is no style sheet.
  private func paint(_ mark: Drawing.Mark) -> String {
    guard file != nil else { return "" }
    let paint = Paint(mark.role)
    var scale = 1.0
    var attributes = paint.fill.map { " fill=\"\(Paint.light($0, mark.ink))\"" } ?? " fill=\"none\""
    switch mark.shape {
    // Paths are in tenths of a pixel.
    case .path, .area: scale = 10
    case .circle: break
    case .text:
      let halo = Paint.light(.ground, nil)
      return attributes + " paint-order=\"stroke\" stroke=\"\(halo)\" stroke-width=\"3\" stroke-linejoin=\"round\""
    }
    if let stroke = paint.stroke {
      attributes += " stroke=\"\(Paint.light(stroke, mark.ink))\" stroke-width=\"\(SVG.number(paint.width * scale))\""
    }
    let dashes = paint.dashes ?? (mark.ink?.dashes ?? []).map(Double.init)
    if !dashes.isEmpty {
      attributes += " stroke-dasharray=\"\(dashes.map { SVG.number($0 * scale) }.joined(separator: " "))\""
    }
    if mark.role == .line || mark.role == .faint { attributes += " stroke-linejoin=\"round\"" }
    return attributes + (paint.opacity < 1 ? " opacity=\"\(paint.opacity)\"" : "")
  }

  private mutating func add(_ mark: Drawing.Mark) {
    let ink = mark.ink.map { " i\($0.number)" } ?? ""
    let run = mark.run.map { " data-run=\"\($0)\"" } ?? ""
    let name = mark.name.flatMap { $0.isEmpty ? nil : $0 }
    let isLine = mark.role == .line || mark.role == .faint
    // Of lines a page says at the pointer what they are; a title there would hide it.
    let data = isLine ? name.map { " data-name=\"\(Escaping.attribute($0))\"" } ?? "" : ""
    let title = isLine ? nil : name.map { "<title>\(Escaping.text($0))</title>" }
    func end(_ element: String) -> String { title.map { ">\($0)</\(element)>" } ?? "/>" }
    let shade = mark.shade.map { " fill-opacity=\"\(Decimals.text($0, 2))\"" } ?? ""
    let kind = (file == nil ? " class=\"\(mark.role.rawValue)\(ink)\"" : paint(mark)) + shade
    switch mark.shape {
    case .path(let pieces):
      let path = pieces.map { SVG.path($0) }.joined()
      text += "<path\(kind)\(run)\(data) transform=\"scale(.1)\" d=\"\(path)\"" + end("path")
    case .area(let pieces):
      let path = pieces.map { SVG.path($0) + "z" }.joined()
      text += "<path\(kind)\(run) transform=\"scale(.1)\" d=\"\(path)\"" + end("path")
    case .circle(let centre, let radius):
      text +=
        "<circle\(kind)\(run) cx=\"\(SVG.number(centre.x))\" cy=\"\(SVG.number(centre.y))\" r=\"\(SVG.number(radius))\""
        + end("circle")
    case .text(let words, let point, let anchor, let isTurned):
      let (x, y) = (SVG.number(point.x), SVG.number(point.y))
      text +=
        "<text\(kind) x=\"\(x)\" y=\"\(y)\"" + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
        + (isTurned ? " transform=\"rotate(-90 \(x) \(y))\"" : "") + ">\(Escaping.text(words))</text>"
    }
  }

  /// Points in tenths of a pixel, each behind the first as a step from the one before.
  private static func path(_ points: [Figure.Point]) -> String {
    var path = ""
    var (x, y) = (0, 0)
    for (place, point) in points.enumerated() {
      let (nextX, nextY) = (tenths(point.x), tenths(point.y))
      if place == 0 {
        path += "M\(nextX) \(nextY)"
      } else {
        let (stepX, stepY) = (nextX - x, nextY - y)
        path += (place == 1 ? "l" : stepX < 0 ? "" : " ") + "\(stepX)" + (stepY < 0 ? "" : " ") + "\(stepY)"
      }
      (x, y) = (nextX, nextY)
    }
    return path
  }

  /// Tenths of a pixel; what lies far outside is at an edge far outside.
  private static func tenths(_ value: Double) -> Int { Int((min(max(value, -1e5), 1e5) * 10).rounded()) }

  /// A number with one decimal at most.
  private static func number(_ value: Double) -> String {
    let text = Decimals.text(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
