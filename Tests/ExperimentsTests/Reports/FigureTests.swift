import Foundation
import Reports
import Runs
import Testing

@Suite struct FigureTests {
  private static let figure: Figure = {
    var figure = Figure(
      "loss <script>alert(1)</script>", summary: "It falls & falls.",
      x: Figure.Axis("step", Scale(.linear, 0, 100)), y: Figure.Axis("nats", Scale(.linear, 0, 10)))
    figure.lines = [
      Figure.Line(
        "a \"run\"", Ink(0),
        [Figure.Point(0, 10), Figure.Point(50, 5), Figure.Point(60, .nan), Figure.Point(70, 4), Figure.Point(100, 0)],
        label: "A", run: 3),
      Figure.Line("b", Ink(1), [Figure.Point(0, 1), Figure.Point(100, 2)], isFaint: true),
    ]
    figure.bands = [Figure.Band("band", Ink(0), [(x: 0, lower: 1, upper: 2), (x: 100, lower: 3, upper: 99)])]
    figure.floors = [Figure.Floor("real data", 2.5)]
    figure.dots = [Figure.Dot("dot", Ink(2), Figure.Point(50, 5), interval: (lower: 4, upper: 6))]
    figure.bars = []
    figure.hasLegend = true
    return figure
  }()

  /// The points of the paths of a class, in pixels: read off the text by other means than it was written.
  private func pieces(_ kind: String, in svg: String) throws -> [[(x: Double, y: Double)]] {
    let element = try Regex("<path class=\"\(kind)\"[^>]* d=\"([^\"]*)\"", as: (Substring, Substring).self)
    return svg.matches(of: element).flatMap { match in
      match.1.split(separator: "M").map { piece in
        let numbers = piece.matches(of: #/-?\d+/#).compactMap { Double($0.0) }
        var points = [(x: numbers[0] / 10, y: numbers[1] / 10)]
        for place in stride(from: 2, to: numbers.count - 1, by: 2) {
          points.append(
            (points[points.count - 1].x + numbers[place] / 10, points[points.count - 1].y + numbers[place + 1] / 10))
        }
        return points
      }
    }
  }

  @Test
  func `the points of a line are where its axes have them, to a twentieth of a pixel, with a gap where there is none`()
    throws
  {
    let plot = FigureTests.figure.drawing.plot
    let drawn = try pieces("line i0", in: SVG.text(of: FigureTests.figure, id: "f"))
    let wanted = [[(0.0, 10.0), (50, 5)], [(70, 4), (100, 0)]].map { piece in
      piece.map { (plot.left + $0.0 / 100 * plot.width, plot.top + (1 - $0.1 / 10) * plot.height) }
    }
    // The last is the sample of the line in the legend.
    #expect(drawn.count == 3)
    for (piece, expected) in zip(drawn, wanted) {
      #expect(piece.count == expected.count)
      for (point, place) in zip(piece, expected) {
        #expect(abs(point.x - place.0) <= 0.05 + 1e-9 && abs(point.y - place.1) <= 0.05 + 1e-9)
      }
    }
  }

  @Test func `a band that leaves the plot is cut off at its edge`() throws {
    let plot = FigureTests.figure.drawing.plot
    let band = try #require(try pieces("band i0", in: SVG.text(of: FigureTests.figure, id: "f")).first)
    #expect(band.count == 4)
    #expect(band.map(\.y).min() == plot.top)
  }

  @Test func `on logarithms a band reaches the edge where its lower end is not above 0, and ends where there is none`()
    throws
  {
    var figure = Figure(
      "f", summary: "", x: Figure.Axis("step", Scale(.linear, 0, 5)), y: Figure.Axis("", Scale(.logarithmic, 0.1, 100)))
    figure.bands = [
      Figure.Band(
        "band", Ink(0),
        [
          (x: 0, lower: 1, upper: 2), (x: 1, lower: -8.6, upper: 14), (x: 2, lower: 1, upper: 2),
          (x: 3, lower: .nan, upper: .nan), (x: 4, lower: 1, upper: 2), (x: 5, lower: 1, upper: 2),
        ])
    ]
    let plot = figure.drawing.plot
    let band = try pieces("band i0", in: SVG.text(of: figure, id: "f"))
    #expect(band.map(\.count) == [6, 4])
    // There and back: the middle of the way back lies at the foot.
    #expect(
      abs(band[0][4].y - (plot.top + plot.height)) < 0.1 && abs(band[0][4].x - (plot.left + plot.width / 5)) < 0.1)
    #expect(band[0][1].y < band[0][0].y)
  }

  @Test func `names are text, whatever they say`() {
    let svg = SVG.text(of: FigureTests.figure, id: "f")
    #expect(!svg.contains("<script") && svg.contains("&lt;script&gt;alert(1)"))
    #expect(svg.contains("data-name=\"a &quot;run&quot;\"") && svg.contains("It falls &amp; falls."))
    #expect(svg.contains("<title id=\"ft\">") && svg.contains("aria-labelledby=\"ft fd\""))
  }

  @Test func `a figure is the same bytes whenever it is drawn, and every element of it ends`() throws {
    let svg = SVG.text(of: FigureTests.figure, id: "f", as: SVG.File())
    #expect(svg == SVG.text(of: FigureTests.figure, id: "f", as: SVG.File()))
    // Its namespace alone looks like an address.
    #expect(svg.replacing(SVG.namespace, with: "").contains("http") == false)
    var open: [Substring] = []
    for match in svg.matches(of: #/<(\/?)([a-z]+)[^>]*?(\/?)>/#) {
      if match.1 == "/" { #expect(open.popLast() == match.2) } else if match.3.isEmpty { open.append(match.2) }
    }
    #expect(open.isEmpty)
  }

  @Test func `words at the ends of lines do not lie on each other`() {
    var figure = Figure(
      "many", summary: "", x: Figure.Axis("", Scale(.linear, 0, 1)), y: Figure.Axis("", Scale(.linear, 0, 1)))
    figure.lines = (0..<8).map { number in
      Figure.Line("\(number)", Ink(number), [Figure.Point(0, 0), Figure.Point(1, 0.5)], label: "\(number)")
    }
    let places = figure.drawing.marks.compactMap { mark -> Double? in
      guard mark.role == .label, case .text(_, let point, _, _) = mark.shape else { return nil }
      return point.y
    }.sorted()
    #expect(places.count == 8)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 11.99 })
    #expect(places.allSatisfy { $0 > 0 && $0 < figure.height })
  }

  /// The relative luminance of WCAG 2, of a colour such as #0072b2.
  private func luminance(_ color: String) throws -> Double {
    let word = try #require(Int(color.dropFirst(), radix: 16))
    let parts = [16, 8, 0].map { shift -> Double in
      let c = Double(word >> shift & 255) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ a: String, _ b: String) throws -> Double {
    let (x, y) = (try luminance(a), try luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private func color(_ name: String, in rules: String) throws -> String {
    String(try #require(rules.firstMatch(of: try Regex("--\(name):(#[0-9a-f]{6})", as: (Substring, Substring).self))).1)
  }

  @Test(arguments: [DrawingStyle.light, DrawingStyle.dark])
  func `lines have a contrast of 3 on their ground, texts one of 4.5`(rules: String) throws {
    for ground in [try color("ground", in: rules), try color("panel", in: rules)] {
      for number in Ink.light.indices {
        let ink = try color("ink\(number)", in: rules)
        #expect(try contrast(ink, ground) >= 3, "\(ink) on \(ground)")
      }
      for name in ["text", "quiet", "link", "good", "warning", "bad"] {
        let text = try color(name, in: rules)
        #expect(try contrast(text, ground) >= 4.5, "\(name) \(text) on \(ground)")
      }
    }
    #expect(try contrast(try color("text", in: rules), try color("mark", in: rules)) >= 4.5)
    #expect(try contrast(try color("edge", in: rules), try color("ground", in: rules)) >= 3)
  }

  @Test func `inks differ in their dashes and their markers too`() {
    let inks = Ink.light.indices.map { Ink($0) }
    #expect(Set(inks.map(\.dashes)).count == inks.count)
    #expect(Set(inks.prefix(5).map(\.marker)).count == 5)
    #expect(Set(Ink.light).count == 8 && Set(Ink.dark).count == 8 && Ink(9) == Ink(1))
  }

  @Test func `thinning keeps the first, the last, and what is extreme in each stretch`() {
    let points = (0..<10_000).map { place -> Figure.Point in
      let peaks: [Int: Double] = [4321: 99, 777: -99]
      return Figure.Point(Double(place), peaks[place] ?? Double(place * 37 % 101) / 101)
    }
    let kept = Thinning.extremes(points, atMost: 100)
    #expect(kept.count <= 100 && kept.count > 60)
    #expect(kept.first == points.first && kept.last == points.last)
    #expect(kept.contains(points[4321]) && kept.contains(points[777]))
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
    #expect(kept.allSatisfy { points[Int($0.x)] == $0 })
    #expect(Thinning.extremes(Array(points.prefix(100)), atMost: 100) == Array(points.prefix(100)))
    let gaps = points.map { Figure.Point($0.x, Int($0.x) % 1000 == 500 ? .nan : $0.y) }
    #expect(Thinning.extremes(gaps, atMost: 200).contains { $0.y.isNaN })
  }

  @Test(arguments: [(10, 10, []), (100, 7, [13]), (100, 3, [50]), (1000, 60, [1, 2, 3, 998]), (5, 1, [2]), (1, 1, [])])
  func `places are spread evenly with those that must be among them`(count: Int, most: Int, wanted: [Int]) {
    let places = Thinning.even(count, atMost: most, keeping: wanted)
    #expect(places == places.sorted() && Set(places).count == places.count)
    #expect(places.count <= max(most, wanted.count + 2) && places.count >= min(count, most))
    #expect(Set([0, count - 1] + wanted).isSubset(of: Set(places)))
    let widest = zip(places, places.dropFirst()).map { $1 - $0 }.max() ?? 0
    #expect(Double(widest) <= 2.5 * Double(count) / Double(max(1, most - wanted.count - 1)) + 1, "\(places)")
  }
}
