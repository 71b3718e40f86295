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
    return inks.joined(separator: "\n") + """

      .plot text{font:11px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--text);paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
      .plot text.tick,.plot text.title{fill:var(--quiet)}
      .plot path{fill:none}
      .plot .frame{stroke:var(--quiet);stroke-width:10}
      .plot .grid{stroke:var(--rule);stroke-width:8}
      .plot .zero{stroke:var(--quiet);stroke-width:10}
      .plot .line{stroke:var(--ink);stroke-width:17;stroke-linejoin:round;stroke-linecap:butt;stroke-dasharray:var(--dash,none)}
      .plot .faint{stroke:var(--ink);stroke-width:9;stroke-linejoin:round;opacity:.38}
      .plot .band{fill:var(--ink);opacity:.17}
      .plot .floor{stroke:var(--text);stroke-width:11;stroke-dasharray:20 25}
      .plot .dot{fill:var(--ink)}
      .plot circle.hollow{fill:var(--ground);stroke:var(--ink);stroke-width:1.5}
      .plot path.hollow{fill:var(--ground);stroke:var(--ink);stroke-width:15}
      .plot .whisker{stroke:var(--ink);stroke-width:16}
      .plot .bar{fill:var(--ink)}
      """
  }()

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

  /// What a file of its own has in it.
  static let alone = ":root{\(light)}\n\(rules)"
}
