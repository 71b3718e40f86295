/// `Sources/Training/Specification/Citations.swift`: the papers that the comments of the sources cite, for `gan-exp describe`.
struct CitationsSource {
  private let papers: Papers

  /// Reads the papers in the comments of the sources.
  init() throws { papers = try Papers(folders: ["Sources/Networks", "Sources/Datasets"]) }

  /// The file.
  var text: String {
    let lines = papers.byName.sorted { $0.key < $1.key }.flatMap { name, citations in
      citations.map { "    \(name): \($0.replacing("*", with: "\""))\n" }
    }
    return """
      /// The papers of layers, losses and the like, by the names of these.
      ///
      /// Made by `make pages` from the comments in which the sources cite them; a test compares both.
      package enum Citations {
        /// Authors, title and year.
        package static let byName: [String: [String]] = text.split(separator: "\\n").reduce(into: [:]) { papers, line in
          let name = String(line.prefix { $0 != ":" })
          papers[name, default: []].append(String(line.dropFirst(name.count + 2)))
        }

        private static let text = \"""
      \(lines.joined())    \"""
      }

      """
  }
}
