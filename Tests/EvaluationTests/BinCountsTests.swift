import Compute
import Evaluation
import Foundation
import Specs
import Testing

/// How many samples metrics count in classes and modes, beside counts by loops over plain numbers.
@Suite struct BinCountsTests {
  private static func metric<Found: Metric>(_ type: Found.Type) -> Found {
    var fields = Fields.describing(subject: Found.name)
    return Found(from: &fields)
  }

  private static func random(_ name: String, _ rows: Int, _ columns: Int) -> Matrix {
    let values = Random(seed: 7).normal(stream: name, step: 0, count: rows * columns)
    return Matrix(rows: rows, columns: columns, values: values.map(Double.init))
  }

  /// The first largest value of each row.
  private static func classes(_ logits: Matrix) -> [Int] {
    (0..<logits.rows).map { row in
      let values = logits.row(row)
      let most = values.max() ?? 0
      return values.firstIndex(of: most).map { $0 - values.startIndex } ?? 0
    }
  }

  private static func counts(_ numbers: [Int], _ bins: Int) -> [Int] {
    (0..<bins).map { bin in numbers.filter { $0 == bin }.count }
  }

  @Test(arguments: 1...3)
  func `planted points are counted at the modes they lie near, and the others apart`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let centres: [(Double, Double)] = [(0, 0), (4, 0), (0, 4), (4, 4)]
    let mixture = Mixture(
      centres: Matrix(rows: 4, columns: 2, values: centres.flatMap { [$0.0, $0.1] }), deviation: 0.1)
    let planted = [5, 0, 300, 1]
    var points: [Double] = []
    for (mode, count) in planted.enumerated() {
      for number in 0..<count {
        let (angle, radius) = (Double(number), 0.29 * Double(number % 7) / 6)
        points += [centres[mode].0 + radius * cos(angle), centres[mode].1 + radius * sin(angle)]
      }
    }
    // Just beyond three standard deviations, and far away.
    points += [4.301, 0, 2, 2, -9, 30]
    let sample = SampleSet(points: Matrix(rows: points.count / 2, columns: 2, values: points))
    let subject = Subject(
      generated: sample, reference: sample, training: { sample }, mixture: mixture, seed: 1, pool: pool)
    let counts = BinCountsTests.metric(Modes.self).counts(of: subject)
    #expect(counts?.name == "modes" && counts?.generated == planted && counts?.elsewhere == 3)
    let near = 1 - exp(-4.5)
    #expect(counts?.real?.count == 4)
    for real in counts?.real ?? [] { #expect(abs(real - 309 * near / 4) < 1e-9) }
    #expect(abs((counts?.realElsewhere ?? 0) - 309 * (1 - near)) < 1e-9)
    // Of points of the mixture itself as many are near.
    let drawn = BinCountsTests.random("mixture", 100_000, 2)
    let inside = (0..<drawn.rows).filter { hypot(drawn[$0, 0], drawn[$0, 1]) <= 3 }.count
    #expect(abs(Double(inside) / 100_000 - near) < 4 * (near * (1 - near) / 100_000).squareRoot())
  }

  @Test func `classes are counted as the logits say, beside labels or what is seen in training samples`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let generated = BinCountsTests.random("generated", 300, 5)
    let training = BinCountsTests.random("training", 1000, 5)
    let labels = (0..<700).map { $0 * $0 % 4 }
    func sample(_ logits: Matrix) -> SampleSet {
      SampleSet(points: Matrix(rows: logits.rows, columns: 1, values: logits.rows.zeros), logits: logits)
    }
    func subject(_ classes: [Int]?) -> Subject {
      Subject(
        generated: sample(generated), reference: sample(training), training: { sample(training) },
        trainingClasses: classes, seed: 1, pool: pool)
    }
    let seen = BinCountsTests.counts(BinCountsTests.classes(generated), 5)
    for (classes, whole) in [(labels, labels), (nil, BinCountsTests.classes(training))] {
      let real = BinCountsTests.counts(whole, 5).map { Double($0) * 300 / Double(whole.count) }
      let histogram = BinCountsTests.metric(ClassHistogram.self).counts(of: subject(classes))
      #expect(histogram == BinCounts("classes", generated: seen, real: real))
      // Whether classes are found does not ask what is seen in training samples.
      let found = BinCountsTests.metric(FoundClasses.self).counts(of: subject(classes))
      #expect(found == BinCounts("classes", generated: seen, real: classes == nil ? nil : real))
      let other = BinCounts("modes", generated: [1], real: nil)
      let both = [found, histogram, other].compactMap { $0 }
      #expect(BinCounts.distinct(both) == [histogram, other].compactMap { $0 })
    }
  }

  @Test func `metrics say what they count, and count nothing else`() {
    let names = MetricCatalog.all.entries.compactMap { entry -> String? in
      var fields = Fields.describing(subject: entry.name)
      return entry.read(&fields).counted.map { "\(entry.name): \($0)" }
    }
    #expect(names == ["class_histogram: classes", "found_classes: classes", "modes: modes"])
  }
}

extension Int {
  fileprivate var zeros: [Double] { [Double](repeating: 0, count: self) }
}
