/// Dots on a terminal: two across and four down in each place, as Braille patterns.
struct BrailleCanvas {
  /// Places from left to right.
  let columns: Int
  /// Places from top to bottom.
  let rows: Int
  private var dots: [UInt8]
  private var inks: [Ink?]

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    dots = Array(repeating: 0, count: columns * rows)
    inks = Array(repeating: nil, count: columns * rows)
  }

  /// Dots from left to right.
  var width: Int { columns * 2 }
  /// Dots from top to bottom.
  var height: Int { rows * 4 }

  /// Bits of the dots of a place, the left column and the right one, each from the top.
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  /// Sets a dot; what lies outside is left out.
  mutating func set(_ x: Int, _ y: Int, _ ink: Ink?) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let place = y / 4 * columns + x / 2
    dots[place] |= BrailleCanvas.bits[x % 2][y % 4]
    if let ink { inks[place] = ink }
  }

  /// Sets the dots between two, by Bresenham's steps.
  mutating func line(from a: (x: Int, y: Int), to b: (x: Int, y: Int), _ ink: Ink?) {
    let count = max(abs(b.x - a.x), abs(b.y - a.y))
    for step in 0...max(count, 0) {
      func between(_ first: Int, _ last: Int) -> Int {
        guard count > 0 else { return first }
        let twice = 2 * (last - first) * step
        return first + (twice + (twice < 0 ? -count : count)) / (2 * count)
      }
      set(between(a.x, b.x), between(a.y, b.y), ink)
    }
  }

  /// The places of a row with their inks; nothing where there is no dot.
  func row(_ row: Int) -> [(character: Character, ink: Ink?)?] {
    (0..<columns).map { column in
      let bits = dots[row * columns + column]
      guard bits > 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return nil }
      return (Character(scalar), inks[row * columns + column])
    }
  }
}
