/// The most memory that an experiment may take, and what sets the limit.
package struct MemoryLimit {
  /// The bytes.
  package let bytes: Int
  /// How to raise the limit where a person can at once; nil where the spec has to change.
  package let remedy: String?
  /// The limit in words, `the machine has 24 GiB`.
  package let text: String

  /// The limit of a process.
  /// - Parameters:
  ///   - machine: what the machine and its control groups allow.
  ///   - physical: what the machine has.
  ///   - room: what is left of the address space for an experiment; nil where that has no limit.
  ///   - program: what of that the program has taken already.
  package init(machine: Int, physical: Int, room: Int?, program: Int) {
    if let room, room + program < machine {
      bytes = room + program
      remedy = "raise it (ulimit -v unlimited), or use fewer --threads"
      text = "the limit of the address space (ulimit -v) leaves \(ByteCount.text(max(0, bytes)))"
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
      machine: machine, physical: Machine.physicalMemory, room: AddressSpace.room(threads: threads),
      program: Footprint.program(threads: threads))
  }
}
