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

extension MachineArguments {
  /// The threads of each of the ranks; nil where this process is alone and was told none.
  func threads(of ranks: (any Ranks)?) -> Int? {
    threads.count ?? ranks.map { _ in OpenMPI.threads(on: .current()) }
  }
}
