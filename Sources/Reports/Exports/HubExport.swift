import Files
import Runs
import Specs
import Training

/// A run's networks as a folder for the hub of Hugging Face.
enum HubExport {
  /// Card, configuration, parameters, the program that loads them, the spec, and samples where there are pictures of them.
  static func files(of restored: RestoredNetworks) throws(RunError) -> [ExportedFile] {
    let (picture, spec): ([UInt8]?, [UInt8])
    do throws(FileError) {
      let sheet = restored.folder.sheet(restored.step)
      picture = try FileKind.of(sheet) == .file ? DurableFile.read(sheet) : nil
      spec = try DurableFile.read(restored.folder.resolved)
    } catch { throw RunError(error) }
    let card = try ModelCard(restored, picture: picture == nil ? nil : "samples.png").text()
    var files = [
      ExportedFile("README.md", card), ExportedFile("config.json", .bytes(configuration(of: restored))),
      ExportedFile("model.safetensors", .tensors(NetworkExport.tensors(of: restored, .torch))),
      ExportedFile(PythonScript.name, PythonScript(.torch, restored, parameters: "model.safetensors").text),
      ExportedFile("spec.yaml", .bytes(spec)),
    ]
    if let picture { files.append(ExportedFile("samples.png", .bytes(picture))) }
    return files
  }

  /// What a program wants to know of the model.
  private struct Configuration: Encodable {
    struct Network: Encodable {
      let input: String
      let inputShape: [Int]
      let output: String
      let outputShape: [Int]
      let classes: Int?
      let parameters: Int
    }

    let modelType = "gan-exp"
    let architectures: [String]
    let run: String
    let step: Int
    let seed: UInt64
    let dataset: String
    let version: String
    let networks: [String: Network]
  }

  private static func configuration(of restored: RestoredNetworks) -> [UInt8] {
    let networks = restored.networks.map { network in
      (
        network.name,
        Configuration.Network(
          input: network.input, inputShape: network.network.inputShape.axes, output: network.output,
          outputShape: network.network.outputShape.axes, classes: network.classes,
          parameters: network.network.parameterCount)
      )
    }
    return JSON.bytes(
      Configuration(
        architectures: networks.map(\.0), run: restored.runName, step: restored.step,
        seed: restored.source.experiment.seed, dataset: restored.source.record.data.name, version: Version.current,
        networks: Dictionary(uniqueKeysWithValues: networks)))
  }
}
