import Files

/// Figures of a page, each with its data as a table below.
struct FigureMarkup {
  /// How many there are already.
  private var count = 0

  /// Rows of a table of data that are shown.
  private static let mostRows = 12
  /// Series of a table of data that are shown.
  private static let mostSeries = 8

  /// A figure.
  /// - Parameters:
  ///   - caption: what stands below its title, as markup.
  ///   - kept: values of x that the table must have.
  ///   - classes: further classes of the element.
  mutating func markup(
    _ figure: Figure, caption: String, keeping kept: [Double] = [], classes: String = "", xIsWhole: Bool = true,
    table: String? = nil
  ) -> String {
    count += 1
    return FigureMarkup.card(
      figure.title, caption: caption, picture: SVG.text(of: figure, id: "f\(count)"), classes: classes,
      data: table ?? FigureMarkup.table(of: figure, keeping: kept, xIsWhole: xIsWhole))
  }

  /// A drawing that is no figure with two axes.
  mutating func markup(
    _ drawing: Drawing, title: String, summary: String, caption: String, classes: String, table: String
  ) -> String {
    count += 1
    return FigureMarkup.card(
      title, caption: caption, picture: SVG.text(of: drawing, title: title, summary: summary, id: "f\(count)"),
      classes: classes, data: table)
  }

  private static func card(
    _ title: String, caption: String, picture: String, classes: String, data: String
  ) -> String {
    let name = Escaping.text(title)
    // On a phone a wide one is moved sideways, also with keys.
    let scroll =
      classes.contains("wide") ? " tabindex=\"0\" role=\"group\" aria-label=\"\(Escaping.attribute(title))\"" : ""
    return "<figure class=\"card\(classes.isEmpty ? "" : " " + classes)\"><figcaption><h3>\(name)</h3>"
      + (caption.isEmpty ? "" : "<p>\(caption)</p>") + "</figcaption><div class=\"drawing\"\(scroll)>\(picture)</div>"
      + (data.isEmpty
        ? "" : "<details><summary>Data<span class=\"unseen\"> of \(name)</span></summary>\(data)</details>")
      + "</figure>\n"
  }

  /// The points of the lines that are not faint, or of all where all are, by x.
  private static func table(of figure: Figure, keeping kept: [Double], xIsWhole: Bool) -> String {
    let strong = figure.lines.filter { !$0.isFaint }
    let all = strong.isEmpty ? figure.lines : strong
    let lines = Array(all.filter { !$0.name.isEmpty }.prefix(mostSeries))
    guard !lines.isEmpty else { return "" }
    let places = Set(lines.flatMap { $0.points.map(\.x) }).sorted()
    let wanted = places.indices.filter { kept.contains(places[$0]) }
    let shown = Thinning.even(places.count, atMost: mostRows, keeping: wanted)
    func number(_ value: Double) -> String { NumberText.short(value) }
    let columns = lines.map { line in Dictionary(line.points.map { ($0.x, $0.y) }) { _, last in last } }
    let bands = figure.bands.map { band in
      Dictionary(band.points.map { ($0.x, "\(number($0.lower)) to \(number($0.upper))") }) { _, last in last }
    }
    let x = figure.x.title.isEmpty ? "x" : figure.x.title
    let head = [x] + lines.map(\.name) + figure.bands.map(\.name)
    let rows = shown.map { place -> [Markup.Cell] in
      let x = places[place]
      let first = xIsWhole ? Markup.Cell(number: x, Decimals.whole) : Markup.Cell(number: x, number)
      return [first]
        + columns.map { column in
          Markup.Cell(number: column[x].flatMap { $0.isFinite ? $0 : nil }, number)
        } + bands.map { Markup.Cell($0[x] ?? "–", isNumber: true) }
    }
    let more = all.count - lines.count
    let notes = [
      shown.count < places.count ? "\(shown.count) of \(Decimals.count(places.count)) rows" : nil,
      more > 0 ? "\(lines.count) of \(all.count) series" : nil,
    ].compactMap { $0 }
    return Markup.table("Data of \(figure.title)", head, rows)
      + (notes.isEmpty
        ? "" : Markup.paragraph(notes.joined(separator: ", ") + "; the CSV files have all.", class: "note"))
  }
}
