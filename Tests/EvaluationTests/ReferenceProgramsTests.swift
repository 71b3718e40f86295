import Compute
import Evaluation
import Testing

/// Every value that `Tests/Golden/metrics.py` got from other programs.
struct ReferenceProgramsTests {
  @Test(arguments: ReferenceCases.all.data) func `the data are those that others were given`(
    _ description: ReferenceCases.Description
  ) throws {
    let points = try #require(ReferenceCases.points[description.name], "data of this name are unknown")
    #expect(points.rows == description.count && points.columns == description.dimension)
    #expect(points.values.first == description.first)
    #expect(points.values.last == description.last)
    let size = points.values.reduce(0) { $0 + abs($1) }
    #expect(abs(points.values.reduce(0, +) - description.sum) <= 1e-13 * size)
  }

  @Test func `no metric of the file is forgotten`() {
    let known = Set(ReferenceMetrics.all.keys).union(ReferenceMetrics.leftOut.keys)
    #expect(Set(ReferenceCases.all.cases.map(\.metric)) == known)
    #expect(ReferenceCases.all.cases.count > 200)
  }

  private static let asked = ReferenceCases.all.cases.filter { ReferenceMetrics.leftOut[$0.metric] == nil }

  @Test(arguments: asked) func `a metric has the value that other programs give`(_ known: ReferenceCase) throws {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let metric = try #require(ReferenceMetrics.all[known.metric], "a metric that is not mapped")
    let found = metric(ReferenceMetrics.Question(known: known, pool: pool))
    // Where equally near points can be chosen otherwise, two more values stand about each.
    let expected = known.values.filter { !$0.key.hasSuffix("_least") && !$0.key.hasSuffix("_most") }
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, value) in expected {
      switch found[name] {
      case .number(let ours):
        #expect(ours == value || abs(ours - value) <= max(1e-9 * abs(value), 1e-12), "\(name): \(ours), \(value)")
      case .exact(let ours): #expect(ours == value, "\(name): \(ours), \(value)")
      case .share(let ours, let whole):
        let (count, wanted) = (ours * whole, value * whole)
        #expect(count.rounded() == wanted.rounded(), "\(name): \(ours), \(value)")
        #expect(abs(count - count.rounded()) < 1e-9 && abs(wanted - wanted.rounded()) < 1e-9, "\(name) is no share")
      case nil: break
      }
    }
  }
}
