import Files

/// A drawing as SVG, whose shapes have classes for a style sheet: that of a page, or one of its own.
package struct SVG {
  private var text = ""

  /// The element of a figure.
  /// - Parameters:
  ///   - id: what its title's and its description's identifiers begin with.
  ///   - isAlone: whether it is a file of its own, with colours and sizes in it.
  package static func text(of figure: Figure, id: String, isAlone: Bool = false) -> String {
    func scale(_ axis: Figure.Axis) -> String {
      "\(axis.scale.least) \(axis.scale.greatest) \(axis.categories == nil ? axis.scale.kind.rawValue : "names")"
    }
    return text(
      of: figure.drawing, title: figure.title, summary: figure.summary, id: id,
      attributes: " data-x=\"\(scale(figure.x))\" data-y=\"\(scale(figure.y))\"", isAlone: isAlone)
  }

  /// The element of a drawing.
  package static func text(
    of drawing: Drawing, title: String, summary: String, id: String, attributes: String = "", isAlone: Bool = false
  ) -> String {
    let plot = drawing.plot
    let size = "\(number(drawing.width)) \(number(drawing.height))"
    let places = [plot.left, plot.top, plot.width, plot.height].map(number).joined(separator: " ")
    var svg = SVG()
    svg.text = "<svg"
    if isAlone {
      svg.text +=
        " xmlns=\"\(namespace)\" width=\"\(number(drawing.width))\" height=\"\(number(drawing.height))\""
    }
    svg.text +=
      " class=\"plot\" viewBox=\"0 0 \(size)\" role=\"img\" aria-labelledby=\"\(id)t \(id)d\"\(attributes) "
      + "data-plot=\"\(places)\"><title id=\"\(id)t\">\(Escaping.text(title))</title>"
      + "<desc id=\"\(id)d\">\(Escaping.text(summary))</desc>"
    if isAlone { svg.text += "<style>\(DrawingStyle.alone)</style>" }
    for mark in drawing.marks { svg.add(mark) }
    return svg.text + "</svg>"
  }

  /// The name of its language.
  package static let namespace = "http://www.w3.org/2000/svg"

  private mutating func add(_ mark: Drawing.Mark) {
    let ink = mark.ink.map { " i\($0.number)" } ?? ""
    let run = mark.run.map { " data-run=\"\($0)\"" } ?? ""
    let name = mark.name.flatMap { $0.isEmpty ? nil : $0 }
    let isLine = mark.role == .line || mark.role == .faint
    // Of lines a page says at the pointer what they are; a title there would hide it.
    let data = isLine ? name.map { " data-name=\"\(Escaping.attribute($0))\"" } ?? "" : ""
    let title = isLine ? nil : name.map { "<title>\(Escaping.text($0))</title>" }
    func end(_ element: String) -> String { title.map { ">\($0)</\(element)>" } ?? "/>" }
    let kind = " class=\"\(mark.role.rawValue)\(ink)\""
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
