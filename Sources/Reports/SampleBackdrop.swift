import Datasets
import Runs
import Training

extension RunSampling {
  /// Samples by which their density is told.
  private static let densitySamples = 100_000
  /// Samples that are made at a time for it.
  private static let batch = 4000

  /// What lies behind samples that are points of a plane.
  /// - Parameters:
  ///   - real: the data; nil where they are not at hand.
  ///   - threads: how many score and make samples; nil for one a core.
  ///   - notes: is told of checkpoints that were passed over.
  /// - Throws: `RunError` (64) for other samples, and for scores of single samples where there are none; (66) for the density of
  ///   data that are not at hand.
  package static func backdrop(
    _ kind: Backdrop.Kind, of samples: RunSamples, real: Table?, threads: Int?, notes: (String) -> Void
  ) throws(RunError) -> Backdrop {
    guard let (across, up) = TablePicture(samples.values, of: samples.dataset, real: real).plane else {
      throw RunError(
        "a sample of \(samples.runName) is \(samples.shape.map(String.init).joined(separator: " x ")), and a backdrop lies "
          + "behind points of a plane", remedy: "leave --backdrop out", exitCode: 64)
    }
    return try making {
      let ofData = density(of: samples.dataset, real, across, up)
      if kind == .data {
        guard let ofData else {
          throw RunError(
            "the data of \(samples.runName) are not at hand", remedy: "say with --data-dir where they lie", exitCode: 66
          )
        }
        return Backdrop(.data, values: ofData, range: 0...(ofData.max() ?? 0))
      }
      // The very checkpoint, even if there is a newer one by now.
      let place: CheckpointChoice = samples.place == .best ? .best : .step(samples.step)
      let restored = try RestoredSampler(samples.folder, at: place, threads: threads, notes: notes)
      defer { restored.pool.close() }
      let label = samples.isOfOneClass ? samples.labels?.first : nil
      if kind == .score {
        let places = Backdrop.places(across, up).map { Float($0) }
        let scores = try restored.scores(of: places, label: label).map { Double($0) }
        let middle = restored.task.scoring.threshold.map { Double($0) }
        let isCrossed = middle.map { middle in scores.contains { $0 > middle } && scores.contains { $0 < middle } }
        return Backdrop(
          .score, values: scores, range: range(of: scores, around: isCrossed == true ? middle : nil),
          middle: isCrossed == true ? middle : nil)
      }
      var request = SampleRequest(count: batch, seed: samples.seed)
      request.label = label
      if let kinds = restored.task.sampledKinds {
        request.samplesOfClass = max(1, batch / kinds)
        request.count = request.samplesOfClass * kinds
      }
      let points = try restored.samples(request, rounds: max(1, densitySamples / request.count))
      let values = PlaneDensity.values(of: points, across, up)
      // With the colors that the data's own density has, so that both can be compared.
      return Backdrop(.density, values: values, range: 0...((ofData ?? values).max() ?? 0))
    }
  }

  /// The density of the data: exactly where they are modes, else of their rows.
  private static func density(
    of dataset: SurveyedDataset, _ real: Table?, _ across: Scale, _ up: Scale
  ) -> [Double]? {
    if let mixture = dataset.source as? any GaussianMixture {
      return PlaneDensity.values(around: mixture.centres, stddev: mixture.stddev, across, up)
    }
    return real.map { PlaneDensity.values(of: $0.rows(atMost: $0.count), across, up) }
  }

  /// Between the 2 % least and the 2 % greatest values, which lie in corners where nothing else does; all of those on a side of the
  /// middle that would have none.
  private static func range(of values: [Double], around middle: Double?) -> ClosedRange<Double> {
    let sorted = values.filter(\.isFinite).sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return 0...0 }
    let cut = sorted.count / 50
    let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
    guard let middle else { return low...high }
    return (low < middle ? low : least)...(high > middle ? high : greatest)
  }
}
