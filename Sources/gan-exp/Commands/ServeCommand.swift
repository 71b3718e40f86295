import ArgumentParser
import Files
import Glibc
import Reports
import Runs
import Specs
import Training

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Shows all runs of a folder in a browser on this machine, live.",
    discussion: """
      A page of all runs, and one of each run, group and sweep, as report writes them; pages renew themselves while runs go on. \
      It listens on 127.0.0.1 alone, reads only, and ends with Ctrl-C. From another machine: ssh -L 8010:127.0.0.1:8010 HOST.

      Examples:
        gan-exp serve
        gan-exp serve --port 0 --runs /data/Runs

      \(ExitStatus.sentence([.done, .usage, .missing, .notWritten, .inUse, .hungUp, .interrupted, .terminated]))
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The port, 1 to 65535, by default 8010; 0 for a free one.", valueName: "port"),
    transform: whole("--port", 0...65535))
  var port = 8010

  @OptionGroup var place: RunsArguments

  func run() throws {
    let server = try reporting {
      let site = try RunSite(place.folder)
      do throws(SystemError) {
        return try HTTPServer(port: port, headers: RunSite.headers) { site.answer($0) }
      } catch { throw ServeCommand.failure(error, port) }
    }
    Interruption.listen()
    try Terminal.print("http://127.0.0.1:\(server.port)/")
    while Interruption.signal == nil { usleep(100_000) }
    withExtendedLifetime(server) {}
    if let signal = Interruption.signal { throw ExitCode(128 + signal) }
  }

  private static func failure(_ error: SystemError, _ port: Int) -> RunError {
    switch error.code {
    case EADDRINUSE:
      RunError(
        "port \(port) is in use by another process",
        remedy: "give another one with --port, or --port 0 for a free one", exitCode: ExitStatus.inUse.rawValue)
    case EACCES:
      RunError(
        "port \(port) is for the system alone", remedy: "give --port one of 1024 and more",
        exitCode: ExitStatus.usage.rawValue)
    default:
      RunError("cannot listen on port \(port): \(error.meaning)", remedy: "try --port 0", exitCode: 74)
    }
  }
}
