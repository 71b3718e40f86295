import Foundation
import TestSupport
import Testing

/// What people are told about specs that are right: every word of `check` and `describe`, at 80 and at 120 columns.
///
/// `Tests/Answers/NAME.txt` holds the answer to a command of the table; `make answers` writes all of them.
struct AnswersTests {
  static let commands: [(name: String, columns: Int, line: String)] = [
    ("check-mlp-mnist-80", 80, "check Experiments/mlp-mnist.yaml --threads 2"),
    ("check-mlp-mnist-120", 120, "check Experiments/mlp-mnist.yaml --threads 2"),
    ("check-sagan-mnist-80", 80, "check Experiments/Vocabulary/sagan-mnist.yaml --threads 2"),
    ("check-r3gan-mnist-120", 120, "check Experiments/r3gan-mnist.yaml --threads 2"),
    ("check-ring-gan-80", 80, "check Experiments/ring-gan.yaml --threads 2"),
    ("check-infogan-mnist-120", 120, "check Experiments/infogan-mnist.yaml --threads 2"),
    ("check-warnings-80", 80, "check Tests/BadSpecs/Warnings/generator-ends-in-relu.yaml --threads 1"),
    ("describe-80", 80, "describe"),
    ("describe-120", 120, "describe"),
    ("describe-dense-80", 80, "describe dense"),
    ("describe-dense-120", 120, "describe dense"),
    ("describe-losses-80", 80, "describe losses"),
    ("describe-relativistic-80", 80, "describe relativistic"),
    ("describe-training-80", 80, "describe training"),
    ("describe-path-80", 80, "describe training.batch_size"),
    ("describe-path-of-a-layer-80", 80, "describe generator[0].dense.units"),
    ("describe-path-of-an-entry-80", 80, "describe optimizers.generator.adam"),
    ("describe-word-of-other-programs-80", 80, "describe lr"),
    ("describe-other-spelling-80", 80, "describe BatchNorm"),
    ("describe-name-80", 80, "describe name"),
    ("describe-paper-80", 80, "describe wgan-gp"),
    ("describe-adam-80", 80, "describe adam"),
    ("describe-field-of-an-entry-80", 80, "describe adam.beta_1"),
    ("describe-entry-of-a-list-80", 80, "describe regularization.r1"),
    ("describe-loss-80", 80, "describe loss"),
    ("describe-needless-80", 80, "describe softmax"),
    ("describe-columns-80", 80, "describe columns"),
  ]

  @Test(arguments: commands)
  func `answers are these to the letter`(name: String, columns: Int, line: String) throws {
    let result = try Program.run(
      line.split(separator: " ").map(String.init), in: BadSpec.folder.path,
      environment: ["COLUMNS": String(columns)])
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let answer = AnswersTests.masked(result.output)
    #expect(try Recorded.difference(of: answer, from: "Tests/Answers/\(name).txt") == nil)
    #expect(AnswersTests.wide(answer, columns, hasExamples: line.hasPrefix("describe")) == [])
  }

  /// The lines that are wider than a terminal; the examples of `describe` are to be copied, so that they stay in one.
  private static func wide(_ text: String, _ columns: Int, hasExamples: Bool) -> [Substring] {
    text.split(separator: "\n").filter {
      $0.count > columns && !(hasExamples && $0.contains(#/^  (- |\w+: {)/#))
    }
  }

  /// Times are the machine's.
  private static func masked(_ text: String) -> String {
    text.replacing(#/(?m)^(time +)about(.|\n)*?\n\n/#) { "\($0.1)...\n\n" }
  }

  @Test func `a time comes with the steps that were timed, and with the machine's load where it is busy`() throws {
    let result = try BadSpec.gan("check", "Experiments/ring-gan.yaml", "--threads", "1")
    let words = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    let time =
      #/time about [\d.]+ ms a step \(least of \d+\), .* in all without \d+ evaluations, on this machine \(1 thread, \d+ lanes\)(.*)/#
    let tail = try #require(words.firstMatch(of: time), Comment(rawValue: words)).1
    #expect(
      tail.wholeMatch(of: #/(; measured on a busy machine \(load [\d.]+\): a quiet one is faster)? Exp.*/#)
        != nil, Comment(rawValue: words))
  }

  @Test(arguments: ["80", "120"]) func `no description is wider than the terminal`(columns: String) throws {
    let scratch = try RunScratch()
    let overview = try scratch.gan("describe").output
    let names = Set(overview.matches(of: #/(?m)^ {2,6}([a-z0-9_]+)  /#).map { String($0.1) }).sorted()
    #expect(names.count > 100)
    let line =
      "export COLUMNS=\(columns); for n in \(names.joined(separator: " ")); do $GAN describe $n || exit 1; done"
    let result = try scratch.shell(line)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(AnswersTests.wide(result.output, Int(columns) ?? 0, hasExamples: true) == [])
  }

  @Test(
    arguments: [
      ("describe trainig", 64, "gan-exp: error: nothing is called trainig\n         did you mean training?\n"),
      (
        "describe training.bach_size", 64,
        "gan-exp: error: nothing is called training.bach_size\n         did you mean training.batch_size?\n"
      ),
      (
        "describe zzzzzz", 64,
        "gan-exp: error: nothing is called zzzzzz\n         gan-exp describe lists all names\n"
      ),
      (
        "check nowhere.yaml", 66,
        "gan-exp: error: nowhere.yaml: cannot read it: No such file or directory\n         check the path\n"
      ),
      ("check Tests", 65, "gan-exp: error: Tests is a folder, not a spec\n         give the path of a file in it\n"),
    ] as [(String, Int32, String)])
  func `what has no place in a spec is said in one voice`(line: String, status: Int32, errors: String) throws {
    let result = try Program.run(line.split(separator: " ").map(String.init), in: BadSpec.folder.path)
    #expect(result.status == status)
    #expect(result.errors == errors)
    #expect(result.output == "")
  }

  @Test func `a negative seed is called by its name`() throws {
    let result = try BadSpec.gan("check", "Experiments/mlp-mnist.yaml", "--seed", "-1")
    #expect(result.status == 64)
    #expect(
      result.errors.hasPrefix("gan-exp: error: --seed takes a number from 0 to 9223372036854775807, not -1\n"),
      Comment(rawValue: result.errors))
  }
}
