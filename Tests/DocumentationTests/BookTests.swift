import Foundation
import TestSupport
import Testing

/// The book: Documentation/README.md has every page once, and links between pages lead somewhere in it too.
@Suite struct BookTests {
  @Test func `the contents have every page`() throws {
    let contents = try Page.text("Documentation/README.md")
    let listed = contents.matches(of: #/\]\(([a-z-]+\.md)\)/#).map { "Documentation/\($0.1)" }
    #expect(Set(listed).count == listed.count)
    let pages = Page.all.filter { $0.hasPrefix("Documentation/") && $0 != "Documentation/README.md" }
    #expect(Set(listed) == Set(pages))
    let parts = contents.matches(of: #/(?m)^## (.*)$/#).map { String($0.1) }
    #expect(parts == ["Tutorial", "How-tos", "Explanations", "Reference", "Formats and definitions", "Inside"])
  }

  @Test(.enabled(if: Program.isInstalled("pandoc"))) func `one page has all of them, and every link stays in it`()
    throws
  {
    let folder = try TemporaryFolder()
    let script = Page.repository.appending(path: "Documentation/Book/make.sh").path
    let made = try Program.shell("\(script) . html", in: folder)
    #expect(made.status == 0 && made.errors == "", "\(made.errors)")
    let book = try folder.text(of: "gan-exp.html")
    let places = Set(book.matches(of: #/ id="([^"]+)"/#).map { $0.1 })
    let links = book.matches(of: #/<a\s[^>]*href="([^"]*)"/#).map { $0.1 }
    #expect(links.count > 500)
    #expect(links.filter { !$0.hasPrefix("https://") && !($0.hasPrefix("#") && places.contains($0.dropFirst())) } == [])
    // Nothing is fetched when it is read.
    #expect(book.matches(of: #/<(?:img|script|link)[^>]*(?:src|href)="(?!data:)([^"]*)"/#).map { $0.1 } == [])
    for page in Page.all where page.hasPrefix("Documentation/") && page != "Documentation/README.md" {
      let name = page.dropFirst("Documentation/".count).dropLast(3)
      #expect(places.contains(name), "\(page)")
    }
  }
}
