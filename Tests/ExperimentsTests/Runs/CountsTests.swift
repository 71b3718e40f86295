import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing

/// counts.csv and verdict_counts.csv: how many samples of each mode a run had.
@Suite(.serialized) struct CountsTests {
  private static let spec =
    RunScratch.spec
      + """
      evaluation: {every: 1, samples: 300, metrics: [modes], at_end: {samples: 400, metrics: [modes]}}

      """

  /// The rows of a file without its first line, by hand.
  private static func rows(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  /// Changes what a record says, as a version without a digest of it would have left it.
  private static func edit(_ run: String, _ body: (inout [String: Any]) -> Void) throws {
    let url = URL(fileURLWithPath: "\(run)/run.json")
    var json = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    json["sha256"] = nil
    body(&json)
    try JSONSerialization.data(withJSONObject: json).write(to: url)
  }

  /// Takes a run back to a step, as if it had been killed after the checkpoint of that step.
  private static func kill(_ run: String, after step: Int) throws {
    try edit(run) { json in
      (json["status"], json["step"]) = ("running", step)
      for key in ["metrics", "evaluation", "counts", "conclusion", "verdicts", "reason"] { json[key] = nil }
    }
    let folder = RunFolder(run)
    for later in try folder.checkpointSteps() where later > step {
      try FileManager.default.removeItem(atPath: folder.checkpoint(later))
    }
  }

  @Test func `counts are those that evaluation.csv, verdict.csv, evaluate and show tell of`() throws {
    let scratch = try RunScratch(spec: CountsTests.spec)
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    let text = try scratch.text(scratch.run() + "/counts.csv")
    #expect(text.hasPrefix("step,counted,bin,generated,real\n10,modes,0,"))
    let rows = CountsTests.rows(text)
    let evaluation = CountsTests.rows(try scratch.text(scratch.run() + "/evaluation.csv"))
    #expect(rows.count == 8 * 9 && evaluation.count == 8)
    for row in evaluation {
      let own = rows.filter { $0[0] == row[0] }
      #expect(own.map { String($0[2]) } == (0..<8).map(String.init) + [""])
      let counts = own.compactMap { Int($0[3]) }
      let (near, whole) = (counts.dropLast().reduce(0, +), counts.reduce(0, +))
      #expect(whole == 300 && abs(own.compactMap { Double($0[4]) }.reduce(0, +) - 300) < 1e-9)
      #expect(Double(row[2]) == Double(counts.dropLast().count { $0 > 0 }))
      #expect(abs((Double(row[3]) ?? .nan) - Double(near) / 300) < 1e-12)
      let variation =
        near == 0
        ? 1 : counts.dropLast().reduce(0.0) { $0 + abs(Double($1) / Double(near) - 1.0 / 8) } / 2
      #expect(abs((Double(row[5]) ?? .nan) - variation) < 1e-12)
    }
    // The end measures other samples, and afterwards gives the same.
    let end = try CountsFile.counts(in: scratch.run() + "/verdict_counts.csv")
    #expect(end.map(\.samples) == [400] && end.map(\.step) == [80])
    struct Answer: Decodable { let counts: [CountedBins] }
    for arguments in [["evaluate", "small/001", "--json"], ["show", "small/001", "--json"]] {
      let answer = try scratch.gan(arguments)
      #expect(try JSONDecoder().decode(Answer.self, from: Data(answer.output.utf8)).counts == end, "\(arguments)")
    }
    let line = try BinWords(#require(BinShares(end[0], names: nil))).line
    let words = line.split(separator: " ").prefix(6).joined(separator: " ")
    let shown = try scratch.gan("show", "small/001").output
    #expect(shown.split(separator: "\n").contains { $0.hasPrefix("modes ") && $0.contains("at the end: \(words)") })
    #expect(try scratch.gan("evaluate", "small/001").output.contains("\nmodes: \(words)"))
  }

  @Test func `a run that was killed between its files settles, and has the bytes of one that was not`() throws {
    let scratch = try RunScratch(spec: CountsTests.spec)
    for _ in 1...2 { #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0) }
    let run = scratch.run("002")
    try CountsTests.kill(run, after: 40)
    // The rows of one evaluation more, the last of them torn.
    let counts = try scratch.text("\(run)/counts.csv")
    let kept = counts.split(separator: "\n").filter { (Int($0.prefix { $0 != "," }) ?? 0) <= 50 }
    try (kept.joined(separator: "\n") + "\n60,modes,0,3").write(
      toFile: "\(run)/counts.csv", atomically: false, encoding: .utf8)
    let evaluation = try scratch.text("\(run)/evaluation.csv").split(separator: "\n").prefix(5)
    try (evaluation.joined(separator: "\n") + "\n").write(
      toFile: "\(run)/evaluation.csv", atomically: false, encoding: .utf8)
    #expect(try CountsFile.last(in: "\(run)/counts.csv").map(\.step) == [50])
    let resumed = try scratch.gan("resume", run, "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(try scratch.differences(scratch.run(), run) == [])
    #expect(try scratch.gan("verify", run).status == 0)
    #expect(try scratch.gan("reproduce", run, "--quiet").status == 0)
    // A changed count is told of.
    #expect(try scratch.shell("sed -i '3s/,modes,1,[0-9]*,/,modes,1,301,/' \(run)/counts.csv").status == 0)
    let verified = try scratch.gan("verify", run)
    #expect(verified.status != 0 && verified.output.contains("counts.csv"), Comment(rawValue: verified.output))
  }

  @Test func `a run of the version before, which has no counts, goes on and begins them`() throws {
    let scratch = try RunScratch(spec: CountsTests.spec)
    for _ in 1...2 { #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0) }
    let folder = RunFolder(scratch.run("002"))
    let ended = scratch.folder("Runs/small/003")
    func forget(_ folder: RunFolder) throws {
      for step in try folder.checkpointSteps() {
        var file = try Safetensors(path: folder.checkpoint(step))
        file.metadata = file.metadata.filter { !$0.key.hasPrefix("counts.csv.") }
        try file.write(to: folder.checkpoint(step))
      }
      try CountsTests.edit(folder.path) { json in
        json["counts"] = nil
        var conclusion = json["conclusion"] as? [String: Any]
        conclusion?["verdict_counts.csv"] = nil
        json["conclusion"] = conclusion
      }
      for path in [folder.counts, folder.verdictCounts] { try FileManager.default.removeItem(atPath: path) }
    }
    #expect(try scratch.shell("cp -r \(folder.path) \(ended)").status == 0)
    // One that is complete is left as it is, read, and repeated.
    try forget(RunFolder(ended))
    #expect(try scratch.gan("resume", ended, "--quiet").status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(ended)/counts.csv"))
    for command in ["verify", "show", "reproduce"] {
      let answer = try scratch.gan(command, ended)
      #expect(answer.status == 0, Comment(rawValue: answer.output + answer.errors))
    }
    #expect(try scratch.gan("report", ended, "-o", "page.html").status == 0)
    #expect(!(try scratch.folder.text(of: "page.html")).contains(">Modes<"))
    // One that was killed goes on to the same numbers.
    try forget(folder)
    try CountsTests.kill(folder.path, after: 40)
    let resumed = try scratch.gan("resume", folder.path, "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    let names = Set(try scratch.differences(scratch.run(), folder.path))
    #expect(names == ["counts.csv", "checkpoints/step-000080.safetensors"])
    let whole = try scratch.text(scratch.run() + "/counts.csv")
    let rows = try scratch.text(folder.counts).split(separator: "\n").dropFirst()
    #expect(rows.first?.hasPrefix("50,modes,0,") == true && whole.hasSuffix(rows.joined(separator: "\n") + "\n"))
    for command in ["verify", "reproduce"] {
      let answer = try scratch.gan(command, folder.path)
      #expect(answer.status == 0, Comment(rawValue: answer.output + answer.errors))
    }
  }

  @Test func `of more than a hundred bins only the end has rows`() throws {
    let grid = "{gaussian_grid: {side: 11, samples: 2560}}"
    let scratch = try RunScratch(
      spec: CountsTests.spec.replacing("{gaussian_ring: {samples: 2560}}", with: grid).replacing(
        "epochs: 8", with: "epochs: 2"))
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    #expect(try scratch.text(scratch.run() + "/counts.csv") == "step,counted,bin,generated,real\n")
    #expect(CountsTests.rows(try scratch.text(scratch.run() + "/verdict_counts.csv")).count == 122)
    #expect(try scratch.gan("verify", scratch.run()).status == 0)
  }

  @Test func `the end of a long file says what was counted last, and damage is told`() throws {
    let folder = try TemporaryFolder()
    func block(_ step: Int, _ bins: Int) -> String {
      (0..<bins).map { "\(step),classes,\($0),\(step % ($0 + 2)),12.345678901234567\n" }.joined()
    }
    let head = "step,counted,bin,generated,real\n"
    let whole = (1...400).map { block($0, 10) }.joined()
    for (number, text) in [whole, block(3, 10), whole + "401,classes,0,3,1.0\n", whole + "401,clas"].enumerated() {
      try folder.put(head + text, into: "\(number).csv")
      let path = folder("\(number).csv")
      let last = try CountsFile.last(in: path)
      #expect(last.map(\.step) == [number == 1 ? 3 : 400])
      #expect(last.first == (try CountsFile.counts(in: path).last))
      #expect(last.first?.generated == (0..<10).map { (last.first?.step ?? 0) % ($0 + 2) })
    }
    // Where evaluations are longer than what is looked at first.
    for bins in [100, 1000] {
      let torn = "6,classes,0,3,1.0\n6,classes,1,3,1.0\n"
      try folder.put(head + (1...5).map { block($0, bins) }.joined() + torn, into: "long.csv")
      #expect(try CountsFile.last(in: folder("long.csv")).map { [$0.step, $0.generated.count] } == [[5, bins]])
    }
    for text in [
      "", "step,bin\n", head + "1,classes,1,2,3\n", head + "1,classes,0,-2,3\n", head + "1,,0,2,3\n",
      head + "2,classes,0,2,\n1,classes,0,2,\n", head + "1,classes,0,2,\n1,classes,1,2,3\n",
      head + "1,classes,0,2,\n2,classes,0,2,\n2,classes,1,2,\n3,classes,0,2,\n",
    ] {
      try folder.put(text, into: "bad.csv")
      #expect(throws: FileError.self, "\(text)") { try CountsFile.counts(in: folder("bad.csv")) }
    }
  }

  @Test func `words name what is rare, what is common and what is missing`() throws {
    func words(_ generated: [Int], _ real: [Double]?, elsewhere: Int? = nil) throws -> BinWords {
      let counts = CountedBins(
        step: 10, counted: elsewhere == nil ? "classes" : "modes", generated: generated, real: real,
        generatedElsewhere: elsewhere, realElsewhere: elsewhere.map { _ in 1.1 })
      return BinWords(try #require(BinShares(counts, names: ["ankle boot", "bag", "coat", "dress"])))
    }
    let even: [Double] = [25, 25, 25, 25]
    for (generated, real, elsewhere, line, missing) in [
      (
        [25, 20, 30, 25], even, nil, "all 4 within a factor of two of the data's",
        "Every one of the 4 classes has samples."
      ),
      (
        [4, 0, 71, 25], even, nil,
        "1 of 4 within a factor of two of the data's; fewest: bag (0 % v 25 %), ankle boot (4.0 % v 25 %); most: coat (71 % v 25 %)",
        "1 of 4 classes has no sample: bag."
      ),
      (
        [3, 3, 3, 3], even, 88,
        "0 of 4 within a factor of two of the data's: all have less; 88 % near none",
        "Every one of the 4 modes has samples."
      ),
      ([50, 50, 0, 0], nil, nil, "2 of 4 have a sample", "2 of 4 classes have no sample: coat, dress."),
      // What the data lack, nobody misses.
      (
        [50, 50, 0, 0], [50, 50, 0, 0], nil, "all 2 within a factor of two of the data's",
        "Every one of the 2 classes has samples."
      ),
    ] as [([Int], [Double]?, Int?, String, String)] {
      let words = try words(generated, real, elsewhere: elsewhere)
      #expect(words.line == line)
      #expect(words.missing == missing)
    }
  }
}
