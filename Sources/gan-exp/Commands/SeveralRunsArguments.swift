import ArgumentParser
import Reports
import Training

/// Several runs or groups of runs; where a command says so, also sweeps.
struct SeveralRunsArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Runs or groups, by folder or name; a folder of runs or an experiment is all its runs.", valueName: "run"),
    completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var place: RunsArguments

  /// What they are about.
  func material(curvesAlone: Bool = false, note: (String) -> Void) throws(RunError) -> ReportMaterial {
    try ReportMaterial(names, in: place.folder, curvesAlone: curvesAlone, note: note)
  }
}
