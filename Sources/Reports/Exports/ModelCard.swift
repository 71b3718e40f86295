import Datasets
import Files
import Networks
import Runs
import Specs
import Training

/// The `README.md` of a folder for the hub of Hugging Face: what the model is, how good it is, and how it is used.
struct ModelCard {
  private let restored: RestoredNetworks
  private let picture: String?

  /// The card of a run.
  /// - Parameter picture: the name of a file beside it with samples; nil where there is none.
  init(_ restored: RestoredNetworks, picture: String?) { (self.restored, self.picture) = (restored, picture) }

  private var record: RunRecord { restored.source.record }
  private var experiment: Experiment { restored.source.experiment }

  /// What the networks of the card are.
  private enum Kind {
    /// One that makes samples, maybe beside one that judges them.
    case generative
    /// One that tells classes.
    case classifier
    /// One that judges samples alone.
    case judge
  }

  private var kind: Kind {
    if restored.networks.contains(where: { $0.latent != nil }) { return .generative }
    return restored.networks.contains { $0.output == PortableNetwork.logits } ? .classifier : .judge
  }

  /// Header in YAML, then the page.
  func text() throws(RunError) -> String {
    let verdict = try findings()
    let parts = [
      "# \(experiment.name)", introduction, picture.map { "![Samples](\($0))" }, findings(verdict), use, training,
    ]
    return "---\n" + Emitter.text(of: header(verdict)) + "---\n\n" + parts.compactMap { $0 }.joined(separator: "\n\n")
      + "\n"
  }

  /// What was measured of the same step; nil where nothing was.
  private func findings() throws(RunError) -> [VerdictFile.Values.Row]? {
    do throws(FileError) {
      switch kind {
      case .judge: return nil
      case .generative:
        guard try FileKind.of(restored.folder.verdict) == .file else { return nil }
        let values = try VerdictFile.values(in: restored.folder.verdict)
        return values.step == restored.step ? values.rows : nil
      case .classifier:
        guard try FileKind.of(restored.folder.evaluation) == .file else { return nil }
        let table = try CSVTable(path: restored.folder.evaluation)
        guard let row = table.rows.last, let step = table.numbers(Column.step.name)?.last, step == Double(restored.step)
        else { return nil }
        return zip(table.columns, row).filter { ![Column.step.name, Column.epoch.name].contains($0.0) }.map {
          VerdictFile.Values.Row(metric: $0, value: Double($1))
        }
      }
    } catch { throw RunError(error) }
  }

  private var isOfImages: Bool { experiment.dataset.sampleShape.count == 3 }

  /// The hub's word for what it does with images; nil where it has none.
  private var pipeline: String? {
    guard isOfImages else { return nil }
    switch kind {
    case .generative: return "unconditional-image-generation"
    case .classifier: return "image-classification"
    case .judge: return nil
    }
  }

  private func header(_ rows: [VerdictFile.Values.Row]?) -> Node {
    var pairs: [(String, Node)] = [("library_name", .string("pytorch"))]
    if let pipeline { pairs.append(("pipeline_tag", .string(pipeline))) }
    pairs.append(("tags", .list(["gan-exp", kind == .classifier ? "classifier" : "gan"].map(Node.string))))
    pairs.append(("datasets", .list([.string(record.data.name)])))
    let measured = (rows ?? []).filter { $0.value != nil }
    guard !measured.isEmpty else { return .map(pairs) }
    let metrics = measured.map { row -> Node in
      .map([
        ("type", .string(row.metric)), ("name", .string(row.metric)), ("value", .number(row.value ?? 0)),
      ])
    }
    let result: Node = .map([
      ("task", .map([("type", .string(pipeline ?? "other"))])),
      ("dataset", .map([("type", .string(record.data.name)), ("name", .string(record.data.name))])),
      ("metrics", .list(metrics)),
    ])
    let index: Node = .map([("name", .string(experiment.name)), ("results", .list([result]))])
    return .map(pairs + [("model-index", .list([index]))])
  }

  private var introduction: String {
    let networks = restored.networks.map { network in
      let (input, output) = (network.network.inputShape, network.network.outputShape)
      return "- `\(network.name)`: \(network.input) \(input) to \(network.output) \(output), "
        + "\(Decimals.count(network.network.parameterCount)) parameters" + (network.isAveraged ? ", averaged" : "")
    }
    return """
      Trained by gan-exp \(Version.current) on \(record.data.name), \
      \(Decimals.count(record.data.count)) samples; the state after \(Decimals.count(restored.step)) steps of \(restored.runName).

      \(networks.joined(separator: "\n"))
      """
  }

  private func findings(_ measured: [VerdictFile.Values.Row]?) -> String? {
    guard let measured else { return nil }
    let sentences = (record.verdicts ?? []).map { "- \($0.subject): \($0.sentence)" }
    let rows = measured.map { row in
      "| \(row.metric) | \(ModelCard.number(row.value)) | \(ModelCard.number(row.realData)) |"
    }
    return """
      ## How good it is

      \(sentences.isEmpty ? "" : sentences.joined(separator: "\n") + "\n\n")| metric | samples | real data |
      |---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private static func number(_ value: Double?) -> String { value.map { "\(Float($0))" } ?? "" }

  private var use: String {
    let name = restored.networks[0].name
    let usage =
      kind == .generative
      ? "python networks.py -n 16 --seed 7 -o samples.npz" : "python networks.py --inputs in.npz -o out.npz"
    let bounds = experiment.dataset.bounds.map { ", with values in [\($0.lowerBound), \($0.upperBound)]" } ?? ""
    let samples =
      isOfImages
      ? "Images are [N, height, width, channels] in files and [N, channels, height, width] for the module\(bounds)."
      : "Samples are rows [N, values]\(bounds)."
    return """
      ## How it is used

      `networks.py` builds the networks in PyTorch, layer by layer as in `spec.yaml`, and loads `model.safetensors`:

      ```
      \(usage)
      ```

      ```python
      from networks import load
      \(name) = load()["\(name)"]  # an nn.Module in evaluation mode
      ```

      \(samples)
      """
  }

  private var training: String {
    """
    ## How it was trained

    `spec.yaml` has every setting: `gan-exp run spec.yaml` trains it again, to the same bits. Seed \(experiment.seed), batch size \
    \(experiment.training.batchSize), \(Decimals.count(record.steps)) steps; the data's SHA-256 is `\(record.data.digest)`.
    """
  }
}
