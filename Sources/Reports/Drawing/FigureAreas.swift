import Runs

/// Tiles and discs, whose shades and areas say how much there is.
extension FigureDrawing {
  /// Tiles of which each says what it is; of more those of a shade are one shape.
  private static let mostNamed = 700

  mutating func addTiles() {
    guard !figure.tiles.isEmpty else { return }
    let isNamed = figure.tiles.count <= FigureDrawing.mostNamed
    var shapes: [(ink: Ink, shade: Double, outlines: [[Figure.Point]])] = []
    var crossed: [Figure.Point] = []
    var reach = 4.0
    for tile in figure.tiles {
      guard let left = x(tile.x.lowerBound), let right = x(tile.x.upperBound), let first = y(tile.y.lowerBound),
        let last = y(tile.y.upperBound)
      else { continue }
      let (top, bottom) = (min(first, last), max(first, last))
      // A gap between large ones.
      let gap = min(right - left, bottom - top) > 6 ? 0.6 : 0
      let outline = [
        Figure.Point(left + gap, top + gap), Figure.Point(right - gap, top + gap),
        Figure.Point(right - gap, bottom - gap), Figure.Point(left + gap, bottom - gap),
      ]
      if tile.isCrossed {
        crossed.append(Figure.Point((left + right) / 2, (top + bottom) / 2))
        reach = min(reach, 0.28 * min(right - left, bottom - top))
      }
      let shade = (min(max(tile.shade, 0), 1) * 20).rounded() / 20
      if isNamed {
        drawing.add(.area([outline]), .tile, tile.ink, name: tile.name, shade: shade)
      } else if let place = shapes.firstIndex(where: { $0.ink == tile.ink && $0.shade == shade }) {
        shapes[place].outlines.append(outline)
      } else {
        shapes.append((tile.ink, shade, [outline]))
      }
    }
    for shape in shapes { drawing.add(.area(shape.outlines), .tile, shape.ink, shade: shape.shade) }
    if !crossed.isEmpty { drawing.cross(crossed, reach, Ink(1)) }
  }

  /// Discs in their rings: as large as leaves nearest neighbours apart, at most 14 pixels where all is as it should be.
  mutating func addDiscs() {
    let places = figure.discs.compactMap { disc in place(disc.point).map { (disc, $0) } }
    guard !places.isEmpty else { return }
    var nearest = min(width, height)
    for (number, (_, one)) in places.enumerated() {
      for (_, other) in places[(number + 1)...] {
        let (across, down) = (one.x - other.x, one.y - other.y)
        nearest = min(nearest, (across * across + down * down).squareRoot())
      }
    }
    let largest = max(1, (figure.discs.map(\.size).max() ?? 1).squareRoot())
    let radius = max(2.5, min(14, 0.34 * nearest, 0.62 * nearest / largest))
    for (disc, centre) in places where disc.size > 0 {
      drawing.add(.circle(centre, radius: max(1.6, radius * disc.size.squareRoot())), .disc, disc.ink, name: disc.name)
    }
    for (_, centre) in places { drawing.ring(centre, radius) }
    let missing = places.filter { $0.0.size == 0 }.map(\.1)
    if !missing.isEmpty { drawing.cross(missing, max(2.5, radius * 0.5), Ink(1)) }
    for (disc, centre) in places where !disc.label.isEmpty {
      drawing.write(disc.label, centre.x + radius * 0.75 + 3, centre.y - radius * 0.75, .label)
    }
  }
}
