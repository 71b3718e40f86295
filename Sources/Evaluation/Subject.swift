import Compute

/// Generated samples with the real ones that they are measured beside.
///
/// What several metrics need, such as the balls of neighbours, is computed once, when the first of them asks.
package final class Subject {
  /// The generated samples.
  package let generated: Samples
  /// Real samples that nothing learned from, where there are such; else training samples.
  package let reference: Samples
  /// Samples that the generator learned from.
  package let training: Samples
  /// The density of the data, where it is known.
  package let mixture: Mixture?
  /// The seed of what is drawn: directions, blocks, cells.
  package let seed: UInt64
  /// The threads.
  package let pool: ThreadPool
  /// What depends on real samples alone, kept from one subject to the next.
  private let real: RealFindings

  private var balls: [Int: Balls] = [:]
  private var generatedMoments: Moments?
  private var copies: CopyFinding?

  /// Samples to be measured.
  /// - Parameter real: what was found of the same real samples before.
  package init(
    generated: Samples, reference: Samples, training: Samples, mixture: Mixture? = nil, seed: UInt64,
    real: RealFindings = RealFindings(), pool: ThreadPool
  ) {
    (self.generated, self.reference, self.training) = (generated, reference, training)
    (self.mixture, self.seed, self.real, self.pool) = (mixture, seed, real, pool)
  }

  /// The balls of k neighbours of generated and reference samples.
  func balls(_ k: Int) -> Balls {
    if let known = balls[k] { return known }
    let found = Balls(real: reference.points, generated: generated.points, k: k, on: pool)
    balls[k] = found
    return found
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

  /// What the nearest training samples tell of generated and of held-out ones.
  var copyFinding: CopyFinding {
    if let copies { return copies }
    let heldOut = real.value("held-out neighbours") {
      Nearest(of: reference.points, among: training.points, k: 2, on: pool)
    }
    let own = real.value("training neighbours") {
      Nearest(of: training.points, among: training.points, k: 1, isSame: true, on: pool)
    }
    let found = CopyFinding(
      generated: Nearest(of: generated.points, among: training.points, k: 2, on: pool), heldOut: heldOut, own: own)
    copies = found
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
  /// Of each training sample the nearest other one.
  let own: Nearest

  /// What it says of the generated samples.
  var memory: Memorisation {
    Memorisation(generated, own: own, threshold: Memorisation.threshold(heldOut: heldOut))
  }
}

/// What depends on real samples alone, by name.
package final class RealFindings {
  private var values: [String: Any] = [:]

  package init() {}

  /// The value of a name, computed when it is first asked for.
  func value<Value>(_ name: String, _ compute: () -> Value) -> Value {
    if let known = values[name] as? Value { return known }
    let found = compute()
    values[name] = found
    return found
  }
}
