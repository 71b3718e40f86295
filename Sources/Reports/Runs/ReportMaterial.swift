import Files
import Networks
import Runs
import Specs
import Training

/// What a report is about: sweeps, and runs in groups, as they were read.
package struct ReportMaterial: Sendable {
  package private(set) var sweeps: [ReportSweep] = []
  /// The runs in groups, those of one spec with other seeds in one.
  package private(set) var groups: [ReportGroup] = []
  /// What `compare` finds in the groups; nil of a single run, and where nothing is common to them.
  package private(set) var comparison: GroupComparison?
  /// Why there is no comparison, where one could be.
  package private(set) var comparisonProblem: String?
  /// The runs that count for nothing beside others of their spec and seed, a sentence each.
  package private(set) var leftOut: [String] = []

  /// Runs of which more are not searched for symptoms, which takes a look at every row.
  private static let mostDetailed = 24

  /// Reads what names mean: sweeps, groups, runs, folders of runs.
  /// - Parameters:
  ///   - curvesAlone: whether nothing but the values of columns is asked for: no comparison, no symptoms.
  ///   - note: is told of each run that is left out, and why.
  /// - Throws: `RunError` where nothing can be read, or a name means nothing (66).
  package init(
    _ names: [String], in runs: String, curvesAlone: Bool = false, note: (String) -> Void
  ) throws(RunError) {
    var asked: [NamedRuns] = []
    var singles: [RunFolder] = []
    for name in names {
      if let folder = try ReportMaterial.sweep(name, in: runs) {
        let sweep = try ReportSweep(folder)
        sweeps.append(sweep)
        asked += try ReportMaterial.best(of: sweep)
      } else if let group = try RunName.group(name, in: runs) {
        asked.append(group)
      } else {
        singles += try RunName.folders([name], in: runs, note: note)
      }
    }
    var seen: Set<String> = []
    singles = singles.filter { seen.insert($0.path).inserted }
    let isDetailed =
      !curvesAlone && singles.count + asked.reduce(0) { $0 + $1.runs.count } <= ReportMaterial.mostDetailed
    var failure: RunError?
    let reader = RunReader()
    /// The runs that can be read.
    func read(_ folders: [RunFolder]) -> [ReportRun] {
      folders.compactMap { folder in
        // A group has its seeds before their runs begin.
        guard FileBytes.isFolder(folder.path) else { return nil }
        do throws(RunError) {
          return try ReportRun(folder, isDetailed: isDetailed, reader: reader)
        } catch {
          if failure == nil { failure = error }
          note("left out: \(error.message)")
          return nil
        }
      }
    }
    let named = NamedRuns.distinct(asked).map { ($0.name, read($0.runs)) }.filter { !$0.1.isEmpty }
    var repeated: [String] = []
    let own = ReportGroup.bySpec(ReportGroup.distinct(read(singles)) { repeated.append($0) })
    for sentence in repeated { note(sentence) }
    leftOut = repeated
    groups =
      named.enumerated().map { ReportGroup($0, $1.0, $1.1) }
      + own.enumerated().map { ReportGroup(named.count + $0, $1.name, $1.runs) }
    if groups.isEmpty, sweeps.isEmpty {
      throw failure ?? RunError("none of these runs has begun", remedy: "train them with gan-exp run", exitCode: 65)
    }
    if !curvesAlone { compare(reader) }
  }

  /// Compares the groups where one of them has several runs.
  private mutating func compare(_ reader: RunReader) {
    guard groups.contains(where: { $0.runs.count > 1 }) else { return }
    do throws(RunError) {
      comparison = try GroupComparison(
        groups.map { NamedRuns($0.name, $0.runs.map(\.folder)) }, by: nil, value: nil, isPaired: false, reader: reader
      ) { _ in }
    } catch { comparisonProblem = error.message }
  }

  /// The one run that there is; nil of several, and where there is a sweep.
  package var run: ReportRun? {
    sweeps.isEmpty && groups.count == 1 && groups[0].runs.count == 1 ? groups[0].runs[0] : nil
  }

  /// Whether a process is at work on any of the runs.
  package var isRunning: Bool {
    groups.contains { $0.runs.contains(where: \.isRunning) } || sweeps.contains(where: \.isRunning)
  }

  /// The folder of the sweep that a name means, by its path or in the folder of runs.
  package static func sweep(_ name: String, in runs: String) throws(RunError) -> SweepFolder? {
    do throws(FileError) {
      for path in [name, "\(RunFolder(runs).path)/\(name)"] where !name.isEmpty && FileBytes.isFolder(path) {
        let folder = SweepFolder(path)
        if try folder.exists() { return folder }
      }
      return nil
    } catch { throw RunError(error) }
  }

  /// Strata whose best trial is shown, and trials where there is one stratum.
  private static let mostTrials = 6

  /// The runs of the best trials: of each stratum the best one, of a single one the best few.
  private static func best(of sweep: ReportSweep) throws(RunError) -> [NamedRuns] {
    let strata = sweep.strata
    let ranked = sweep.trials.filter { $0.value != nil }
    let chosen =
      strata.count > 1
      ? strata.prefix(mostTrials).compactMap { stratum in ranked.first { $0.stratum == stratum } }
      : Array(ranked.prefix(3))
    do throws(FileError) {
      var found: [NamedRuns] = []
      for trial in chosen {
        let group = GroupFolder("\(sweep.folder.path)/\(trial.trial)")
        guard try GroupFolder.isGroup(group.path) else { continue }
        found.append(NamedRuns(group.path, try group.runs()))
      }
      return found
    } catch { throw RunError(error) }
  }
}
