import Compute
import Datasets
import Files
import Networks
import Reports
import Runs
import Specs
import Training

/// What `check` shows of a spec that is right: its layers, what it says, what it takes.
struct CheckAnswer {
  private let report: SpecReport
  private let width: Int

  /// Lays a report out in lines of at most `width` columns.
  init(_ report: SpecReport, width: Int) {
    self.report = report
    self.width = width
  }

  /// The answer, without a line break at its end.
  var text: String {
    let rows = settings + costs
    let names = rows.map(\.name.count).max() ?? 0
    let lines = rows.flatMap { row in
      Paragraph.lines(
        DisplayText.printable(row.text), behind: row.name + String(repeating: " ", count: names - row.name.count + 2),
        width: width)
    }
    let count = report.warnings.count
    return networks + lines.joined(separator: "\n")
      + "\n\n\(DisplayText.printable(report.spec)) is valid: \(count) warning\(count == 1 ? "" : "s")"
  }

  /// Shapes and parameters by layer.
  private var networks: String {
    var tables: [(network: SpecReport.Layers, rows: [[String]])] = []
    for network in report.networks {
      var rows = [[network.network, "activation", "output", "parameters"], ["  input", "", "\(network.input)", ""]]
      for (number, layer) in network.layers.enumerated() {
        let folded = number == network.layers.count - 1 ? network.foldedActivation : nil
        rows.append([
          "  \(layer.layer)", folded.map { "\($0), in the loss" } ?? layer.activation ?? "",
          "\(layer.output)", layer.parameters == 0 ? "" : Readable.count(layer.parameters),
        ])
      }
      rows.append(["", "", "", Readable.count(network.parameters)])
      tables.append((network, rows))
    }
    // The columns of both line up.
    var all = TextTable([.left, .left, .left, .right])
    for row in tables.flatMap(\.rows) { all.add(row) }
    var lines = all.text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    return tables.map { table in
      defer { lines = lines.dropFirst(table.rows.count) }
      return lines.prefix(table.rows.count).joined(separator: "\n") + "\n\n"
    }.joined()
  }

  /// The fields that are always said, even where they are the defaults.
  private static let always: Set<String> = [
    "share", "decay", "learning_rate", "weight", "gamma", "limit", "dim", "distribution", "cost", "sampling",
    "discriminator_update",
  ]

  /// What the spec says.
  private var settings: [(name: String, text: String)] {
    let spec = report.resolved
    var rows: [(name: String, text: String)] = []
    let data = report.data
    let range = data.range.map { " in [\(CheckAnswer.plain($0[0])), \(CheckAnswer.plain($0[1]))]" }
    let names = data.classNames.map { " (\($0.joined(separator: ", ")))" } ?? ""
    let classes = data.classes.map { ", \($0) classes\(names)" }
    rows.append(
      (
        "data",
        "\(data.dataset): \(Readable.count(data.count)) samples of \(data.shape)\(range ?? "")\(classes ?? "")"
          + (data.inspection.map { "; \($0)" } ?? "")
      ))
    if let seeds = report.seeds {
      rows.append(("seeds", "\(Seeds.text(seeds)): \(Readable.count(seeds.count, "run"))"))
    }
    let task = TaskCatalog.task(of: spec)
    let general = Set(["extends", "name", "seed", "seeds", "dataset", "record"])
    for field in Experiment.description(of: task).fields where !general.contains(field.name) {
      rows += text(of: field, spec[field.name] ?? .null)
    }
    return rows
  }

  /// What a section says, in one row or a row a part; nothing of networks, which have tables.
  private func text(of field: FieldsDescription.Field, _ node: Node) -> [(name: String, text: String)] {
    let always = CheckAnswer.always
    switch field.kind {
    case .group(let fields) where fields.fields.allSatisfy(\.isItem):
      return fields.fields.enumerated().map { number, part in
        let texts = text(of: part, node[part.name] ?? .null).map(\.text)
        return (number == 0 ? field.name : "", "\(part.name): \(texts.joined())")
      }
    case .group(let fields):
      guard !node.isNull else { return [] }
      // What the steps say is not said twice.
      let said = ["batch_size", "epochs", "steps"].reduce(node) { $0.removing($1) }
      var text = fields.settings(of: said, always: always)
      if field.name == "validation", let count = report.validationSamples {
        text = "\(Readable.count(count)) samples: \(text)"
      }
      return [(field.name, text)]
    case .item(let catalog): return [(field.name, catalog.settings(of: node, always: always))]
    case .items(let catalog, _) where catalog.noun != "layer":
      let terms = (node.elements ?? []).map { catalog.settings(of: $0, always: always) }
      return [(field.name, terms.isEmpty ? "none" : terms.joined(separator: ", "))]
    default: return []
    }
  }

  private static func plain(_ number: Float) -> String {
    number == number.rounded() && number.magnitude < 1e6 ? "\(Int(number))" : "\(number)"
  }

  /// What it takes.
  private var costs: [(name: String, text: String)] {
    let (steps, time) = (report.steps, report.time)
    let operations = report.arithmetic.operations
    let products = Double(report.arithmetic.products) / Double(max(operations, 1)) * 100
    let training = report.memory.parts.reduce(0) { $0 + $1.bytes }
    let loading =
      report.memory.loading > training ? "\(ByteCount.text(report.memory.loading)) while the data load, then " : ""
    let parts = report.memory.parts.map { "\(ByteCount.text($0.bytes)) \($0.name)" }.joined(separator: ", ")
    let without =
      report.evaluations == 0
      ? ""
      : " without \(report.evaluations == 1 ? "the evaluation" : "\(Readable.count(report.evaluations)) evaluations")"
    let busy = time.warning.map { "; \($0)" } ?? ""
    let step = time.secondsPerStep * 1e3
    let each = step < 1 ? Readable.milliseconds(step) : "\(Decimals.text(step, step < 100 ? 1 : 0)) ms"
    return [
      (
        "steps",
        "\(Readable.count(steps.total)): \(Readable.count(steps.perEpoch)) an epoch of batch \(steps.batchSize)"
      ),
      (
        "arithmetic",
        "\(Readable.operations(Double(operations))) a step, \(Decimals.text(products, 0)) % in products"
      ),
      ("memory", "\(loading)\(ByteCount.text(training)): \(parts)"),
      (
        "time",
        "about \(each) a step\(time.timedSteps > 0 ? " (least of \(time.timedSteps))" : ""), "
          + "\(Readable.duration(time.seconds)) in all\(without), on this machine (\(time.threads) "
          + "thread\(time.threads == 1 ? "" : "s"), \(time.lanes) lanes)\(busy)"
      ),
    ]
  }
}

extension FieldsDescription.Field {
  /// Whether it takes an entry of a catalogue.
  fileprivate var isItem: Bool { if case .item = kind { true } else { false } }
}
