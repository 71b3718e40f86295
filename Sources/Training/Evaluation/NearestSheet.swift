import Compute
import Datasets
import Evaluation

extension SampleEvaluator {
  /// Generated images on such a sheet, and in a row of it.
  private static let (shown, across) = (40, 10)

  /// The first generated images of the report, a row of ten after the other, below each the training image that is nearest to it by
  /// the features, with their distance; nil for samples that are no images.
  func neighbours() throws(PlanError) -> Sheet? {
    guard experiment.dataset.sampleShape.count == 3 else { return nil }
    let count = SampleEvaluator.shown
    let values = try firstValues(.report)
    let points = space.samples(of: values, classes: nil, count: count).points
    let (numbers, training) = trainingSamples()
    let nearest = Nearest(of: points, among: training.points, k: 1, on: pool)
    let size = data.table.sampleSize
    var samples: [Float] = []
    var captions: [Sheet.Caption] = []
    for start in stride(from: 0, to: count, by: SampleEvaluator.across) {
      let row = start..<(start + SampleEvaluator.across)
      samples += values[(row.lowerBound * size)..<(row.upperBound * size)]
      // The first column says what is what.
      captions += row.map { number in Sheet.Caption(lines: number == 0 ? ["generated"] : []) }
      for number in row {
        samples += data.table.sample(numbers[Int(nearest.numbers[number])])
        let distance = SampleEvaluator.text(nearest.squared[number].squareRoot())
        captions.append(Sheet.Caption(lines: number == 0 ? [distance, "nearest"] : [distance]))
      }
    }
    return Sheet(samples: samples, captions: captions, title: "neighbours")
  }

  /// Images in a row of it.
  package static var neighboursAcross: Int { across }

  /// A distance in three digits.
  private static func text(_ distance: Double) -> String {
    guard distance.isFinite, distance < 1e6 else { return "\(distance)" }
    let places = distance < 10 ? 2 : distance < 100 ? 1 : 0
    let scale = [1.0, 10, 100][places]
    let whole = Int((distance * scale).rounded())
    let digits = String(whole % Int(scale) + Int(scale)).dropFirst()
    return places == 0 ? "\(whole)" : "\(whole / Int(scale)).\(digits)"
  }
}
