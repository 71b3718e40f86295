import Compute
import Datasets
import Evaluation
import Networks
import Specs

/// What is trained: networks by their roles, the step that moves them, and what a run shows of them.
///
/// The trainer, a run's folder, checkpoints, resume, `check`, `list`, `compare` and `bench` know tasks only.
package protocol Task: Sendable {
  /// The keys of a spec by which it is known, such as `generator`.
  static var keys: [String] { get }
  /// What reads its sections of a spec.
  static var sections: any TaskSections.Type { get }
  /// The columns of metrics.csv that its steps measure, in their order.
  static var columns: [Column] { get }
  /// The columns that evaluation.csv has for every spec, in their order; none where it depends on the spec or nothing is
  /// evaluated.
  static var evaluationColumns: [Column] { get }
  /// The columns that say most of a run in one line, as `list` and the live display show them.
  static var headline: [Headline] { get }

  /// Its networks in the order in which tables show them.
  var networks: [Network] { get }
  /// The same networks as other programs get them.
  var portableNetworks: [PortableNetwork] { get }
  /// What every task's `training` section says.
  var training: Training { get }
  /// Samples of the data that one step takes.
  var samplesPerStep: Int { get }
  /// The intervals of its terms of lazy regularization, by their numbers: a term of interval k is due in the steps 1, 1 + k, ...
  var intervals: [Int] { get }
  /// The layers that a step passes through, one counted once for each batch.
  var layerPasses: LayerPasses { get }
  /// The last activation of a network that was left to the loss, by the network's name.
  var foldedActivations: [String: String] { get }

  /// The graph of the steps in which the terms of these numbers are due.
  func step(due: Set<Int>) -> StepGraph
  /// The samples that it is evaluated on; nil for tasks without evaluation.
  var validation: ValidationSource? { get }
  /// Epochs between evaluations; nil for tasks without.
  var evaluatesEvery: Int? { get }
  /// The columns of evaluation.csv, in their order; none where nothing is evaluated.
  var evaluationColumns: [Column] { get }
  /// Whether evaluations count samples in classes, modes and the like.
  var countsBins: Bool { get }
  /// Writes what there is before the first step into a state of zeros.
  func initialize(_ state: State, seed: UInt64)
  /// Makes averages of parameters equal to these.
  func initializeAverages(_ state: State)
  /// Samples in a row of a sheet; nil for as many as make it nearly square.
  var sheetColumns: Int? { get }
  /// Whether samples on a sheet have captions.
  var captionsSheets: Bool { get }
  /// Bytes at most while an inspector looks at the state with so many threads.
  func inspectionBytes(sampleCount: Int, threads: Int) -> Int
  /// What looks at the state between steps.
  func inspector(at site: InspectionSite) throws(PlanError) -> any Inspector
}

extension Task {
  package static var evaluationColumns: [Column] { [] }
  package var foldedActivations: [String: String] { [:] }
  package var validation: ValidationSource? { nil }
  package var evaluatesEvery: Int? { nil }
  package var evaluationColumns: [Column] { Self.evaluationColumns }
  package var countsBins: Bool { false }
  package var captionsSheets: Bool { false }

  /// The numbers of the terms that are due in a step, from 1.
  package func terms(dueAt step: Int) -> Set<Int> {
    Set(intervals.indices.filter { (step - 1) % intervals[$0] == 0 })
  }

  /// Every set of terms that is due together in some of so many steps; that of all of them, due in the first, comes first.
  package func dueSets(before totalSteps: Int) -> [Set<Int>] {
    let intervals = intervals
    return DueIntervals.sets(of: Set(intervals).sorted(), before: totalSteps).map { due in
      Set(intervals.indices.filter { due.contains(intervals[$0]) })
    }
  }
}

/// A column that says much of a run in little room.
package struct Headline: Sendable {
  /// The column.
  package let column: Column
  /// What it is called where there is room, such as `D loss`.
  package let title: String
  /// What it is called where there is little; nil where it is left out first.
  package let short: String?

  /// Decimal places of a share in percent.
  package var decimals: Int { column.direction == .higher ? 2 : 0 }
  /// Whether `list` shows it.
  package let isListed: Bool

  package init(_ column: Column, _ title: String, short: String? = nil, isListed: Bool = true) {
    self.column = column
    self.title = title
    self.short = short
    self.isListed = isListed
  }
}

/// How many layers a step passes through, for the limit on what is planned.
package struct LayerPasses: Sendable {
  /// How many.
  package let count: Int
  /// What makes them so many, in words.
  package let cause: String
  /// The key of the `training` section that multiplies them.
  package let key: String
}

/// Which samples are wanted.
package struct SampleRequest: Sendable {
  /// How many at a time.
  package var count: Int
  /// The seed of the latent points.
  package var seed: UInt64
  /// The class, or first categorical code, of all samples; nil for a row of each.
  package var label: Int?
  /// How many of a class follow each other.
  package var samplesOfClass = Sampler.columns
  /// The stream of the latent points.
  package var stream = "samples"
  /// Whether a categorical code is drawn like the others, not laid out in rows.
  package var drawsCodes = false
  /// The generator's inputs [count, values], codes behind the latent vectors, in place of those of the stream; nil for these.
  package var inputs: [Float]?
  /// Whether the latent vectors are asked for.
  package var keepsLatent = false
  /// The most bytes that may be taken beside the state.
  package var limit = Int.max

  /// So many samples, a row of each class after the other.
  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }
}

/// What an inspector looks at, and with what.
package struct InspectionSite {
  /// The parameters and all else that lives from step to step.
  package let state: State
  /// The threads.
  package let pool: ThreadPool
  /// The experiment's seed.
  package let seed: UInt64
  /// Samples on a sheet.
  package let sampleCount: Int
  /// The data.
  package let data: TaskData
  /// What they are of.
  package let experiment: Experiment
}

/// What looks at a task's state between steps: what it shows, and how good it is.
package protocol Inspector: AnyObject {
  /// The sheet of the state after a step.
  func sheet(at step: Int) -> Sheet
  /// What is measured of the state after a step; nil for tasks without evaluation.
  /// - Throws: `PlanError` where there is no memory for it.
  func evaluation(at step: Int) throws(PlanError) -> Evaluation?
  /// What is measured of the state at the end of a run; nil for tasks without, and where it is no longer wanted.
  /// - Parameter isWanted: is asked before each metric.
  /// - Throws: `PlanError` where there is no memory for it.
  func conclusion(isWanted: () -> Bool) throws(PlanError) -> Conclusion?
}

extension Inspector {
  package func conclusion(isWanted: () -> Bool) throws(PlanError) -> Conclusion? { nil }
}

/// What was measured at the end of a run.
package struct Conclusion: Sendable {
  /// The values.
  package let findings: [Finding]
  /// How many samples were counted in classes, modes and the like.
  package let counts: [BinCounts]
  /// What the values say.
  package let verdicts: [Verdict]
  /// Generated images, and below each the training image that is nearest to it; nil for samples that are no images.
  package let neighbours: Sheet?
  /// The name and digest of the network of the features; nil where samples are measured as they are.
  package let features: (name: String, digest: String)?
}

/// Samples that are shown side by side.
package struct Sheet: Sendable {
  /// Their values, [count] + the shape of a sample, row-major.
  package let samples: [Float]
  /// What stands under each, as many as samples; nothing for pictures alone.
  package var captions: [Caption] = []
  /// What they are, in one word; nil for what a generator made.
  package var title: String?
  /// How many stand side by side; nil where that is as usual.
  package var across: Int?

  /// Samples that a generator made.
  package init(samples: [Float]) { self.samples = samples }

  /// Samples with what stands under each.
  package init(samples: [Float], captions: [Caption], title: String) {
    (self.samples, self.captions, self.title) = (samples, captions, title)
  }

  /// What stands under a sample, in at most two lines.
  package struct Caption: Equatable, Sendable {
    /// The lines, the upper one brighter.
    package let lines: [String]
  }
}

/// What was measured of a state.
package struct Evaluation: Sendable {
  /// One value a column.
  package let values: [Double]
  /// How many samples were counted in classes, modes and the like.
  package var counts: [BinCounts] = []
  /// How often each class was taken for each; nil for tasks without classes to tell.
  package let confusion: ConfusionMatrix?
}

/// The tasks that a spec can have.
package enum TaskCatalog {
  /// Every task, one line each; a spec without a key of any is one of the first.
  package static let all: [any Task.Type] = [Adversarial.self, Supervised.self]

  /// The task of a spec, by its keys or, where they are misspelt, by what they mean.
  package static func task(of root: Node) -> any Task.Type {
    let given = (root.pairs ?? []).filter { !$0.value.isNull }.compactMap(\.key.text)
    func first(where isKnown: (String) -> Bool) -> (any Task.Type)? { all.first { $0.keys.contains(where: isKnown) } }
    if let exact = first(where: given.contains) { return exact }
    let names = all.flatMap { $0.keys }
    let meant = given.compactMap { Suggestion.nearest(to: $0, among: names) }
    return first(where: meant.contains) ?? all[0]
  }

  /// Whether a spec has keys of one task at most; else it is reported.
  static func isOfOneTask(_ root: Node, _ diagnostics: Diagnostics) -> Bool {
    let pairs = (root.pairs ?? []).filter { !$0.value.isNull }
    let found = all.map { task in (task.keys, pairs.first { task.keys.contains($0.key.text ?? "") }) }
    let given = found.compactMap { keys, pair in pair.map { (keys: keys, key: $0.key) } }
    guard given.count > 1 else { return true }
    let (first, second) = (given[0], given[1])
    let (left, right) = (first.keys.joined(separator: " and "), second.keys.joined(separator: " and "))
    diagnostics.error(
      "a spec has \(left), or it has \(right): not both", at: second.key.mark,
      remedy: "leave one out; what comes from a parent, with \(second.key.text ?? right): null",
      related: [(mark: first.key.mark, note: "given here")])
    return false
  }

  /// Every column that a metrics.csv can have, in its order.
  static let columns = unique(all.flatMap { $0.columns })
  /// Every column that the evaluation.csv of any spec of a task has, in its order.
  package static let evaluationColumns = unique(all.flatMap { $0.evaluationColumns })

  private static func unique(_ columns: [Column]) -> [Column] {
    columns.reduce(into: []) { found, column in
      if !found.contains(where: { $0.name == column.name }) { found.append(column) }
    }
  }
}
