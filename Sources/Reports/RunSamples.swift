import Datasets
import Runs
import SystemPackage

/// Samples that a run's generator made, and all there is to say of them.
package struct RunSamples: Sendable {
  /// The run.
  package let folder: RunFolder
  /// Which checkpoint was asked for.
  let place: CheckpointChoice
  /// The experiment's name.
  package let name: String
  /// The step of the checkpoint.
  package let step: Int
  /// The seed of the latent points.
  package let seed: UInt64
  /// The number of samples.
  package let count: Int
  /// The lengths of the axes of one sample.
  package let shape: [Int]
  /// The samples [count] + shape, row-major, as the generator makes them: in the range that the data have in training.
  package let values: [Float]
  /// The class or first code of each; nil where the generator knows none.
  package let labels: [Int]?
  /// What the generator made them of [count, latent values], codes behind the latent vector.
  package let latent: [Float]
  /// What the classes are called, where they have names.
  package let classNames: [String]?
  /// What the columns of a table are called.
  package let valueNames: [String]
  /// Samples in a row of a sheet; nil where that is free.
  let rowLength: Int?
  /// Whether all are of one class that was asked for.
  let isOfOneClass: Bool
  /// The data they imitate.
  let dataset: SurveyedDataset
  /// The folder against which their spec is named; nil where the run does not say.
  let specFolder: String?
  /// The run's seed, of which generated data depend.
  let experimentSeed: UInt64
  /// What stands above the columns of a picture; none where they mean nothing, or the classes of the only row.
  let columnNames: [String]

  /// Whether they are rows of numbers, which pictures show against the data.
  package var isTable: Bool { shape.count == 1 }

  /// The last two parts of the run's path, `mlp-mnist/001`.
  package var runName: String { FilePath(root: nil, FilePath(folder.path).components.suffix(2)).string }

  /// What a class is called.
  func className(_ label: Int) -> String {
    classNames.flatMap { $0.indices.contains(label) ? $0[label] : nil } ?? String(label)
  }

  /// Run, step and seed, and the class where all samples are of one.
  var captionParts: [String] {
    let kind = isOfOneClass ? labels?.first.map { ["class \(className($0))"] } ?? [] : []
    return [runName, "step \(step)", "seed \(seed)"] + kind
  }

  /// A name for a file of these samples that says what they are: `mlp-mnist-001-step-936-seed-7`.
  package func stem(hasOwnSeed: Bool) -> String {
    var parts = [runName.replacing("/", with: "-"), "step-\(step)"]
    if hasOwnSeed { parts.append("seed-\(seed)") }
    if isOfOneClass, let label = labels?.first { parts.append("class-\(className(label))") }
    let plain = parts.joined(separator: "-").map { $0 == "/" || $0 == " " ? "-" : $0 }
    return String(plain)
  }
}
