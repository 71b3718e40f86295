import Files

/// Pieces of HTML; what is not said to be markup is text, in which nothing is taken for a mark.
enum Markup {
  /// A cell of a table.
  struct Cell {
    let markup: String
    /// What rows are sorted by; nil for the text itself.
    var key: String?
    var isNumber = false

    /// A text.
    init(_ text: String, key: String? = nil, isNumber: Bool = false) {
      markup = isNumber ? Escaping.text(text) : Markup.breakable(text)
      (self.key, self.isNumber) = (key, isNumber)
    }

    /// A number, or a dash where there is none.
    init(number: Double?, _ text: (Double) -> String) {
      markup = number.map { Escaping.text(text($0)) } ?? "–"
      key = number.map { "\($0)" } ?? ""
      isNumber = true
    }

    /// Markup with the key by which it is sorted.
    init(markup: String, key: String = "") { (self.markup, self.key) = (markup, key) }
  }

  /// A column of a table.
  struct Head {
    let title: String
    /// What filters call it.
    var name: String?
    var isNumber = false
    var marks: [Mark] = []

    /// What a reader may do without.
    enum Mark: String {
      /// All rows have the same there.
      case constant
      /// It is left out on paper.
      case onScreen = "on-screen"
    }

    init(_ title: String, name: String? = nil, isNumber: Bool = false, _ marks: [Mark] = []) {
      (self.title, self.name, self.isNumber, self.marks) = (title, name, isNumber, marks)
    }

    /// The classes of its cells.
    fileprivate func classes(isNumber: Bool) -> String {
      let all = (isNumber ? ["number"] : []) + marks.map(\.rawValue)
      return all.isEmpty ? "" : " class=\"\(all.joined(separator: " "))\""
    }
  }

  /// A table that can be scrolled sideways where it is wider than the page.
  /// - Parameters:
  ///   - label: what it is, for who cannot see it.
  ///   - rows: cells with the attributes of the row.
  static func table(
    _ label: String, _ head: [Head], _ rows: [(cells: [Cell], attributes: String)], id: String? = nil
  ) -> String {
    let heads = head.map { head in
      "<th scope=\"col\"" + head.classes(isNumber: head.isNumber)
        + (head.name.map { " data-name=\"\(Escaping.attribute($0))\"" } ?? "") + ">\(Markup.breakable(head.title))</th>"
    }
    let lines = rows.map { row in
      let cells = zip(row.cells, head).map { cell, head in
        "<td" + head.classes(isNumber: cell.isNumber)
          + (cell.key.map { " data-key=\"\(Escaping.attribute($0))\"" } ?? "") + ">\(cell.markup)</td>"
      }
      return "<tr\(row.attributes)>\(cells.joined())</tr>"
    }
    return
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: \(Escaping.attribute(label))\"><table"
      + (id.map { " id=\"\($0)\"" } ?? "") + "><thead><tr>\(heads.joined())</tr></thead><tbody>"
      + lines.joined(separator: "\n") + "</tbody></table></div>"
  }

  /// A table of texts.
  static func table(_ label: String, _ head: [String], _ rows: [[Cell]]) -> String {
    table(
      label,
      head.enumerated().map { place, title in
        Head(title, isNumber: !rows.isEmpty && rows.allSatisfy { place < $0.count && $0[place].isNumber })
      }, rows.map { ($0, "") })
  }

  /// A text that a narrow column breaks behind the marks between the parts of a name.
  private static func breakable(_ text: String) -> String {
    guard text.utf8.contains(where: marks.contains) else { return Escaping.text(text) }
    var parts = [""]
    for character in text {
      parts[parts.count - 1].append(character)
      if let mark = character.asciiValue, marks.contains(mark) { parts.append("") }
    }
    return parts.filter { !$0.isEmpty }.map(Escaping.text).joined(separator: "<wbr>")
  }

  private static let marks = Array("_@./".utf8)

  /// Names with what they are, in two columns.
  static func list(_ rows: [(name: String, text: String)]) -> String {
    "<dl>" + rows.map { "<dt>\(Escaping.text($0.name))</dt><dd>\(Escaping.text($0.text))</dd>" }.joined() + "</dl>"
  }

  /// A paragraph.
  static func paragraph(_ text: String, class name: String? = nil) -> String {
    "<p" + (name.map { " class=\"\($0)\"" } ?? "") + ">\(Escaping.text(text))</p>"
  }

  /// A part of the page with its heading.
  static func section(_ id: String, _ title: String, _ content: String) -> String {
    content.isEmpty
      ? ""
      : "<section id=\"\(id)\" aria-labelledby=\"\(id)-h\"><h2 id=\"\(id)-h\">\(Escaping.text(title))</h2>\n\(content)\n</section>\n"
  }

  /// Bytes of a file as an address that has them in it.
  static func dataAddress(_ bytes: [UInt8], type: String) -> String {
    "data:\(type);base64,\(Base64.text(bytes))"
  }
}
