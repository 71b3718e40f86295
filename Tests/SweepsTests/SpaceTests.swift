import Specs
import Sweeps
import Testing

/// Spaces and distributions: what a text means.
@Suite struct SpaceTests {
  /// A distribution with some of its values.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// Numbers u with the values there.
    let values: [(u: Double, value: String)]
    /// All values, where there are finitely many.
    var all: String?
    var testDescription: String { text }
  }

  static let cases = [
    Case(
      text: "{choice: [32, relu, [1, 2], {adam: {beta_1: 0.5}}]}",
      values: [(0, "32"), (0.2499, "32"), (0.25, "relu"), (0.5, "[1, 2]"), (0.999, "{adam: {beta_1: 0.5}}")],
      all: "[32, relu, [1, 2], {adam: {beta_1: 0.5}}]"),
    Case(text: "{uniform: [-1, 3]}", values: [(0, "-1.0"), (0.25, "0.0"), (0.5, "1.0"), (0.875, "2.5")]),
    Case(
      text: "{uniform: [0, 1], step: 0.1}", values: [(0, "0.0"), (0.3, "0.3"), (0.99, "1.0")],
      all: "[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]"),
    Case(text: "{uniform: [0, 1], step: 0.3}", values: [(0.99, "0.9")], all: "[0.0, 0.3, 0.6, 0.9]"),
    Case(text: "{uniform: [0, 1], points: 3}", values: [(0.5, "0.5")], all: "[0.0, 0.5, 1.0]"),
    Case(text: "{log_uniform: [1e-4, 1]}", values: [(0, "0.0001"), (0.5, "0.01"), (0.25, "0.001")]),
    Case(
      text: "{log_uniform: [1e-4, 1], points: 3}", values: [(0.4, "0.01")], all: "[0.0001, 0.01, 1.0]"),
    Case(
      text: "{int_uniform: [1, 8]}", values: [(0, "1"), (0.124, "1"), (0.125, "2"), (0.999, "8")],
      all: "[1, 2, 3, 4, 5, 6, 7, 8]"),
    Case(text: "{int_uniform: [1, 8], step: 3}", values: [(0.999, "7")], all: "[1, 4, 7]"),
    Case(text: "{int_uniform: [1, 4], points: 10}", values: [], all: "[1, 2, 3, 4]"),
    // The logarithm is uniform between ln 1 and ln 4: the shares of 1, 2 and 3 are 1/2, log_4 1.5 and log_4 (4/3).
    Case(
      text: "{int_log_uniform: [1, 3]}",
      values: [(0.4999, "1"), (0.5001, "2"), (0.7924, "2"), (0.7925, "3"), (0.999, "3")],
      all: "[1, 2, 3]"),
    Case(
      text: "{log_uniform: [1, 3], step: 0.5}", values: [(0, "1.0"), (0.99, "3.0")], all: "[1.0, 1.5, 2.0, 2.5, 3.0]"),
    Case(text: "{normal: [10, 2]}", values: [(0.5, "10.0")]),
    Case(text: "{normal: [10, 2], step: 0.5}", values: [(0.6, "10.5"), (0.975, "14.0"), (0, "-6.5")]),
    Case(text: "{log_normal: [0, 1], step: 0.25}", values: [(0.5, "1.0"), (0.975, "7.0")]),
  ]

  @Test(arguments: cases) func `a number in [0, 1) gives a value`(_ example: Case) throws {
    let distribution = try Reading.space("x: " + example.text).parameters[0].distribution
    for (u, value) in example.values {
      #expect(Emitter.flowText(of: distribution.value(at: u)) == value, "\(u)")
    }
    #expect(distribution.values.map { Emitter.flowText(of: .list($0)) } == example.all)
  }

  @Test(arguments: cases) func `positions on an axis give values back`(_ example: Case) throws {
    let distribution = try Reading.space("x: " + example.text).parameters[0].distribution
    for value in example.values.map({ distribution.value(at: $0.u) }) + (distribution.values ?? []) {
      let position = try #require(distribution.position(of: value))
      #expect(Emitter.flowText(of: distribution.value(atPosition: position)) == Emitter.flowText(of: value))
    }
  }

  static let conditional = """
    penalty.weight: {log_uniform: [0.1, 100], when: {loss: wasserstein}}
    loss: {choice: [hinge, wasserstein, least_squares]}
    penalty.target: {uniform: [0, 1], when: {loss: wasserstein, penalty.centred: true}}
    penalty.centred: {choice: [true, false], when: {loss: [wasserstein, hinge]}}
    """

  @Test func `parameters are active where all their conditions hold`() throws {
    let space = try Reading.space(SpaceTests.conditional)
    let keys = { (u: [Double]) in space.assignment(at: u).pairs.map(\.key) }
    #expect(keys([0.5, 0, 0.5, 0]) == ["loss", "penalty.centred"])
    #expect(keys([0.5, 0.4, 0.5, 0]) == ["penalty.weight", "loss", "penalty.target", "penalty.centred"])
    #expect(keys([0.5, 0.4, 0.5, 0.7]) == ["penalty.weight", "loss", "penalty.centred"])
    #expect(keys([0.5, 0.9, 0.5, 0]) == ["loss"])
  }

  @Test func `parameters with the same conditions are a group`() throws {
    #expect(try Reading.space(SpaceTests.conditional).groups == [[0], [1], [2], [3]])
    let space = try Reading.space(
      """
      a: {choice: [1, 2]}
      b: {uniform: [0, 1], when: {a: 1}}
      c: {uniform: [0, 1]}
      d: {uniform: [0, 1], when: {a: 1}}
      e: {choice: [x, y], when: {a: [2, 1]}}
      f: {choice: [x, y], when: {a: [1, 2]}}
      """)
    #expect(space.groups == [[0, 2], [1, 3], [4, 5]])
  }

  @Test func `the text of an assignment depends on neither order nor spelling`() throws {
    let first = Assignment([
      ("b", .number(0.5)), ("a", .string("x")), ("c", try Reading.node("[1.50, 2e0, {k: 1e-5}]")),
    ])
    let second = Assignment([
      ("c", try Reading.node("[1.5, 2, {k: 0.00001}]")), ("a", .string("x")), ("b", try Reading.node(".50")),
    ])
    #expect(first.text == "a: x\nb: 0.5\nc: [1.5, 2, {k: 1.0e-05}]\n")
    #expect(first == second)
    #expect(first != Assignment([("a", .string("x"))]))
  }

  @Test func `a parameter describes its fields`() {
    #expect(
      Parameter.description.text == """
          choice           one of these values, each as probable as the others (a list of 1 to 10000 values; default none)
          uniform          a number between two (a list of 2 numbers; default none)
          log_uniform      a number between two, its logarithm uniform (a list of 2 numbers above 0; default none)
          int_uniform      an integer from the first to the last, both included (a list of 2 integers; default none)
          int_log_uniform  an integer from the first to the last, both included, its logarithm uniform (a list of 2 integers at least 1; default none)
          normal           a normal number: mean and standard deviation (a list of 2 numbers; default none)
          log_normal       a number whose logarithm is normal: mean and standard deviation of the logarithm (a list of 2 numbers; default none)
          step             the distance of neighbouring values (a number above 0; default none)
          points           how many values, both ends included, equally spaced on the scale (an integer between 2 and 10000; default none)
          when             the parameters and values with which this one is active; elsewhere the spec keeps what it says (a mapping of keys to values; default none)
        """)
    let schema = JSONSchema.text(of: Parameter.description, title: "parameter")
    #expect(schema.contains("\"type\": [\"array\", \"null\"],\n      \"minItems\": 1,\n      \"maxItems\": 10000"))
    #expect(schema.contains("\"type\": [\"object\", \"null\"]"))
  }

  @Test func `the values that must be right are the ends of what is drawn`() throws {
    let space = try Reading.space(
      "a: {choice: [x, 2]}\nb: {log_uniform: [1e-5, 1]}\nc: {int_uniform: [1, 8], step: 3}\nd: {normal: [0, 1], step: 1}"
    )
    let texts = space.parameters.map { $0.distribution.witnesses.map(Emitter.flowText).joined(separator: " ") }
    #expect(texts == ["x 2", "1.0e-05 1.0", "1 7", "-8.0 8.0"])
  }
}
