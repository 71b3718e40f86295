import Compute
import Foundation
import Networks
import TestSupport
import Testing

/// `gan-exp compare`, every word of it.
@Suite struct CompareTests {
  private func folder(_ runs: [(String, StoredRun)]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, run) in runs { try run.write(path, into: folder) }
    return folder
  }

  private func compare(_ folder: TemporaryFolder, _ arguments: String...) throws -> Program.Result {
    try Program.run(["compare"] + arguments, in: folder.path)
  }

  @Test func `every column of any run is shown, whichever run comes first`() throws {
    let folder = try folder([("Runs/a/001", .withAccuracy), ("Runs/b/001", .withPenalty)])
    let result = try compare(folder, "Runs/a/001", "Runs/b/001")
    #expect(
      result.output == """
        runs in Runs

        last row                     a/001     b/001
          status                  complete  complete
          step                          20        20
          epoch                          2         2
          discriminator_loss         1.250    -1.500
          discriminator_penalty          -    0.2500
          generator_loss            0.5000    -12346
          discriminator_accuracy    0.5000         -

        no column of these runs ranks them: a small loss of one network says that it is ahead of the other

        where the specs differ           a/001        b/001
          seed                              42            7
          loss                  non_saturating  wasserstein

        """)
    #expect(result.errors == "")
    #expect(result.status == 0)
    let reversed = try compare(folder, "Runs/b/001", "Runs/a/001")
    func labels(_ text: String) -> [Substring] {
      text.split(separator: "\n").compactMap { $0.hasPrefix("  ") ? $0.split(separator: " ").first : nil }
    }
    #expect(labels(reversed.output).prefix(7) == labels(result.output).prefix(7))
  }

  @Test func `runs are ranked by a column's direction`() throws {
    var other = StoredRun.withConvergence
    other.metrics = other.metrics.replacing("0.2\n", with: "0.1\n").replacing("0.4\n", with: "nan\n")
    let folder = try folder([("a", .withConvergence), ("b", other), ("c", .withAccuracy)])
    let result = try compare(folder, "a", "b", "c", "--by", "convergence")
    let section = try #require(result.output.components(separatedBy: "\n\n").first { $0.hasPrefix("best row") })
    #expect(
      section == """
        best row by convergence (lower is better)       a       b  c
          rank                                          2       1  -
          step                                         10      10  -
          epoch                                         1       1  -
          discriminator_loss                       0.2500  0.2500  -
          generator_loss                           0.5000  0.5000  -
          discriminator_accuracy                        -       -  -
          balance                                  0.1250  0.1250  -
          convergence                              0.2000  0.1000  -
        """)
    #expect(try compare(folder, "a", "c").output.contains("to rank the runs: --by convergence (lower is better)\n"))
  }

  @Test func `what a run says of its own columns counts`() throws {
    var run = StoredRun.withAccuracy
    run.metrics = run.metrics.replacing("discriminator_accuracy", with: "brightness")
    let unknown = try compare(try folder([("a", run)]), "a", "--by", "brightness")
    #expect(
      unknown.errors == """
        gan-exp: error: brightness ranks no runs: neither its large nor its small values are better
                 no column of these runs has a direction: leave --by out

        """)
    run.columns =
      #"[{"name": "brightness", "summary": "modes found", "unit": "share", "direction": "higher", "reduction": "mean"}]"#
    let known = try compare(try folder([("a", run)]), "a", "--by", "brightness")
    #expect(
      known.output.contains(
        "best row by brightness (higher is better)       a\n  rank                                          1\n  step                                         10\n"
      ))
    #expect(known.status == 0)
  }

  @Test(arguments: [
    (
      ["a", "b", "--by", "generator_loss"],
      "generator_loss ranks no runs: neither its large nor its small values are better\n"
        + "         give --by one of convergence"
    ),
    (["a", "b", "--by", "convergense"], "no run has a column convergense\n         did you mean convergence?"),
    (
      ["b", "--by", "convergence"],
      "no run has a column convergence\n         no column of these runs has a direction: leave --by out"
    ),
  ])
  func `a column that cannot rank is refused with those that can`(arguments: [String], message: String) throws {
    let folder = try folder([("a", .withConvergence), ("b", .withAccuracy)])
    let result = try Program.run(["compare"] + arguments, in: folder.path)
    #expect(result.errors == "gan-exp: error: \(message)\n")
    #expect(result.output == "")
    #expect(result.status == 64)
  }

  @Test func `rows of runs with different columns are joined with empty cells`() throws {
    let folder = try folder([("a", .withAccuracy), ("b,c", .withPenalty)])
    #expect(
      try compare(folder, "b,c", "a", "--csv").output == """
        run,step,epoch,discriminator_loss,discriminator_penalty,generator_loss,discriminator_accuracy
        "b,c",10,1,-3.5,0.125,2.5,
        "b,c",20,2,-1.5,0.25,-12345.678,
        a,10,1,1.5,,0.25,0.75
        a,20,2,1.25,,0.5,0.5

        """)
  }

  private static let verdicts: [(run: StoredRun, verdict: String)] = {
    func run(_ change: (inout StoredRun) -> Void) -> StoredRun {
      var run = StoredRun.withAccuracy
      change(&run)
      return run
    }
    return [
      (run { _ in }, "the specs, data, arithmetic and program are the same, and so are the bits"),
      (
        run { $0.arithmetic = 2 }, "the specs are the same, but not the arithmetic: the bits differ"
      ),
      (
        run { ($0.data, $0.arithmetic, $0.version) = ("f474591c78df", 2, "0.3.0") },
        "the specs are the same, but not the data, arithmetic and program: the bits differ"
      ),
      (
        run { ($0.seed, $0.version) = (7, "0.3.0") },
        "beside the specs these differ: program; with the same spec too the bits would differ"
      ),
      (
        run { $0.laterArithmetic = [(2, 10)] },
        "the specs are the same, but not the arithmetic: the bits differ"
      ),
    ]
  }()

  @Test(arguments: verdicts.indices) func `what the bits depend on is said`(number: Int) throws {
    let (other, verdict) = CompareTests.verdicts[number]
    let folder = try folder([("a", .withAccuracy), ("b", other)])
    #expect(try compare(folder, "a", "b").output.hasSuffix("\n\n\(verdict)\n"))
  }

  @Test(arguments: [[], [(version: 1, fromStep: 10)]] as [[(version: Int?, fromStep: Int)]])
  func `of runs that were made before arithmetic 1 nobody knows whether their bits are the same`(
    later: [(version: Int?, fromStep: Int)]
  ) throws {
    var run = StoredRun.withAccuracy
    (run.arithmetic, run.laterArithmetic) = (nil, later)
    let lines = try compare(try folder([("a", run), ("b", run)]), "a", "b").output.split(separator: "\n")
    #expect(
      lines.suffix(2).joined(separator: " ")
        == "the specs, data and program are the same, but the runs were made before arithmetic 1: whether the bits are the "
        + "same is not known")
  }

  @Test func `what else differs is a table`() throws {
    var other = StoredRun.withAccuracy
    other.arithmetic = 2
    let output = try compare(try folder([("a", .withAccuracy), ("b", other)]), "a", "b").output
    #expect(output.contains("\nwhat else differs  a  b\n  arithmetic       1  2\n\n"))
  }

  @Test func `versions of the arithmetic that took turns count with their steps`() throws {
    let (first, second) = ([(version: Int?.some(2), fromStep: 10)], [(version: Int?.some(2), fromStep: 15)])
    let runs = [first, second, first].map { later in
      var run = StoredRun.withAccuracy
      run.laterArithmetic = later
      return run
    }
    let folder = try folder([("a", runs[0]), ("b", runs[1]), ("c", runs[2])])
    let others = try compare(folder, "a", "b").output
    let row = #/  arithmetic +1, 2 after step 10  1, 2 after step 15/#
    #expect(others.contains(row), "\(others)")
    #expect(others.hasSuffix("the specs are the same, but not the arithmetic: the bits differ\n"))
    #expect(try compare(folder, "a", "c").output.hasSuffix("are the same, and so are the bits\n"))
  }

  @Test(arguments: ["generated", "drawn from here"])
  func `data that follow from the seed are no others`(origin: String) throws {
    var runs = [StoredRun.withAccuracy, .withAccuracy]
    for index in runs.indices {
      runs[index].origin = origin
      runs[index].spec = "dataset:\n  gaussian_ring: {samples: 256}\n"
    }
    (runs[1].seed, runs[1].data) = (7, "f474591c78df")
    let folder = try folder([("a", runs[0]), ("b", runs[1])])
    let output = try compare(folder, "a", "b").output
    #expect(output.hasSuffix("\n\nwhere the specs differ   a  b\n  seed                  42  7\n"), "\(output)")
    // The same seed with other data is another matter.
    runs[1].seed = 42
    try runs[1].write("b", into: folder)
    #expect(try compare(folder, "a", "b").output.hasSuffix("but not the data: the bits differ\n"))
  }

  @Test(arguments: [(30, "10 more keys differ"), (21, "1 more key differs")])
  func `of many differences the first are shown and the others counted`(keys: Int, text: String) throws {
    var (run, other) = (StoredRun.withAccuracy, StoredRun.withAccuracy)
    run.spec = "parts:\n" + (1...keys).map { "  key\($0): 1\n" }.joined()
    other.spec = "parts:\n" + (1...keys).map { "  key\($0): 2\n" }.joined()
    let folder = try folder([("a", run), ("b", other)])
    let output = try compare(folder, "a", "b").output
    #expect(output.contains("  parts.key20") && !output.contains("parts.key21"))
    #expect(output.hasSuffix("\n\n\(text); --json has all of them\n"), "\(output)")
    #expect(try compare(folder, "a", "b", "--json").output.contains("parts.key\(keys)"))
  }

  @Test(arguments: [false, true]) func `what cannot be read is left out and told of`(isCSV: Bool) throws {
    let folder = try folder([("Runs/a/001", .withAccuracy), ("Runs/a/002", .withAccuracy)])
    try folder.put("", into: "Runs/a/003/note.txt")
    try folder.put("step,epoch\n1\n", into: "Runs/a/002/metrics.csv")
    let format = isCSV ? ["--csv"] : []
    func compare(_ paths: String...) throws -> Program.Result {
      try Program.run(["compare"] + paths + format, in: folder.path)
    }
    let some = try compare("Runs/a/001", "Runs/a/002", "Runs/a/003")
    #expect(
      some.errors == """
        note: left out: Runs/a/003 is neither a run nor a folder of runs
        note: left out: Runs/a/002/metrics.csv: line 2 has 1 cells, but there are 2 columns

        """)
    #expect(some.output == (try compare("Runs/a/001").output))
    #expect(some.status == 0)
    let none = try compare("Runs/a/002", "Runs/a/003")
    #expect(
      none.errors.hasPrefix(
        "note: left out: Runs/a/003 is neither a run nor a folder of runs\ngan-exp: error: Runs/a/002"))
    #expect(none.output == "")
    #expect(none.status == 65)
  }

  @Test func `many runs come in blocks that fit`() throws {
    let paths = (1...20).map { "Runs/a-somewhat-long-name/0\($0)" }
    let folder = try folder(paths.map { ($0, .withAccuracy) })
    let result = try Program.run(["compare"] + paths, in: folder.path)
    let lines = result.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.first == "runs in Runs/a-somewhat-long-name")
    #expect(lines.count { $0.hasPrefix("last row ") } > 1)
    #expect(
      lines.filter { $0.hasPrefix("last row ") }.joined().split(separator: " ").filter { $0.hasPrefix("0") }.count == 20
    )
  }

  @Test func `columns have different names, and describe shows them all`() throws {
    #expect(Set(Column.all.map(\.name)).count == Column.all.count)
    let described = try Program.run(["describe", "columns"], environment: ["COLUMNS": "120"])
    for column in Column.all { #expect(described.output.contains("\n\(column.name) (")) }
  }
}
