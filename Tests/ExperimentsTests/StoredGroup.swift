import TestSupport

/// Groups of runs written by hand, with the values of verdict.csv.
struct StoredGroup: Sendable {
  var loss = "non_saturating: {}"
  /// A value of each run, seeds 0, 1 and so on; nil of one that diverged.
  var values: [Double?]
  var metric = "frechet_distance"
  var standardError = "0.05"
  /// Lines that follow the loss in resolved.yaml.
  var spec = ""

  /// Writes the runs into `seed-0`, `seed-1` and so on below a path.
  func write(_ path: String, into folder: TemporaryFolder) throws {
    for seed in values.indices { try run(seed).write("\(path)/seed-\(seed)", into: folder) }
  }

  /// The run of a seed.
  func run(_ seed: Int) -> StoredRun {
    var run = StoredRun(
      name: "small", seed: seed, loss: loss, spec: spec, metrics: "step,epoch,discriminator_loss\n10,1,1.5\n20,2,1.25\n"
    )
    guard let value = values[seed] else {
      run.status = "diverged"
      return run
    }
    // One of the rows is better than the last.
    run.evaluation = "step,epoch,\(metric)\n10,1,\(value - 1)\n20,2,\(value + 1)\n"
    run.verdict = """
      step,metric,value,standard_error,real_data,generated,real,features
      20,\(metric),\(value),\(standardError),0.22,10000,10000,f0

      """
    return run
  }

  /// Those of the vectors that SciPy was asked about.
  static let first = StoredGroup(values: [7.1, 6.8, 7.4, 6.9, 7.0])
  static let second = StoredGroup(loss: "wasserstein: {}", values: [6.5, 6.6, 6.9, 6.4, 7.05])
  static let third = StoredGroup(loss: "hinge: {}", values: [5.1, 5.2, 5.0, nil, 5.3])

  /// A folder with groups by experiment.
  static func folder(_ groups: [(String, StoredGroup)]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, group) in groups { try group.write("Runs/\(name)/group-001", into: folder) }
    return folder
  }
}
