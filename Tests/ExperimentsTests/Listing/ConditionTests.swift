import Reports
import Specs
import TestSupport
import Testing
import Training

/// The language of `list --where`.
@Suite struct ConditionTests {
  @Test(arguments: [
    ("loss = wasserstein", "loss = wasserstein"), ("a=1", "a = 1"), ("  a\n=\t1 ", "a = 1"),
    ("a = 1 or b = 2 and c = 3", "(a = 1 or (b = 2 and c = 3))"),
    ("a = 1 and b = 2 or c = 3", "((a = 1 and b = 2) or c = 3)"),
    ("(a = 1 or b = 2) and c = 3", "((a = 1 or b = 2) and c = 3)"),
    ("a = 1 and b = 2 and c = 3", "(a = 1 and b = 2 and c = 3)"),
    ("not a = 1 and b = 2", "((not a = 1) and b = 2)"), ("not not a = 1", "(not (not a = 1))"),
    ("not(a<=1 OR b!=2)", "(not (a <= 1 or b != 2))"), ("((a = 1))", "a = 1"),
    (#"note ~ "no sevens""#, #"note ~ "no sevens""#), ("note ~ 'it says \"no\"'", "note ~ \"it says \"no\"\""),
    ("'and' = 'or'", "and = or"), ("a = ''", "a = \"\""), ("a != not1", "a != not1"),
    ("generator[0].dense.units > 5", "generator[0].dense.units > 5"),
    ("frechet_distance@digits-1<30", "frechet_distance@digits-1 < 30"), ("run = mlp-mnist/001", "run = mlp-mnist/001"),
    ("x >= -1e-4", "x >= -1e-4"), ("started>2026-01-31T12:00:00Z", "started > 2026-01-31T12:00:00Z"),
    ("größe = 1", "größe = 1"),
  ])
  func `a condition is read with its precedence`(text: String, meaning: String) throws {
    #expect(try RunSelection(where: text).condition?.description == meaning)
  }

  @Test(arguments: [
    ("", 1, "a name is missing here", "write a comparison, such as loss = wasserstein"),
    ("a = 1 and", 10, "a name is missing here", "write a comparison, such as loss = wasserstein"),
    ("= 1", 1, "a name is missing here", "write a comparison, such as loss = wasserstein"),
    ("and = 1", 1, "a name is missing here", "write a comparison, such as loss = wasserstein"),
    ("complete", 1, "complete is compared with nothing", "write one of = != < <= > >= ~ behind it"),
    ("a b = 1", 3, "a is compared with nothing", "write one of = != < <= > >= ~ behind it"),
    ("a =", 4, "a value is missing behind =", "write a number, a word or \"words\""),
    ("a = or b = 1", 5, "a value is missing behind =", "write a number, a word or \"words\""),
    ("a = (1)", 5, "a value is missing behind =", "write a number, a word or \"words\""),
    ("a = 1 b = 2", 7, "what follows is no part of it", "write and, or or, before it"),
    ("a = 1)", 6, "this ) closes nothing", "take it away"),
    ("not (a = 1", 5, "this ( is not closed", "write ) behind the condition"),
    ("note ~ 'no", 8, "this quotation mark is not closed", "write ' at the end of the text too"),
    ("a == 1", 3, "== is nothing here", "write ="), ("a <> 1", 3, "<> is nothing here", "write !="),
    ("a = 1 && b = 2", 7, "&& is nothing here", "write and"), ("a = 1 || b = 2", 7, "|| is nothing here", "write or"),
    ("!a = 1", 1, "! is nothing here", "write not"), ("a = 1 & b = 2", 7, "& is nothing here", "write and"),
  ])
  func `a mistake is shown where it is`(text: String, column: Int, message: String, remedy: String) throws {
    let error = #expect(throws: RunError.self) { try RunSelection(where: text) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.message == message)
    #expect(diagnostic.remedy == remedy)
    #expect(
      diagnostic.mark?.column == column && diagnostic.mark?.line == 1 && diagnostic.mark?.source.name == "--where")
    #expect(error?.exitCode == 64)
  }

  @Test func `a mistake in the second line of a condition is shown in that line`() throws {
    let error = #expect(throws: RunError.self) { try RunSelection(where: "a = 1 and\n  b ==") }
    let mark = try #require(error?.diagnostics.first?.mark)
    #expect(mark.line == 2 && mark.column == 5)
  }

  @Test(arguments: ["(", "not "]) func `what is nested without end is refused`(word: String) throws {
    let text = String(repeating: word, count: 100_000) + "a = 1"
    let error = #expect(throws: RunError.self) { try RunSelection(where: text) }
    #expect(error?.message == "more than 100 parentheses within each other")
  }

  private static let facts: [String: Fact] = [
    "step": .whole(20), "frechet_distance": .number(12.5), "odd": .number(.nan), "loss": .text("wasserstein"),
    "rate": .text("0.0002"), "shape": .text("[28, 28, 1]"), "version": .text("0.2.0"),
    "tag": .words(["best", "first"]),
    "started": .text("2026-01-31T12:00:00Z"), "took": .number(5400), "note": .text("no sevens"),
  ]

  @Test(
    arguments: [
      ("step = 20", true), ("step = 20.0", true), ("step != 20", false), ("step < 20", false), ("step <= 20", true),
      ("step > 19.5", true), ("step >= 21", false), ("step ~ 2", true), ("step = twenty", false),
      ("frechet_distance < 13", true), ("frechet_distance = 12.5", true), ("odd = 1", false), ("odd != 1", true),
      ("odd < 1", false), ("loss = wasserstein", true), ("loss = wasser", false), ("loss ~ wasser", true),
      ("loss != hinge", true), ("loss < z", nil), ("rate = 2e-4", true), ("rate < 1e-3", true), ("rate ~ 0.000", true),
      ("shape = '[28, 28, 1]'", true), ("version = 0.2.0", true), ("version ~ 0.2", true),
      ("tag = best", true), ("tag = worst", false), ("tag != best", false), ("tag != worst", true), ("tag ~ fir", true),
      ("tag < z", nil), ("started > 2026-01-30", true), ("started = 2026-01-31", true),
      ("started <= 2026-01-31", true), ("started = \"2026-01-31 12:00\"", true), ("started < 2026-01-31", false),
      ("started > 2026-02", false), ("took > 1h", true),
      ("took > 90m", false), ("took >= 90m", true), ("took < 1d", true), ("took = 5400s", true), ("took > 2", true),
      ("note ~ 'no sev'", true), ("note ~ No", false),
      // A run without the name: it can neither be said that it is so nor that it is not.
      ("missing = 1", nil), ("missing != 1", nil), ("not missing = 1", nil), ("missing ~ a", nil),
      ("missing = 1 and step = 20", nil), ("missing = 1 and step = 21", false), ("missing = 1 or step = 20", true),
      ("missing = 1 or step = 21", nil), ("not (missing = 1 and step = 21)", true),
    ] as [(String, Bool?)])
  func `a condition holds, or not, or cannot be said`(text: String, holds: Bool?) throws {
    let condition = try #require(try RunSelection(where: text).condition)
    #expect(condition.holds { ConditionTests.facts[$0] } == holds)
  }

  /// A condition that the test makes and decides by itself.
  private indirect enum Sample {
    case fact(Int, Bool?)
    case not(Sample)
    case all(Sample, Sample)
    case any(Sample, Sample)

    init(depth: Int, from generator: inout SeededGenerator) {
      switch depth == 0 ? 0 : Int.random(in: 0..<4, using: &generator) {
      case 1: self = .not(Sample(depth: depth - 1, from: &generator))
      case 2:
        self = .all(Sample(depth: depth - 1, from: &generator), Sample(depth: depth - 1, from: &generator))
      case 3:
        self = .any(Sample(depth: depth - 1, from: &generator), Sample(depth: depth - 1, from: &generator))
      default:
        let truths: [Bool?] = [true, false, nil]
        self = .fact(Int.random(in: 0..<3, using: &generator), truths[Int.random(in: 0..<3, using: &generator)])
      }
    }

    /// What it is by the tables of Kleene's logic: 1, 0 and one half, their least, their greatest, what is missing to 1.
    var truth: Double {
      switch self {
      case .fact(_, let truth): truth.map { $0 ? 1 : 0 } ?? 0.5
      case .not(let inner): 1 - inner.truth
      case .all(let first, let second): min(first.truth, second.truth)
      case .any(let first, let second): max(first.truth, second.truth)
      }
    }

    /// Its text with as few parentheses as it takes.
    func text(within level: Int = 0) -> String {
      let (text, own) =
        switch self {
        case .fact(let number, let truth): (truth.map { "f\(number) = \($0 ? number : 9)" } ?? "g\(number) = 1", 3)
        case .not(let inner): ("not \(inner.text(within: 2))", 2)
        case .all(let first, let second): ("\(first.text(within: 1)) and \(second.text(within: 1))", 1)
        case .any(let first, let second): ("\(first.text()) or \(second.text())", 0)
        }
      return own < level ? "(\(text))" : text
    }
  }

  @Test func `random conditions mean what the logic of three values says`() throws {
    var generator = SeededGenerator(17)
    for _ in 0..<500 {
      let sample = Sample(depth: 5, from: &generator)
      let condition = try #require(try RunSelection(where: sample.text()).condition)
      let facts: [String: Fact] = ["f0": .whole(0), "f1": .whole(1), "f2": .whole(2)]
      let holds = condition.holds { facts[$0] }
      #expect((holds.map { $0 ? 1 : 0 } ?? 0.5) == sample.truth, "\(sample.text())")
    }
  }
}
