import Evaluation
import Testing

/// `Documentation/metrics.md`, which `make metrics` fills.
@Suite struct MetricsPageTests {
  @Test func `metrics.md has every test, metric and value of verify metrics`() throws {
    let table = try #require(Page.blocks("", in: try Page.text("Documentation/metrics.md")).first?.text)
    let lines = table.split(separator: "\n")
    for test in SanityTest.all { #expect(lines.contains { $0.hasPrefix("\(test.name) ") }, "\(test.name)") }
    for (metric, data) in Conformance.names {
      #expect(lines.contains { $0.hasPrefix("\(metric) ") && $0.contains(" \(data) ") }, "\(metric) \(data)")
    }
  }
}
