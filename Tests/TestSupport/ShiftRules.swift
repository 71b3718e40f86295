import Compute

extension Rule {
  /// Images that are moved or covered.
  static let shifts: [Rule] = [
    Rule(Translation.self) { operation, site in
      let (x, offsets) = (site.operands[0], site.operands[1].values)
      let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
      return x.values.indices.map { place in
        let (n, i) = (place / (height * width * channels), place / (width * channels) % height)
        let (j, c) = (place / channels % width, place % channels)
        let row = i - Int((Double(operation.height) * offsets[2 * n]).rounded())
        let column = j - Int((Double(operation.width) * offsets[2 * n + 1]).rounded())
        guard (0..<height).contains(row), (0..<width).contains(column) else { return 0 }
        return x.values[((n * height + row) * width + column) * channels + c]
      }
    },
    Rule(Cutout.self) { operation, site in
      let places = site.operands[0].values
      func isCovered(_ index: Int, _ place: Double, _ extent: Int) -> Bool {
        let middle = Int(place * Double(extent + 1 - operation.size % 2))
        return index >= middle - operation.size / 2 && index < middle - operation.size / 2 + operation.size
      }
      return (0..<site.result.count).map { place in
        let n = place / (operation.height * operation.width)
        let (i, j) = (place / operation.width % operation.height, place % operation.width)
        let rows = isCovered(i, places[2 * n], operation.height)
        return rows && isCovered(j, places[2 * n + 1], operation.width) ? 0 : 1
      }
    },
  ]
}
