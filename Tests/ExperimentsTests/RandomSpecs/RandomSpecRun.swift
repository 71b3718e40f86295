import Compute
import Host
import TestSupport
import Training

/// What training leaves when a spec's steps are carried out in one of the ways that must not matter.
struct RandomSpecRun {
  /// How steps are carried out.
  struct Manner: CustomStringConvertible {
    let threads: Int
    let lanes: Lanes
    let isFusing: Bool
    let isRewriting: Bool

    var description: String {
      "\(threads) threads, \(lanes.rawValue) lanes, \(isFusing ? "" : "not ")fused, \(isRewriting ? "" : "not ")stacked"
    }
  }

  /// The definition: value by value, an operation at a time, every pass by itself.
  static let plain = Manner(threads: 1, lanes: .one, isFusing: false, isRewriting: false)
  /// All others; each of the numbers of threads, lanes and ways to plan beside each of the others somewhere.
  static var manners: [Manner] {
    let all = [
      (1, 8, true, true), (2, 16, true, true), (3, 1, true, true), (3, 8, false, true), (1, 16, false, true),
      (2, 8, true, false), (3, 16, true, false), (2, 1, false, true), (1, 8, false, false), (2, 16, false, false),
    ]
    return all.compactMap { threads, width, isFusing, isRewriting in
      guard let lanes = Lanes(rawValue: width), lanes.areSupported else { return nil }
      return Manner(threads: threads, lanes: lanes, isFusing: isFusing, isRewriting: isRewriting)
    }
  }

  /// The metrics of each step, up to the first in which one is not finite.
  private(set) var metrics: [[Float]] = []
  /// Samples made before the first step and after the last one; none after a step that is not finite.
  private(set) var sheets: [[Float]] = []
  /// Parameters, moments and all else that is kept, by block; nothing after a step that is not finite.
  private(set) var state: [[Float]] = []
  /// Whether every metric of every step was.
  private(set) var isFinite = true

  init(_ spec: LoadedSpec, _ data: TaskData, _ manner: Manner) throws {
    let pool = ThreadPool(threads: manner.threads, lanes: manner.lanes)
    defer { pool.close() }
    let trainer = try Trainer(
      spec.experiment, data: data, pool: pool,
      manner: PlanManner(isFusing: manner.isFusing, isRewriting: manner.isRewriting))
    sheets.append(try trainer.sheet().samples)
    for _ in 0..<RandomSpec.steps {
      trainer.runStep()
      isFinite = trainer.isFinite
      // What a NaN is made of is not defined.
      metrics.append(trainer.latest.map { $0.isNaN ? .nan : $0 })
      if !isFinite { return }
    }
    sheets.append(try trainer.sheet().samples)
    state = trainer.state.layout.blocks.indices.map { trainer.state.buffer(block: $0).values }
  }

  /// What of two runs is not the same bits.
  func differences(from other: RandomSpecRun) -> [String] {
    func isSame(_ a: [[Float]], _ b: [[Float]]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { Comparison.areSameBits($0, $1) }
    }
    return [
      isSame(metrics, other.metrics) ? nil : "metrics", isSame(sheets, other.sheets) ? nil : "sheets",
      isSame(state, other.state) ? nil : "state",
    ].compactMap { $0 }
  }
}
