import Files
import Networks
import Runs
import Specs
import Statistics
import Training

/// Groups of runs by one number of each run, with what can be said of their differences.
package struct GroupComparison: Codable, Sendable {
  /// The metric.
  package let metric: Column
  /// Which number of a run counts.
  package let value: RunValue
  /// The groups in the order they were given.
  package let groups: [Group]
  /// The first group minus each other one.
  package let differences: [Pair]
  /// What real samples get, the smallest and the largest; nil where nobody knows.
  package let floor: Span?
  /// How many generated samples there were.
  package let generated: CountSpan?
  /// With how many real samples they were compared.
  package let real: CountSpan?
  /// Whether all values were measured alike: as many samples, with the same features.
  package let isMeasuredAlike: Bool
  /// The keys beside seed and name in which the specs of the groups differ, with each group's value.
  package let specs: [ResolvedSpec.Difference]
  /// The same for people.
  package private(set) var outline: [ResolvedSpec.Difference] = []
  /// What else differs: data, arithmetic, version.
  package let circumstances: [ResolvedSpec.Difference]
  /// The keys beside seed and name in which the runs of a group differ, by the group's letter.
  package let within: [String: [String]]
  /// Runs that have not ended, which are left out.
  package let unfinished: [String]

  private enum CodingKeys: String, CodingKey {
    case metric, value, groups, differences, floor, generated, real, isMeasuredAlike, specs, circumstances, within
    case unfinished
  }

  /// From the smallest to the largest of several values.
  package struct Span: Codable, Sendable {
    package let lowest: Double
    package let highest: Double
  }

  /// From the smallest to the largest of several counts.
  package struct CountSpan: Codable, Sendable {
    package let lowest: Int
    package let highest: Int

    init?(_ counts: [Int]) {
      guard let lowest = counts.min(), let highest = counts.max() else { return nil }
      (self.lowest, self.highest) = (lowest, highest)
    }
  }

  /// Compares groups.
  /// - Parameters:
  ///   - metric: the name of a column with a direction; nil for the first that all groups have.
  ///   - value: which number of a run counts; nil for that of verdict.csv where there is one, else the last.
  ///   - isPaired: whether runs of the same seed are paired.
  ///   - reader: what has read some of the files already.
  ///   - problem: is told of each run that is left out.
  /// - Throws: `RunError` when a group has no run that can be read (65), when there is no such metric, or seeds make no pairs (64).
  package init(
    _ asked: [NamedRuns], by metric: String?, value: RunValue?, isPaired: Bool, reader: RunReader = RunReader(),
    problem: (String) -> Void
  ) throws(RunError) {
    let (groups, unfinished) = try GroupComparison.ended(asked, reader: reader, problem: problem)
    self.unfinished = unfinished
    let chosen = try GroupMetric(metric, value, of: groups)
    (self.metric, self.value) = (chosen.column, chosen.value)
    let paired = isPaired ? try GroupComparison.paired(groups) : groups
    let scores = paired.map { group in
      Scores(
        group.runs.map { $0.score(chosen.column, chosen.value) },
        better: chosen.column.direction == .lower ? .lower : .higher)
    }
    self.groups = paired.indices.map { Group($0, paired[$0].name, paired[$0].runs, chosen, scores[$0]) }
    differences = Pair.adjusted(
      paired.indices.dropFirst().map {
        Pair(scores[0], scores[$0], other: $0, of: paired.count - 1, isPaired: isPaired)
      })
    let runs = paired.flatMap(\.runs)
    let rows = chosen.value == .verdict ? runs.compactMap { $0.judgement(of: chosen.column) } : []
    let floors = rows.compactMap(\.realData)
    floor = floors.min().flatMap { lowest in floors.max().map { Span(lowest: lowest, highest: $0) } }
    (generated, real) = (CountSpan(rows.compactMap(\.generated)), CountSpan(rows.compactMap(\.real)))
    isMeasuredAlike =
      Set(rows.map(\.generated)).count < 2 && Set(rows.map(\.real)).count < 2 && Set(rows.map(\.features)).count < 2
    let specs = paired.map { $0.runs.map { GroupComparison.spec($0.spec) } }
    self.specs = ResolvedSpec.differences(specs.map { $0[0] })
    outline = ResolvedSpec.outline(specs.map { $0[0] })
    within = Dictionary(
      uniqueKeysWithValues: specs.indices.map {
        (GroupComparison.letter($0), ResolvedSpec.differences(specs[$0]).map(\.key))
      }
      .filter { !$0.1.isEmpty })
    circumstances = GroupComparison.circumstances(paired.map(\.runs))
  }

  /// The runs of groups that have ended, and the folders of those that have not.
  static func ended(
    _ asked: [NamedRuns], reader: RunReader = RunReader(), problem: (String) -> Void
  ) throws(RunError) -> (groups: [(name: String, runs: [ScoredRun])], unfinished: [String]) {
    var groups: [(name: String, runs: [ScoredRun])] = []
    var unfinished: [String] = []
    for group in asked {
      let runs = try read(group, reader, problem: problem)
      let left = runs.filter { !$0.hasEnded }
      for run in left { problem("\(run.folder.path) has not ended: it is \(run.status)") }
      unfinished += left.map(\.folder.path)
      guard left.count < runs.count else {
        throw RunError(
          "no run of \(group.name) has ended", remedy: "wait for them, or go on with gan-exp resume", exitCode: 65)
      }
      groups.append((group.name, runs.filter(\.hasEnded)))
    }
    return (groups, unfinished)
  }

  private static func read(
    _ group: NamedRuns, _ reader: RunReader, problem: (String) -> Void
  ) throws(RunError) -> [ScoredRun] {
    var runs: [ScoredRun] = []
    var failure: RunError?
    for folder in group.runs {
      do throws(RunError) {
        // A group has its seeds before their runs begin.
        guard FileBytes.isFolder(folder.path) else {
          throw RunError(
            "\(folder.path) has not begun", remedy: "train it: the command that began the group goes on with it",
            exitCode: 65)
        }
        runs.append(try ScoredRun(folder, reader: reader))
      } catch {
        if let failure { problem(failure.message) }
        failure = error
      }
    }
    if let failure {
      guard !runs.isEmpty else { throw failure }
      problem(failure.message)
    }
    guard !runs.isEmpty else { throw RunError("\(group.name) has no runs", exitCode: 66) }
    return runs
  }

  /// A spec without what tells runs and experiments apart.
  private static func spec(_ spec: Node) -> Node { spec.removing("seed").removing("name") }

  /// The groups with their runs in the order of the seeds, which are the same.
  private static func paired(
    _ groups: [(name: String, runs: [ScoredRun])]
  ) throws(RunError) -> [(name: String, runs: [ScoredRun])] {
    let sorted = groups.map { ($0.name, $0.runs.sorted { $0.seed < $1.seed }) }
    let seeds = sorted.map { $0.1.map(\.seed) }
    for (place, own) in seeds.enumerated() where own != seeds[0] || Set(own).count < own.count {
      func list(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: ", ") }
      throw RunError(
        "--paired needs one run of each seed in all groups: \(sorted[0].0) has the seeds \(list(seeds[0])), "
          + "\(sorted[place].0) has \(list(own))",
        remedy: "leave --paired out, or run the seeds that are missing", exitCode: 64)
    }
    return sorted
  }

  /// What else differs that numbers can depend on, with each group's values.
  private static func circumstances(_ groups: [[ScoredRun]]) -> [ResolvedSpec.Difference] {
    let runs = groups.flatMap { $0 }
    return Comparison.differing(runs.map(\.circumstances), requests: runs.map(\.request))
      .filter { $0.key != Comparison.threads }
      .map { difference in
        ResolvedSpec.Difference(
          key: difference.key,
          values: groups.map { runs in
            var values: [String] = []
            for value in runs.flatMap({ $0.circumstances.filter { $0.name == difference.key }.map(\.value) })
            where !values.contains(value) { values.append(value) }
            return values.joined(separator: " or ")
          })
      }
  }

  /// A row of each run: its group, folder, seed, status, value and standard error; failed runs have no value.
  package var csv: String {
    let head = "group,name,run,seed,status,failed,metric,value,standard_error"
    let rows = groups.flatMap { group in
      group.runs.map { run in
        [
          group.letter, CSVFile.quoted(group.name), CSVFile.quoted(run.path), "\(run.seed)", run.status,
          "\(run.value == nil)", metric.name, run.value.map { "\($0)" } ?? "", run.standardError.map { "\($0)" } ?? "",
        ].joined(separator: ",")
      }
    }
    return ([head] + rows).map { $0 + "\n" }.joined()
  }
}
