import Compute
import Runs
import Training

/// Networks of features from the runs of classifiers.
package enum FeatureExport {
  /// Writes the network of a run's newest good checkpoint.
  /// - Parameters:
  ///   - layer: the number of the layer whose output the features are, from 0.
  ///   - output: the file to write.
  /// - Returns: the step of the checkpoint.
  package static func write(
    _ path: String, layer: Int, to output: String, notes: (String) -> Void
  ) throws(RunError) -> Int {
    do {
      let folder = RunFolder(path)
      let source = try SampleSource(folder, at: .newest, notes: notes)
      let state = try State(layout: source.experiment.layout)
      try source.checkpoint.restore(state, path: source.path)
      try FeatureNetwork.export(source.experiment, state: state, layer: layer, to: output)
      return source.checkpoint.step
    } catch { throw RunError(of: error) }
  }
}
