import ArgumentParser
import Compute
import Host
import Training

/// Does a command's work as the first of the ranks that mpirun began, or alone; another rank does what the first says.
func amongRanks(_ machine: MachineArguments, _ body: ((any Ranks)?) throws -> Void) throws {
  guard let ranks = try reporting({ try OpenMPI.joined() }) else { return try body(nil) }
  defer { ranks.leave() }
  guard ranks.rank > 0 else { return try body(ranks) }
  let host = Machine.current()
  let pool = ThreadPool(
    threads: machine.threads.count ?? OpenMPI.threads(on: host), lanes: machine.lanes ?? .fastest)
  RankTask.follow(ranks, pool: pool, data: machine.data, memory: host.memory)
  pool.close()
}

/// Refuses under mpirun what ranks do not share out: each of them would do all of it.
func requireAlone(_ command: any ParsableCommand) throws {
  guard OpenMPI.isOneOfSeveral, !(command is RunCommand), !(command is ResumeCommand) else { return }
  let name = type(of: command).configuration.commandName ?? "this"
  let error = RunError(
    "\(name) was started by mpirun, and only run and resume are shared out", remedy: "start it without mpirun",
    exitCode: 64)
  Terminal.show(error)
  throw ExitCode(error.exitCode)
}

extension MachineArguments {
  /// The threads of each of the ranks; nil where this process is alone and was told none.
  func threads(of ranks: (any Ranks)?) -> Int? {
    threads.count ?? ranks.map { _ in OpenMPI.threads(on: .current()) }
  }
}
