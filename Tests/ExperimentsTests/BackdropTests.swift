import Datasets
import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing

/// What lies behind points of the plane: densities and scores.
@Suite struct BackdropTests {
  private static let (across, up) = (Scale(.linear, -2, 3), Scale(.linear, -1, 1))

  /// The mean of normal densities around points, value by value.
  private func kernels(_ points: [(Double, Double)], _ place: (Double, Double)) -> Double {
    let (a, b) = (0.01 * 5, 0.01 * 2)
    return points.reduce(0) { sum, point in
      let (x, y) = ((place.0 - point.0) / a, (place.1 - point.1) / b)
      return sum + exp(-(x * x + y * y) / 2) / (2 * .pi * a * b)
    } / Double(points.count)
  }

  private func places() -> [(Double, Double)] {
    let values = Backdrop.places(BackdropTests.across, BackdropTests.up)
    return stride(from: 0, to: values.count, by: 2).map { (values[$0], values[$0 + 1]) }
  }

  @Test func `places go row by row from the top left`() {
    let places = places()
    #expect(places.count == Backdrop.side * Backdrop.side)
    let (width, height) = (5 / Double(Backdrop.side), 2 / Double(Backdrop.side))
    #expect(abs(places[0].0 - (-2 + width / 2)) < 1e-12 && abs(places[0].1 - (1 - height / 2)) < 1e-12)
    #expect(abs(places[1].0 - places[0].0 - width) < 1e-12 && places[1].1 == places[0].1)
    #expect(abs(places[Backdrop.side].1 - places[0].1 + height) < 1e-12)
  }

  @Test func `the density of points is the mean of normal kernels around them`() {
    // In the middle of cells, where sorting into them changes nothing; one lies outside and counts as one of four.
    let all = places()
    let inside = [all[120 * Backdrop.side + 60], all[100 * Backdrop.side + 63], all[30 * Backdrop.side + 200]]
    let points = inside + [(9, 9)]
    let values = PlaneDensity.values(
      of: points.flatMap { [Float($0.0), Float($0.1)] }, BackdropTests.across, BackdropTests.up)
    let peak = kernels(points, inside[0])
    var worst = 0.0
    for (place, value) in zip(all, values) { worst = max(worst, abs(value - kernels(points, place))) }
    // The kernel ends after four standard deviations, e^-8 of its height.
    #expect(worst < 1e-3 * peak, "\(worst) of \(peak)")
    let cell = 10 / Double(Backdrop.side * Backdrop.side)
    #expect(abs(values.reduce(0, +) * cell - 0.75) < 1e-9)
  }

  @Test func `modes have the density of their points, with the kernel's variance added`() {
    let centres: [SIMD2<Float>] = [[-1, 0.25], [1.5, -0.5]]
    let values = PlaneDensity.values(around: centres, stddev: 0.125, BackdropTests.across, BackdropTests.up)
    let (a, b) = (0.125 * 0.125 + 0.05 * 0.05, 0.125 * 0.125 + 0.02 * 0.02)
    var worst = 0.0
    for (place, value) in zip(places(), values) {
      let exact = centres.reduce(0.0) { sum, centre in
        let (x, y) = (place.0 - Double(centre.x), place.1 - Double(centre.y))
        return sum + exp(-x * x / (2 * a) - y * y / (2 * b)) / (2 * .pi * (a * b).squareRoot()) / 2
      }
      worst = max(worst, abs(value - exact))
    }
    #expect(worst < 1e-9 * (values.max() ?? 0), "\(worst)")
  }

  @Test func `scores are what the discriminator of the checkpoint makes of each place`() throws {
    let world = try AnswerWorld()
    let folder = world.folder("Runs/ring/002")
    let samples = try RunSampling.samples(folder, count: 50, seed: nil, from: .newest, threads: 1) { _ in }
    let backdrop = try RunSampling.backdrop(.score, of: samples, real: nil, threads: 1) { _ in }
    let file = try Safetensors(path: RunFolder(folder).checkpoint(samples.step))
    func tensor(_ name: String) throws -> [Double] {
      let found = try #require(file.tensors.first { $0.name == "discriminator.\(name)" })
      guard case .float32(let values) = found.values else { return [] }
      return values.map { Double($0) }
    }
    let (kernel, bias) = (try tensor("0.kernel"), try tensor("0.bias"))
    let (last, end) = (try tensor("1.kernel"), try tensor("1.bias"))
    let places = Backdrop.places(Scale(.linear, -1.35, 1.35), Scale(.linear, -1.35, 1.35)).map { Double(Float($0)) }
    var worst = 0.0
    for (number, value) in backdrop.values.enumerated() {
      let (x, y) = (places[2 * number], places[2 * number + 1])
      let score = bias.indices.reduce(end[0]) { sum, unit in
        sum + last[unit] * max(0, bias[unit] + x * kernel[unit] + y * kernel[bias.count + unit])
      }
      worst = max(worst, abs(score - value))
    }
    #expect(worst < 1e-5, "\(worst)")
    #expect(backdrop.values.count == Backdrop.side * Backdrop.side)
    #expect(backdrop.middle == (backdrop.values.contains { $0 < 0 } && backdrop.values.contains { $0 > 0 } ? 0 : nil))
  }

  @Test func `pictures have their colors, and what does not go together is refused`() throws {
    let world = try AnswerWorld()
    for kind in Backdrop.Kind.allCases {
      #expect(try world.status("gan-exp sample ring -n 300 --backdrop \(kind) -o \(kind).png") == 0)
    }
    #expect(try world.status("gan-exp sample ring -n 300 -o plain.png") == 0)
    let plain = try PNG(decoding: world.bytes("plain.png"))
    for kind in Backdrop.Kind.allCases {
      let picture = try PNG(decoding: world.bytes("\(kind).png"))
      #expect((picture.width, picture.height) == (plain.width, plain.height) && picture.pixels != plain.pixels)
    }
    // Drawn of the run's own seed: the same bytes again.
    #expect(
      try world.answer(to: "gan-exp sample ring --backdrop density -n 300 -o again.png; cmp density.png again.png")
        .hasSuffix("again.png\n"))
    let cases = [
      (
        "digits --backdrop density",
        "a sample of digits/001 is 28 x 28 x 1, and a backdrop lies behind points of a plane"
      ),
      ("ring --backdrop score --plain", "--plain has one form, which --backdrop cannot change"),
      ("ring --backdrop score -o x.csv", "--backdrop is for pictures, but .csv is a file of numbers"),
      ("ring --no-labels -o x.npz", "--no-labels is for pictures, but .npz is a file of numbers"),
    ]
    for (arguments, message) in cases {
      let answer = try world.answer(to: "gan-exp sample \(arguments)")
      #expect(answer.hasPrefix("gan-exp: error: \(message)\n") && answer.hasSuffix("[exit 64]\n"), "\(answer)")
    }
  }

  @Test func `who judges packs, or samples of classes, says so`() throws {
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacing("batch_size: 256, epochs: 8", with: "batch_size: 256, epochs: 1, packing: 2"))
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let packed = try scratch.gan("sample", "latest", "--backdrop", "score")
    #expect(
      packed.errors == """
        gan-exp: error: the discriminator of Runs/small/001 judges packs of 2 samples, none alone
                 show the density with --backdrop density

        """)
    let spec = RunScratch.spec.replacing("epochs: 8", with: "epochs: 1")
      .replacing("latent: {dim: 8}", with: "latent: {dim: 8}\nconditional: {}")
      .replacing("generator:\n", with: "generator:\n  - one_hot\n").replacing(
        "discriminator:\n", with: "discriminator:\n  - one_hot\n")
    try scratch.folder.put(spec, into: "classes.yaml")
    try #require(try scratch.gan("run", "classes.yaml", "--quiet", "--set", "name=classes").status == 0)
    let unnamed = try scratch.gan("sample", "classes", "--backdrop", "score")
    #expect(
      unnamed.status == 64
        && unnamed.errors.contains("judges samples of a class\n         say which one with --class\n"),
      "\(unnamed.errors)")
    let named = try scratch.gan("sample", "classes", "--backdrop", "score", "--class", "3", "-o", "three.png")
    #expect(named.status == 0, "\(named.errors)")
  }
}
