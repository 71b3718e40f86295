import Foundation
import TestSupport
import Testing

/// What the program says in sessions with a shell, word for word.
///
/// `Tests/Answers/Sessions/NAME.txt` has lines of a shell after `$ `, each followed by what a person then reads and, where it is
/// not 0, the exit code. `make answers` writes the files.
///
/// All lines run in one folder with small specs and their runs, in the order of the files' names; what depends on time,
/// place and machine is masked.
@Suite(.serialized) struct SessionAnswersTests {
  @Test func `every answer is the one that was written down`() throws {
    let world = try AnswerWorld()
    for name in try FileManager.default.contentsOfDirectory(atPath: "Tests/Answers/Sessions").sorted() {
      let path = "Tests/Answers/Sessions/\(name)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let answers = try text.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { line in
        let (answer, shown) = try world.reply(to: String(line.dropFirst(2)))
        if let columns = line.firstMatch(of: #/COLUMNS=(\d+)/#).flatMap({ Int($0.1) }) {
          // A command is to be copied, so that the paths in it stay whole.
          let wide = shown.split(separator: "\n").map(String.init).filter {
            $0.count > columns && !$0.hasPrefix("command ")
          }
          #expect(wide == [], "\(name)")
        }
        if shown.contains("\nefficiency ") {
          // What masks leave of the table would be there without a row.
          let row = #/(?m)^ *[\d.]+ +[\d.]+ +[\d.]+ % +([\d.]+|-) +([\d.]+|-)  product \d/#
          #expect(shown.contains(row), "\(name): \(shown)")
        }
        return "\(line)\n\(answer)"
      }
      #expect(try Recorded.difference(of: answers.joined(separator: "\n"), from: path) == nil)
    }
  }
}

/// Specs, data and runs that answers are about.
struct AnswerWorld {
  let folder: TemporaryFolder

  /// Makes the runs `ring/001` and `002`, `table/001` and `digits/001`, with kernels that every machine has.
  init() throws {
    folder = try TemporaryFolder()
    let dense = "dense: {units: 8, activation: relu}"
    try folder.put(
      """
      name: ring
      dataset: {gaussian_ring: {samples: 256}}
      latent: {dim: 4}
      generator: [\(dense), dense: {units: 2}]
      discriminator: [\(dense), dense: {units: 1}]
      training: {batch_size: 64, epochs: 2}

      """, into: "ring.yaml")
    let rows = (0..<64).map { "\($0 % 7).5,\(100 + $0 % 11),0.\($0 % 10),\($0 % 2 == 0 ? "cat" : "dog")" }
    try folder.put((["weight,height,share,kind"] + rows).joined(separator: "\n") + "\n", into: "table.csv")
    try folder.put(
      """
      name: table
      dataset: {csv: {path: table.csv, label: 4, scaling: standard}}
      conditional: {}
      latent: {dim: 4}
      loss: wasserstein
      regularization: [weight_clipping: {limit: 0.1}]
      generator: [one_hot, \(dense), dense: {units: 3}]
      discriminator: [one_hot, \(dense), dense: {units: 1}]
      training: {batch_size: 16, epochs: 2}

      """, into: "table.yaml")
    try folder.put(
      """
      name: digits
      dataset: {mnist: {classes: [3, 7], subset: 32}}
      latent: {dim: 4}
      generator: [\(dense), dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
      discriminator: [flatten, \(dense), dense: {units: 1}]
      training: {batch_size: 16, epochs: 1}

      """, into: "digits.yaml")
    for line in ["ring.yaml", "ring.yaml --epochs 3 --seed 7", "table.yaml", "digits.yaml"] {
      let result = try Program.shell("$GAN run \(line) --quiet --threads 1 --lanes 8", in: folder.path)
      try #require(result.status == 0, Comment(rawValue: result.errors))
    }
  }

  /// What a person reads after a line of the shell, in which `gan-exp` is the program.
  func answer(to line: String) throws -> String { try reply(to: line).answer }

  /// The same, and what it was with everything that depends on time, place and machine.
  func reply(to line: String) throws -> (answer: String, shown: String) {
    // Data that the machine has from other sources are none of the answers'.
    let home = "export HOME=$PWD/home XDG_CACHE_HOME=$PWD/home/cache; unset GAN_EXP_DATA"
    let result = try Program.shell("\(home); gan-exp() { \"$GAN\" \"$@\"; }; { \(line); } 2>&1", in: folder.path)
    let code = result.status == 0 ? "" : "[exit \(result.status)]\n"
    return (masked(result.output) + code, result.output)
  }

  /// The exit code of a line of the shell.
  func status(_ line: String) throws -> Int32 {
    try Program.shell("gan-exp() { \"$GAN\" \"$@\"; }; \(line)", in: folder.path).status
  }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: folder(name)))) }

  /// Patterns, and what stands for what they match.
  private static let masks: [(String, String)] = [
    (#"\d{4}-\d\d-\d\d \d\d:\d\d"#, "YYYY-MM-DD hh:mm"), (#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"#, "YYYY-MM-DDThh:mm:ssZ"),
    // A machine's row goes on where the terminal is narrow.
    (#"(?m)^( *machine +)\S.*\n(?: {16,}\S.*\n)*"#, "$1MACHINE\n"),
    (#"(?m)^(took +)\S.*$"#, "$1TIME"), (#"(?m) \ds(?=\s|$)"#, " #s"),
    (#"(?m)^( *command {2,})\S.*\n(?: {16,}\S.*\n)*"#, "$1COMMAND\n"),
    (#" +[0-9.]+ steps/s"#, " N steps/s"), (#"gan-exp \d+\.\d+\.\d+"#, "gan-exp VERSION"),
    (#"\b[0-9a-f]{64}\b"#, "SHA-256"),
    // Where the resources lie, of which a narrow terminal shows the end.
    (#"\S*-idx3-ubyte\.gz"#, "PATH"),
    (#"(?m)(log\.txt +)\d+ lines"#, "$1N lines"),
    // A package of the system's may have it.
    (#"(?m)^(?:ok|- )( +fashion_mnist +)\S.*\n(?: {16,}\S.*\n)*"#, "? $1STATE\n"),
    (#"(?m)^(fashion_mnist +)(found|missing) .*$"#, "$1STATE"),
    (#"data fetch (fashion_mnist|kmnist)\n"#, "data fetch NAME\n"),
    // What doctor says of the machine.
    (
      #"(?m)^(?:ok|! )( +)(processor|threads|arithmetic|multiply-adds|memory|runs|libraries)( +)\S.*\n(?: {16,}\S.*\n)*"#,
      "? $1$2$3MACHINE\n"
    ),
  ]

  private func masked(_ text: String) -> String {
    let text = text.contains("\nefficiency ") ? AnswerWorld.withoutNumbers(text) : text
    return AnswerWorld.masks.reduce(text.replacingOccurrences(of: folder.path, with: "DIR")) { text, mask in
      text.replacingOccurrences(of: mask.0, with: mask.1, options: .regularExpression)
    }
  }

  /// What `bench` measured: numbers and units depend on the machine, so do the places where rows are broken, the order of the table
  /// and which operations are in it, of which the first row stays, as if it were of any.
  private static func withoutNumbers(_ text: String) -> String {
    let joined = text.replacing(#/\n {16,}/#, with: " ")
    let lines = joined.split(separator: "\n", omittingEmptySubsequences: false)
    let table = lines.firstIndex { $0.contains("  bound  ") && $0.hasSuffix("  operation") } ?? lines.endIndex
    let measured = ["time of a step ", "speed ", "bound ", "efficiency "]
    let head = lines[..<table].map { line in measured.contains { line.hasPrefix($0) } ? numberless(line) : String(line)
    }
    let row = #/ *[\d.]+ +[\d.]+ +[\d.]+ % +([\d.]+|-) +([\d.]+|-)  \S.*/#
    let rows = lines[table...].prefix(2).map { line in
      line.wholeMatch(of: row) == nil
        ? line.split(separator: " ").map { numberless($0) }.joined(separator: " ") : "N N N % N N OPERATION"
    }
    return (head + rows).joined(separator: "\n") + "\n"
  }

  private static func numberless(_ text: Substring) -> String {
    let number = #/(^| |\()\d(?:[\d. ]*\d)?(?=[ ),;:%]|$)/#
    return String(text).replacing(number) { "\($0.1)N" }.replacing(#/\b[um]s\b/#, with: "us")
  }
}
