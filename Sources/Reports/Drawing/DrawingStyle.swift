import Files

/// Colours and widths of drawings, as CSS.
package enum DrawingStyle {
  /// The rules of the classes of shapes; colours are variables.
  ///
  /// Paths are drawn in tenths of a pixel, and so are their widths.
  package static let rules: String = {
    let inks = Ink.light.indices.map { number in
      let dashes = Ink(number).dashes.map { String($0 * 10) }.joined(separator: " ")
      return ".i\(number){--ink:var(--ink\(number))\(dashes.isEmpty ? "" : ";--dash:\(dashes)")}"
    }
    return (inks + [texts] + roles.map(rule)).joined(separator: "\n")
  }()

  private static let texts = """
    .plot text{font:11px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--text);paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
    .plot text.tick,.plot text.title{fill:var(--quiet)}
    .plot path{fill:none}
    """

  /// The roles of shapes that are no texts.
  private static let roles: [Drawing.Role] = [
    .frame, .grid, .zero, .line, .faint, .band, .floor, .dot, .hollow, .whisker, .bar, .tile, .disc, .cross,
  ]

  private static func rule(_ role: Drawing.Role) -> String {
    let paint = Paint(role)
    var rules = [paint.fill.map { "fill:var(--\($0))" }, paint.stroke.map { "stroke:var(--\($0))" }].compactMap { $0 }
    if paint.stroke != nil { rules.append("stroke-width:\(number(paint.width * 10))") }
    if let dashes = paint.dashes {
      if !dashes.isEmpty { rules.append("stroke-dasharray:" + dashes.map { number($0 * 10) }.joined(separator: " ")) }
    } else {
      rules.append("stroke-dasharray:var(--dash,none)")
    }
    if role == .line || role == .faint { rules.append("stroke-linejoin:round") }
    if paint.opacity < 1 { rules.append("opacity:\(paint.opacity)") }
    // Paths are drawn in tenths of a pixel, circles are not.
    let circle = role == .hollow ? "\n.plot circle.hollow{stroke-width:\(number(paint.width))}" : ""
    return ".plot .\(role){\(rules.joined(separator: ";"))}" + circle
  }

  private static func number(_ value: Double) -> String {
    let text = Decimals.text(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The values of the colours of inks on a ground.
  package static func inks(_ colors: [String]) -> String {
    colors.enumerated().map { "--ink\($0):\($1);" }.joined()
  }

  /// The colours of texts and lines on a light ground.
  package static let light =
    "--ground:#ffffff;--panel:#f6f7f9;--text:#1b1f24;--quiet:#59626e;--rule:#dde1e6;--edge:#868f9b;--link:#0059a0;"
    + "--good:#1a6b3c;--warning:#b35900;--bad:#b3261e;--mark:#fff1c2;" + inks(Ink.light)
  /// The same on a dark ground.
  package static let dark =
    "--ground:#14171b;--panel:#1c2026;--text:#e8eaed;--quiet:#a7b0bb;--rule:#333a43;--edge:#76808c;--link:#7cc0ff;"
    + "--good:#6fd19a;--warning:#ffb066;--bad:#ff8a80;--mark:#4a3d12;" + inks(Ink.dark)
}
