import Foundation
import TestSupport

/// Small sweeps of the built program.
enum SweepScratch {
  /// A file that begins from the small spec, with ring-like samples that are measured after every epoch.
  static func file(_ method: String, _ lines: String = "") -> String {
    """
    training: {epochs: 4}
    evaluation: {every: 1, samples: 200}
    sweep:
      base: small.yaml
      method: \(method)
      objective: {metric: mode_divergence}
      parameters:
        optimizers.generator.adam.learning_rate: {log_uniform: [1e-4, 1e-2]}
        loss: {choice: [non_saturating, hinge]}

    """ + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  static let halving = file(
    "halving", "trials: 4\nseeds: [0, 1]\nhalving: {from: 1 epoch, to: 4 epochs, factor: 2}")

  static func scratch(_ file: String, spec: (String) -> String = { $0 }) throws -> RunScratch {
    // The loss has no activation of its own.
    let scratch = try RunScratch(
      spec: spec(RunScratch.spec.replacingOccurrences(of: ", activation: sigmoid", with: "")))
    try scratch.folder.put(file, into: "search.yaml")
    return scratch
  }

  /// The files that must be the same however a sweep was trained, by their paths.
  static func evidence(_ scratch: RunScratch) throws -> [String: Data] {
    let folder = scratch.folder("Runs/search")
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      guard name.hasSuffix(".csv") && name != "timing.csv" || name.hasSuffix(".safetensors") || name.hasSuffix(".yaml")
      else { continue }
      // It holds the arguments' folder no more than the others do.
      files[path] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
    }
    return files
  }

  static func rows(_ scratch: RunScratch) throws -> [[String]] {
    try scratch.folder.text(of: "Runs/search/leaderboard.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func sweep(_ scratch: RunScratch, _ options: [String]) throws -> Program.Result {
    try scratch.gan(["sweep", "search.yaml", "--quiet"] + options)
  }
}
