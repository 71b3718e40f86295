import Files
import Host
import Runs
import Specs
import Training

extension Completions {
  /// What `--set` can change of the spec, or the run, on the command line: every key with its present value.
  @Sendable static func settings(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    guard let spec = spec(of: words) else { return [] }
    let settings = ResolvedSpec.differences([spec, .null]).compactMap { setting in
      setting.key.isEmpty ? nil : setting.values[0].map { "\(setting.key)=\($0)" }
    }
    return offered(settings, for: typed)
  }

  /// The spec, with every default where it is right, that the command line names by its file, or by a run that is cloned.
  private static func spec(of words: [String]) -> Node? {
    if let path = words.first(where: { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && FileBytes.exists($0) }) {
      if let spec = try? LoadedSpec(path: path, options: RunOptions(), machine: .current()) {
        return spec.experiment.resolved
      }
      return (try? SpecFile(path: path, diagnostics: Diagnostics()))?.root
    }
    guard let place = words.firstIndex(of: "clone"), place + 1 < words.count,
      let run = try? RunName.folder(words[place + 1], in: folder(words)),
      let bytes = try? DurableFile.read(run.resolved)
    else { return nil }
    return ResolvedSpec.parse(String(decoding: bytes, as: UTF8.self), name: run.resolved)
  }
}
