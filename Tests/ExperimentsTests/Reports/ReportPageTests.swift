import Foundation
import Reports
import Runs
import TestSupport
import Testing

@Suite struct ReportPageTests {
  /// The page that a command writes.
  private func page(_ names: [String], in folder: TemporaryFolder) throws -> String {
    let result = try Program.run(["report"] + names + ["-o", "page.html"], in: folder.path)
    #expect(result.status == 0 && result.output == "page.html\n", "\(result)")
    return try folder.text(of: "page.html")
  }

  /// The headings of a page's parts.
  private func headings(_ page: String) -> [String] {
    page.matches(of: #/<h2 id="[^"]*">([^<]*)</#).map { String($0.1) }
  }

  /// Holds what every page has to be.
  private func expectSound(_ page: String) throws {
    // The policy, and nothing to be loaded.
    #expect(page.contains("default-src 'none'"))
    let plain = page.replacing(#/base64,[A-Za-z0-9+\/=]*/#, with: "").replacing("http-equiv", with: "")
    #expect(!plain.contains("http"))
    let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(ids.count == Set(ids).count && ids.count > 5)
    for link in page.matches(of: #/<a href="#([^"]*)"/#) { #expect(ids.contains(String(link.1))) }
    for labels in page.matches(of: #/aria-labelledby="([^"]*)"/#) {
      for id in labels.1.split(separator: " ") { #expect(ids.contains(String(id))) }
    }
    // Every element that begins ends, but for those that have no end.
    let body = page.replacing(#/(?s)<(script|style)>.*?</\1>/#, with: "")
    var open: [Substring] = []
    for match in body.matches(of: #/<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|[^">])*)>/#) {
      if ["meta", "img", "input", "br", "wbr"].contains(match.2) || match.3.hasSuffix("/") { continue }
      if match.1 == "/" { #expect(open.popLast() == match.2) } else { open.append(match.2) }
    }
    #expect(open.isEmpty, "\(open)")
    #expect(page.matches(of: #/<svg/#).count == page.matches(of: #/<desc id=/#).count)
  }

  @Test func `a trained run has all parts, twice the same bytes, and marks what differs from defaults`() throws {
    let spec = RunScratch.spec.replacing("epochs: 8", with: "epochs: 2") + "evaluation: {every: 1}\n"
    let scratch = try RunScratch(spec: spec)
    let run = try scratch.gan("run", "small.yaml", "--quiet", "--set", "record.samples_every=1")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    let page = try page(["small"], in: scratch.folder)
    try expectSound(page)
    #expect(page == (try self.page(["small/001"], in: scratch.folder)))
    let output = try scratch.gan("report", "small", "-o", "-")
    #expect(output.output == page)
    #expect(
      headings(page) == [
        "Verdict and health", "Samples", "Evaluation", "Modes", "Training", "Spec", "Timing", "Provenance",
      ])
    #expect(page.matches(of: #/<img src="data:image\/png;base64,/#).count == 2)
    // A figure of each column.
    #expect(page.contains("<h3>Modes after step 20, at the end</h3>") && page.contains("mode 7: "))
    for file in ["metrics.csv", "evaluation.csv"] {
      let head = try scratch.folder.text(of: "Runs/small/001/\(file)").split(separator: "\n")[0]
      for column in head.split(separator: ",").dropFirst(2) {
        #expect(page.contains("<h3>\(column)</h3>"), "\(column)")
      }
    }
    let rows = SpecDefaults(try ReportRun(RunFolder(scratch.run()), isDetailed: true)).rows
    func row(_ path: String) -> SpecDefaults.Row? { rows.first { $0.path == path } }
    #expect(
      row("training.batch_size")
        == .init(
          path: "training.batch_size", value: "256", standard: row("training.batch_size")?.standard, isDifferent: true))
    #expect(row("record.metrics_every")?.isDifferent == true && row("record.metrics_every")?.standard != "7")
    #expect(row("record.checkpoint_every")?.isDifferent == false)
    #expect(
      row("generator[0].dense.units")
        == .init(path: "generator[0].dense.units", value: "300", standard: nil, isDifferent: true))
    #expect(row("generator[0].dense.bias_initializer")?.isDifferent == false)
    #expect(row("optimizers.discriminator")?.value == "rmsprop")
    #expect(row("optimizers.discriminator.rmsprop.momentum")?.standard == "0.0")
    #expect(row("loss")?.isDifferent == false)
    // What is no default is what the spec says, each once.
    #expect(Set(rows.map(\.path)).count == rows.count)
  }

  /// Rows of counts.csv of a step.
  private func counts(_ step: Int, _ generated: [Int], real: Double) -> String {
    generated.enumerated().map { "\(step),classes,\($0),\($1),\(real)\n" }.joined()
  }

  @Test func `classes have figures with their numbers, and the missing ones are named`() throws {
    let folder = try TemporaryFolder()
    let head = "step,counted,bin,generated,real\n"
    let last = [[205, 317, 11, 99, 100, 101, 102, 65, 0, 0], [100, 100, 100, 100, 100, 100, 100, 100, 100, 100]]
    for (place, name) in ["one", "two"].enumerated() {
      var run = StoredRun.withAccuracy
      run.name = name
      run.loss = place == 0 ? "hinge: {}" : "least_squares: {}"
      try run.write("Runs/\(name)/001", into: folder)
      try folder.put(
        head + counts(10, [1000, 0, 0, 0, 0, 0, 0, 0, 0, 0], real: 100) + counts(20, last[place], real: 100),
        into: "Runs/\(name)/001/counts.csv")
    }
    let alone = try page(["one"], in: folder)
    try expectSound(alone)
    #expect(headings(alone).contains("Classes"))
    #expect(alone.contains(" there. 2 of 10 classes have no sample: 8, 9.</p>"))
    #expect(alone.contains("<h3>Classes after step 20</h3>") && alone.contains("<h3>Classes over the steps</h3>"))
    for (number, count) in last[0].enumerated() {
      let row = #"<tr><td class="number">\#(number)</td><td class="number" data-key="\#(Double(count))">\#(count)</td>"#
      #expect(alone.contains(row), "\(row)")
    }
    // A tile of each class at each step, those without a sample crossed.
    #expect(alone.contains("<title>step 10, class 0: 100 %, in the training data 10 %</title>"))
    #expect(alone.contains("<title>step 20, class 2: 1.1 %, in the training data 10 %</title>"))
    #expect(alone.matches(of: #/class="cross i1"/#).count == 2)
    let both = try page(["one", "two"], in: folder)
    try expectSound(both)
    #expect(both.contains("<h3>Classes of the groups</h3>") && !both.contains("Classes over the steps"))
    #expect(
      both.contains("<p>A: 5 of 10 classes have at least half") && both.contains("<h3>Classes of B after step 20</h3>"))
    #expect(both.contains("<title>A, class 1: 32 %, in the training data 10 %</title>"))
    // Very many are tiles, of which the rarest are in the table.
    try folder.put(head + counts(20, (0..<1000).map { $0 % 4 }, real: 1.5), into: "Runs/one/001/counts.csv")
    let many = try page(["one"], in: folder)
    try expectSound(many)
    #expect(
      many.contains("250 of 1 000 classes have no sample: 0, 4, ")
        && many.contains("The 50 of 1 000 with the fewest samples"))
    // Damaged ones are told of.
    try folder.put(head + "20,classes,1,2,3\n", into: "Runs/one/001/counts.csv")
    #expect(try page(["one"], in: folder).contains("its rows of step 20 are no counts of classes"))
  }

  @Test func `groups have a table, means, what compare says, and failures`() throws {
    let folder = try StoredGroup.folder([("first", .first), ("third", .third)])
    let page = try page(["first", "third"], in: folder)
    try expectSound(page)
    #expect(headings(page) == ["Groups", "Runs", "Evaluation", "Training", "Specs", "Provenance"])
    let compared = try Program.run(["compare", "first", "third", "--markdown"], in: folder.path).output
    let verdict = try #require(compared.split(separator: "\n").first { $0.contains("Verdict") }?.dropFirst(2))
    #expect(page.contains(Escaping.text(String(verdict))))
    #expect(page.matches(of: #/<tr data-run="\d+"/#).count == 10)
    #expect(page.matches(of: #/<tr data-run="\d+" class="failed"/#).count == 1)
    #expect(page.contains("mean of 5 runs") && page.contains("mean of 4 runs"))
    // A table of three runs and two of another folder is one of three groups.
    let others = try self.page(["first/group-001/seed-0", "first/group-001/seed-1", "third"], in: folder)
    #expect(others.contains("mean of 2 runs"))
  }

  @Test func `names, specs and reasons are text, whatever they say`() throws {
    let folder = try TemporaryFolder()
    let name = "<script>alert(1)</script>"
    var run = StoredRun(
      name: "<script>alert(2)<\\/script>", spec: "note: \"</script><img src=x onerror=alert(3)>\"\n",
      metrics: "step,epoch,<script>alert(4)\n10,1,2.5\n20,2,3\n")
    try run.write("Runs/\(name)/001", into: folder)
    run.seed = 7
    run.status = "diverged"
    try run.write("Runs/\(name)/002", into: folder)
    for names in [["Runs/\(name)/001"], ["Runs/\(name)/001", "Runs/\(name)/002"]] {
      let page = try page(names, in: folder)
      #expect(page.matches(of: #/<script/#).count == 1 && !page.contains("<img src=x"))
      #expect(page.contains("&lt;script&gt;alert(4)"))
      try expectSound(page)
    }
  }

  @Test func `a run without rows, and one whose files are damaged, are reported with what is wrong`() throws {
    let folder = try TemporaryFolder()
    var run = StoredRun.withAccuracy
    run.metrics = "step,epoch,discriminator_loss\n"
    try run.write("Runs/empty/001", into: folder)
    run.metrics = "step,epoch\n1\n"
    try run.write("Runs/torn/001", into: folder)
    try folder.put("no picture", into: "Runs/torn/001/samples/step-000010.png")
    try expectSound(try page(["empty"], in: folder))
    let torn = try page(["torn"], in: folder)
    try expectSound(torn)
    #expect(torn.contains("class=\"problems\"") && torn.contains("line 2 has 1 cells"))
  }

  @Test func `sheets that do not fit are thinned, and the page says so`() throws {
    let folder = try TemporaryFolder()
    try StoredRun.withAccuracy.write("Runs/long/001", into: folder)
    // The head of a PNG with what is no picture behind it: 30 kB each.
    let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 8, 0, 0, 0, 9]
    for step in 1...120 {
      let digits = String(step)
      let name = "step-" + String(repeating: "0", count: 6 - digits.count) + digits
      try folder.put(head + [UInt8](repeating: 0, count: 30_000), into: "Runs/long/001/samples/\(name).png")
    }
    let page = try page(["long"], in: folder)
    let steps = page.matches(of: #/data-step="(\d+)"/#).compactMap { Int($0.1) }
    #expect(steps.first == 1 && steps.last == 120 && (35...45).contains(steps.count), "\(steps)")
    #expect(page.contains("\(steps.count) of 120 sheets are here") && page.utf8.count < 2_200_000)
    #expect(page.contains("width=\"8\" height=\"9\""))
  }

  @Test func `a sweep has its leaderboard, its parameters and its budget`() throws {
    let folder = try TemporaryFolder()
    try folder.put("sweep: {}\n", into: "Runs/search/sweep.yaml")
    try folder.put(
      #"""
      rank,trial,status,steps,runs,failed,frechet_distance,lower,upper,tied,operations,training.batch_size,loss
      1,trial-a,complete,100,1,0,1.5,,,true,10,32,hinge
      2,trial-b,complete,100,1,0,2.5,,,false,10,64,hinge
      3,trial-c,complete,100,1,0,4.5,,,false,10,128,"wasserstein, ""clipped"""
      ,trial-d,diverged,10,1,1,,,,false,10,256,least_squares

      """#, into: "Runs/search/leaderboard.csv")
    try folder.put("stratum,trials,expected,lower,upper\n,1,2.9,2,4\n,2,1.9,1.5,3\n", into: "Runs/search/budget.csv")
    let page = try page(["search"], in: folder)
    try expectSound(page)
    #expect(headings(page) == ["What was found", "Parameters", "Leaderboard", "Budget"])
    #expect(page.contains("wasserstein, &quot;clipped&quot;"))
    // The batch size orders all trials, the failed one last; the losses nearly do.
    let sweep = try ReportSweep(SweepFolder(folder("Runs/search")))
    #expect(sweep.importances.map(\.key) == ["training.batch_size", "loss"])
    #expect(sweep.importances.map { ($0.correlation * 1000).rounded() } == [1000, 949])
  }

  @Test func `the page of a run that goes on is written again until that has ended`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacing("epochs: 8", with: "epochs: 100000"))
    let run = try scratch.start("run", "small.yaml", "--quiet")
    func waits(_ isOver: () -> Bool) { while run.isRunning, !isOver() { usleep(5000) } }
    waits { (try? scratch.folder.text(of: "Runs/small/001/metrics.csv"))?.contains("\n14,") == true }
    let report = try scratch.start("report", "small", "--watch", "-o", "page.html")
    waits { (try? scratch.folder.text(of: "page.html"))?.contains("id=\"live\"") == true }
    run.signal(SIGINT)
    #expect(run.wait().status == 130)
    #expect(report.wait().status == 0)
    let page = try scratch.folder.text(of: "page.html")
    #expect(!page.contains("id=\"live\"") && page.contains("<span class=\"status stopped\">"))
    #expect(scratch.folder.names.allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test func `what cannot be reported is said`() throws {
    let folder = try StoredGroup.folder([("first", .first)])
    try folder.put("sweep: {}\n", into: "Runs/begun/sweep.yaml")
    for (arguments, status, words) in [
      (["nothing"], Int32(66), "there is no run nothing"),
      (["begun"], 65, "--status shows how far the sweep is"),
      (["first", "-o", "no/such/page.html"], 73, "no/such/page.html"),
      (["first", "--watch", "-o", "-"], 64, "--watch writes a file again"),
    ] {
      let result = try Program.run(["report"] + arguments, in: folder.path)
      #expect(result.status == status && result.errors.contains(words), "\(result)")
    }
  }
}
