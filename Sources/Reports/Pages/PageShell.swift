/// What pages of reports have around their parts: head, navigation, styles, script.
struct PageShell {
  /// A part with its heading.
  struct Part {
    let id: String
    let title: String
    let content: String
  }

  let title: String
  /// What stands below the title, as markup.
  let lines: [String]
  /// Those without content are left out.
  let parts: [Part]
  let footer: String
  /// Whether the page looks for news of itself.
  let isLive: Bool
  /// Whether a server has it: it then looks for news without scripts too, and its icon is nowhere else.
  var isServed = false

  /// Nothing is loaded; pictures are in the page, and so are styles and scripts.
  static let policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// The text of the file.
  var text: String {
    let parts = parts.filter { !$0.content.isEmpty }
    let links = parts.map { "<a href=\"#\($0.id)\">\(Escaping.text($0.title))</a>" }
    let live =
      isLive
      ? "<div class=\"controls\" hidden><label><input type=\"checkbox\" id=\"live\"> Stop looking for news every five seconds</label></div>"
      : ""
    let renewal = isLive && isServed ? "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>\n" : ""
    let icon = isServed ? "<link rel=\"icon\" href=\"data:,\">\n" : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(PageShell.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(renewal)\(icon)<title>\(Escaping.text(title))</title>
      <style>
      \(PageStyle.text)
      </style>
      </head>
      <body>
      <header><h1>\(Escaping.text(title))</h1>
      \(lines.map { "<p>\($0)</p>" }.joined(separator: "\n"))
      \(live)</header>
      <nav aria-label="Parts of the report">\(links.joined())</nav>
      <main>
      \(parts.map { Markup.section($0.id, $0.title, $0.content) }.joined())</main>
      <footer><p>\(Escaping.text(footer))</p></footer>
      <script>
      \(PageScript.text)
      </script>
      </body>
      </html>

      """
  }
}
