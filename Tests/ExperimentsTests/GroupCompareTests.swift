import Foundation
import TestSupport
import Testing

/// `gan-exp compare` of groups of runs, every word of it.
@Suite struct GroupCompareTests {
  private let world: TemporaryFolder

  init() throws { world = try StoredGroup.folder([("a", .first), ("b", .second), ("c", .third)]) }

  private func compare(_ arguments: String..., width: Int = 80) throws -> Program.Result {
    try Program.run(["compare"] + arguments, in: world.path, environment: ["COLUMNS": "\(width)"])
  }

  private func section(_ beginning: String, of text: String) -> String? {
    text.components(separatedBy: "\n\n").first { $0.hasPrefix(beginning) }
  }

  @Test func `two groups are compared by what was measured at their ends`() throws {
    let result = try compare("a", "b")
    #expect(
      result.output == """
        frechet_distance (lower is better), measured at the end of each run, 10000
        generated v 10000 real, floor 0.22, metric s.e. 0.05

           group        runs  failed   IQM          95 %  mean      95 % (t)
        A  a/group-001     5       0  7.00  [6.65, 7.35]  7.04  [6.75, 7.33]
        B  b/group-001     5       0  6.67  [5.95, 7.39]  6.69  [6.35, 7.03]

           group          sd  median  best  worst
        A  a/group-001  0.23    7.00  6.80   7.40
        B  b/group-001  0.27    6.60  6.40   7.05

           6.40                                                                7.40
        A  ............................o.......o......+......o....................o
        B  o......o......o....|................o.........o.........................
           o a run, 2 two, | the IQM, + both

        difference                            A - B
          IQM (Yuen)           +0.33 [-0.27, +0.94]
          p, Yuen                              0.17
          mean (Welch)         +0.35 [-0.02, +0.72]
          p, Welch                            0.062
          p, exact rank                        0.11
          smallest p of ranks                 0.008
          P(B better)             0.82 [0.32, 0.98]
          Hedges g                             1.25
          failures                        0/5 v 0/5

        where the specs differ               A            B
          loss                  non_saturating  wasserstein

        Verdict: not settled (Yuen's test, p = 0.17). 10 seeds a group would give 80 %
        power at this effect (1.38 sd): run both with --seeds 0..9

        """)
    #expect(result.errors == "")
    #expect(result.status == 0)
    let wide = try compare("a", "b", width: 120).output
    #expect(
      wide.hasPrefix(
        """
        frechet_distance (lower is better), measured at the end of each run, 10000 generated v 10000 real, floor 0.22, metric
        s.e. 0.05

           group        runs  failed   IQM          95 %  mean      95 % (t)    sd  median  best  worst
        A  a/group-001     5       0  7.00  [6.65, 7.35]  7.04  [6.75, 7.33]  0.23    7.00  6.80   7.40
        B  b/group-001     5       0  6.67  [5.95, 7.39]  6.69  [6.35, 7.03]  0.27    6.60  6.40   7.05

        """))
    for (text, width) in [(result.output, 80), (wide, 120)] {
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }

  @Test func `failed runs count, and rank worst`() throws {
    let output = try compare("a", "c").output
    #expect(output.contains("\nB  c/group-001     5       1  5.20  [4.85, 5.55]  5.15*  [4.94, 5.36]\n"), "\(output)")
    #expect(
      output.contains(
        """
        * B: over 4 of 5 runs; the failed run ranks worst in median, IQM and P; failed
        share 0.20 [0.04, 0.62] (Wilson)
        evaluation noise: of B the s.e. of a value, 0.05, is more than a third of the sd
        over seeds, 0.13; more samples would tell its runs apart better

        """), "\(output)")
    #expect(output.contains("\nB  o..o..+.o"))
    #expect(output.contains("..  1 failed\n"))
    #expect(output.contains(#/\n  failures +0/5 v 1/5\n  p, Fisher +1\n/#), "\(output)")
    #expect(
      output.hasSuffix(
        """

        Verdict: settled: B is better, though 1 of its 5 runs failed; by Yuen's test, p
        < 0.001; the rank test does not say so (p = 0.15).

        """), "\(output)")
  }

  @Test func `what failed runs reach into is said to have failed`() throws {
    try StoredGroup(values: [5, nil, nil, nil, 5.2]).write("Runs/d/group-001", into: world)
    let output = try compare("a", "d").output
    #expect(output.contains(#/\nB  d/group-001 +5 +3  failed +- +5.10\* +\[/#), "\(output)")
    #expect(output.contains(#/\nB  d/group-001 +0.14 +failed +5.00 +5.20\n/#), "\(output)")
    #expect(output.contains("\nVerdict: not settled (the rank test, p = "), "\(output)")
  }

  @Test func `of more than two groups all are compared with the first`() throws {
    let output = try compare("a", "b", "c").output
    #expect(
      section("difference", of: output) == """
        difference                            A - B                 A - C
          IQM (Yuen)           +0.33 [-0.27, +0.94]  +1.80 [+1.48, +2.12]
          p, Yuen                              0.17               < 0.001
          mean (Welch)         +0.35 [-0.02, +0.72]  +1.89 [+1.60, +2.18]
          p, Welch                            0.062               < 0.001
          p, exact rank                        0.11                  0.15
          smallest p of ranks                 0.008                 0.008
          p, ranks (Holm)                      0.22                  0.22
          p, decisive (Holm)                   0.17               < 0.001
          P(better than A)        0.82 [0.32, 0.98]     0.80 [0.18, 0.99]
          Hedges g                             1.25                  8.68
          failures                        0/5 v 0/5             0/5 v 1/5
          p, Fisher                               -                     1
        """)
    #expect(
      output.hasSuffix(
        """

        Verdict on A - B: not settled (Yuen's test with Holm's adjustment, p = 0.17). 12
        seeds a group would give 80 % power at this effect (1.38 sd): run both with
        --seeds 0..11
        Verdict on A - C: settled: C is better, though 1 of its 5 runs failed; by Yuen's
        test with Holm's adjustment, p < 0.001; the rank test does not say so (p =
        0.22).

        """), "\(output)")
  }

  @Test func `pairs are made where they are asked for`() throws {
    let output = try compare("a", "b", "--paired").output
    let rows = [
      "mean of pairs (t) +\\+0.35 \\[\\+0.02, \\+0.68\\]", "p, pairs \\(t\\) +0.044", "p, sign flips +0.13",
      "smallest p of flips +0.063", "correlation r +0.44",
    ]
    for row in rows.dropFirst() {
      #expect(output.contains(try Regex("\n  \(row)\n")), "\(row): \(output)")
    }
    #expect(output.contains(#/\n  mean of pairs \(t\) +\+0.35 \[\+0.02, \+0.68\]\n/#))
    #expect(
      output.contains(
        """
        A - B, 5 pairs: the correlation of runs of one seed is r = 0.44. Common random
        numbers buy little where r is small: after some 200 steps GANs are chaotic, and
        runs of one seed are as different as any

        """), "\(output)")
    try StoredGroup(values: [5, 6]).write("Runs/d/group-001", into: world)
    let refused = try compare("a", "d", "--paired", width: 200)
    #expect(
      refused.errors == """
        gan-exp: error: --paired needs one run of each seed in all groups: Runs/a/group-001 has the seeds 0, 1, 2, 3, 4, Runs/d/group-001 has 0, 1
                 leave --paired out, or run the seeds that are missing

        """)
    #expect(refused.status == 64)
  }

  @Test func `one run proves nothing`() throws {
    try StoredGroup.first.run(0).write("Runs/e/001", into: world)
    for arguments in [["a", "e/001"], ["a", "Runs/e/001"]] {
      let output = try Program.run(["compare"] + arguments, in: world.path).output
      #expect(
        output.hasSuffix("\n\nVerdict: not settled. One run proves nothing: run B with --seeds 0..4\n"), "\(output)")
      #expect(output.contains(#/\nB  e/001 +1 +0 +- +- +7.10 +- +- +7.10 +7.10 +7.10\n/#), "\(output)")
    }
  }

  @Test func `runs with commas between them are a group`() throws {
    for (number, seed) in ["001", "002", "003"].enumerated() {
      try StoredGroup.first.run(number).write("Runs/f/\(seed)", into: world)
      try StoredGroup.second.run(number).write("Runs/g/\(seed)", into: world)
    }
    let output = try compare("f/001,f/002,f/003", "g/1,g/2,g/3", width: 120).output
    #expect(
      section("   group", of: output) == """
           group  runs  failed  mean      95 % (t)    sd  median  best  worst
        A  f         3       0  7.10  [6.35, 7.85]  0.30    7.10  6.80   7.40
        B  g         3       0  6.67  [6.15, 7.18]  0.21    6.60  6.50   6.90
        """)
    #expect(output.contains("\nthe interquartile mean, IQM, takes 5 runs; A, B have fewer\n"))
    #expect(output.contains("\nVerdict: not settled (Welch's test, p = "), "\(output)")
    // Within one experiment the runs tell the groups apart.
    let halves = try compare("f/001,f/002", "f/003", width: 120).output
    #expect(halves.contains("\nA  f ") && halves.contains("\nB  f/003 "), "\(halves)")
    let missing = try compare("f/001,f/009", "g/1")
    #expect(missing.status == 66)
    #expect(missing.errors.hasPrefix("gan-exp: error: there is no run f/009 in Runs\n"), "\(missing.errors)")
  }

  @Test func `the newest entry of an experiment decides what its name means`() throws {
    try StoredGroup.first.run(0).write("Runs/a/001", into: world)
    let group = try compare("a", "a/group-001").output
    #expect(group.contains("\nA  ") && !group.contains("last row"), "\(group)")
    let path = try compare("Runs/a/group-001", "b").output
    #expect(path == (try compare("a", "b").output))
    // Of runs alone there is what there was.
    #expect(try compare("a/001", "Runs/a/group-001/seed-1").output.contains("\nlast row "))
  }

  @Test(arguments: [
    (
      ["a", "b", "--metric", "frechet_distanse"],
      "no run has a metric frechet_distanse\n         did you mean frechet_distance?"
    ),
    (
      ["a", "b", "--metric", "beauty"],
      "no run has a metric beauty\n         all groups have --metric frechet_distance, and --value last or best --metric "
        + "frechet_distance"
    ),
    (
      ["a", "b", "--metric", "discriminator_loss"],
      "discriminator_loss ranks no runs: neither its large nor its small values are better\n         all groups have "
        + "--metric frechet_distance, and --value last or best --metric frechet_distance"
    ),
    (
      ["a", "h"],
      "no measured metric is common to these groups\n         they share no column with a direction: measure samples with "
        + "a section evaluation"
    ),
    (
      ["a", "h", "--metric", "recall"],
      "no run of Runs/a/group-001 has recall\n         they share no column with a direction: measure samples with a "
        + "section evaluation"
    ),
    (
      ["a", "b", "--by", "recall"], "--by ranks single runs, and there are groups\n         give --metric in its place"
    ),
    (
      ["a/group-001/seed-0", "--paired"],
      "--paired is for groups of runs, and there is none among these\n         make one of runs with commas between them: "
        + "a/001,a/002,a/003"
    ),
    (
      ["a", "b", "--json", "--latex"],
      "--json and --latex exclude each other\n         gan-exp compare --help shows what it takes"
    ),
  ])
  func `what cannot be compared is refused with what can`(arguments: [String], message: String) throws {
    try StoredGroup(values: [1, 2, 3], metric: "recall").write("Runs/h/group-001", into: world)
    let result = try Program.run(["compare"] + arguments, in: world.path, environment: ["COLUMNS": "200"])
    #expect(result.errors == "gan-exp: error: \(message)\n")
    #expect(result.output == "")
    #expect(result.status == 64)
  }

  @Test func `last and best are of the rows`() throws {
    let last = try compare("a", "b", "--value", "last").output
    #expect(last.hasPrefix("frechet_distance (lower is better), the last row of each run\n"), "\(last)")
    #expect(last.contains("  8.00  [7.65, 8.35]  "), "\(last)")
    let best = try compare("a", "b", "--value", "best").output
    #expect(best.contains("  6.00  [5.65, 6.35]  "), "\(best)")
    #expect(
      best.contains("\nthe best row of many is better than the last by chance alone: compare runs with\nas many rows\n")
    )
  }

  @Test func `runs that stand out are named and stay`() throws {
    try StoredGroup(values: [7.1, 6.8, 7.4, 21, 7.0]).write("Runs/i/group-001", into: world)
    let output = try compare("i", width: 120).output
    #expect(
      output.contains(
        "\nseed 3 of A stands out: 21.0 is worse than the median of its group by more than 5 MAD; it counts like any other\n"
      ), "\(output)")
    #expect(output.contains(#/\nA +Runs/i/group-001 +5 +0 +7.2 /#), "\(output)")
  }

  @Test func `what has not ended is left out and told of, and what differs within a group is said`() throws {
    var run = StoredGroup.second.run(1)
    (run.status, run.spec) = ("running", "")
    try run.write("Runs/b/group-001/seed-1", into: world)
    run = StoredGroup.second.run(2)
    run.spec = "training: {epochs: 3}\n"
    try run.write("Runs/b/group-001/seed-2", into: world)
    let result = try compare("a", "b")
    #expect(result.errors == "note: left out: Runs/b/group-001/seed-1 has not ended: it is killed\n")
    #expect(
      result.output.contains("\nthe runs of B differ in more than their seed: training.epochs\n"), "\(result.output)")
    #expect(result.output.contains("\nB  b/group-001     4       0  "))
  }

  @Test func `seeds of the record that have not begun are left out and told of`() throws {
    try world.put(
      #"{"name": "b", "seeds": [0, 1, 2, 3, 4, 9], "started": "2026-01-01T00:00:00Z", "resolved_digest": "0"}"#,
      into: "Runs/b/group-001/group.json")
    #expect(try compare("a", "b").errors == "note: left out: Runs/b/group-001/seed-9 has not begun\n")
  }
}
