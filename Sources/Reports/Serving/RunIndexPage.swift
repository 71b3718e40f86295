import Files
import Runs
import Training

/// The page of all runs of a site: sweeps, groups, and a row of each run.
struct RunIndexPage {
  private let site: RunSite
  private let list: RunList

  /// Runs that have rows: more would make a page slow.
  private static let mostRuns = 2000

  init(_ site: RunSite) throws(FileError) {
    self.site = site
    list = try RunList(in: site.runs)
  }

  var text: String {
    let runs = list.runs
    let statuses = runs.compactMap { list.fact(FactName.status.rawValue, of: $0)?.texts.first }
    let counts = FactName.statuses.compactMap { status -> String? in
      let count = statuses.count { $0 == status }
      return count == 0 ? nil : "\(Decimals.count(count)) \(status)"
    }
    return PageShell(
      title: "Runs",
      lines: [
        Escaping.text(
          ([Decimals.count(runs.count, "run")] + counts).joined(separator: ", ") + ", in \(list.folder)")
      ],
      parts: [
        PageShell.Part(id: "working", title: "At work", content: working),
        PageShell.Part(id: "sweeps", title: "Sweeps", content: sweeps),
        PageShell.Part(id: "groups", title: "Groups", content: groups),
        PageShell.Part(id: "runs", title: "Runs", content: table),
        PageShell.Part(id: "unreadable", title: "Not readable", content: unreadable),
      ], footer: "Made by gan-exp serve from files alone.", isLive: true, isServed: true
    ).text
  }

  private func text(_ name: FactName, _ run: ListedRun) -> String {
    list.fact(name.rawValue, of: run)?.texts.joined(separator: " ") ?? ""
  }

  private func count(_ name: FactName, _ run: ListedRun) -> Double? { list.fact(name.rawValue, of: run)?.value }

  private func status(_ text: String) -> Markup.Cell {
    Markup.Cell(markup: "<span class=\"status \(Escaping.attribute(text))\">\(Escaping.text(text))</span>", key: text)
  }

  private func whole(_ value: Double?) -> Markup.Cell { Markup.Cell(number: value, Decimals.whole) }

  private func link(_ path: String) -> Markup.Cell {
    let name = list.name(of: path)
    return site.link(to: path, name) ?? Markup.Cell(name)
  }

  /// What is being trained now.
  private var working: String {
    let rows = list.runs.filter { text(.status, $0) == "running" }.map { run -> [Markup.Cell] in
      let (step, steps) = (count(.step, run) ?? 0, count(.steps, run) ?? 0)
      let share = steps > 0 ? Decimals.text(100 * step / steps, 0) + " %" : "–"
      return [
        link(run.path), whole(count(.epoch, run)), whole(step), whole(steps), Markup.Cell(share, isNumber: true),
        Markup.Cell(headline(run)),
      ]
    }
    return rows.isEmpty ? "" : Markup.table("Runs at work", ["run", "epoch", "step", "of", "done", "last row"], rows)
  }

  private func headline(_ run: ListedRun) -> String {
    list.headline(of: run).compactMap { title, column in
      list.fact(column, of: run)?.value.map { "\(title) \(NumberText.short($0))" }
    }.joined(separator: ", ")
  }

  /// The folders of runs that are no experiment alone: the parts of their paths.
  private func parents(depth: Int) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    for run in list.runs {
      let parts = list.name(of: run.path).split(separator: "/")
      guard parts.count > depth else { continue }
      let path = "\(list.folder)/\(parts.prefix(depth).joined(separator: "/"))"
      if seen.insert(path).inserted { found.append(path) }
    }
    return found
  }

  /// The sweeps: also those none of whose runs has begun.
  private var sweepFolders: [SweepFolder] {
    ((try? FolderListing.names(in: list.folder)) ?? []).filter { !$0.hasPrefix(".") }
      .map { SweepFolder("\(list.folder)/\($0)") }.filter { (try? $0.exists()) == true }
  }

  private var sweeps: String {
    let rows = sweepFolders.map { folder -> [Markup.Cell] in
      do throws(RunError) {
        let sweep = try ReportSweep(folder)
        return [
          link(folder.path), Markup.Cell(sweep.isRunning ? "running" : "at rest"),
          Markup.Cell(sweep.standing.joined(separator: "; ")),
        ]
      } catch { return [Markup.Cell(list.name(of: folder.path)), Markup.Cell("–"), Markup.Cell(error.message)] }
    }
    return rows.isEmpty
      ? "" : Markup.table("Sweeps", ["sweep", "", "how far"].map { $0.isEmpty ? "status" : $0 }, rows)
  }

  private var groups: String {
    let sweeps = Set(sweepFolders.map(\.path))
    let folders = (parents(depth: 1) + parents(depth: 2)).filter { path in
      !sweeps.contains { path == $0 || path.hasPrefix($0 + "/") } && (try? GroupFolder.isGroup(path)) == true
    }
    let rows = folders.map { path -> [Markup.Cell] in
      let own = list.runs.filter { $0.path.hasPrefix(path + "/") }
      let statuses = Dictionary(grouping: own) { text(.status, $0) }.map { "\($1.count) \($0)" }.sorted()
      return [link(path), whole(Double(own.count)), Markup.Cell(statuses.joined(separator: ", "))]
    }
    return rows.isEmpty ? "" : Markup.table("Groups", ["group", "runs", "status"], rows)
  }

  /// A row of each run, the newest first.
  private var table: String {
    let newest = list.runs.enumerated().sorted {
      (text(.started, $1.element), $0.offset) < (text(.started, $0.element), $1.offset)
    }
    let shown = newest.prefix(RunIndexPage.mostRuns).map(\.element)
    var columns: [(title: String, name: String)] = []
    for entry in shown.flatMap({ list.headline(of: $0) }) where !columns.contains(where: { $0.title == entry.title }) {
      columns.append((entry.title, entry.column))
    }
    let heads =
      [
        Markup.Head("★", name: "star"), Markup.Head("run", name: "run"), Markup.Head("status", name: "status"),
        Markup.Head("seed", name: "seed", isNumber: true), Markup.Head("epoch", name: "epoch", isNumber: true),
        Markup.Head("step", name: "step", isNumber: true), Markup.Head("loss", name: "loss"),
      ] + columns.prefix(8).map { Markup.Head($0.title, name: $0.name, isNumber: true) } + [
        Markup.Head("started", name: "started"), Markup.Head("tags", name: "tag"),
      ]
    let rows = shown.enumerated().map { number, run -> (cells: [Markup.Cell], attributes: String) in
      let own = Dictionary(list.headline(of: run).map { ($0.title, $0.column) }) { first, _ in first }
      let name = list.name(of: run.path)
      let star =
        "<button type=\"button\" class=\"star\" aria-pressed=\"false\" aria-label=\"Star \(Escaping.attribute(name))\" hidden>☆</button>"
      let cells =
        [
          Markup.Cell(markup: star, key: ""), link(run.path), status(text(.status, run)),
          Markup.Cell(text(.seed, run), isNumber: true), whole(count(.epoch, run)), whole(count(.step, run)),
          Markup.Cell(text(.loss, run)),
        ]
        + columns.prefix(8).map { column in
          Markup.Cell(number: own[column.title].flatMap { list.fact($0, of: run)?.value }, NumberText.short)
        } + [
          Markup.Cell(String(text(.started, run).prefix(16).replacing("T", with: " ")), key: text(.started, run)),
          Markup.Cell(text(.tag, run)),
        ]
      let hasFailed = ["diverged", "failed"].contains(text(.status, run))
      return (cells, " data-run=\"\(number)\"" + (hasFailed ? " class=\"failed\"" : ""))
    }
    guard !rows.isEmpty else { return Markup.paragraph("There is no run yet.", class: "note") }
    let more = newest.count - shown.count
    return ComparisonSections.runFilter + Markup.table("Runs", heads, rows, id: "runs-table")
      + (more > 0
        ? Markup.paragraph(
          "\(Decimals.count(more, "older run")) are left out here; gan-exp list has all.", class: "note") : "")
  }

  private var unreadable: String {
    list.unreadable.isEmpty
      ? ""
      : Markup.table(
        "Not readable", ["run", "why"],
        list.unreadable.map { [Markup.Cell(list.name(of: $0.path)), Markup.Cell($0.reason)] })
  }
}
