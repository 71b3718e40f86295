import Compute
import Datasets
import Evaluation

/// The space in which samples are measured: features of a network, or their values; of images between 0 and 1.
final class FeatureSpace {
  private let extractor: FeatureNetwork.Extractor?
  /// Of a sample's value x, what is measured or shown to the network: scale x + shift.
  private let (scale, shift): (Float, Float)
  private let size: Int
  private let batch: Int

  /// - Parameters:
  ///   - bounds: the values between which samples lie; nil for any.
  ///   - batch: samples that are looked at together.
  init(
    _ network: FeatureNetwork?, sampleShape: [Int], bounds: ClosedRange<Float>?, batch: Int, pool: ThreadPool
  ) throws(PlanError) {
    extractor = try network?.extractor(count: batch, pool: pool)
    size = sampleShape.reduce(1, *)
    self.batch = batch
    let wanted: ClosedRange<Float>? = if let network { network.bounds } else { sampleShape.count == 3 ? 0...1 : nil }
    guard let bounds, let wanted, bounds != wanted else {
      (scale, shift) = (1, 0)
      return
    }
    let ratio = (wanted.upperBound - wanted.lowerBound) / (bounds.upperBound - bounds.lowerBound)
    (scale, shift) = (ratio, wanted.lowerBound - ratio * bounds.lowerBound)
  }

  /// Samples of a table.
  func samples(of table: Table, numbers: [Int]) -> SampleSet {
    var parts: [SampleSet] = []
    for start in stride(from: 0, to: numbers.count, by: batch) {
      let part = numbers[start..<min(start + batch, numbers.count)]
      parts.append(samples(of: part.flatMap { table.sample($0) }, classes: nil, count: part.count))
    }
    let all = SampleSet.joined(parts)
    let classes = table.labels.map { labels in numbers.map { Int(labels[$0]) } }
    return SampleSet(points: all.points, classes: classes, logits: all.logits)
  }

  /// The first of at most a batch of samples.
  func samples(of values: [Float], classes: [Int]?, count: Int) -> SampleSet {
    let own = scale == 1 && shift == 0 ? values : values.map { shift + scale * $0 }
    let classes = classes.map { Array($0.prefix(count)) }
    guard let extractor else {
      return SampleSet(points: FeatureSpace.matrix(own, count: count, size: size), classes: classes)
    }
    // What a batch lacks is filled up with its first sample.
    var whole = own
    while whole.count < batch * size { whole += own.prefix(size) }
    let (features, logits) = extractor(whole)
    return SampleSet(
      points: FeatureSpace.matrix(features, count: count, size: features.count / batch), classes: classes,
      logits: logits.map { FeatureSpace.matrix($0, count: count, size: $0.count / batch) })
  }

  private static func matrix(_ values: [Float], count: Int, size: Int) -> Matrix {
    Matrix(rows: count, columns: size, values: values.prefix(count * size).map(Double.init))
  }
}

extension SampleSet {
  /// Several sets as one.
  static func joined(_ sets: [SampleSet]) -> SampleSet {
    func joined(_ parts: [Matrix]) -> Matrix? {
      guard let first = parts.first, parts.count == sets.count else { return nil }
      return Matrix(
        rows: parts.reduce(0) { $0 + $1.rows }, columns: first.columns, values: parts.flatMap(\.values))
    }
    let classes = sets.compactMap(\.classes)
    return SampleSet(
      points: joined(sets.map(\.points)) ?? Matrix(rows: 0, columns: 0),
      classes: classes.count == sets.count ? Array(classes.joined()) : nil, logits: joined(sets.compactMap(\.logits)))
  }
}
