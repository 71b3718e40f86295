import Compute
import Foundation

/// Ranks that are threads of one process, with nothing but memory between them.
package final class ThreadRanks: Ranks, @unchecked Sendable {
  /// What the ranks share, guarded by its condition.
  private final class Table: @unchecked Sendable {
    private let condition = NSCondition()
    private let count: Int
    private var arrived = 0
    private var meeting = 0
    /// By who gives and who gets them.
    private var floats: [[[Float]]]
    private var bytes: [[UInt8]]

    init(_ count: Int) {
      self.count = count
      floats = [[[Float]]](repeating: [], count: count)
      bytes = [[UInt8]](repeating: [], count: count)
    }

    /// Lays something on the table, and takes what all have laid there once it is complete.
    func meet(_ rank: Int, floats own: [[Float]] = [], bytes ownBytes: [UInt8] = []) -> ([[[Float]]], [[UInt8]]) {
      condition.lock()
      defer { condition.unlock() }
      floats[rank] = own
      bytes[rank] = ownBytes
      wait()
      let all = (floats, bytes)
      wait()
      return all
    }

    private func wait() {
      let present = meeting
      arrived += 1
      if arrived == count {
        (arrived, meeting) = (0, meeting + 1)
        condition.broadcast()
      }
      while meeting == present { condition.wait() }
    }
  }

  package let rank: Int
  package let count: Int
  private let table: Table

  private init(rank: Int, count: Int, table: Table) { (self.rank, self.count, self.table) = (rank, count, table) }

  /// Does the same on so many ranks, and returns when all have done it.
  package static func run(_ count: Int, _ body: @escaping @Sendable (ThreadRanks) -> Void) {
    let table = Table(count)
    let ended = DispatchGroup()
    for rank in 0..<count {
      ended.enter()
      Thread.detachNewThread {
        body(ThreadRanks(rank: rank, count: count, table: table))
        ended.leave()
      }
    }
    ended.wait()
  }

  package func exchange(_ given: [[Buffer]], into taken: [[Buffer]]) {
    let (all, _) = table.meet(rank, floats: given.map { $0.flatMap(\.values) })
    for (floats, places) in zip(all, taken) {
      // Any length but that which is given is a fault, and ends here.
      precondition(places.reduce(0) { $0 + $1.count } == floats[rank].count)
      var start = 0
      for place in places {
        place.write(Array(floats[rank][start..<(start + place.count)]))
        start += place.count
      }
    }
  }

  package func broadcast(_ values: Buffer) {
    let (all, _) = table.meet(rank, floats: rank == 0 ? [values.values] : [])
    values.write(all[0][0])
  }

  package func broadcast(_ message: [UInt8]) -> [UInt8] { table.meet(rank, bytes: message).1[0] }

  package func gather(_ message: [UInt8]) -> [[UInt8]] { table.meet(rank, bytes: Array(message.prefix(512))).1 }
}
