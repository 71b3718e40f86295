import Compute

/// Whether metrics have the values that others give for the same data.
///
/// The cases are those of `ConformanceTable`; a found value must be the expected one to all its digits, or to 1e-9 of it, or within
/// the tolerance of values that hold on average.
package enum Conformance {
  /// A metric's value beside the expected one.
  package struct Row: Sendable, Encodable {
    /// The metric.
    package let metric: String
    /// What it was computed of.
    package let data: String
    /// The expected value, with the digits that its source gives.
    package let expected: String
    /// How far from it a value may be.
    package let tolerance: Double
    /// Whether it holds on average, or as far as the tolerance says, and not to its digits.
    package let isApproximate: Bool
    /// The value.
    package let found: Double
    /// Where the expected value comes from.
    package let source: String
    /// Whether the value is the expected one.
    package let isMet: Bool
  }

  /// Pixels from 0 to 1 of MNIST, a picture a row, in the order of its files.
  package struct Digits: Sendable {
    /// The first 20 000 training pictures.
    package let training: Matrix
    /// The 10 000 test pictures.
    package let test: Matrix

    package init(training: Matrix, test: Matrix) { (self.training, self.test) = (training, test) }
  }

  /// Computes the cases that take seconds; with digits also those that take minutes.
  package static func rows(digits: Digits? = nil, on pool: ThreadPool) -> [Row] {
    let quick = (ConformanceTable.golden + ConformanceTable.closedForms).map { row($0, $0.value(pool)) }
    guard let digits else { return quick }
    let pictures = ConformancePictures(digits, on: pool)
    let wide = ConformanceBalls(on: pool)
    return quick + ConformanceTable.wide.map { row($0, $0.value(wide)) }
      + ConformanceTable.pictures.map { row($0, $0.value(pictures)) }
  }

  /// The metrics and data of all cases, also of those that take minutes.
  package static var names: [(metric: String, data: String)] {
    (ConformanceTable.golden + ConformanceTable.closedForms).map { ($0.metric, $0.data) }
      + ConformanceTable.wide.map { ($0.metric, $0.data) } + ConformanceTable.pictures.map { ($0.metric, $0.data) }
  }

  private static func row<Data>(_ known: ConformanceCase<Data>, _ found: Double) -> Row {
    let expected = Double(known.expected) ?? .nan
    let tolerance = known.tolerance ?? max(known.lastDigit / 2 * (1 + 1e-6), 1e-9 * abs(expected))
    return Row(
      metric: known.metric, data: known.data, expected: known.expected, tolerance: tolerance,
      isApproximate: known.tolerance != nil, found: found,
      source: known.source.rawValue, isMet: abs(found - expected) <= tolerance)
  }
}

/// A value that is known from elsewhere.
struct ConformanceCase<Data>: Sendable {
  let metric: String
  let data: String
  /// The expected value as its source writes it.
  let expected: String
  /// How far from it a value may be; nil for half of the last digit.
  let tolerance: Double?
  let source: ConformanceSource
  let value: @Sendable (Data) -> Double

  init(
    _ metric: String, _ data: String, _ expected: String, within tolerance: Double? = nil, _ source: ConformanceSource,
    _ value: @escaping @Sendable (Data) -> Double
  ) {
    (self.metric, self.data, self.expected, self.tolerance) = (metric, data, expected, tolerance)
    (self.source, self.value) = (source, value)
  }

  /// One in the last place of the expected value; 0 of a whole number.
  var lastDigit: Double {
    guard let point = expected.firstIndex(of: ".") else { return 0 }
    return expected[point...].dropFirst().reduce(1) { unit, _ in unit / 10 }
  }
}

/// Where an expected value comes from.
enum ConformanceSource: String, Sendable {
  case scipy = "NumPy and SciPy"
  case triangular = "singular values of the product of QR factors in NumPy"
  case learn = "scikit-learn"
  case prdc = "prdc"
  case vendi = "vendi-score"
  case clipped = "the authors' program of clipped density and coverage"
  case fidelity = "torch-fidelity's formula in NumPy"
  case formula = "closed form"
  case own = "the paper's formula in NumPy"
  case gan = "compare_gan's test"
}

/// What is found of 10 000 draws beside 10 000 others of a normal distribution in 1000 dimensions.
struct ConformanceBalls: Sendable {
  let balls: Balls

  init(on pool: ThreadPool) {
    let (real, generated) = ("real", "generated")
    func points(_ name: String) -> Matrix {
      SanityDraw(stream: "sanity/conformance/\(name)", step: 0).normal(10_000, 1000)
    }
    balls = Balls(real: points(real), generated: points(generated), k: 5, on: pool)
  }
}

/// What is found of MNIST's pixels: the test pictures, as generated samples, beside the first 10 000 training pictures.
final class ConformancePictures {
  let subject: Subject
  private let digits: Conformance.Digits
  private let pool: ThreadPool

  init(_ digits: Conformance.Digits, on pool: ThreadPool) {
    (self.digits, self.pool) = (digits, pool)
    let real = SampleSet(points: digits.training.taking(0..<10_000))
    subject = Subject(
      generated: SampleSet(points: digits.test), reference: real, training: { real }, seed: 0, pool: pool)
  }

  /// The training pictures from the 10 001st to the 20 000th.
  var others: Matrix { digits.training.taking(10_000..<20_000) }

  /// The Fréchet distance of the first 10 000 training pictures from others.
  func frechetDistance(_ points: Matrix) -> Double {
    FrechetDistance.value(subject.referenceMoments, Moments(of: points, on: pool), on: pool)
  }

  var kernelDistance: Double {
    KernelDistance.value(subject.reference.points, subject.generated.points, on: pool)
  }

  func vendiScore(_ samples: SampleSet) -> Double { VendiScore.cosine(samples.points, on: pool) }

  /// C_T in one cell of other training pictures beside the test pictures.
  var copyTest: Double {
    let generated = Nearest(of: others, among: subject.reference.points, k: 1, on: pool).nearest
    let heldOut = subject.copyFinding.generated.nearest
    return CopyTest.statistic(
      generated: generated, heldOut: heldOut,
      cells: ([Int](repeating: 0, count: generated.count), [Int](repeating: 0, count: heldOut.count), 1)) ?? .nan
  }

  /// Test pictures that are training pictures.
  var duplicates: Double { Double(subject.copyFinding.generated.nearest.count { $0 == 0 }) }
}
