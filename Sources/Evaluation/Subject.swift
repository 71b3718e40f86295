import Compute

/// Generated samples with the real ones that they are measured beside.
///
/// What several metrics need, such as the balls of neighbours, is computed once, when the first of them asks.
package final class Subject {
  /// The generated samples.
  package let generated: SampleSet
  /// Real samples that nothing learned from, where there are such; else training samples.
  package let reference: SampleSet
  /// The classes of all samples that the generator learned from, where they are all those that the classifier tells apart; else nil.
  package let trainingClasses: [Int]?
  /// Of each class of the data, the number that the classifier gives it; nil where it tells others apart.
  package let classNumbers: [Int]?
  /// The density of the data, where it is known.
  package let mixture: Mixture?
  /// The seed of what is drawn: directions, blocks, cells.
  package let seed: UInt64
  /// The threads.
  package let pool: ThreadPool
  /// What depends on real samples alone, kept from one subject to the next.
  private let real: RealFindings

  private let trainingSamples: () -> SampleSet
  private var balls: [Int: Balls] = [:]
  private var neighbours: [Int: Nearest] = [:]
  private var generatedMoments: Moments?
  private var copies: CopyFinding?
  private var modesFound: ModeCoverage?

  /// Samples to be measured.
  /// - Parameters:
  ///   - training: gives the samples that the generator learned from, where a metric asks for them.
  ///   - real: what was found of the same real samples before.
  package init(
    generated: SampleSet, reference: SampleSet, training: @escaping () -> SampleSet, trainingClasses: [Int]? = nil,
    classNumbers: [Int]? = nil, mixture: Mixture? = nil, seed: UInt64, real: RealFindings = RealFindings(),
    pool: ThreadPool
  ) {
    (self.generated, self.reference, trainingSamples) = (generated, reference, training)
    (self.trainingClasses, self.classNumbers, self.mixture) = (trainingClasses, classNumbers, mixture)
    (self.seed, self.real, self.pool) = (seed, real, pool)
  }

  /// Samples that the generator learned from.
  var training: SampleSet { real.value("training samples") { trainingSamples() } }

  /// The balls of k neighbours of generated and reference samples.
  func balls(_ k: Int) -> Balls {
    if let known = balls[k] { return known }
    let found = Balls(
      real: reference.points, referenceNeighbours(k), generated: generated.points, generatedNeighbours(k), k: k,
      on: pool)
    balls[k] = found
    return found
  }

  /// How many neighbours are looked for at once, since metrics differ in k.
  private static let neighbours = 5

  /// At least k nearest other reference samples of each.
  private func referenceNeighbours(_ k: Int) -> Nearest {
    let k = max(k, Subject.neighbours)
    return real.value("\(k) reference neighbours") {
      Nearest(of: reference.points, among: reference.points, k: k, isSame: true, on: pool)
    }
  }

  /// At least k nearest other generated samples of each.
  private func generatedNeighbours(_ k: Int) -> Nearest {
    let k = max(k, Subject.neighbours)
    if let known = neighbours[k] { return known }
    let found = Nearest(of: generated.points, among: generated.points, k: k, isSame: true, on: pool)
    neighbours[k] = found
    return found
  }

  /// The test by nearest neighbours of as many samples of each kind, the first, as there are of the rarer.
  var twoSampleTest: TwoSampleTest {
    let count = min(reference.count, generated.count)
    guard reference.count == generated.count else {
      return TwoSampleTest(
        real: reference.points.taking(0..<count), generated: generated.points.taking(0..<count), on: pool)
    }
    return TwoSampleTest(
      real: reference.points, referenceNeighbours(1), generated: generated.points, generatedNeighbours(1), on: pool)
  }

  /// The moments of the generated samples.
  var moments: Moments {
    if let generatedMoments { return generatedMoments }
    let found = Moments(of: generated.points, on: pool)
    generatedMoments = found
    return found
  }

  /// The moments of the reference samples.
  var referenceMoments: Moments {
    real.value("moments") { Moments(of: reference.points, on: pool) }
  }

  /// The spread of the reference samples.
  var referenceSpread: Double { real.value("spread") { Spread.value(reference.points) } }

  /// L^T of the covariance L L^T of the reference samples.
  var referenceFactor: Matrix {
    real.value("factor") { PivotedCholesky.factor(of: referenceMoments.covariance) }
  }

  /// What the nearest training samples tell of generated and of held-out ones.
  var copyFinding: CopyFinding {
    if let copies { return copies }
    let heldOut = real.value("held-out neighbours") {
      Nearest(of: reference.points, among: training.points, k: 2, on: pool)
    }
    let nearest = Nearest(of: generated.points, among: training.points, k: 2, on: pool)
    let found = CopyFinding(
      generated: nearest, heldOut: heldOut, isAuthentic: nearest.isAuthentic(among: training.points, on: pool))
    copies = found
    return found
  }

  /// How the generated samples lie about the modes of the mixture, which is known.
  var modeCoverage: ModeCoverage {
    if let modesFound { return modesFound }
    guard let mixture else { preconditionFailure("modes of an unknown density") }
    let found = ModeCoverage(
      of: generated.points, centres: mixture.centres, deviation: mixture.deviation, on: pool)
    modesFound = found
    return found
  }

  /// Cells of the training samples' space, and those of the held-out ones.
  func cells(_ count: Int) -> (cells: Cells, heldOut: [Int]) {
    real.value("\(count) cells") {
      let cells = Cells(of: training.points, count: count, seed: seed, on: pool)
      return (cells, cells.cells(of: reference.points, on: pool))
    }
  }
}

/// What was found of the nearest training samples.
struct CopyFinding: Sendable {
  /// Of each generated sample the two nearest training samples.
  let generated: Nearest
  /// Of each held-out sample the two nearest training samples.
  let heldOut: Nearest

  /// Bytes of the training samples that are nearest to others.
  static func bytes(_ counts: SampleCounts) -> Int {
    counts.points(min(max(counts.generated, counts.reference), counts.training))
  }

  /// What it says of the generated samples.
  let memory: Memorisation
  /// Copies, and whether held-out samples could have as many.
  let nearCopies: NearCopies

  /// - Parameter isAuthentic: whether each generated sample is authentic.
  init(generated: Nearest, heldOut: Nearest, isAuthentic: [Bool]) {
    (self.generated, self.heldOut) = (generated, heldOut)
    memory = Memorisation(generated, isAuthentic: isAuthentic, threshold: Memorisation.threshold(heldOut: heldOut))
    nearCopies = NearCopies(generated: generated, heldOut: heldOut)
  }
}

/// What depends on real samples alone, by name.
package final class RealFindings {
  private var values: [String: Any] = [:]

  package init() {}

  /// The value of a name, computed when it is first asked for.
  package func value<Value>(_ name: String, _ compute: () -> Value) -> Value {
    if let known = values[name] as? Value { return known }
    let found = compute()
    values[name] = found
    return found
  }
}
