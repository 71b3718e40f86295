import Compute
import Datasets
import Evaluation

/// The space in which samples are measured: features of a network, or their values; of images between 0 and 1.
final class FeatureSpace {
  private let extractor: FeatureNetwork.Extractor?
  /// Of a sample's value x, what is measured or shown to the network: scale x + shift.
  private let (scale, shift): (Float, Float)
  private let size: Int
  private let images: ImageScale?
  private let batch: Int

  /// - Parameters:
  ///   - bounds: the values between which samples lie; nil for any.
  ///   - batch: samples that are looked at together.
  ///   - keepsImages: whether samples are wanted as images too.
  init(
    _ network: FeatureNetwork?, sampleShape: [Int], bounds: ClosedRange<Float>?, batch: Int,
    keepsImages: Bool = false, pool: ThreadPool
  ) throws(PlanError) {
    extractor = try network?.extractor(pool: pool)
    size = sampleShape.reduce(1, *)
    self.batch = batch
    images = keepsImages ? ImageScale(shape: sampleShape, bounds: bounds ?? -1...1) : nil
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
    var gathered = Gathering(self, capacity: numbers.count)
    for start in stride(from: 0, to: numbers.count, by: batch) {
      let part = numbers[start..<min(start + batch, numbers.count)]
      gathered.append(
        part.flatMap { table.sample($0) }, classes: table.labels.map { labels in part.map { Int(labels[$0]) } })
    }
    return gathered.samples
  }

  /// The features and logits of at most a batch of samples, both row-major.
  fileprivate func look(at values: [Float]) -> (features: [Float], logits: [Float]?) {
    let own = scale == 1 && shift == 0 ? values : values.map { shift + scale * $0 }
    guard let extractor else { return (own, nil) }
    var (features, logits): ([Float], [Float]?) = ([], nil)
    for start in stride(from: 0, to: own.count, by: extractor.count * size) {
      var part = Array(own[start..<min(start + extractor.count * size, own.count)])
      let count = part.count / size
      // What a batch lacks is filled up with its first sample.
      while part.count < extractor.count * size { part += part.prefix(size) }
      let made = extractor(part)
      features += made.features.prefix(made.features.count / extractor.count * count)
      if let own = made.logits { logits = (logits ?? []) + own.prefix(own.count / extractor.count * count) }
    }
    return (features, logits)
  }

  /// Samples gathered batch by batch, with room for all of them.
  struct Gathering {
    private let space: FeatureSpace
    private let capacity: Int
    private var count = 0
    private var points: [Double] = []
    private var logits: [Double] = []
    private var classes: [Int] = []
    private var pixels: [Double] = []

    /// Nothing yet, of so many in the end.
    init(_ space: FeatureSpace, capacity: Int) { (self.space, self.capacity) = (space, capacity) }

    /// Appends at most a batch of samples, as far as there is room.
    mutating func append(_ values: [Float], classes: [Int]? = nil) {
      let added = min(values.count / space.size, capacity - count)
      guard added > 0 else { return }
      let seen = space.look(at: Array(values.prefix(added * space.size)))
      if count == 0 {
        points.reserveCapacity(seen.features.count / added * capacity)
        logits.reserveCapacity((seen.logits?.count ?? 0) / added * capacity)
        if space.images != nil { pixels.reserveCapacity(space.size * capacity) }
      }
      if let images = space.images {
        pixels.append(contentsOf: values.prefix(added * space.size).lazy.map { images($0) })
      }
      points.append(contentsOf: seen.features.lazy.map(Double.init))
      logits.append(contentsOf: (seen.logits ?? []).lazy.map(Double.init))
      self.classes += classes?.prefix(added) ?? []
      count += added
    }

    /// What was gathered.
    var samples: SampleSet {
      SampleSet(
        points: Matrix(rows: count, columns: points.count / max(count, 1), values: points),
        classes: classes.isEmpty ? nil : classes,
        logits: logits.isEmpty ? nil : Matrix(rows: count, columns: logits.count / count, values: logits),
        images: space.images.map { $0.images(pixels, count: count) })
    }
  }
}

/// Samples as images with values from 0 to 255.
private struct ImageScale {
  let shape: [Int]
  let bounds: ClosedRange<Float>

  /// A value of theirs.
  func callAsFunction(_ value: Float) -> Double {
    (Double(value) - Double(bounds.lowerBound)) * 255 / (Double(bounds.upperBound) - Double(bounds.lowerBound))
  }

  func images(_ pixels: [Double], count: Int) -> Images {
    Images(
      Matrix(rows: count, columns: shape[0] * shape[1] * shape[2], values: pixels), height: shape[0], width: shape[1],
      channels: shape[2])
  }
}
