import Datasets
import Foundation
import Reports
import Runs
import TestSupport
import Testing

@Suite struct PlotTests {
  /// Two groups of five and four runs that ended, with rows at steps 10 and 20.
  private func folder() throws -> TemporaryFolder {
    try StoredGroup.folder([("first", .first), ("third", .third)])
  }

  private func plot(_ arguments: [String], in folder: TemporaryFolder) throws -> Program.Result {
    try Program.run(["plot"] + arguments, in: folder)
  }

  private static let groups = ["first/group-001", "third/group-001", "--y", "frechet_distance,discriminator_loss"]

  @Test func `an SVG has a line a group at the means of NumPy, n in its legend, and its sizes in it`() throws {
    let folder = try folder()
    let result = try plot(PlotTests.groups + ["-o", "plot.svg"], in: folder)
    #expect(result.status == 0 && result.output == "plot.svg\n", "\(result)")
    let svg = try folder.text(of: "plot.svg")
    #expect(svg.contains("width=\"3.2500in\"") && svg.contains("first/group-001 (n = 5)"))
    // No style sheet, which few programs but browsers understand.
    #expect(!svg.contains("class=\"line") && !svg.contains("var(") && !svg.contains("<style"))
    #expect(svg.contains("frechet_distance ↓") && !svg.contains("real data"))
    #expect(svg.replacing(SVG.namespace, with: "").contains("http") == false)
    let parser = XMLCheck(svg)
    #expect(parser.isWellFormed && parser.elements["path"] ?? 0 > 10)
    #expect(try plot(PlotTests.groups + ["-o", "again.svg"], in: folder).status == 0)
    #expect(try folder.text(of: "again.svg") == svg)
    // One of the third group diverged before its first evaluation: the mean of the other four.
    let values = StoredGroup.third.values.compactMap { $0 }.map { $0 + 1 }
    let mean = values.reduce(0, +) / 4
    #expect(svg.contains("third/group-001 (n = 4): frechet_distance \(Text.four(mean)), 95 % ["))
  }

  @Test func `a PDF has its size, its fonts and its texts in it, and no time`() throws {
    let folder = try folder()
    let arguments = PlotTests.groups + ["--span", "2", "--height", "6cm", "-o"]
    for name in ["a.pdf", "b.pdf"] { #expect(try plot(arguments + [name], in: folder).status == 0) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder("a.pdf")))
    #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: folder("b.pdf")))))
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    #expect(text.hasPrefix("%PDF-1.") && text.contains("/FontFile2") && !text.contains("/CreationDate"))
    #expect(text.contains("/ToUnicode"))
    let box = try #require(text.firstMatch(of: #/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]/#))
    #expect(abs((Double(box.1) ?? 0) - 486) < 0.01 && abs((Double(box.2) ?? 0) - 6 / 2.54 * 72) < 0.01)
  }

  @Test func `a PNG has as many pixels as its size and its density say, and says how dense it is`() throws {
    let folder = try folder()
    let result = try plot(["first/group-001", "--width", "2in", "--dpi", "150", "-o", "plot.png"], in: folder)
    #expect(result.status == 0, "\(result)")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder("plot.png"))))
    let picture = try PNG(decoding: bytes)
    #expect(picture.width == 300 && picture.height > 150)
    // pHYs behind IHDR: 150 / 0.0254 pixels a metre.
    #expect(Array(bytes[37..<41]) == Array("pHYs".utf8) && Array(bytes[41..<45]) == [0, 0, 0x17, 0x12])
    let colors = Set(stride(from: 0, to: picture.pixels.count, by: 3).map { Array(picture.pixels[$0..<($0 + 3)]) })
    #expect(colors.contains([255, 255, 255]) && colors.contains([0, 0x72, 0xB2]))
  }

  @Test(arguments: [40, 80, 120]) func `in a terminal every line fits, and letters tell lines apart`(width: Int) throws
  {
    let folder = try folder()
    let result = try Program.run(["plot"] + PlotTests.groups, in: folder, environment: ["COLUMNS": "\(width)"])
    #expect(result.status == 0 && !result.output.contains("\u{1b}"), "\(result)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= width }, "\(lines.map(\.count))")
    #expect(lines.contains { $0.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) } })
    #expect(lines.contains { $0.hasSuffix(" A") } && lines.contains { $0.hasSuffix(" B") })
    #expect(lines.filter { $0.hasPrefix("A  ") }.count == 2)
    #expect(result.output.contains("┤") && result.output.contains("└"))
    #expect(lines.contains { $0.contains("step") && !$0.contains("at step") })
  }

  @Test func `what cannot be drawn is said, with what there is`() throws {
    let folder = try folder()
    try StoredRun(metrics: "step,epoch,discriminator_loss\n").write("Runs/empty/001", into: folder)
    var other = StoredGroup.first.run(0)
    other.evaluation = "step,epoch,frechet_distance\n7,1,2\n20,2,nan\n"
    try other.write("Runs/other/001", into: folder)
    for (arguments, status, words) in [
      (["first", "--y", "frechet_distanse"], Int32(64), ["no run has a column frechet_distanse", "did you mean"]),
      (["first", "--y", "discriminator_loss,"], 64, ["--y has an empty name"]),
      (["first", "-x", "hours"], 64, ["no run has a column hours", "there are"]),
      (["empty"], 65, ["Runs/empty/001 has no row yet"]),
      (["first", "-x", "epoc"], 64, ["did you mean epoch?"]),
      (
        ["other/001", "--y", "frechet_distance", "--height", "1cm", "-o", "a.svg"], 64, ["--height 1.0cm is too little"]
      ),
      (["first", "-o", "plot.jpg"], 64, ["plot.jpg: a plot is written as .svg, .pdf or .png"]),
      (["first", "-o", "no/plot.svg"], 73, ["no/plot.svg"]),
      (["first", "--width", "3"], 64, ["--width takes a length from 1cm to 1m"]),
      (["first", "--labels", "a,b"], 64, ["--labels has 2 labels for 1 column", "frechet_distance"]),
      (["first/group-001", "--names", "a,b"], 64, ["--names has 2 names for 1 group"]),
      (["first", "--log", "z"], 64, ["z"]),
      (
        ["other/001,first/group-001/seed-1", "--y", "frechet_distance"], 64,
        ["share no step with a value of frechet_distance", "evaluation.every"]
      ),
      (["nothing"], 66, ["there is no run nothing"]),
    ] {
      let result = try plot(arguments, in: folder)
      #expect(result.status == status && words.allSatisfy(result.errors.contains), "\(arguments): \(result)")
    }
  }

  @Test(
    arguments: [
      ("8.4cm", 8.4 / 2.54 * 72), ("84mm", 8.4 / 2.54 * 72), ("3.25in", 234), ("240pt", 240), ("1cm", 72 / 2.54),
      ("0.5cm", nil), ("2m", nil), ("8", nil), ("cm", nil), ("nanin", nil), ("-3in", nil), ("", nil),
    ] as [(String, Double?)])
  func `lengths are read with their units`(text: String, points: Double?) {
    let length = PaperLength(text)
    #expect((length == nil) == (points == nil))
    if let length, let points { #expect(abs(length.points - points) < 1e-9) }
  }

  @Test func `epochs between rows are shares, and a column lies over another at the same steps`() throws {
    let folder = try folder()
    let epochs = try plot(["first/group-001", "--y", "discriminator_loss", "-x", "epoch"], in: folder)
    // The records of these runs do not say how many epochs there are.
    #expect(epochs.status == 64 && epochs.errors.contains("over epoch"), "\(epochs)")
    let across = try plot(["first/group-001", "--y", "frechet_distance", "-x", "discriminator_loss"], in: folder)
    #expect(across.status == 0 && across.output.contains("discriminator_loss"), "\(across)")
  }

  @Test func `runs of one spec and seed count once, and it is said`() throws {
    let folder = try folder()
    for (name, seed) in [("a", 1), ("b", 1), ("c", 2)] {
      try StoredGroup.first.run(seed).write("Runs/twice/\(name)", into: folder)
    }
    let drawn = try plot(["twice", "--y", "discriminator_loss"], in: folder)
    #expect(drawn.status == 0 && drawn.output.contains("(n = 2)"), "\(drawn)")
    #expect(drawn.errors.contains("of the same spec and seed as Runs/twice/"), "\(drawn)")
  }

  @Test func `a step before the end of an epoch is a share of it`() throws {
    let scratch = try RunScratch()
    try #require(try scratch.gan("run", "small.yaml", "--quiet", "--set", "training.steps=5").status == 0)
    let drawn = try scratch.gan("plot", "small", "-x", "epoch", "--y", "generator_loss", "-o", "plot.svg")
    #expect(drawn.status == 0, "\(drawn)")
    // Ten steps are an epoch.
    let svg = try scratch.folder.text(of: "plot.svg")
    #expect(svg.contains(">0.5") && !svg.contains(">5.0") && !svg.contains(">8.0"), "\(svg)")
  }

  @Test func `dots lie where the values are`() throws {
    var figure = Figure(
      "f", summary: "", x: Figure.Axis("step", Scale(.linear, 0, 1)), y: Figure.Axis("", Scale(.linear, 0, 1)))
    figure.lines = [Figure.Line("a", Ink(0), [Figure.Point(0, 0), Figure.Point(1, 1)])]
    let lines = TextFigure(figure, width: 40, height: 10, colors: .none).lines
    #expect(lines.count == 13)
    // From the lower left corner's dot to the upper right one's.
    let corner = try #require(lines[0].unicodeScalars.last)
    #expect((0x2801...0x28FF).contains(corner.value) && corner.value & 0x08 != 0, "\(lines[0])")
    let first = lines[9].drop { $0 != "┤" && $0 != "│" }.dropFirst().first
    #expect(first.map { $0.unicodeScalars.first!.value & 0x40 != 0 } == true, "\(lines[9])")
    #expect(lines[10].contains("└") && lines[12].contains("step"))
    let painted = TextFigure(figure, width: 40, height: 10, colors: .table).lines
    #expect(painted[0].contains("\u{1b}[38;5;32m"))
  }
}

/// Numbers as texts.
private enum Text {
  /// Four significant digits of a number from 1 to 10.
  static func four(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// Whether every mark of a text is an element, and each of these ends where it has to.
private struct XMLCheck {
  private(set) var isWellFormed = true
  private(set) var elements: [String: Int] = [:]

  init(_ text: String) {
    var open: [Substring] = []
    for match in text.matches(of: #/<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>/#) {
      elements[String(match.2), default: 0] += 1
      if match.1 == "/" {
        if open.popLast() != match.2 { isWellFormed = false }
      } else if match.4.isEmpty {
        open.append(match.2)
      }
    }
    // Every mark is one of those.
    isWellFormed = isWellFormed && open.isEmpty && text.count { $0 == "<" } == elements.values.reduce(0, +)
  }
}
