import ArgumentParser
import Files
import Glibc
import Reports
import Runs
import Specs
import Training

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follows a run, a group or a sweep until it ends.",
    discussion: """
      Of a run: how far it is, its main columns as sparklines with their newest and best values, symptoms of bad training, the \
      verdict, and the newest sheet where the terminal shows colors: as graphics of kitty or as sixels where it has them, else \
      in half blocks. Of a group or a sweep: a line a run. It is drawn again as files grow, and whenever the terminal has \
      another size. Ctrl-C leaves; the run goes on.

      Where stdout is no terminal it prints a line for each new row.

      \(RunArgument.explanation)

      A group is named as for compare, a sweep by its folder or its name.

      Examples:
        gan-exp watch latest
        gan-exp watch ring-gan/group-001
        gan-exp watch ring-search

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten, .hungUp, .interrupted, .terminated]))
      """)

  @OptionGroup var target: RunArgument

  @Flag(help: "Shows no sheet.")
  var noPicture = false

  /// Microseconds between two looks at the size of the terminal, and at files.
  private static let pause: UInt32 = 200_000

  func run() throws {
    let subject = try reporting { try WatchSubject(target.name, in: target.runs.folder) }
    let signal =
      Terminal.isOutputInteractive && Terminal.value("TERM") != "dumb" ? try show(subject) : try tell(subject)
    if let signal { throw ExitCode(128 + signal) }
  }

  /// Draws it until it ends, then once more where it stays.
  private func show(_ subject: WatchSubject) throws -> Int32? {
    // The terminal is asked before it is drawn on.
    let kind = noPicture ? .none : TerminalPicture.best
    let usesColor = Terminal.outputUsesColor
    var signal: Int32?
    var failure: RunError?
    do {
      let screen = try LiveScreen()
      defer { screen.close() }
      var drawn: (state: WatchSubject.State, columns: Int, rows: Int)?
      while true {
        signal = Interruption.signal
        if signal != nil { break }
        let size = LiveScreen.size
        do throws(RunError) {
          let state = try subject.state(after: drawn?.state)
          if state.version != drawn?.state.version || drawn?.columns != size.columns || drawn?.rows != size.rows {
            let all = state.lines(width: size.columns - 1, height: size.rows - 1, usesColor: usesColor)
            let lines = Array(all.prefix(size.rows - 1))
            let picture = picture(kind, of: state, below: lines.count, isRedrawn: true)
            do { try screen.draw(lines + (picture == nil ? [] : [""]), picture: picture) } catch { return nil }
            drawn = (state, size.columns, size.rows)
          }
          if !state.goesOn { break }
        } catch {
          failure = error
          break
        }
        usleep(WatchCommand.pause)
      }
    }
    if let failure { return try reporting { throw failure } }
    guard signal == nil else { return signal }
    let state = try reporting { try subject.state(after: nil) }
    let lines = state.lines(width: Terminal.proseWidth, height: nil, usesColor: usesColor)
    try Terminal.print(lines.joined(separator: "\n"))
    if let picture = picture(kind, of: state, below: lines.count, isRedrawn: false) {
      try Terminal.print("\n" + picture)
    }
    return nil
  }

  /// The newest sheet, with the lines above it on one screen.
  private func picture(
    _ kind: TerminalPicture, of state: WatchSubject.State, below lines: Int, isRedrawn: Bool
  ) -> String? {
    let size = LiveScreen.size
    return state.sheet.flatMap { sheet in
      kind.text(
        sheet, columns: size.columns - 1, rows: size.rows - lines - 2, place: LiveScreen.place, isRedrawn: isRedrawn)
    }
  }

  /// Prints a line for each new row until it ends.
  private func tell(_ subject: WatchSubject) throws -> Int32? {
    Interruption.listen()
    var news = WatchNews()
    var before: WatchSubject.State?
    while true {
      let state = try reporting { try subject.state(after: before) }
      if state.version != before?.version {
        for line in news.lines(of: state) { try Terminal.print(line) }
      }
      before = state
      if !state.goesOn { return nil }
      if let signal = Interruption.signal { return signal }
      usleep(WatchCommand.pause)
    }
  }
}
