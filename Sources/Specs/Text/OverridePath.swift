/// Where an override goes: `generator[0].dense.units`, with the place of each step in the argument.
struct OverridePath {
  /// One step down.
  enum Step {
    case key(String, Mark)
    case index(Int, Mark)

    var mark: Mark {
      switch self {
      case .key(_, let mark), .index(_, let mark): mark
      }
    }

    /// The same step in a text where the path begins at a mark.
    func moved(to start: Mark) -> Step {
      let mark = Mark(
        source: start.source, line: start.line, column: start.column + self.mark.column - 1, length: self.mark.length)
      return switch self {
      case .key(let name, _): .key(name, start.isSomewhere ? mark : start)
      case .index(let number, _): .index(number, start.isSomewhere ? mark : start)
      }
    }

    /// The number of an element: `[0]`, or the key `0` in `generator.0.dense`.
    var index: Int? {
      switch self {
      case .index(let number, _): number
      case .key(let name, _):
        name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(name) : nil
      }
    }
  }

  let steps: [Step]
  /// The characters in front of the value, the `=` included.
  let valueOffset: Int

  /// Reads what stands before the first `=`.
  init(_ source: Source) throws(Diagnostic) {
    let scalars = Array(source.text.unicodeScalars)
    let usage = "write key.key[index]=value"
    func mark(_ index: Int, _ length: Int = 1) -> Mark {
      Mark(source: source, line: 1, column: index + 1, length: length)
    }
    guard let equals = scalars.firstIndex(of: "=") else {
      if let colon = scalars.firstIndex(of: ":") {
        throw .error("a colon between a key and its value", at: mark(colon), remedy: "write = in its place")
      }
      throw .error("no = between a key and its value", at: mark(scalars.count), remedy: usage)
    }
    // Blanks before the = are not part of the key.
    let end = scalars[..<equals].lastIndex { $0 != " " }.map { $0 + 1 } ?? equals
    var steps: [Step] = []
    var index = 0
    var expectsKey = true
    while index < end {
      guard steps.count < Parser.depthLimit else {
        throw .error("a path of more than \(Parser.depthLimit) steps", at: mark(index), remedy: usage)
      }
      if scalars[index] == "[", !expectsKey {
        let close = scalars[index..<end].firstIndex(of: "]") ?? end
        let digits = scalars[(index + 1)..<close].map(String.init).joined()
        let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard close < end, isNumber, let number = Int(digits) else {
          throw .error(
            close < end ? "an index is a number, not \"\(Quotation.short(digits))\"" : "[ is not closed",
            at: mark(index, close - index), remedy: "write [0]")
        }
        steps.append(.index(number, mark(index, close - index + 1)))
        index = close + 1
      } else {
        if !expectsKey {
          guard scalars[index] == "." else {
            throw .error("a dot is missing here", at: mark(index), remedy: usage)
          }
          index += 1
        }
        let stop = scalars[index..<end].firstIndex { ".[]".unicodeScalars.contains($0) } ?? end
        guard stop > index else { throw .error("a key is missing here", at: mark(index), remedy: usage) }
        if let blank = scalars[index..<stop].firstIndex(of: " ") {
          throw .error("a blank within a key", at: mark(blank), remedy: "write a dot between keys")
        }
        let name = scalars[index..<stop].map(String.init).joined()
        steps.append(.key(name, mark(index, stop - index)))
        index = stop
        expectsKey = false
      }
    }
    guard !steps.isEmpty else { throw .error("a key is missing before the =", at: mark(0), remedy: usage) }
    self.steps = steps
    valueOffset = equals + 1
  }
}
