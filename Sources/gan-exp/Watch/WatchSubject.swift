import Files
import Networks
import Reports
import Runs
import Specs
import Training

/// What is followed: a run, the runs of a group, or those of a sweep.
struct WatchSubject {
  private enum Kind {
    case run(RunFolder)
    case group(NamedRuns)
    case sweep(SweepFolder)
  }

  private let kind: Kind

  /// What a name means.
  /// - Throws: `RunError` where it means nothing (66).
  init(_ name: String, in runs: String) throws(RunError) {
    if let sweep = try ReportMaterial.sweep(name, in: runs) {
      kind = .sweep(sweep)
    } else if let group = try RunName.group(name, in: runs) {
      kind = .group(group)
    } else {
      kind = .run(try RunName.folder(name, in: runs))
    }
  }

  /// What is known at a moment.
  struct State {
    /// What its files were like; the same for as long as nothing is new.
    let version: [String: RunVersion]
    /// A run by itself, or several under a title.
    let title: String?
    let runs: [(folder: RunFolder, run: ReportRun?)]
    /// What a sweep looks for; nil of others.
    let metric: Column?
    /// Lines about a sweep below its runs.
    let remarks: [String]
    /// Whether a process is at work on any of it.
    let goesOn: Bool
    /// The bytes of the newest sheet of a single run.
    let sheet: [UInt8]?

    /// The lines that fit; all where there is no height.
    func lines(width: Int, height: Int?, usesColor: Bool) -> [String] {
      guard let title else {
        return runs.first?.run.map { RunFrame($0, width: width, usesColor: usesColor).lines } ?? []
      }
      let rest = height.map { $0 - remarks.count }
      return RunsFrame(title, runs, by: metric, width: width, usesColor: usesColor).lines(height: rest)
        + remarks.map { Wrapping.shortened(DisplayText.printable($0), width: width) }
    }
  }

  /// What is known now; runs that are as they were are not read again.
  func state(after before: State?) throws(RunError) -> State {
    switch kind {
    case .run(let folder):
      let version = [folder.path: RunVersion(folder)]
      if let before, before.version == version { return before }
      let run = try ReportRun(folder, isDetailed: true)
      let sheet = run.sheets.last.flatMap { try? DurableFile.read(folder.sheet($0)) }
      return State(
        version: version, title: nil, runs: [(folder, run)], metric: nil, remarks: [], goesOn: run.isRunning,
        sheet: sheet)
    case .group(let group): return try state(of: group.runs, title: group.name, metric: nil, remarks: [], after: before)
    case .sweep(let folder):
      let sweep = try ReportSweep(folder)
      return try state(
        of: sweep.followed(10), title: folder.path, metric: sweep.metric, remarks: sweep.standing,
        isHeld: sweep.isRunning, after: before)
    }
  }

  private func state(
    of folders: [RunFolder], title: String, metric: Column?, remarks: [String], isHeld: Bool = false,
    after before: State?
  ) throws(RunError) -> State {
    let version = Dictionary(folders.map { ($0.path, RunVersion($0)) }) { first, _ in first }
    if let before, before.version == version, before.remarks == remarks, isHeld || !before.goesOn { return before }
    let known = Dictionary((before?.runs ?? []).map { ($0.folder.path, $0.run) }) { first, _ in first }
    let runs = folders.map { folder -> (folder: RunFolder, run: ReportRun?) in
      if let before, before.version[folder.path] == version[folder.path], let run = known[folder.path] {
        return (folder, run)
      }
      // One that has not begun, or whose first files are being written.
      return (folder, try? ReportRun(folder, isDetailed: false))
    }
    return State(
      version: version, title: title, runs: runs, metric: metric, remarks: remarks,
      goesOn: isHeld || version.values.contains(where: \.isHeld), sheet: nil)
  }
}
