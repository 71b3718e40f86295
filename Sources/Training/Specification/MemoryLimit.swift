import Compute
import Files

/// The most memory that an experiment may take, and what sets the limit.
package struct MemoryLimit {
  /// The bytes.
  package let bytes: Int
  /// How to raise the limit where a person can at once; nil where the spec has to change.
  package let remedy: String?
  /// The limit in words, `the machine has 24 GiB`.
  package let text: String

  /// What small things take of the address space while a run is at work.
  private static let spare = 32 << 20

  /// The limit of a process.
  /// - Parameters:
  ///   - machine: what the machine and its control groups allow.
  ///   - physical: what the machine has.
  ///   - space: what is left of the address space now; nil where that has no limit.
  ///   - threads: each takes its stack of the address space when it begins.
  ///   - program: what an experiment's bytes count for program and libraries, which are mapped already.
  package init(machine: Int, physical: Int, space: AddressSpace?, threads: Int, program: Int) {
    let room = space.map { $0.room - threads * ThreadPool.addressSpacePerThread - MemoryLimit.spare + program }
    if let space, let room, room < machine {
      bytes = room
      remedy = "raise it (\(space.kind.command) unlimited), or use fewer --threads"
      text = "\(space.kind.name) leaves \(ByteCount.text(max(0, bytes)))"
    } else {
      bytes = machine
      remedy = nil
      text =
        machine < physical
        ? "the control group of this process allows \(ByteCount.text(machine))"
        : "the machine has \(ByteCount.text(machine))"
    }
  }

  /// The limit of this process with so many threads.
  init(machine: Int, threads: Int) {
    self.init(
      machine: machine, physical: MemoryRoom.physical, space: .tightest, threads: threads,
      program: Footprint.wholeProgram)
  }
}
