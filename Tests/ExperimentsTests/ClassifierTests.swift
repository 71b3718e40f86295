import Datasets
import Foundation
import TestSupport
import Testing

/// Classifiers: a spec with a `network`.
@Suite struct ClassifierTests {
  private typealias Point = (x: [Double], label: Int)

  /// Twelve points of three classes, of which every step sees all.
  private static let points: [Point] = (0..<12).map { number in
    let (a, b) = (Double(number % 5) - 2, Double(number * number % 7) / 2 - 1.5)
    return (x: [a, b], label: number % 3)
  }
  private static let others: [Point] = [
    (x: [0.5, 1], label: 0), (x: [-2, 0.25], label: 1), (x: [1.5, -1], label: 2), (x: [2, 2], label: 0),
  ]

  private static func csv(_ rows: [Point]) -> String {
    "a,b,kind\n" + rows.map { "\($0.x[0]),\($0.x[1]),\("uvw".map(String.init)[$0.label])\n" }.joined()
  }

  private static func spec(_ loss: String) -> String {
    """
    name: small
    dataset: {csv: {path: points.csv, label: kind, scaling: none}}
    network: [dense: {units: 3, kernel_initializer: zeros}]
    loss: \(loss)
    optimizer: {sgd: {learning_rate: 0.5}}
    training: {batch_size: 12, epochs: 6}
    validation: {dataset: {csv: {path: others.csv, label: kind, scaling: none}}, every: 2}
    record: {metrics_every: 1}

    """
  }

  /// Softmax regression in Double, by hand.
  private struct Regression {
    var weights = [[Double]](repeating: [0, 0, 0], count: 3)

    func logits(_ x: [Double]) -> [Double] {
      (0..<3).map { k in
        let sum = x[0] * weights[0][k] + x[1] * weights[1][k]
        return sum + weights[2][k]
      }
    }

    func probabilities(_ x: [Double]) -> [Double] {
      let powers = logits(x).map(exp)
      return powers.map { $0 / powers.reduce(0, +) }
    }

    /// The mean cross-entropy with smoothed labels, the share of right classes, and the gradient's norm; then a step.
    mutating func step(_ points: [Point], smoothing: Double) -> (Double, Double, Double) {
      var gradient = [[Double]](repeating: [0, 0, 0], count: 3)
      var (loss, right) = (0.0, 0.0)
      for (x, label) in points {
        let p = probabilities(x)
        let targets = (0..<3).map { ($0 == label ? 1 - smoothing : 0) + smoothing / 3 }
        loss -= zip(targets, p).reduce(0) { $0 + $1.0 * log($1.1) }
        right += p[label] == p.max() ? 1 : 0
        for k in 0..<3 {
          for (row, input) in [x[0], x[1], 1].enumerated() { gradient[row][k] += (p[k] - targets[k]) * input / 12 }
        }
      }
      let norm = gradient.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      for row in 0..<3 { for k in 0..<3 { weights[row][k] -= 0.5 * gradient[row][k] } }
      return (loss / 12, right / 12, norm)
    }
  }

  @Test(arguments: [("cross_entropy", 0.0), ("{cross_entropy: {label_smoothing: 0.2}}", 0.2)])
  func `softmax regression is that of Double arithmetic by hand`(loss: String, smoothing: Double) throws {
    let scratch = try RunScratch(spec: ClassifierTests.spec(loss))
    try scratch.folder.put(ClassifierTests.csv(ClassifierTests.points), into: "points.csv")
    try scratch.folder.put(ClassifierTests.csv(ClassifierTests.others), into: "others.csv")
    let result = try scratch.gan("run", "small.yaml", "--quiet")
    try #require(result.status == 0, Comment(rawValue: result.errors))
    func rows(_ name: String) throws -> [[Double]] {
      try String(contentsOfFile: "\(scratch.run())/\(name)", encoding: .utf8).split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",").map { Double($0) ?? .nan } }
    }
    let (measured, evaluated) = (try rows("metrics.csv"), try rows("evaluation.csv"))
    try #require(measured.count == 6 && evaluated.count == 3)
    var exact = Regression()
    for step in 1...6 {
      let (loss, accuracy, norm) = exact.step(ClassifierTests.points, smoothing: smoothing)
      for (value, expected) in zip(measured[step - 1], [Double(step), Double(step), loss, accuracy, norm]) {
        #expect(abs(value - expected) < 2e-6, "step \(step)")
      }
      guard step % 2 == 0 else { continue }
      let entropy = ClassifierTests.others.reduce(0) { $0 - log(exact.probabilities($1.x)[$1.label]) } / 4
      let right = ClassifierTests.others.filter { point in
        let p = exact.probabilities(point.x)
        return p[point.label] == p.max()
      }
      let row = evaluated[step / 2 - 1]
      #expect(row[0] == Double(step) && row[1] == Double(step))
      #expect(abs(row[2] - entropy) < 2e-6 && row[3] == Double(right.count) / 4, "step \(step)")
    }
    // Of each class, which samples were taken for which.
    var counts = [[Int]](repeating: [0, 0, 0], count: 3)
    for (x, label) in ClassifierTests.others {
      let p = exact.probabilities(x)
      counts[label][p.firstIndex(of: p.max() ?? 0) ?? 0] += 1
    }
    let confusion = try rows("confusion.csv").map { $0.map { Int($0) } }
    #expect(confusion == counts.enumerated().map { [6, $0] + $1 })
  }

  /// Everything that a classifier's state can be: running statistics, averages, dropout, micro-batches, a share held out.
  private static let rich = """
    name: small
    dataset: {mnist: {subset: 1280, split: test}}
    network:
      - conv2d: {filters: 8, kernel_size: 5, strides: 3}
      - batch_norm
      - relu
      - flatten
      - dropout: {rate: 0.2}
      - dense: {units: 10}
    training: {batch_size: 64, epochs: 6, gradient_accumulation: 2, average: {decay: 0.9}, augmentation: {translation: 0.1}}
    validation: {share: 0.2, every: 4}
    record: {metrics_every: 7, sample_count: 10, checkpoints_kept: 100}

    """

  @Test func `threads, kills and longer runs leave every bit as it is`() throws {
    let scratch = try RunScratch(spec: ClassifierTests.rich)
    for line in [
      "$GAN run small.yaml --quiet --threads 1",
      "$GAN run small.yaml --quiet --threads 3 --set training.epochs=3; $GAN resume small/002 --epochs 6 --quiet",
      "$GAN run small.yaml --quiet; $GAN resume small/003 --from 32 --quiet",
      "$GAN verify small/001; $GAN verify small/002; $GAN verify small/003",
    ] {
      let result = try scratch.shell(line)
      #expect(result.status == 0, "\(line): \(result.errors)\(result.output)")
    }
    for run in ["002", "003"] {
      #expect(try scratch.differences(scratch.run("001"), scratch.run(run)) == [])
      for name in ["evaluation.csv", "confusion.csv"] {
        let files = try ["001", run].map { try Data(contentsOf: URL(fileURLWithPath: "\(scratch.run($0))/\(name)")) }
        #expect(files[0] == files[1], "\(name) of \(run)")
      }
    }
    // Every fourth epoch of 16 steps, and the end.
    let rows = try String(contentsOfFile: scratch.run() + "/evaluation.csv", encoding: .utf8).split(separator: "\n")
    #expect(rows.dropFirst().map { $0.split(separator: ",").first } == ["64", "96"])
  }

  @Test func `what was measured is shown, listed and compared; there is nothing to sample`() throws {
    let scratch = try RunScratch(spec: ClassifierTests.rich.replacing("epochs: 6", with: "epochs: 2"))
    let line = "$GAN run small.yaml --quiet; $GAN run small.yaml --quiet --set optimizer.adam.learning_rate=1e-5"
    #expect(try scratch.shell(line).status == 0)
    let show = try scratch.gan("show", "small/001").output
    for part in ["validation_accuracy", "class \\ said", "most often taken for another class: "] {
      #expect(show.contains(part), "\(part)")
    }
    #expect(try scratch.gan("list").output.split(separator: "\n")[0].contains("loss  validation accuracy  started"))
    let compared = try scratch.gan("compare", "small/001", "small/002", "--by", "validation_accuracy")
    #expect(compared.output.contains("best row by validation_accuracy (higher is better)"))
    #expect(compared.output.contains(/rank +1 +2\n/))
    let csv = try scratch.gan("compare", "small/001", "--csv").output.split(separator: "\n")
    #expect(csv[0] == "run,step,epoch,loss,accuracy,gradient_norm,validation_loss,validation_accuracy")
    #expect(csv.last?.hasPrefix("Runs/small/001,32,2,") == true && csv.last?.hasSuffix(",") == false)
    // What cannot be read is said, not left out.
    let damaged = try scratch.shell("echo junk >> Runs/small/002/evaluation.csv; $GAN show small/002").output
    #expect(damaged.contains("none: Runs/small/002/evaluation.csv: line "))
    let sample = try scratch.gan("sample", "small/001")
    #expect(sample.status == 64)
    #expect(
      sample.errors == """
        gan-exp: error: Runs/small/001 trains no network that makes samples
                 its sheets are in Runs/small/001/samples

        """)
  }

  /// The colors that a picture has in its legend, the first 24 rows, and below it.
  private func look(at path: String) throws -> (width: Int, legend: Set<[UInt8]>, plots: Set<[UInt8]>) {
    let picture = try PNG(decoding: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    guard picture.color == .rgb else { return (picture.width, [], []) }
    func colors(_ range: Range<Int>) -> Set<[UInt8]> {
      Set(stride(from: range.lowerBound, to: range.upperBound, by: 3).map { Array(picture.pixels[$0..<($0 + 3)]) })
    }
    let end = 24 * picture.width * 3
    return (picture.width, colors(0..<end), colors(end..<picture.pixels.count))
  }

  @Test(arguments: ["x,y,kind", "x,y,z,kind"])
  func `a sheet of rows of numbers has the mistakes in color before the data in gray`(header: String) throws {
    let width = header.split(separator: ",").count - 1
    let rows = (0..<200).map { row in
      (0..<width).map { "\((row * (7 + $0)) % 19)" }.joined(separator: ",") + ",\(row % 2 == 0 ? "a" : "b")"
    }
    let spec = """
      dataset: {csv: {path: points.csv, label: kind, scaling: standard}}
      network: [dense: {units: 2}]
      training: {batch_size: 16, epochs: 1}

      """
    let scratch = try RunScratch(spec: spec)
    try scratch.folder.put(([header] + rows).joined(separator: "\n") + "\n", into: "points.csv")
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    let sheet = try #require(try scratch.names(scratch.run() + "/samples").last)
    let (pixels, legend, plots) = try look(at: "\(scratch.run())/samples/\(sheet)")
    #expect(pixels > 400)
    // The legend's squares.
    #expect(legend.contains([178, 178, 178]) && legend.contains([30, 70, 160]))
    // Dots let through what is below them: mistakes are blue, data gray and lighter than the frame.
    #expect(plots.contains { Int($0[2]) - Int($0[0]) > 80 })
    #expect(plots.contains { Set($0).count == 1 && (178..<240).contains($0[0]) })
    #expect(try scratch.gan("verify", "small/001").status == 0)
  }

  @Test func `data to evaluate on that change are refused`() throws {
    let scratch = try RunScratch(spec: ClassifierTests.spec("cross_entropy"))
    try scratch.folder.put(ClassifierTests.csv(ClassifierTests.points), into: "points.csv")
    try scratch.folder.put(ClassifierTests.csv(ClassifierTests.others), into: "others.csv")
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    try scratch.folder.put(ClassifierTests.csv(ClassifierTests.others.reversed()), into: "others.csv")
    let result = try scratch.gan("resume", "small/001", "--epochs", "8", "--quiet")
    #expect(result.status == 65)
    #expect(result.errors.contains("the data to evaluate on are not those the run began with (SHA-256 "))
  }
}
