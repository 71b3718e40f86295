import Compute
import Evaluation

/// Metrics that are also asked of data without a name, or in more than one way.
extension ReferenceMetrics {
  static let frechet: Metric = { question in
    func value(_ a: Moments, _ b: Moments) -> [String: Found] {
      ["value": .number(FrechetDistance.value(a, b, on: question.pool))]
    }
    func known(_ covariance: [Double]) -> Moments {
      Moments(count: 2, mean: [0, 0], covariance: Matrix(rows: 2, columns: 2, values: covariance))
    }
    func moments(_ points: Matrix) -> Moments {
      let moments = Moments(of: points, on: question.pool)
      guard question.parameters.ddof == 0 else { return moments }
      var covariance = moments.covariance
      for place in covariance.values.indices {
        covariance.values[place] *= Double(points.rows - 1) / Double(points.rows)
      }
      return Moments(count: moments.count, mean: moments.mean, covariance: covariance)
    }
    switch question.known.name {
    case "two covariances": return value(known([2, 1, 1, 2]), known([1, 0, 0, 3]))
    case "ones v nines":
      func points(_ value: Double, two rows: Range<Int>) -> Matrix {
        var points = Matrix(rows: 100, columns: 2, values: [Double](repeating: value, count: 200))
        for row in rows { points[row, 0] = 2 }
        return points
      }
      return value(moments(points(1, two: 0..<50)), moments(points(9, two: 50..<100)))
    default: return value(moments(question.real), moments(question.generated))
    }
  }

  static let copies: Metric = { question in
    let (q, p) = (question.generated, question.test)
    let threshold = Memorisation.threshold(heldOut: question.nearest(of: p))
    let (memory, heldOut) = (
      question.memory(of: q, threshold: threshold), question.memory(of: p, threshold: threshold)
    )
    let interval = Memorisation.interval(of: memory.copies, among: memory.count)
    return [
      "exact": .exact(Double(question.nearest(of: q).nearest.count { $0 == 0 })),
      "threshold": .number(threshold.squareRoot()), "near": .exact(Double(memory.copies)),
      "rate": .share(memory.copyRate, of: q.rows), "test_near": .exact(Double(heldOut.copies)),
      "wilson_low": .number(interval.lowerBound), "wilson_high": .number(interval.upperBound),
    ]
  }

  static let vendi: Metric = { question in
    func value(_ kernel: [[Double]]) -> [String: Found] {
      let matrix = Matrix(rows: kernel.count, columns: kernel.count, values: Array(kernel.joined()))
      return ["value": .number(VendiScore.value(kernel: matrix, count: kernel.count, on: question.pool))]
    }
    func value(of samples: [Double]) -> [String: Found] {
      value(samples.map { one in samples.map { CorrectlyRounded.exponential(-abs(one - $0)) } })
    }
    if let matrix = question.parameters.matrix { return value(matrix) }
    switch question.known.name {
    case "0 0 10 10 20 20": return value(of: [0, 0, 10, 10, 20, 20])
    case "seven equal": return value(of: [Double](repeating: 3, count: 7))
    default: return ["value": .number(VendiScore.cosine(question.generated, on: question.pool))]
    }
  }

  static let classifierScore: Metric = { question in
    func scores(_ logits: Matrix, splits: Int) -> [String: Found] {
      let size = logits.rows / splits
      let mean = Mean(
        of: (0..<splits).map { split in
          let part = logits.taking((split * size)..<((split + 1) * size))
          return ClassifierScore(ofLogits: part, on: question.pool).value
        })
      return [
        "mean": .number(mean.value),
        "sd_ddof_0": .number(mean.standardError * Double(splits).squareRoot()),
      ]
    }
    switch question.known.name {
    case "rows [1,2]*500+[4] and [4,5]*500+[6]":
      func row(_ values: [Double], last: Double) -> [Double] { (0..<1000).map { values[$0 % 2] } + [last] }
      return scores(Matrix(rows: 2, columns: 1001, values: row([1, 2], last: 4) + row([4, 5], last: 6)), splits: 1)
    case "logits 2 F, 10 splits":
      let twice = GoldenData.generated.values.map { 2 * $0 }
      return scores(Matrix(rows: 150, columns: 8, values: twice), splits: question.parameters.splits ?? 0)
    default: return ["value": .number(ClassifierScore(ofLogits: question.logits, on: question.pool).value)]
    }
  }

  static let similarity: Metric = { question in
    func image(_ side: Int, _ value: (Int, Int) -> Int) -> [Matrix] {
      [
        Matrix(
          rows: side, columns: side, values: (0..<(side * side)).map { Double(value($0 / side, $0 % side)) })
      ]
    }
    let a = image(32) { (7 * $0 + 13 * $1) % 256 }
    switch question.known.name {
    case "A v A", "A v B":
      let b = question.known.name == "A v A" ? a : image(32) { (7 * $0 + 13 * $1 + ($0 * $1) % 17) % 256 }
      let level = StructuralSimilarity.levels(a, b)[0]
      return [
        "ms_ssim": .number(StructuralSimilarity.value(a, b)), "level_0_ssim": .number(level.similarity),
        "level_0_contrast": .number(level.contrast),
      ]
    case "constant 1, .7, 0":
      let constants = [1, 0.7, 0].map { value in
        [Matrix(rows: 64, columns: 64, values: [Double](repeating: value, count: 64 * 64))]
      }
      let values = (0..<9).filter { $0 / 3 != $0 % 3 }.map {
        StructuralSimilarity.value(constants[$0 / 3], constants[$0 % 3])
      }
      return ["value": .number(Mean(of: values).value)]
    default: return [:]
    }
  }
}
