import Files
import Runs
import Training

/// The sheets of runs as strips of pictures, of which scripts show one at a time, those of one step in all runs.
struct SheetStrips {
  /// Bytes of PNG in a page, before they become text.
  static let mostBytes = 1_350_000
  /// Runs whose sheets are shown.
  static let mostRuns = 12

  private let groups: [ReportGroup]

  init(_ groups: [ReportGroup]) { self.groups = groups }

  private struct Sheet {
    let step: Int
    let bytes: [UInt8]
    let size: (width: Int, height: Int)
  }

  /// The width and the height that a PNG says it has; nil of other bytes.
  static func size(_ png: [UInt8]) -> (width: Int, height: Int)? {
    guard png.count >= 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
    func word(_ start: Int) -> Int { png[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return (word(16), word(20))
  }

  /// The runs that are shown: all where they are few, else the first of each group that has sheets.
  private var shown: [(letter: String, run: ReportRun)] {
    let all = groups.flatMap { group in group.runs.filter { !$0.sheets.isEmpty }.map { (group.letter, $0) } }
    guard all.count > SheetStrips.mostRuns else { return all }
    let firsts = groups.compactMap { group in group.runs.first { !$0.sheets.isEmpty }.map { (group.letter, $0) } }
    return Array(firsts.prefix(SheetStrips.mostRuns))
  }

  /// The markup; empty where there are no sheets.
  func markup(budget: Int = SheetStrips.mostBytes) -> String {
    let shown = shown
    guard !shown.isEmpty else { return "" }
    var notes: [String] = []
    let strips = shown.map { letter, run in
      strip(run, letter, isAlone: shown.count == 1, budget: budget / shown.count, &notes)
    }.filter { !$0.isEmpty }
    guard !strips.isEmpty else { return "" }
    let all = groups.flatMap(\.runs).count { !$0.sheets.isEmpty }
    let slider =
      "<div class=\"controls\" id=\"player\" hidden><button type=\"button\" id=\"play\">Play</button>"
      + "<label>Step <input type=\"range\" id=\"step\" min=\"0\" max=\"0\" value=\"0\"></label><output id=\"at\" for=\"step\"></output></div>"
    return slider + "<div class=\"strips\(shown.count == 1 ? " single" : "")\">\(strips.joined())</div>"
      + (notes.isEmpty
        ? ""
        : Markup.paragraph(
          "To keep the page small, \(notes.joined(separator: ", ")), spread evenly; the first, the best and the last are kept where "
            + "they fit. The folders samples have all.", class: "note"))
      + (shown.count < all
        ? Markup.paragraph("Sheets of \(shown.count) of \(all) runs are shown: the first of each group.", class: "note")
        : "")
  }

  private func strip(
    _ run: ReportRun, _ letter: String, isAlone: Bool, budget: Int, _ notes: inout [String]
  ) -> String {
    let best = run.bestStep.flatMap { step in run.sheets.last { Double($0) <= step } ?? run.sheets.first }
    let steps = chosen(run, best: best, budget: budget)
    let sheets = steps.compactMap { step -> Sheet? in
      guard let bytes = try? DurableFile.read(run.folder.sheet(step)), let size = SheetStrips.size(bytes) else {
        return nil
      }
      return Sheet(step: step, bytes: bytes, size: size)
    }
    guard !sheets.isEmpty else { return "" }
    let name = isAlone ? "" : "\(letter), seed \(run.summary.seed)"
    if sheets.count < run.sheets.count {
      notes.append("\(isAlone ? "" : "of \(name) ")\(sheets.count) of \(run.sheets.count) sheets are here")
    }
    let pictures = sheets.enumerated().map { place, sheet in
      let isBest = sheet.step == best
      let isKept = place == 0 || place == sheets.count - 1 || isBest
      let caption = "step \(Decimals.count(sheet.step))" + (isBest ? ", best" : "")
      let subject = isAlone ? "" : " of \(name)"
      return
        "<figure class=\"sheet\(isKept ? " kept" : "")\" data-step=\"\(sheet.step)\"><img src=\""
        + Markup.dataAddress(sheet.bytes, type: "image/png")
        + "\" width=\"\(sheet.size.width)\" height=\"\(sheet.size.height)\" alt=\"Generated samples\(Escaping.attribute(subject)) after step "
        + "\(Decimals.count(sheet.step))\"><figcaption>\(caption)</figcaption></figure>"
    }
    let title = isAlone ? "" : "<h3>\(Escaping.text(name))</h3>"
    let label = isAlone ? "Sheets of samples" : "Sheets of \(name)"
    return
      "<div class=\"strip\">\(title)<div class=\"sheets\" tabindex=\"0\" role=\"group\" aria-label=\"\(Escaping.attribute(label))\">"
      + pictures.joined() + "</div></div>"
  }

  /// The steps whose sheets fit: evenly spread, with the first, the best and the last; the last alone where these do not.
  private func chosen(_ run: ReportRun, best: Int?, budget: Int) -> [Int] {
    let sizes = run.sheets.map { FileBytes.size(run.folder.sheet($0)) ?? 0 }
    let wanted = best.flatMap { run.sheets.firstIndex(of: $0) }.map { [$0] } ?? []
    var count = run.sheets.count
    while count > 0 {
      let places = Thinning.even(run.sheets.count, atMost: count, keeping: wanted)
      let bytes = places.reduce(0) { $0 + sizes[$1] }
      if bytes <= budget { return places.map { run.sheets[$0] } }
      let next = min(count - 1, count * budget / max(1, bytes))
      guard next >= 2 + wanted.count else { break }
      count = next
    }
    return Array(run.sheets.suffix(1))
  }
}
