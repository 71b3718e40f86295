import Evaluation
import Files
import Runs

/// The figures of samples by classes or modes.
struct BinFigures {
  /// A figure with what stands around it.
  struct Picture {
    let figure: Figure
    let caption: String
    let table: String
  }

  private let shares: BinShares
  private var bins: [BinShares.Bin] { shares.bins }

  init(_ shares: BinShares) { self.shares = shares }

  /// Bins that have a bar each; more are tiles.
  private static let mostBars = 40
  /// Modes that are discs in the plane.
  private static let mostDiscs = 400
  /// Tiles of a figure over steps.
  private static let mostTiles = 2400
  /// Evaluations of a figure over steps.
  private static let mostSteps = 60
  /// Rows of a table.
  private static let mostRows = 50
  /// The ink of what is generated, and that of what stands for data or is missing.
  private static let (generated, data) = (Ink(0), Ink(1))

  private var isOfModes: Bool { shares.counted == BinCounts.modes }
  private var noun: String { isOfModes ? "mode" : shares.counted == BinCounts.classes ? "class" : "bin" }
  private var dataWord: String { isOfModes ? "the data" : "the training data" }

  /// Shares of the last counts: discs in the plane, bars, or tiles where they are many.
  /// - Parameter seer: whose word it is, `as digits-1 sees them`.
  func last(_ title: String, seer: String?) -> Picture {
    let counted = shares.samples.map { "\(Decimals.count($0)) generated samples" } ?? "generated samples"
    let whose = (seer.map { ", \($0)" } ?? "") + (shares.runs > 1 ? ", means over \(shares.runs) runs" : "")
    if bins.allSatisfy({ $0.centre != nil }), bins.count <= BinFigures.mostDiscs {
      let caption =
        "\(counted)\(whose); the area of a disc is the number of samples within three standard deviations of the mode"
      return Picture(figure: discs(title), caption: caption, table: table(title))
    }
    if bins.count <= BinFigures.mostBars {
      return Picture(figure: bars(title), caption: "shares of \(counted)\(whose)", table: table(title))
    }
    return Picture(
      figure: grid(title), caption: "\(counted)\(whose); the shade is the share of a \(noun) by that in \(dataWord)",
      table: table(title))
  }

  private func bars(_ title: String) -> Figure {
    let most = bins.flatMap { [$0.share, $0.real ?? 0] }.max() ?? 1
    var figure = Figure(
      title, summary: BinWords(shares).summary,
      x: Figure.Axis("share of samples, %", Scale(.linear, 0, max(100 * most, 1) * 1.04)),
      y: Figure.Axis("", Scale(.linear, Double(bins.count) - 0.5, -0.5), categories: bins.map(\.name)))
    for (place, bin) in bins.enumerated() {
      let range = shares.runs > 1 ? " (\(percent(bin.range.lowerBound)) to \(percent(bin.range.upperBound)))" : ""
      var bar = Figure.Bar(
        "\(noun) \(bin.name)", BinFigures.generated, place: Double(place), length: 100 * bin.share,
        label: bin.isMissing ? "none" : percent(bin.share) + range)
      bar.clearance = 100 * (bin.real ?? 0)
      figure.bars.append(bar)
      guard let real = bin.real else { continue }
      figure.dots.append(
        Figure.Dot(dataWord, BinFigures.data, Figure.Point(100 * real, Double(place)), isHollow: true))
    }
    figure.signs = [Legend.Entry(name: "generated", ink: BinFigures.generated, sign: .bar)]
    figure.hasLegend = true
    figure.height = 84 + 20 * Double(bins.count)
    return figure
  }

  /// Modes at their places, with room around them.
  private func discs(_ title: String) -> Figure {
    let centres = bins.compactMap(\.centre)
    var figure = Figure(
      title, summary: BinWords(shares).summary,
      x: Figure.Axis("", Scale(.linear, over: centres.map { Double($0.x) }, margin: 0.16)),
      y: Figure.Axis("", Scale(.linear, over: centres.map { Double($0.y) }, margin: 0.16)))
    figure.hasEqualUnits = true
    for bin in bins {
      guard let centre = bin.centre else { continue }
      figure.discs.append(
        Figure.Disc(
          "\(noun) \(bin.name): \(text(bin))", BinFigures.generated, Figure.Point(Double(centre.x), Double(centre.y)),
          size: bin.ratio ?? 0, label: bins.count <= 100 ? bin.name : ""))
    }
    figure.signs = [
      Legend.Entry(name: "generated", ink: BinFigures.generated, sign: .disc),
      Legend.Entry(name: "as many as in the data", ink: BinFigures.data, sign: .ring),
      Legend.Entry(name: "none", ink: BinFigures.data, sign: .cross),
    ]
    figure.hasLegend = true
    figure.height = 372
    return figure
  }

  /// Very many bins, in rows by their numbers.
  private func grid(_ title: String) -> Figure {
    let columns = bins.count <= 200 ? 10 : bins.count <= 1000 ? 50 : 100
    let rows = (bins.count + columns - 1) / columns
    let step = max(1, (rows + 24) / 25)
    let names = (0..<rows).map { $0 % step == 0 ? String($0 * columns) : "" }
    var figure = Figure(
      title, summary: BinWords(shares).summary,
      x: Figure.Axis("number of the \(noun), by rows of \(columns)", Scale(.linear, -0.5, Double(columns) - 0.5)),
      y: Figure.Axis("", Scale(.linear, Double(rows) - 0.5, -0.5), categories: names))
    figure.tiles = bins.map { bin in
      tile(bin, x: Double(bin.number % columns), y: Double(bin.number / columns), "\(noun) \(bin.name): \(text(bin))")
    }
    addShades(to: &figure)
    figure.height = 84 + max(8, min(16, 400 / Double(rows))) * Double(rows)
    return figure
  }

  /// Bins over steps; nil where there is one evaluation, or none.
  func course(of counts: [CountedBins]) -> Picture? {
    guard counts.count > 1 else { return nil }
    let most = max(2, min(BinFigures.mostSteps, BinFigures.mostTiles / bins.count))
    let shown = Thinning.even(counts.count, atMost: most).compactMap { place in
      BinShares(counts[place], names: bins.map(\.name)).map { (step: Double(counts[place].step), shares: $0) }
    }
    guard shown.count > 1 else { return nil }
    // A column reaches half way to those beside it.
    var edges = zip(shown, shown.dropFirst()).map { ($0.step + $1.step) / 2 }
    edges = [2 * shown[0].step - edges[0]] + edges + [2 * shown[shown.count - 1].step - edges[edges.count - 1]]
    let title = "\(shares.counted.prefix(1).uppercased())\(shares.counted.dropFirst()) over the steps"
    var figure = Figure(
      title, summary: sentence(shown.map { (Int($0.step), $0.shares) }),
      x: Figure.Axis("step", Scale(.linear, edges[0], edges[edges.count - 1])), y: rowsAxis)
    for (number, (step, shares)) in shown.enumerated() {
      for (place, bin) in shares.bins.enumerated() {
        figure.tiles.append(
          Figure.Tile(
            "step \(Decimals.whole(step)), \(noun) \(bin.name): \(text(bin))", BinFigures.generated,
            x: edges[number]...edges[number + 1], y: (Double(place) - 0.5)...(Double(place) + 0.5), shade: shade(bin),
            isCrossed: bin.isMissing))
      }
    }
    addShades(to: &figure)
    figure.height = 84 + rowHeight * Double(bins.count)
    let thinned =
      shown.count < counts.count ? "; \(shown.count) of \(Decimals.count(counts.count)) evaluations are drawn" : ""
    return Picture(
      figure: figure,
      caption:
        "the shade is the share of a \(noun) among the samples of an evaluation, by that in \(dataWord)\(thinned)",
      table: table(title, Thinning.even(shown.count, atMost: 5).map { shown[$0] }))
  }

  private func sentence(_ shown: [(step: Int, shares: BinShares)]) -> String {
    let texts = [shown.first, shown.last].compactMap { $0 }.map { step, shares in
      "At step \(Decimals.count(step)) \(BinWords(shares).line)."
    }
    return texts.joined(separator: " ")
  }

  /// Groups beside each other, a row each.
  func groups(_ all: [(letter: String, shares: BinShares)]) -> Picture {
    let title = "\(shares.counted.prefix(1).uppercased())\(shares.counted.dropFirst()) of the groups"
    let step = max(1, (bins.count + 24) / 25)
    var figure = Figure(
      title, summary: all.prefix(12).map { "\($0.letter): \(BinWords($0.shares).line)." }.joined(separator: " "),
      x: Figure.Axis(
        noun, Scale(.linear, -0.5, Double(bins.count) - 0.5),
        categories: bins.map { $0.number % step == 0 ? $0.name : "" }),
      y: Figure.Axis("", Scale(.linear, Double(all.count) - 0.5, -0.5), categories: all.map(\.letter)))
    for (row, (letter, shares)) in all.enumerated() {
      for (place, bin) in shares.bins.enumerated() {
        figure.tiles.append(
          tile(bin, x: Double(place), y: Double(row), "\(letter), \(noun) \(bin.name): \(text(bin))"))
      }
    }
    addShades(to: &figure)
    (figure.width, figure.height) = (760, 84 + max(14, min(24, 360 / Double(all.count))) * Double(all.count))
    return Picture(
      figure: figure,
      caption:
        "the shade is the share of a \(noun) among the last samples, by that in \(dataWord); of several runs the mean",
      table: table(title, all))
  }

  private var rowHeight: Double { bins.count <= 14 ? 20 : bins.count <= 40 ? 13 : 7 }

  /// The bins from the top, with as many names as there is room for.
  private var rowsAxis: Figure.Axis {
    let step = rowHeight >= 12 ? 1 : bins.count <= 60 ? 5 : 10
    return Figure.Axis(
      "", Scale(.linear, Double(bins.count) - 0.5, -0.5),
      categories: bins.map { $0.number % step == 0 ? $0.name : "" })
  }

  private func tile(_ bin: BinShares.Bin, x: Double, y: Double, _ name: String) -> Figure.Tile {
    Figure.Tile(
      name, BinFigures.generated, x: (x - 0.5)...(x + 0.5), y: (y - 0.5)...(y + 0.5), shade: shade(bin),
      isCrossed: bin.isMissing)
  }

  /// Half a shade for as many as in the data, a whole one for twice as many and more.
  private func shade(_ bin: BinShares.Bin) -> Double {
    // What is there at all can be seen.
    if let ratio = bin.ratio { return ratio > 0 ? min(1, max(0.1, ratio / 2)) : 0 }
    if bin.real != nil { return bin.generated > 0 ? 1 : 0 }
    return bin.share / max(bins.map(\.share).max() ?? 1, .leastNormalMagnitude)
  }

  private func addShades(to figure: inout Figure) {
    let ink = BinFigures.generated
    figure.signs = [Legend.Entry(name: "none", ink: BinFigures.data, sign: .cross)]
    figure.signs +=
      (bins.contains { $0.real != nil }
      ? [(0.25, "half"), (0.5, "as in \(dataWord)"), (1, "twice and more")] : [(0.5, "half of most"), (1, "most")])
      .map { Legend.Entry(name: $0.1, ink: ink, sign: .tile($0.0)) }
    figure.hasLegend = true
  }

  private func percent(_ share: Double) -> String { Percent.text(share) }

  /// `2.3 %, in the data 11 %`.
  private func text(_ bin: BinShares.Bin) -> String {
    percent(bin.share) + (bin.real.map { ", in \(dataWord) \(percent($0))" } ?? "")
  }

  /// A row of each bin, or of those that have the fewest samples beside the data.
  private func table(_ title: String) -> String {
    let ranked = bins.sorted { ($0.ratio ?? .infinity, $0.number) < ($1.ratio ?? .infinity, $1.number) }
    let shown = bins.count <= BinFigures.mostRows ? bins : Array(ranked.prefix(BinFigures.mostRows))
    func number(_ value: Double) -> String { NumberText.short(value) }
    let hasCentres = bins.allSatisfy { $0.centre != nil }
    let hasRange = shares.runs > 1
    let rows = shown.map { bin -> [Markup.Cell] in
      var cells = [Markup.Cell(bin.name, isNumber: Int(bin.name) != nil)]
      if let centre = bin.centre, hasCentres {
        cells += [centre.x, centre.y].map { Markup.Cell(number: Double($0), number) }
      }
      cells += [Markup.Cell(number: bin.generated, Decimals.whole), Markup.Cell(number: 100 * bin.share, number)]
      if hasRange {
        cells.append(
          Markup.Cell("\(percent(bin.range.lowerBound)) to \(percent(bin.range.upperBound))", isNumber: true))
      }
      return cells
        + [Markup.Cell(number: bin.real.map { 100 * $0 }, number), Markup.Cell(number: bin.ratio, number)]
    }
    let head =
      [noun] + (hasCentres ? ["x", "y"] : []) + ["samples", "share, %"] + (hasRange ? ["of runs"] : [])
      + ["data, %", "ratio"]
    let note =
      shown.count < bins.count
      ? Markup.paragraph(
        "The \(shown.count) of \(Decimals.count(bins.count)) with the fewest samples; the CSV file has all.",
        class: "note") : ""
    return Markup.table("Data of \(title)", head, rows) + note
  }

  /// A row of each bin with its shares at some steps, so that it is as narrow as its figure; then what is missing.
  private func table(_ title: String, _ steps: [(step: Double, shares: BinShares)]) -> String {
    func row(_ name: String, _ cell: (BinShares) -> Markup.Cell) -> [Markup.Cell] {
      [Markup.Cell(name, isNumber: Int(name) != nil)] + steps.map { cell($0.shares) }
    }
    let shown = bins.prefix(BinFigures.mostRows).map { bin in
      row(bin.name) { Markup.Cell(number: $0.bins[bin.number].share, percent) }
    }
    let none = shares.elsewhere == nil ? [] : [row("near none") { Markup.Cell(number: $0.elsewhere, percent) }]
    let missing = row("missing") { Markup.Cell(number: Double($0.missing.count), Decimals.whole) }
    return Markup.table(
      "Data of \(title)", [noun] + steps.map { "step \(Decimals.whole($0.step))" }, shown + none + [missing])
  }

  /// A row of each group: what is missing, and shares where bins are few.
  private func table(_ title: String, _ groups: [(letter: String, shares: BinShares)]) -> String {
    let shown = bins.count <= 12 ? bins : []
    let hasRest = shares.elsewhere != nil
    let head = ["group", "missing", "within a factor of two"] + (hasRest ? ["near none"] : []) + shown.map(\.name)
    let rows = groups.map { letter, shares -> [Markup.Cell] in
      let counts = [shares.missing.count, shares.bins.count(where: \.isNear)]
      let rest = hasRest ? [Markup.Cell(number: shares.elsewhere, percent)] : []
      return [Markup.Cell(letter)] + counts.map { Markup.Cell(number: Double($0), Decimals.whole) } + rest
        + shown.map { Markup.Cell(number: shares.bins[$0.number].share, percent) }
    }
    return Markup.table("Data of \(title)", head, rows)
  }
}
