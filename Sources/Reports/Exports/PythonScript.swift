import Files
import Specs
import Training

/// A program in Python that builds a run's networks in another framework and loads their parameters.
struct PythonScript {
  /// The frameworks, each with the file that knows the layers there.
  enum Framework {
    case torch, keras

    fileprivate var title: String {
      switch self {
      case .torch: "PyTorch"
      case .keras: "Keras"
      }
    }

    fileprivate var layers: [UInt8] {
      switch self {
      case .torch: PackageResources.torch_py
      case .keras: PackageResources.keras_py
      }
    }
  }

  /// What the file is called.
  static let name = "networks.py"
  /// What the program of a run begins with.
  static func beginning(of run: String) -> String { "\"\"\"\(plain(run)), step " }

  /// The program.
  let text: String

  /// - Parameter parameters: the name of the file of parameters beside it; nil for its usual one.
  init(_ framework: Framework, _ restored: RestoredNetworks, parameters: String? = nil) {
    let about = """
      \(restored.runName), step \(restored.step): networks in \(framework.title), written by gan-exp \(Version.current).
      """
    let networks = restored.networks.map { PythonScript.entry($0, layers: restored.layers(of: $0)) }
    let layers = String(decoding: framework.layers, as: UTF8.self)
      .replacing("ABOUT", with: PythonScript.plain(about), maxReplacements: 1)
      .replacing(
        "NETWORKS = {}", with: "NETWORKS = {\n" + networks.joined() + "}", maxReplacements: 1)
    let named = parameters.map { layers.replacing("parameters.safetensors", with: $0) } ?? layers
    text = named + String(decoding: PackageResources.main_py, as: UTF8.self)
  }

  /// A text as a comment of Python holds it.
  private static func plain(_ text: String) -> String { text.replacing("\\", with: "/").replacing("\"", with: "'") }

  /// What the program knows of a network.
  private static func entry(_ network: PortableNetwork, layers: Node) -> String {
    var facts: [(String, String)] = [
      ("input", literal(.string(network.input))), ("output", literal(.string(network.output))),
      ("shape", "[\(network.network.inputShape.axes.map(String.init).joined(separator: ", "))]"),
      ("classes", network.classes.map(String.init) ?? "None"),
    ]
    if let parts = network.latent {
      let latent: [(String, Node)] = [
        ("dim", .integer(parts.latent)), ("distribution", .string(parts.isNormal ? "normal" : "uniform")),
        ("categorical", .list(parts.categorical.map(Node.integer))), ("continuous", .integer(parts.continuous)),
      ]
      facts.append(("latent", literal(.map(latent))))
    }
    let layers = network.isWithoutSigmoid ? FinalSigmoid.removed(from: layers) : layers
    let lines = (layers.elements ?? []).map { "            \(literal($0)),\n" }
    return "    \"\(network.name)\": {\n" + facts.map { "        \"\($0.0)\": \($0.1),\n" }.joined()
      + "        \"layers\": [\n" + lines.joined() + "        ],\n    },\n"
  }

  /// A value of a spec in Python, without what first values are drawn from.
  static func literal(_ node: Node) -> String {
    switch node.content {
    case .null: return "None"
    case .scalar(let text, let plain):
      if plain, text == "true" || text == "false" { return text == "true" ? "True" : "False" }
      if plain, let number = Double(text), number.isFinite { return text }
      return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .sequence(let elements): return "[" + elements.map(literal).joined(separator: ", ") + "]"
    case .mapping(let pairs):
      let kept = pairs.filter { !($0.key.text ?? "").hasSuffix("_initializer") }
      return "{" + kept.map { "\(literal($0.key)): \(literal($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}
