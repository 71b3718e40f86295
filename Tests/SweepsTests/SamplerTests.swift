import Compute
import Specs
import Sweeps
import TestSupport
import Testing

/// Samplers: which assignments trials have.
@Suite struct SamplerTests {
  private func texts(
    _ sampler: any Sampler, _ search: Search, _ trials: Range<Int>
  ) -> [String] {
    trials.map { trial in
      sampler.assignment(of: trial, in: search, after: []).pairs.map { "\($0.key)=\(Emitter.flowText(of: $0.value))" }
        .joined(separator: " ")
    }
  }

  /// Parameters x0, x1 and so on between 0 and 1.
  private func cube(_ dimensions: Int) throws -> Space {
    try Reading.space((0..<dimensions).map { "x\($0): {uniform: [0, 1]}" }.joined(separator: "\n"))
  }

  private func point(_ assignment: Assignment) throws -> [Double] {
    try assignment.pairs.map { try #require(Double(Emitter.flowText(of: $0.value))) }
  }

  @Test func `the catalogue has all samplers`() {
    #expect(
      MethodCatalog.all.names == [
        "grid", "list", "random", "sobol", "latin", "halving", "hyperband", "asha", "tpe",
      ])
    #expect(MethodCatalog.all.describe("tpe")?.fields.map(\.name) == ["startup", "candidates"])
    #expect(MethodCatalog.all.describe("grid")?.fields.isEmpty == true)
  }

  @Test func `a grid has every combination once, the last parameter fastest`() throws {
    let space = try Reading.space("a: {choice: [1, 2]}\nb: {uniform: [0, 1], points: 3}")
    let search = Search(space: space, seed: 0, trials: 6)
    #expect(GridSampler().count(in: space) == 6)
    #expect(
      texts(GridSampler(), search, 0..<6) == [
        "a=1 b=0.0", "a=1 b=0.5", "a=1 b=1.0", "a=2 b=0.0", "a=2 b=0.5", "a=2 b=1.0",
      ])
  }

  @Test func `a grid crosses active parameters only`() throws {
    let space = try Reading.space(
      """
      weight: {choice: [1, 10], when: {loss: wasserstein}}
      loss: {choice: [hinge, wasserstein]}
      rate: {choice: [3, 4]}
      """)
    #expect(GridSampler().count(in: space) == 6)
    #expect(
      texts(GridSampler(), Search(space: space, seed: 0, trials: 6), 0..<6) == [
        "loss=hinge rate=3", "loss=hinge rate=4", "weight=1 loss=wasserstein rate=3",
        "weight=1 loss=wasserstein rate=4",
        "weight=10 loss=wasserstein rate=3", "weight=10 loss=wasserstein rate=4",
      ])
  }

  @Test func `a grid says which parameter has no values, and when it is too large`() throws {
    let diagnostics = Diagnostics()
    let space = try Reading.space("a: {choice: [1, 2]}\nb: {uniform: [0, 1]}")
    GridSampler().check(space, at: .nowhere, diagnostics)
    let large = try Reading.space("a: {int_uniform: [1, 1000]}\nb: {int_uniform: [1, 101]}")
    #expect(GridSampler().count(in: large) == nil)
    let others = Diagnostics()
    GridSampler().check(large, at: .nowhere, others)
    #expect(
      Reading.summary(diagnostics) == """
        2:1-1 a grid needs the values of b, which may be any number of a range
          give it a choice, a step or points: 5
        """)
    #expect(
      Reading.summary(others) == """
        a grid of more than 100000 combinations
          give the parameters fewer values, or sample: random, sobol, latin, tpe
        """)
  }

  @Test func `a list has its trials in their order, and says which are wrong`() throws {
    let text = "trials: [{loss: hinge}, {loss: wasserstein, weight: 10}, 3, {loss: 'hinge'}]"
    let diagnostics = Diagnostics()
    var fields = Fields(try Reading.node(text), of: "list", diagnostics: diagnostics)
    let sampler = ListSampler(from: &fields)
    fields.finish()
    let space = try #require(Space([]))
    #expect(sampler.count(in: space) == 4)
    #expect(
      texts(sampler, Search(space: space, seed: 0, trials: 4), 0..<2) == ["loss=hinge", "loss=wasserstein weight=10"])
    sampler.check(space, at: .nowhere, diagnostics)
    #expect(
      Reading.summary(diagnostics) == """
        1:58-58 a trial of a list is a mapping from keys to values
          such as {training.batch_size: 32}
        1:61-75 this trial is listed twice
          remove one; seeds repeat a trial
          1:10 the first is here
        """)
    var bare = Fields(try Reading.node("{}"), of: "list", diagnostics: diagnostics)
    _ = ListSampler(from: &bare)
    #expect(Reading.summary(diagnostics).contains("list needs trials"))
  }

  @Test func `random values come from streams of their own`() throws {
    let search = Search(space: try cube(2), seed: 7, trials: 5)
    for trial in 0..<5 {
      let point = try point(RandomSampler().assignment(of: trial, in: search, after: []))
      for (place, value) in point.enumerated() {
        let words = ReferencePhilox(seed: 7, stream: "sweep/parameter/x\(place)", step: UInt32(trial))
        let bits = UInt64(words.word(0)) << 32 | UInt64(words.word(1))
        #expect(value == Double(bits >> 11) / 9_007_199_254_740_992)
      }
    }
  }

  @Test func `a parameter that is added changes no other`() throws {
    let one = Search(space: try cube(1), seed: 7, trials: 8)
    let two = Search(space: try cube(2), seed: 7, trials: 8)
    for sampler in [RandomSampler(), SobolSampler(), LatinSampler()] as [any Sampler] {
      for trial in 0..<8 {
        let small = sampler.assignment(of: trial, in: one, after: [])
        #expect(
          sampler.assignment(of: trial, in: two, after: [])["x0"].map(Emitter.flowText)
            == small["x0"].map(Emitter.flowText))
      }
    }
  }

  @Test func `the points of Sobol's sequence are those of the literature`() {
    let sequence = SobolSequence(dimensions: 5)
    let points = (0..<5).map { sequence.point($0).map { Double($0) / 4_294_967_296 } }
    #expect(
      points == [
        [0, 0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25, 0.75], [0.25, 0.75, 0.75, 0.75, 0.25],
        [0.375, 0.375, 0.625, 0.875, 0.375],
      ])
  }

  /// `scipy.stats.qmc.Sobol(16, scramble=False, bits=32).random(64) * 2**32`: two rows, and FNV-1a-64 of all as 32-bit
  /// little-endian integers.
  @Test func `64 points of 16 dimensions are another program's`() {
    let sequence = SobolSequence(dimensions: 16)
    #expect(
      sequence.point(37) == [
        3_959_422_976, 2_751_463_424, 2_483_027_968, 3_959_422_976, 3_288_334_336, 1_275_068_416, 738_197_504,
        3_422_552_064, 2_617_245_696, 738_197_504, 67_108_864, 335_544_320, 2_483_027_968, 3_690_987_520, 469_762_048,
        2_080_374_784,
      ])
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for word in (0..<64).flatMap(sequence.point) {
      for byte in 0..<4 { hash = (hash ^ UInt64(word >> (8 * UInt32(byte)) & 255)) &* 0x100_0000_01b3 }
    }
    #expect(hash == 0x6557_9455_d32c_f125)
  }

  @Test(arguments: [0, 7, 1 << 40] as [UInt64]) func `a shift keeps one trial in each of 2^k strata`(_ seed: UInt64)
    throws
  {
    let search = Search(space: try cube(16), seed: seed, trials: 128)
    for first in [0, 64] {
      let points = try (first..<first + 64).map { try point(SobolSampler().assignment(of: $0, in: search, after: [])) }
      for dimension in 0..<16 {
        #expect(Set(points.map { Int($0[dimension] * 64) }).count == 64)
        let words = ReferencePhilox(seed: seed, stream: "sweep/sobol/x\(dimension)", step: 0)
        if first == 0 { #expect(points[0][dimension] == Double(words.word(0)) / 4_294_967_296) }
      }
    }
  }

  @Test(arguments: [3, 17]) func `a latin hypercube has one trial in each interval of every parameter`(
    _ dimensions: Int
  ) throws {
    let search = Search(space: try cube(dimensions), seed: 3, trials: 12)
    for sampler in dimensions > 16 ? [LatinSampler(), SobolSampler()] : [LatinSampler()] as [any Sampler] {
      // Trials that are added make another hypercube.
      for first in [0, 12] {
        let points = try (first..<first + 12).map { try point(sampler.assignment(of: $0, in: search, after: [])) }
        for dimension in 0..<dimensions { #expect(Set(points.map { Int($0[dimension] * 12) }) == Set(0..<12)) }
      }
    }
  }
}
