import Foundation
import TestSupport
import Testing

/// The forms of `gan-exp compare` of groups that programs read.
@Suite struct GroupFormatTests {
  private func compare(_ arguments: String...) throws -> String {
    let world = try StoredGroup.folder([("a_1", .first), ("b", .third)])
    return try Program.run(["compare", "a_1", "b"] + arguments, in: world.path).output
  }

  @Test func `a row of each run`() throws {
    #expect(
      try compare("--csv") == """
        group,name,run,seed,status,failed,metric,value,standard_error
        A,Runs/a_1/group-001,Runs/a_1/group-001/seed-0,0,complete,false,frechet_distance,7.1,0.05
        A,Runs/a_1/group-001,Runs/a_1/group-001/seed-1,1,complete,false,frechet_distance,6.8,0.05
        A,Runs/a_1/group-001,Runs/a_1/group-001/seed-2,2,complete,false,frechet_distance,7.4,0.05
        A,Runs/a_1/group-001,Runs/a_1/group-001/seed-3,3,complete,false,frechet_distance,6.9,0.05
        A,Runs/a_1/group-001,Runs/a_1/group-001/seed-4,4,complete,false,frechet_distance,7.0,0.05
        B,Runs/b/group-001,Runs/b/group-001/seed-0,0,complete,false,frechet_distance,5.1,0.05
        B,Runs/b/group-001,Runs/b/group-001/seed-1,1,complete,false,frechet_distance,5.2,0.05
        B,Runs/b/group-001,Runs/b/group-001/seed-2,2,complete,false,frechet_distance,5.0,0.05
        B,Runs/b/group-001,Runs/b/group-001/seed-3,3,diverged,true,frechet_distance,,
        B,Runs/b/group-001,Runs/b/group-001/seed-4,4,complete,false,frechet_distance,5.3,0.05

        """)
  }

  @Test func `a metric of features that only the verdict has is known by what it measures`() throws {
    var (first, second) = (StoredGroup.first, StoredGroup.second)
    (first.metric, second.metric) = ("frechet_distance@digits-1", "frechet_distance@digits-1")
    let world = try StoredGroup.folder([("a", first), ("b", second)])
    for options in [[], ["--metric", "frechet_distance@digits-1"]] {
      let result = try Program.run(["compare", "a", "b"] + options, in: world)
      #expect(
        result.output.hasPrefix("frechet_distance@digits-1 (lower is better), measured at the"), "\(result.errors)")
    }
  }

  @Test func `all numbers as JSON`() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try compare("--json").utf8)) as? [String: Any])
    let groups = try #require(object["groups"] as? [[String: Any]])
    let trimmed = try #require(groups[0]["interquartile_mean"] as? [String: Double])
    let expected = [
      "value": 7, "lower": 6.648689875724, "upper": 7.351310124276,
    ]
    for (key, value) in expected { #expect(abs((trimmed[key] ?? .nan) - value) < 1e-10, "\(key)") }
    let mean = try #require(groups[0]["mean"] as? [String: Double])
    #expect(abs((mean["lower"] ?? .nan) - 6.754147480901) < 1e-10)
    #expect(groups[1]["failed"] as? Int == 1)
    let runs = try #require(groups[1]["runs"] as? [[String: Any]])
    #expect(runs[3]["value"] == nil && runs[3]["status"] as? String == "diverged")
    let differences = try #require(object["differences"] as? [[String: Any]])
    #expect(differences.count == 1 && differences[0]["decision"] != nil)
    #expect(object["value"] as? String == "verdict")
  }

  @Test func `Markdown`() throws {
    #expect(
      try compare("--markdown") == #"""
        frechet_distance (lower is better), measured at the end of each run, 10000 generated v 10000 real, floor 0.22, metric s.e. 0.05

        |  | group | runs | failed | IQM | 95 % | mean | 95 % (t) | sd | median | best | worst |
        |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        | A | a_1/group-001 | 5 | 0 | 7.00 | [6.65, 7.35] | 7.04 | [6.75, 7.33] | 0.23 | 7.00 | 6.80 | 7.40 |
        | B | b/group-001 | 5 | 1 | 5.20 | [4.85, 5.55] | 5.15\* | [4.94, 5.36] | 0.13 | 5.20 | 5.00 | 5.30 |

        | difference | A - B |
        |---|---:|
        | IQM (Yuen) | +1.80 [+1.48, +2.12] |
        | p, Yuen | < 0.001 |
        | mean (Welch) | +1.89 [+1.60, +2.18] |
        | p, Welch | < 0.001 |
        | p, exact rank | 0.15 |
        | smallest p of ranks | 0.008 |
        | P(B better) | 0.80 [0.18, 0.99] |
        | Hedges g | 8.68 |
        | failures | 0/5 v 1/5 |
        | p, Fisher | 1 |

        - \* B: over 4 of 5 runs; the failed run ranks worst in median, IQM and P; failed share 0.20 [0.04, 0.62] (Wilson)
        - evaluation noise: of B the s.e. of a value, 0.05, is more than a third of the sd over seeds, 0.13; more samples would tell its runs apart better
        - Verdict: settled: B is better, though 1 of its 5 runs failed; by Yuen's test, p < 0.001; the rank test does not say so (p = 0.15).

        """#)
  }

  @Test func `LaTeX`() throws {
    #expect(
      try compare("--latex") == #"""
        % frechet_distance (lower is better), measured at the end of each run, 10000 generated v 10000 real, floor 0.22, metric s.e. 0.05
        % needs \usepackage{booktabs}
        % * B: over 4 of 5 runs; the failed run ranks worst in median, IQM and P; failed share 0.20 [0.04, 0.62] (Wilson)
        % evaluation noise: of B the s.e. of a value, 0.05, is more than a third of the sd over seeds, 0.13; more samples would tell its runs apart better
        % Verdict: settled: B is better, though 1 of its 5 runs failed; by Yuen's test, p < 0.001; the rank test does not say so (p = 0.15).
        \begin{tabular}{llrrrr}
          \toprule
           & group & runs & failed & IQM & 95 \% \\
          \midrule
          A & a\_1/group-001 & 5 & 0 & 7.00 & [6.65, 7.35] \\
          B & b/group-001 & 5 & 1 & 5.20 & [4.85, 5.55] \\
          \bottomrule
        \end{tabular}

        \bigskip

        \begin{tabular}{lrrrrrr}
          \toprule
           & mean & 95 \% (t) & sd & median & best & worst \\
          \midrule
          A & 7.04 & [6.75, 7.33] & 0.23 & 7.00 & 6.80 & 7.40 \\
          B & 5.15* & [4.94, 5.36] & 0.13 & 5.20 & 5.00 & 5.30 \\
          \bottomrule
        \end{tabular}

        \bigskip

        \begin{tabular}{lr}
          \toprule
          difference & A - B \\
          \midrule
          IQM (Yuen) & +1.80 [+1.48, +2.12] \\
          p, Yuen & $<$ 0.001 \\
          mean (Welch) & +1.89 [+1.60, +2.18] \\
          p, Welch & $<$ 0.001 \\
          p, exact rank & 0.15 \\
          smallest p of ranks & 0.008 \\
          P(B better) & 0.80 [0.18, 0.99] \\
          Hedges g & 8.68 \\
          failures & 0/5 v 1/5 \\
          p, Fisher & 1 \\
          \bottomrule
        \end{tabular}

        """#)
  }
}
