/// The forms in which other programs get what a run made.
package enum ExportFormat: String, CaseIterable, Sendable {
  case safetensors, npz, torch, keras, onnx, hf, tensorboard, mlflow

  /// Whether it is a folder of several files.
  package var isFolder: Bool {
    switch self {
    case .torch, .keras, .hf, .tensorboard: true
    case .safetensors, .npz, .onnx, .mlflow: false
    }
  }

  /// Whether it has the networks of one checkpoint; else it has the whole run.
  package var hasNetworks: Bool { self != .tensorboard && self != .mlflow }
}
