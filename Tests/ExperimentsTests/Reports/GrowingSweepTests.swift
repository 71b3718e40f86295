import Foundation
import Reports
import Runs
import TestSupport
import Testing

@Suite struct GrowingSweepTests {
  @Test func `a sweep that goes on has a leaderboard, and its page is written again until it has ended`() throws {
    let file = SweepScratch.file("random", "trials: 4\nseed: 1").replacingOccurrences(
      of: "epochs: 4", with: "epochs: 30")
    let scratch = try SweepScratch.scratch(file)
    let sweep = try scratch.start("sweep", "search.yaml", "--quiet", "--jobs", "1", "--threads", "1")
    func waits(_ isOver: () -> Bool) { while sweep.isRunning, !isOver() { usleep(5000) } }
    let folder = SweepFolder(scratch.folder("Runs/search"))
    func trials() -> [SweepOutcome.Row] { (try? ReportSweep(folder).trials) ?? [] }
    waits { trials().contains { $0.status == "complete" } }
    let early = trials()
    #expect(early.count == 4 && early.contains { $0.status == "waiting" }, "\(early.map(\.status))")
    let report = try scratch.start("report", "search", "--watch", "-o", "page.html")
    let watch = try scratch.start("watch", "search")
    waits { (try? scratch.folder.text(of: "page.html"))?.contains("id=\"live\"") == true }
    #expect(sweep.wait().status == 0)
    #expect(report.wait().status == 0)
    let page = try scratch.folder.text(of: "page.html")
    #expect(!page.contains("id=\"live\"") && page.contains("4 of 4 trials have a value"))
    let told = watch.wait()
    #expect(told.status == 0 && told.output.contains("step ") && told.output.contains(": complete"), "\(told)")
    // What the files say is what they were written from: read once more, cell by cell.
    let rows = try SweepScratch.rows(scratch)
    let place = try #require(rows[0].firstIndex(of: "mode_divergence"))
    let last = try ReportSweep(folder)
    #expect(last.trials.map(\.value) == rows.dropFirst().map { Double($0[place]) })
    #expect(last.trials.map(\.trial) == rows.dropFirst().map { $0[1] } && !last.isRunning)
    #expect(last.trials.allSatisfy { $0.values.count == 2 && $0.operations > 0 && $0.runs == 1 })
    #expect(last.budgets.map(\.expected.count) == [4] && last.budgets[0].lower.count == 4)
  }
}
