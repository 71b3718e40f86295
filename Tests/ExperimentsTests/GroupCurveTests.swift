import Foundation
import TestSupport
import Testing

/// `gan-exp compare --curves`: what the runs of a group have in common, step by step.
@Suite struct GroupCurveTests {
  /// Three runs of which the last diverged behind step 20, with rows that not all of them have, and a value that is none.
  private func world() throws -> TemporaryFolder {
    let world = try TemporaryFolder()
    let runs = [
      ("10,1,1.5\n20,2,1.25\n30,3,0.7\n", "20,2,7.25\n30,3,6.5\n"),
      ("10,1,1.1\n15,2,9\n20,2,1.4\n30,3,0.9\n", "20,2,nan\n30,3,6.1\n"), ("10,1,1.75\n20,2,2.5\n25,3,nan\n", nil),
    ]
    for (seed, (metrics, evaluation)) in runs.enumerated() {
      try StoredRun(
        seed: seed, status: evaluation == nil ? "diverged" : "complete",
        metrics: "step,epoch,discriminator_loss\n\(metrics)",
        evaluation: evaluation.map { "step,epoch,frechet_distance\n\($0)" }
      ).write("Runs/a/group-001/seed-\(seed)", into: world)
    }
    return world
  }

  /// numpy.mean, numpy.std(ddof=1) and scipy.stats.t.interval(.95, n - 1, mean, scipy.stats.sem) of NumPy 2.4 and SciPy 1.17.
  private static let expected: [(cells: String, numbers: [Double])] = [
    ("discriminator_loss,10,1,3,3", [1.45, 0.3278719262151, 0.6355209834648485, 2.2644790165351516]),
    ("discriminator_loss,20,2,3,3", [1.7166666666666668, 0.6825198409814424, 0.021193390666827572, 3.412139942666506]),
    ("discriminator_loss,30,3,3,2", [0.8, 0.14142135623730953, -0.4706204736174695, 2.0706204736174696]),
    ("frechet_distance,30,3,3,2", [6.3, 0.2828427124746193, 3.758759052765059, 8.84124094723494]),
  ]

  @Test func `a point is the mean of all runs that had come so far, and its interval is Student's`() throws {
    let world = try world()
    let result = try Program.run(["compare", "a", "--curves"], in: world.path)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "group,name,column,step,epoch,runs,n,mean,standard_deviation,lower,upper")
    try #require(lines.count == 1 + GroupCurveTests.expected.count, "\(result.output)")
    for (line, expected) in zip(lines.dropFirst(), GroupCurveTests.expected) {
      let parts = line.components(separatedBy: ",")
      #expect(parts.prefix(7).joined(separator: ",") == "A,Runs/a/group-001,\(expected.cells)")
      for (part, number) in zip(parts.dropFirst(7), expected.numbers) {
        #expect(abs((Double(part) ?? .nan) - number) < 1e-12, "\(expected.cells): \(part)")
      }
    }
  }

  @Test func `one column alone, and the metric's curve among the numbers for programs`() throws {
    let world = try world()
    let alone = try Program.run(["compare", "a", "--curves", "--metric", "frechet_distance"], in: world.path)
    #expect(alone.output.split(separator: "\n").count == 2, "\(alone.output)")
    let json = try Program.run(["compare", "a", "--json"], in: world.path).output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let curve = try #require((object["groups"] as? [[String: Any]])?.first?["curve"] as? [String: Any])
    let points = try #require(curve["points"] as? [[String: Double]])
    #expect(points.count == 1 && points[0]["step"] == 30 && points[0]["count"] == 2 && points[0]["mean"] == 6.3)
  }

  @Test(arguments: [
    (["a", "--curves", "--metric", "frechet"], "the runs of Runs/a/group-001 share no column frechet\n"),
    (["a", "--curves", "--paired"], "--curves has all rows of the runs: leave --paired out\n"),
    (["a", "--curves", "--csv"], "--csv and --curves exclude each other\n"),
    (["a/group-001/seed-0", "--curves"], "--curves is for groups of runs, and there is none among these\n"),
  ])
  func `what makes no curves is refused`(arguments: [String], message: String) throws {
    let world = try world()
    let result = try Program.run(["compare"] + arguments, in: world.path)
    #expect(result.status == 64 && result.errors.hasPrefix("gan-exp: error: \(message)"), "\(result.errors)")
  }
}
