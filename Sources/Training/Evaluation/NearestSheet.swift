import Compute
import Datasets
import Evaluation

extension Judge {
  /// Generated images on such a sheet.
  private static let shown = 40
  /// Images in a row of it, where there are as many.
  private static let across = 10

  /// The first of some images, a row of ten after the other, or all of fewer, below each the training image that is nearest to it by the features,
  /// with their distance; nil for samples that are no images, or not finite.
  package func neighbours(of values: [Float]) -> Sheet? {
    let size = data.table.sampleSize
    let across = min(Judge.across, values.count / size)
    let count = across == 0 ? 0 : min(Judge.shown, values.count / size) / across * across
    guard data.table.sampleShape.count == 3, count > 0 else { return nil }
    var shown = FeatureSpace.Gathering(space, capacity: count)
    shown.append(values)
    guard shown.samples.isFinite else { return nil }
    let (numbers, training) = trainingSamples()
    guard training.isFinite else { return nil }
    let nearest = Nearest(of: shown.samples.points, among: training.points, k: 1, on: pool)
    var samples: [Float] = []
    var captions: [Sheet.Caption] = []
    for start in stride(from: 0, to: count, by: across) {
      samples += values[(start * size)..<((start + across) * size)]
      // The first column says what is what.
      captions += (0..<across).map { place in Sheet.Caption(lines: start + place == 0 ? ["generated"] : []) }
      for number in start..<(start + across) {
        samples += data.table.sample(numbers[Int(nearest.numbers[number])])
        let distance = Judge.text(nearest.squared[number].squareRoot())
        captions.append(Sheet.Caption(lines: number == 0 ? [distance, "nearest"] : [distance]))
      }
    }
    var sheet = Sheet(samples: samples, captions: captions, title: "neighbours")
    sheet.across = across
    return sheet
  }

  /// A distance in three digits.
  private static func text(_ distance: Double) -> String {
    guard distance.isFinite, distance < 1e6 else { return "\(distance)" }
    let places = distance < 10 ? 2 : distance < 100 ? 1 : 0
    let scale = [1, 10, 100][places]
    let whole = Int((distance * Double(scale)).rounded())
    return places == 0 ? "\(whole)" : "\(whole / scale).\(String(whole % scale + scale).dropFirst())"
  }
}
