import Compute
import Evaluation
import Specs
import Testing
import Training

/// What is said of samples whoever made them.
@Suite struct JudgeTests {
  private static let spec = """
    name: ring
    dataset: {gaussian_ring: {samples: 200}}
    latent: {dim: 2}
    generator: [dense: {units: 2}]
    discriminator: [dense: {units: 1}]
    evaluation:
      at_end: {samples: 200, metrics: [modes, mind, coverage, density, nearest_neighbour_test, kernel_distance, copy_test,
        authentic_share, copy_rate, neighbour_ratio, frechet_distance, extrapolated_frechet_distance, parzen_window, vendi_score]}
    """

  @Test(arguments: [Double.nan, .infinity])
  func `samples that are not finite are measured by nothing, and the verdict says so`(value: Double) throws {
    let diagnostics = Diagnostics()
    let file = SpecFile(path: "ring.yaml", bytes: [UInt8](JudgeTests.spec.utf8), diagnostics: diagnostics)
    let location = RunOptions().data(forSpec: "ring.yaml")
    let made = Experiment(
      try #require(file.root), fallbackName: "ring", data: .looking(location), diagnostics: diagnostics)
    let experiment = try #require(made, Comment(rawValue: DiagnosticRenderer(color: false).render(diagnostics)))
    let fields = try #require((experiment.task as? any SamplingTask)?.evaluation)
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let judge = try Judge(
      fields, of: experiment.dataset, seed: 1, data: try experiment.load(from: location), pool: pool)
    func findings(_ points: Matrix) -> [Finding] {
      judge.measure(fields.atEnd, of: SampleSet(points: points), withFloors: true)
    }
    let values = Random(seed: 1).normal(stream: "points", step: 0, count: 400).map(Double.init)
    var points = Matrix(rows: 200, columns: 2, values: values)
    let measured = findings(points)
    #expect(measured.filter { $0.measured.value.isFinite }.count == measured.count)
    points[199, 1] = value
    let broken = findings(points)
    #expect(broken.allSatisfy { $0.measured.value.isNaN } && broken.count == measured.count)
    #expect(broken.map(\.floor) == measured.map(\.floor))
    let verdicts = Judge.verdicts(broken, of: fields.atEnd)
    #expect(verdicts.map(\.sentence) == ["some are not finite, so that nothing can be measured"])
  }
}
