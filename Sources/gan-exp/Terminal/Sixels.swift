/// Pictures as DEC's sixels: a letter is six pixels, one above the other, of one colour.
enum Sixels {
  /// The sequence of a picture, in 6 x 6 x 6 colours.
  static func text(_ picture: PictureScale) -> String {
    var text = "\u{1b}P0;1;0q\"1;1;\(picture.width);\(picture.height)"
    var defined: Set<Int> = []
    for top in stride(from: 0, to: picture.height, by: 6) {
      var rows: [Int: [UInt8]] = [:]
      for x in 0..<picture.width {
        for y in top..<min(top + 6, picture.height) {
          let (r, g, b) = picture.color(x, y)
          let number = 36 * level(r) + 6 * level(g) + level(b)
          rows[number, default: [UInt8](repeating: 0, count: picture.width)][x] |= 1 << UInt8(y - top)
        }
      }
      for number in rows.keys.sorted() {
        if defined.insert(number).inserted {
          text += "#\(number);2;\(number / 36 * 20);\(number / 6 % 6 * 20);\(number % 6 * 20)"
        }
        text += "#\(number)\(line(rows[number] ?? []))$"
      }
      text += "-"
    }
    return text + "\u{1b}\\"
  }

  private static func level(_ value: Int) -> Int { (value * 5 + 127) / 255 }

  /// Equal letters in a row are counted.
  private static func line(_ bits: [UInt8]) -> String {
    var text = ""
    var place = 0
    while place < bits.count {
      var end = place
      while end < bits.count, bits[end] == bits[place] { end += 1 }
      let letter = Character(Unicode.Scalar(63 + bits[place]))
      text += end - place > 3 ? "!\(end - place)\(letter)" : String(repeating: letter, count: end - place)
      place = end
    }
    return text
  }
}
