import Datasets
import Files
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

  /// Header in YAML, then the page.
  func text() throws(RunError) -> String {
    let verdict = try verdict()
    let parts = [
      "# \(experiment.name)", introduction, picture.map { "![Samples](\($0))" }, findings(verdict), use, training,
    ]
    return "---\n" + Emitter.text(of: header(verdict)) + "---\n\n" + parts.compactMap { $0 }.joined(separator: "\n\n")
      + "\n"
  }

  /// What was measured of the same step; nil where nothing was.
  private func verdict() throws(RunError) -> VerdictFile.Values? {
    do throws(FileError) {
      guard try FileKind.of(restored.folder.verdict) == .file else { return nil }
      let values = try VerdictFile.values(in: restored.folder.verdict)
      return values.step == restored.step ? values : nil
    } catch { throw RunError(error) }
  }

  private var isOfImages: Bool { experiment.dataset.sampleShape.count == 3 }
  private var makesSamples: Bool { restored.networks.contains { $0.latent != nil } }

  private func header(_ verdict: VerdictFile.Values?) -> Node {
    var pairs: [(String, Node)] = [("library_name", .string("pytorch"))]
    if isOfImages {
      pairs.append(
        ("pipeline_tag", .string(makesSamples ? "unconditional-image-generation" : "image-classification")))
    }
    pairs.append(("tags", .list(["gan-exp", makesSamples ? "gan" : "classifier"].map(Node.string))))
    pairs.append(("datasets", .list([.string(record.data.name)])))
    let measured = (verdict?.rows ?? []).filter { $0.value != nil }
    guard !measured.isEmpty else { return .map(pairs) }
    let metrics = measured.map { row -> Node in
      .map([
        ("type", .string(row.metric)), ("name", .string(row.metric)), ("value", .number(row.value ?? 0)),
      ])
    }
    let result: Node = .map([
      ("task", .map([("type", .string(isOfImages ? "unconditional-image-generation" : "other"))])),
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

  private func findings(_ verdict: VerdictFile.Values?) -> String? {
    guard let verdict else { return nil }
    let sentences = (record.verdicts ?? []).map { "- \($0.subject): \($0.sentence)" }
    let rows = verdict.rows.map { row in
      "| \(row.metric) | \(ModelCard.number(row.value)) | \(ModelCard.number(row.realData)) |"
    }
    return """
      ## How good it is

      \(sentences.joined(separator: "\n"))

      | metric | samples | real data |
      |---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private static func number(_ value: Double?) -> String { value.map { "\(Float($0))" } ?? "" }

  private var use: String {
    let name = restored.networks[0].name
    let usage =
      makesSamples
      ? "python networks.py -n 16 --seed 7 -o samples.npz" : "python networks.py --inputs in.npz -o out.npz"
    let bounds = experiment.dataset.bounds.map { ", with values in [\($0.lowerBound), \($0.upperBound)]" } ?? ""
    let samples =
      isOfImages ? "Images are [N, channels, height, width]\(bounds)." : "Samples are rows [N, values]\(bounds)."
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
