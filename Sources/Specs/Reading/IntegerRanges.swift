/// Integers as a person writes many of them: `0..9`, `1,2,5`, `0..4,10..14`, ends included.
package enum IntegerRanges {
  /// Why a text is no such list.
  package struct Problem: Error {
    /// What is wrong, such as "9..0 ends before it begins".
    package let text: String
  }

  /// Reads a list.
  /// - Returns: the integers in the order of the text.
  /// - Throws: `Problem` for what is no such list, for one twice, and for more than so many.
  package static func read(_ text: String, most: Int) throws(Problem) -> [Int] {
    var values: [Int] = []
    var known: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false).map { number($0) }
      guard let first = ends[0], let last = ends.last ?? first else {
        throw Problem(text: text.isEmpty ? "it is empty" : "\(Quotation.short(text)) is none")
      }
      guard first <= last else { throw Problem(text: "\(part) ends before it begins") }
      guard last - first < most, values.count + (last - first) < most else {
        throw Problem(text: "there are more than \(most)")
      }
      for value in first...last {
        guard known.insert(value).inserted else { throw Problem(text: "\(value) comes twice") }
        values.append(value)
      }
    }
    return values
  }

  /// An integer from 0 on, with blanks before it.
  private static func number(_ text: Substring) -> Int? {
    let text = text.drop { $0 == " " }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }
}

extension Fields {
  /// Reads a list of integers from 0 on, or ranges of them such as `0..9`, each once, that may be absent or null.
  package mutating func optionalIntegerRanges(_ key: FieldName, count: ClosedRange<Int>, _ summary: String) -> [Int]? {
    let kind = FieldsDescription.Kind.integerRanges(count: count)
    return read(
      key, kind, default: nil, isOptional: true, summary, node: { .list($0.map(Node.integer)) }
    ) { node throws(Complaint) in
      if let text = node.text {
        // One number could be how many there are.
        if let number = Int(text) {
          throw Complaint(
            "\(key.name) must be \(kind.phrase), not \(text)", at: node.mark,
            number > 1 ? "write [\(number)] for the one, or 0..\(number - 1) for so many" : "write [\(max(0, number))]")
        }
        do throws(IntegerRanges.Problem) {
          return try IntegerRanges.read(text, most: count.upperBound)
        } catch {
          throw Complaint(
            "\(key.name) must be \(kind.phrase): \(error.text)", at: node.mark, "such as 0..9, or [1, 2, 5]")
        }
      }
      let values = try Fields.elements(of: node, key.name, count: count, kind, remedy: "such as 0..9, or [1, 2, 5]") {
        element, place throws(Complaint) in try ScalarReading.integer(element, place, in: 0...Int.max)
      }
      for (place, value) in values.enumerated() where values[..<place].contains(value) {
        throw Complaint("\(key.name) has \(value) twice", at: node.elements?[place].mark ?? node.mark, "remove one")
      }
      return values
    }
  }
}
