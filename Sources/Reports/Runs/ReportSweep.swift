import Files
import Networks
import Runs
import Statistics
import Training

/// A sweep as a report shows it: what its files say it came to.
package struct ReportSweep: Sendable {
  package let folder: SweepFolder
  /// The name of its folder.
  package let name: String
  /// Its trials, budget curves and what followed, as its files have them.
  private let tables: SweepTables

  /// Reads the files of a sweep's folder.
  /// - Throws: `RunError` where there is no leaderboard yet, or it is none (65).
  package init(_ folder: SweepFolder) throws(RunError) {
    self.folder = folder
    name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    do throws(FileError) { tables = try SweepTables(reading: folder) } catch { throw RunError(error) }
  }

  /// What is looked for.
  package var metric: Column { tables.metric }
  /// The parameters.
  package var keys: [String] { tables.keys }
  /// Its trials, stratum by stratum, the best first.
  package var trials: [SweepOutcome.Row] { tables.rows }
  /// The expected best of 1, 2 and so on trials, by strata.
  package var budgets: [SweepOutcome.Budget] { tables.budgets }
  /// then.csv: its header and its rows.
  package var finale: [[String]] { tables.finale }

  /// Whether a command is at work on it, or a worker on one of its runs.
  package var isRunning: Bool { (try? FolderLock.isHeld(folder.path)) == true || !working.isEmpty }

  /// The runs at which a process is at work.
  private var working: [RunFolder] {
    runs { $0.status == "waiting" || $0.status == "rung" || !finale.isEmpty }.filter { run in
      (try? FolderLock.isHeld(run.path)) == true
    }
  }

  /// The runs of some trials that have begun.
  private func runs(of isMeant: (SweepOutcome.Row) -> Bool) -> [RunFolder] {
    trials.filter(isMeant).flatMap { trial in
      (try? GroupFolder("\(folder.path)/\(trial.trial)").runs().filter { FileBytes.isFolder($0.path) }) ?? []
    }
  }

  /// The runs that are worth following: those at work, then those of the best trials.
  /// - Parameter count: how many there are at most of the latter.
  package func followed(_ count: Int) -> [RunFolder] {
    let working = working
    let best = trials.filter { $0.value != nil }.prefix(count).map(\.trial)
    return working
      + runs { best.contains($0.trial) }.prefix(count).filter { run in
        !working.contains { $0.path == run.path }
      }
  }

  /// How far it is and what is best, a sentence each.
  package var standing: [String] {
    let complete = trials.count { $0.status == "complete" }
    let atRung = trials.count { $0.status == "rung" }
    let failed = trials.count { $0.failed > 0 || $0.status == "refused" }
    var sentences = [
      "\(Decimals.count(complete)) of \(Decimals.count(trials.count, "trial")) complete"
        + (atRung > 0 ? ", \(Decimals.count(atRung)) at a rung" : "") + (failed > 0 ? ", \(failed) failed" : "")
    ]
    let short = ShortKeys.short(keys)
    for stratum in strata {
      guard let best = trials.first(where: { $0.stratum == stratum && $0.rank == 1 }), let value = best.value else {
        continue
      }
      let values = keys.compactMap { key in best.values[key].map { "\(short[key] ?? key) \(ShortKeys.cell($0))" } }
      sentences.append(
        "best\(stratum.isEmpty ? "" : " with \(stratum)"): \(best.trial), \(metric.name) \(Decimals.short(value)) with "
          + values.joined(separator: ", "))
    }
    return sentences
  }

  /// The values of a stratum, in their order.
  var strata: [String] {
    var names: [String] = []
    for trial in trials where !names.contains(trial.stratum) { names.append(trial.stratum) }
    return names
  }

  /// What a parameter has to do with the value: over the trials that ended, a failed one being the worst.
  package struct Importance: Sendable {
    package let key: String
    /// Spearman's rank correlation for numbers, from -1 to 1; for names the correlation ratio of ranks, from 0 to 1.
    package let correlation: Double
    package let isOfNumbers: Bool
    package let count: Int
  }

  /// The parameters with more than one value, the strongest first.
  package var importances: [Importance] {
    let ended = trials.filter { $0.status != "waiting" && ($0.value != nil || $0.failed > 0 || $0.status == "refused") }
    let worst = metric.direction == .higher ? -Double.infinity : Double.infinity
    let found = keys.compactMap { key -> Importance? in
      let pairs = ended.compactMap { trial in
        trial.values[key].flatMap { $0.isEmpty ? nil : ($0, trial.value ?? worst) }
      }
      guard Set(pairs.map(\.0)).count > 1, pairs.count > 2 else { return nil }
      let numbers = pairs.compactMap { Double($0.0) }
      let isOfNumbers = numbers.count == pairs.count
      let correlation =
        isOfNumbers
        ? RankCorrelation.spearman(numbers, pairs.map(\.1)) : RankCorrelation.ratio(pairs.map(\.0), pairs.map(\.1))
      return correlation.map {
        Importance(key: key, correlation: $0, isOfNumbers: isOfNumbers, count: pairs.count)
      }
    }
    return found.enumerated()
      .sorted { ($1.element.correlation.magnitude, $0.offset) < ($0.element.correlation.magnitude, $1.offset) }
      .map(\.element)
  }
}
