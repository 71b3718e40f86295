import Compute
import Files
import Runs
import Specs
import Training

/// Networks of a run for other programs.
package enum NetworkExport {
  /// The files of an export.
  /// - Throws: `RunError` (64) where a format takes one network and there are more, (65) where a network cannot be written so.
  package static func files(_ format: ExportFormat, of restored: RestoredNetworks) throws(RunError) -> [ExportedFile] {
    switch format {
    case .safetensors: return [ExportedFile("", .tensors(tensors(of: restored, .own)))]
    case .npz: return [ExportedFile("", .bytes(try npz(of: restored)))]
    case .torch:
      return [
        ExportedFile(PythonScript.name, PythonScript(.torch, restored).text),
        ExportedFile("parameters.safetensors", .tensors(tensors(of: restored, .torch))),
      ]
    case .keras:
      return [
        ExportedFile(PythonScript.name, PythonScript(.keras, restored).text),
        ExportedFile("parameters.npz", .bytes(try npz(of: restored))),
      ]
    case .onnx: return [ExportedFile("", .bytes(try onnx(of: restored)))]
    case .hf: return try HubExport.files(of: restored)
    case .tensorboard, .mlflow: preconditionFailure("no form of networks")
    }
  }

  /// All variables of the networks in a form.
  private static func arrays(
    of restored: RestoredNetworks, _ form: ParameterForm
  ) -> [(name: String, shape: [Int], values: [Float])] {
    restored.networks.flatMap { network in
      network.variables.map { variable in
        let (name, shape) = (variable.name, variable.shape.axes)
        let values = form.arranged(restored.values(of: variable), shape: shape, of: name)
        return (form.name(name), form.shape(shape, of: name), values)
      }
    }
  }

  static func tensors(of restored: RestoredNetworks, _ form: ParameterForm) -> Safetensors {
    var metadata = Dictionary(uniqueKeysWithValues: restored.metadata(of: restored.networks))
    // What the library of Hugging Face asks for.
    metadata["format"] = form == .torch ? "pt" : "np"
    return Safetensors(
      metadata: metadata,
      tensors: arrays(of: restored, form).map {
        Safetensors.Tensor(name: $0.name, shape: $0.shape, values: .float32($0.values))
      })
  }

  private static func npz(of restored: RestoredNetworks) throws(RunError) -> [UInt8] {
    try NamedArray.npz(
      arrays(of: restored, .own).map { NamedArray(name: $0.name, shape: $0.shape, values: .floats($0.values)) })
  }

  private static func onnx(of restored: RestoredNetworks) throws(RunError) -> [UInt8] {
    // The first makes the samples, or is the only one.
    let network = restored.networks[0]
    let graph = try ONNXGraph(
      network, layer: restored.source.experiment.layer(of:), read: { restored.values(of: $0) })
    return ONNXModel.bytes(of: graph, named: network.name, about: restored.metadata(of: [network]))
  }
}
