import Files
import Runs
import Specs
import Training

/// What `diff` compares: a run, or a spec that no run was made of.
package struct DifferingSide {
  /// The run's folder, or the spec's path.
  let path: String
  /// The spec with every default.
  let spec: Node
  /// The run; nil of a spec.
  let run: ComparedRun?
  /// Where and how the run was trained, none of which decides a number, by name.
  let surroundings: [(name: String, value: String)]
  /// What was measured at the end of the run, by metric.
  let verdict: [VerdictFile.Values.Row]

  /// A run.
  package init(run path: String) throws(RunError) {
    let run = try ComparedRun(path)
    self.run = run
    self.path = run.folder.path
    spec = run.spec
    do throws(FileError) {
      let record = try RunRecord(path: run.folder.record)
      func each(_ value: (RunRecord.Session) -> String) -> String {
        record.changes(of: value).map(\.value).joined(separator: ", ")
      }
      surroundings = [
        (Comparison.version, each(\.version)), (Comparison.threads, each { "\($0.threads)" }),
        ("lanes", each { $0.lanes.map(String.init) ?? "?" }), ("processor", each(\.machine.cpu)),
        ("host", each(\.machine.host)),
      ]
      let hasVerdict = try FileKind.of(run.folder.verdict) == .file
      verdict = hasVerdict ? try VerdictFile.values(in: run.folder.verdict).rows : []
    } catch { throw RunError(error) }
  }

  /// A spec.
  package init(_ spec: LoadedSpec) {
    path = spec.file.path
    self.spec = spec.experiment.resolved
    run = nil
    surroundings = []
    verdict = []
  }
}
