import Compute
import Evaluation
import Specs
import Testing

/// One generated sample in a hundred that is a training sample is found, and nothing where there is none.
struct PlantedCopiesTests {
  /// What is said of generated samples.
  private struct Finding: Sendable {
    let isSuspicious: Bool
    let copyTest: Double
  }

  /// 2000 training, 1000 held-out and 1000 generated points of one normal distribution, of which nothing or the first ten are
  /// training points plus noise.
  private static func findings(
    seed: UInt64, dimensions: Int, noise: Double, on pool: ThreadPool
  ) -> (clean: Finding, planted: Finding) {
    func points(_ name: String, _ count: Int) -> Matrix {
      let values = Random(seed: seed).normal(stream: "test/\(name)", step: 0, count: count * dimensions)
      return Matrix(rows: count, columns: dimensions, values: values.map(Double.init))
    }
    let (training, heldOut, generated) = (points("training", 2000), points("held-out", 1000), points("generated", 1000))
    let real = RealFindings()
    func finding(_ generated: Matrix) -> Finding {
      var fields = Fields.describing(subject: "copies")
      let (rate, test) = (CopyRate(from: &fields), CopyTestMetric(from: &fields))
      let subject = Subject(
        generated: SampleSet(points: generated), reference: SampleSet(points: heldOut),
        training: { SampleSet(points: training) }, seed: seed, real: real, pool: pool)
      let sentence = rate.verdict(rate.values(of: subject), floor: [0.01, 0, 1])?.sentence ?? ""
      return Finding(
        isSuspicious: sentence.contains("are training samples or nearly so"),
        copyTest: test.values(of: subject)[0].value)
    }
    var planted = generated
    for place in 0..<(10 * dimensions) {
      planted.values[place] = training.values[place] + noise * generated.values[place]
    }
    return (finding(generated), finding(planted))
  }

  @Test(arguments: [0, 0.1])
  func `one copy in a hundred samples is found with every seed, and clean samples are not suspected`(noise: Double) {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let findings = (1...100).map { seed in
      PlantedCopiesTests.findings(seed: UInt64(seed), dimensions: 16, noise: noise, on: pool)
    }
    #expect(findings.count { $0.planted.isSuspicious } == 100)
    #expect(findings.count { $0.clean.isSuspicious } <= 5)
    // A rank test of all distances, which one in a hundred hardly moves.
    #expect(findings.count { $0.clean.copyTest < -3 } <= 5)
    #expect(findings.count { $0.planted.copyTest < -3 } <= 5)
  }

  @Test func `samples that keep to the middle of the data, or to one mode, are no copies`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let random = Random(seed: 1)
    /// Half of the points lie 20 times as close together as the others.
    func points(_ name: String, _ count: Int, isCollapsed: Bool = false) -> Matrix {
      var values = random.normal(stream: "test/\(name)", step: 0, count: count * 16).map(Double.init)
      for place in values.indices where isCollapsed || place / 16 % 2 == 0 { values[place] = 8 + values[place] / 20 }
      return Matrix(rows: count, columns: 16, values: values)
    }
    let (training, heldOut) = (points("training", 2000), points("held-out", 1000))
    func near(_ points: Matrix) -> Nearest { Nearest(of: points, among: training, k: 2, on: pool) }
    var middle = points("generated", 1000)
    for place in middle.values.indices where place / 16 % 2 == 1 { middle.values[place] *= 0.5 }
    for generated in [middle, points("generated", 1000, isCollapsed: true)] {
      let copies = NearCopies(generated: near(generated), heldOut: near(heldOut))
      #expect(copies.generated <= 1 && copies.chance >= NearCopies.significance, "\(copies)")
    }
  }

  @Test(
    arguments: [
      ((10, 1000, 0, 1000), 0.0009547325826708075), ((3, 10, 1, 20), 0.09523809523809523), ((0, 5, 0, 5), 1),
      ((0, 1000, 7, 1000), 1), ((600, 1000, 590, 1000), 0.3409236541518055), ((1000, 1000, 1000, 1000), 1),
      ((12, 1000, 3, 1000), 0.017245712699026108), ((100, 10000, 2, 1000), 0.003650765666452882),
    ])
  func `the chance of near copies is the tail of the hypergeometric distribution`(
    counts: (Int, Int, Int, Int), expected: Double
  ) {
    let chance = NearCopies.chance(of: counts.0, among: counts.1, and: counts.2, among: counts.3)
    #expect(abs(chance - expected) <= 1e-12 * expected, "\(chance)")
  }

  @Test func `a copy of a training sample that is there twice is a copy, and held-out duplicates are no reproach`() {
    let pool = ThreadPool(threads: 1)
    let points = GoldenData.matrix(seed: 7, rows: 600, columns: 8)
    let twice = Matrix(rows: 800, columns: 8, values: Array(points.values.prefix(3200)) + points.values.prefix(3200))
    func near(_ rows: Range<Int>) -> Nearest { Nearest(of: points.taking(rows), among: twice, k: 2, on: pool) }
    let copied = NearCopies(generated: near(0..<100), heldOut: near(400..<600))
    #expect(copied.generated == 100 && copied.heldOut == 0 && copied.chance < 1e-40)
    let same = NearCopies(generated: near(0..<100), heldOut: near(100..<400))
    #expect(same.generated == 100 && same.heldOut == 300 && same.chance == 1)
  }
}
