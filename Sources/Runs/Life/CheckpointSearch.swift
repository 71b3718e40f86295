import Datasets
import Files
import Specs
import Training

/// The search for the newest good checkpoint of a run, for whoever goes on, samples or looks from one.
///
/// Only what is wrong with a checkpoint itself makes it pass on to an older one: that it is damaged, gone, no file, of
/// another run or of another step than its name says. A disk that fails, or a file that may not be read, ends it.
struct CheckpointSearch {
  /// The run's folder.
  let folder: RunFolder
  /// What its checkpoints say of their origin.
  let origin: CheckpointOrigin

  /// A checkpoint that was not taken.
  struct PassedOver: Sendable {
    let step: Int
    /// What is wrong with it.
    let error: FileError
    /// Whether it is whole, or no file at all: to be set aside where it is in the way, not to be removed.
    let isWhole: Bool
  }

  /// What was found.
  struct Finding {
    /// The newest good checkpoint; nil where there is none.
    var checkpoint: Checkpoint?
    /// The newer ones.
    var passedOver: [PassedOver] = []
    /// Steps of all, ascending.
    var steps: [Int]
  }

  /// Looks for the newest good checkpoint.
  /// - Parameters:
  ///   - step: of the only one to look at; nil for all.
  ///   - limit: the step before which it must be.
  ///   - fits: throws an error of content where the rest of the run does not go with the checkpoint.
  /// - Throws: `RunError` (66) where there is none of `step`, `FileError` where the disk fails.
  func newest(
    at step: Int? = nil, before limit: Int = .max, fits: (Checkpoint) throws -> Void = { _ in }
  ) throws -> Finding {
    var finding = Finding(steps: try folder.checkpointSteps())
    if let step, !finding.steps.contains(step) {
      throw RunError(
        "there is no checkpoint of step \(step)",
        remedy: finding.steps.isEmpty
          ? "there is none at all" : "there are: \(finding.steps.map(String.init).joined(separator: ", "))",
        exitCode: 66)
    }
    for candidate in step.map({ [$0] }) ?? finding.steps.reversed() where candidate < limit {
      switch try judged(candidate, fits: fits) {
      case .good(let checkpoint):
        finding.checkpoint = checkpoint
        return finding
      case .passedOver(let other): finding.passedOver.append(other)
      }
    }
    return finding
  }

  /// The checkpoints of later steps that are not good.
  func notGood(after step: Int) throws -> [PassedOver] {
    try folder.checkpointSteps().filter { $0 > step }.compactMap { later in
      if case .passedOver(let other) = try judged(later) { other } else { nil }
    }
  }

  private enum Judgement {
    case good(Checkpoint)
    case passedOver(PassedOver)
  }

  private func judged(_ step: Int, fits: (Checkpoint) throws -> Void = { _ in }) throws -> Judgement {
    let path = folder.checkpoint(step)
    var isWhole = false
    do {
      let checkpoint = try Checkpoint(path: path)
      isWhole = true
      if let problem = origin.problem(of: checkpoint, named: step) { throw FileError(path: path, damaged: problem) }
      try fits(checkpoint)
      return .good(checkpoint)
    } catch let error as FileError {
      guard error.isOfContent else { throw error }
      let isNoFile = if case .damaged = error.cause { false } else { error.cause != .notFound }
      return .passedOver(PassedOver(step: step, error: error, isWhole: isWhole || isNoFile))
    }
  }
}

extension CheckpointSearch.Finding {
  /// What is to be said where no checkpoint is good; nil where there are none at all.
  func failure(of folder: RunFolder) -> RunError? {
    guard let first = passedOver.first?.error else { return nil }
    let more = passedOver.count > 1 ? " (and \(passedOver.count - 1) more)" : ""
    if passedOver.count == 1, steps.count > 1 {
      return RunError(first.message, remedy: "leave --from out: the newest good checkpoint is taken then", exitCode: 74)
    }
    return RunError(
      "no checkpoint of \(folder.path) can be used: \(first.message)\(more)",
      remedy: first.path == folder.metrics
        ? "put \(folder.metrics) back as it was, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))"
        : "begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 74)
  }
}

/// What a checkpoint must say of its origin to be a run's own.
package struct CheckpointOrigin: Sendable {
  /// The run's resolved spec without epochs and steps; nil where it is not known for certain.
  package var spec: String?
  /// The seed; nil where it is not known.
  var seed: UInt64?
  /// SHA-256 of the data; nil where it is not known.
  var data: String?
  /// What the data are like, to resolve specs of earlier versions anew.
  var survey: DatasetSummary?
  /// What data of their own to evaluate on are like, for the same.
  var validation: DatasetSummary?

  /// Nothing is known.
  package init() {}

  init(spec: String?, seed: UInt64?, data: String?, survey: DatasetSummary?, validation: DatasetSummary?) {
    self.spec = spec
    self.seed = seed
    self.data = data
    self.survey = survey
    self.validation = validation
  }

  /// What shows that a checkpoint is not this run's own of that step, as a clause; nil where it is.
  package func problem(of checkpoint: Checkpoint, named step: Int) -> String? {
    guard checkpoint.step == step else {
      return "it is the checkpoint of step \(checkpoint.step) under the name of step \(step)"
    }
    let differences = spec.map { self.differences(of: checkpoint.spec, to: $0) } ?? seedDifference(of: checkpoint.spec)
    if !differences.isEmpty {
      return "it is of another run ("
        + ResolvedSpec.text(of: differences) { "\($0): \($1 ?? "none") here, \($2 ?? "none") there" } + ")"
    }
    if let data, checkpoint.dataDigest != data {
      return "it is of a run on other data (SHA-256 \(data.prefix(12))... here, "
        + "\(checkpoint.dataDigest.prefix(12))... there)"
    }
    return nil
  }

  private func seedDifference(of text: String) -> [ResolvedSpec.Difference] {
    guard let seed, let node = ResolvedSpec.parse(text, name: "spec"), let other = node["seed"]?.text,
      other != String(seed)
    else { return [] }
    return [ResolvedSpec.Difference(key: "seed", values: [String(seed), other])]
  }

  /// Where a checkpoint's spec differs from a run's, this one first; those of earlier versions say of a field that came later,
  /// or of a default that they left open, what it is now.
  func differences(of text: String, to own: String) -> [ResolvedSpec.Difference] {
    guard text != own else { return [] }
    let name = "spec"
    let anew = [own, text].map { text in
      ResolvedSpec.anew(text, name: name, survey: survey, validation: validation).map(ResolvedSpec.lasting) ?? text
    }
    guard anew[0] != anew[1] else { return [] }
    let specs = anew.compactMap { ResolvedSpec.parse($0, name: name) }
    let found = specs.count == 2 ? ResolvedSpec.differences(specs) : []
    return found.isEmpty ? [ResolvedSpec.Difference(key: "spec", values: [nil, nil])] : found
  }
}

extension ResolvedSpec {
  /// The first differences of two specs in one line, each as `say` puts its key and two values.
  static func text(of differences: [Difference], say: (String, String?, String?) -> String) -> String {
    let most = 4
    let shown = differences.prefix(most).map { say($0.key, $0.values[0], $0.values[1]) }
    let rest = differences.count - shown.count
    return shown.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  /// A resolved spec as this version resolves it; nil where it describes no experiment, or nothing is known of its data.
  /// - Parameters:
  ///   - survey: what the data are like.
  ///   - validation: what data of their own to evaluate on are like.
  package static func anew(_ text: String, name: String, survey: DatasetSummary?, validation: DatasetSummary?) -> Node?
  {
    guard let survey else { return nil }
    let diagnostics = Diagnostics()
    let file = SpecFile(path: name, bytes: [UInt8](text.utf8), diagnostics: diagnostics)
    let data = DataKnowledge.known(survey, validation: validation)
    return file.root.flatMap { Experiment($0, fallbackName: "run", data: data, diagnostics: diagnostics)?.resolved }
  }
}
