import Compute
import Evaluation

/// What of ours the values of other programs stand beside, by the name of the metric.
enum ReferenceMetrics {
  /// A value that was found, and how near to the expected one it must be.
  enum Found {
    /// To 1e-9 of it.
    case number(Double)
    /// The very number, such as a count.
    case exact(Double)
    /// The ratio of a count to so many, which others may have rounded in another place: the same count.
    case share(Double, of: Double)

    static func share(_ value: Double, of whole: Int) -> Found { .share(value, of: Double(whole)) }
  }

  /// A case with its points.
  struct Question {
    let known: ReferenceCase
    let pool: ThreadPool

    var parameters: ReferenceCase.Parameters { known.parameters }
    var k: Int { parameters.k ?? 0 }
    /// The real points, those asked for.
    var real: Matrix { points(known.real) }
    /// The generated points, those asked for.
    var generated: Matrix { points(known.generated) }
    /// The held-out points.
    var test: Matrix { ReferenceCases.points[parameters.test ?? ""] ?? Matrix(rows: 0, columns: 0) }
    /// The generated points times two, as logits.
    var logits: Matrix {
      Matrix(rows: generated.rows, columns: generated.columns, values: generated.values.map { 2 * $0 })
    }
    var balls: Balls { Balls(real: real, generated: generated, k: k, on: pool) }

    private func points(_ name: String?) -> Matrix {
      let points = ReferenceCases.points[name ?? ""] ?? Matrix(rows: 0, columns: 0)
      return points.taking(0..<min(parameters.rows ?? points.rows, points.rows))
    }

    /// Of each point the nearest real ones.
    func nearest(of points: Matrix, k: Int = 2) -> Nearest { Nearest(of: points, among: real, k: k, on: pool) }

    /// What is known of copies among points.
    func memory(of points: Matrix, threshold: Double = 0) -> Memorisation {
      let nearest = nearest(of: points)
      return Memorisation(
        nearest, isAuthentic: nearest.isAuthentic(among: real, on: pool), threshold: threshold)
    }
  }

  typealias Metric = @Sendable (Question) -> [String: Found]

  /// Metrics of which nothing is ours, and why.
  static let leftOut = [
    "wasserstein_1_axes": "a distance of first powers along the axes, of which we take second powers alone (mind)",
    "sw_approx": "an approximation of the sliced distance without directions, which mind makes needless",
  ]

  static let all: [String: Metric] = [
    "frechet_distance": frechet,
    "kernel_distance": { question in
      ["value": .number(KernelDistance.value(question.real, question.generated, on: question.pool))]
    },
    "kernel_distance_blocks": { question in
      var (real, generated) = (question.real, question.generated)
      if question.parameters.mostRows != nil {
        let rows = min(real.rows, generated.rows)
        (real, generated) = (real.taking(0..<rows), generated.taking(0..<rows))
      }
      let blocks = KernelDistance.blocks(
        real, generated, most: question.parameters.mostRows ?? 64, on: question.pool)
      return ["mean": .number(blocks.mean), "standard_error": .number(blocks.standardError ?? .nan)]
    },
    "prdc": { question in
      let (balls, n, m) = (question.balls, question.real.rows, question.generated.rows)
      return [
        "precision": .share(balls.precision(includingBorder: false), of: m),
        "recall": .share(balls.recall(includingBorder: false), of: n),
        "density": .share(balls.density, of: question.k * m), "coverage": .share(balls.coverage, of: n),
      ]
    },
    "precision_recall": { question in
      let balls = question.balls
      return [
        "precision": .share(balls.precision(), of: question.generated.rows),
        "recall": .share(balls.recall(), of: question.real.rows),
      ]
    },
    "clipped_density": { question in
      let (balls, n, m) = (question.balls, question.real.rows, question.generated.rows)
      return [
        "score": .number(Calibration.clippedDensity(balls)),
        "raw": .share(balls.rawClippedDensity, of: question.k * m),
        "real": .share(balls.ownClippedDensity, of: question.k * n),
        "ratio": .number(balls.rawClippedDensity / balls.ownClippedDensity),
      ]
    },
    "clipped_coverage": { question in
      let (raw, n, m) = (question.balls.rawClippedCoverage, question.real.rows, question.generated.rows)
      let score = Calibration.clippedCoverage(raw: raw, real: n, generated: m, k: question.k)
      return ["score": .share(score, of: m + 1), "share": .share(raw, of: question.k * n)]
    },
    "one_nearest_neighbour": { question in
      let test = TwoSampleTest(real: question.real, generated: question.generated, on: question.pool)
      return [
        "real": .share(test.real, of: question.real.rows),
        "generated": .share(test.generated, of: question.generated.rows),
      ]
    },
    "c_t": { question in
      let (q, p) = (question.nearest(of: question.generated).nearest, question.nearest(of: question.test).nearest)
      let u = CopyTest.pairs(q, above: p)
      let tied = q.reduce(0) { sum, value in sum + p.count { $0 == value } }
      let z = CopyTest.statistic(
        generated: q, heldOut: p,
        cells: ([Int](repeating: 0, count: q.count), [Int](repeating: 0, count: p.count), 1))
      return [
        "u": .exact(u), "tied_pairs": .exact(Double(tied)), "u_strict": .exact(u - Double(tied) / 2),
        "z": .number(z ?? .nan),
      ]
    },
    // In hundredths.
    "auth_pct": { question in
      func percentage(of points: Matrix) -> Found {
        .share(100 * question.memory(of: points).authentic, of: Double(points.rows) / 100)
      }
      return ["generated": percentage(of: question.generated), "test": percentage(of: question.test)]
    },
    "neighbour_ratio": { question in
      let memory = question.memory(of: question.generated)
      return ["smallest": .number(memory.smallestRatio), "below_third": .exact(Double(memory.ratioCopies))]
    },
    "copies": copies,
    "ms_ssim": similarity,
    "vendi": vendi,
    "mind": { question in
      let dimensions = question.real.columns
      var directions = SlicedDistance.axes(dimensions)
      if question.parameters.directions != "axes" {
        directions = ReferenceCases.points["U8"] ?? directions
        for row in 0..<directions.rows {
          let length = directions.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
          for column in 0..<dimensions { directions[row, column] /= length }
        }
      }
      return [
        "value": .number(
          SlicedDistance.value(question.real, question.generated, along: directions, on: question.pool))
      ]
    },
    "classifier_score": classifierScore,
    "class_histogram": { question in
      let (real, generated) = (question.real, question.generated)
      func histogram(_ points: Matrix) -> Histogram {
        Histogram(of: ClassProbabilities.classes(ofLogits: points), classes: points.columns)
      }
      let (r, g) = (histogram(real), histogram(generated))
      return [
        "kl_generated_from_real": .number(g.divergence(from: r)),
        "kl_real_from_generated": .number(r.divergence(from: g)),
        // Half the sum of shares of both.
        "total_variation": .share(g.totalVariation(from: r), of: 2 * real.rows * generated.rows),
      ]
    },
    "parzen": { question in
      let window = ParzenWindow(kernels: question.generated, sigma: question.parameters.sigma ?? .nan)
      let mean = Mean(of: window.logarithms(at: question.test, on: question.pool))
      return ["mean": .number(mean.value), "standard_error": .number(mean.standardError)]
    },
    "expected_coverage": { question in
      // "200 v 150, k 5".
      let numbers = question.known.name.split { !$0.isNumber }.compactMap { Int($0) }
      guard numbers.count == 3 else { return [:] }
      return ["value": .number(Calibration.coverage(real: numbers[0], generated: numbers[1], k: numbers[2]))]
    },
  ]
}
