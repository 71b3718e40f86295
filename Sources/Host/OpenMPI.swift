import CMPI
import Compute
import Files
import Glibc
import Training

/// The ranks that `mpirun` of Open MPI has begun, this process being one of them.
///
/// The library is loaded when the program finds itself under `mpirun`, and not before.
package final class OpenMPI: Ranks, @unchecked Sendable {
  package let rank: Int
  package let count: Int
  // Written once; only the thread that runs stages calls the library.
  private var library = mpi_library()
  /// What an exchange has begun, kept for the next.
  private var requests: [UnsafeMutableRawPointer?] = []

  /// Names of the library, those that come without its development files first.
  private static let names = ["libmpi.so.40", "libmpi.so"]
  /// Bytes of a message that all ranks send.
  private static let slot = 512
  /// The most values that one call moves.
  private static let most = 1 << 28

  /// Joins the ranks; nil where the process was not begun by `mpirun`, or alone.
  /// - Throws: `RunError` (64) under another MPI, or where the library cannot be loaded.
  package static func joined() throws(RunError) -> OpenMPI? {
    guard let size = number("OMPI_COMM_WORLD_SIZE") else {
      guard let other = number("PMI_SIZE"), other > 1 else { return nil }
      throw RunError(
        "this is one of \(other) processes of an MPI that is not Open MPI",
        remedy: "start them with the mpirun of Open MPI: apt-get install openmpi-bin", exitCode: 64)
    }
    return size > 1 ? try OpenMPI() : nil
  }

  /// Whether `mpirun` has begun several processes, this being one of them.
  package static var isOneOfSeveral: Bool { (number("OMPI_COMM_WORLD_SIZE") ?? 1) > 1 }

  /// The threads of a rank that is told no number: all processors that it is bound to, or its share of the machine's.
  package static func threads(on machine: Machine) -> Int {
    let isBound = machine.cores < sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let neighbours = isBound ? 1 : number("OMPI_COMM_WORLD_LOCAL_SIZE") ?? 1
    return max(1, machine.defaultThreads / max(1, neighbours))
  }

  private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

  private init() throws(RunError) {
    var missing = ""
    var isLoaded = false
    for name in OpenMPI.names where !isLoaded {
      if let failure = mpi_load(name, &library) { missing = String(cString: failure) } else { isLoaded = true }
    }
    guard isLoaded else {
      throw RunError(
        "started by mpirun, but the library of Open MPI cannot be loaded: \(missing)",
        remedy: "install it on every node: apt-get install libopenmpi3", exitCode: 64)
    }
    var (rank, count): (Int32, Int32) = (0, 0)
    let status = mpi_begin(&library, &rank, &count)
    guard status == 0 else {
      throw RunError(
        "Open MPI cannot begin (error \(status))", remedy: "try mpirun with another program first", exitCode: 69)
    }
    (self.rank, self.count) = (Int(rank), Int(count))
    guard rank > 0 else { return }
    // The first rank stops after a checkpoint, and then tells the others.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] { signal(number, SIG_IGN) }
  }

  /// Lets the other ranks end, and ends what MPI keeps.
  package func leave() {
    if rank == 0 { RankOrder.end.send(self) }
    mpi_end(&library)
  }

  package func exchange(_ given: [[Buffer]], into taken: [[Buffer]]) {
    requests.removeAll(keepingCapacity: true)
    for (other, places) in taken.enumerated() {
      for place in places {
        inParts(place) { mpi_begin_receive(&library, $0, $1, Int32(other), $2) }
      }
    }
    for (other, arrays) in given.enumerated() {
      for values in arrays {
        inParts(values) { mpi_begin_send(&library, $0, $1, Int32(other), $2) }
      }
    }
    mpi_wait(&library, Int32(requests.count), &requests)
  }

  /// Begins something with each part of an array that one call can move.
  private func inParts(
    _ values: Buffer,
    _ begin: (UnsafeMutableRawPointer?, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Void
  ) {
    for start in stride(from: 0, to: values.count, by: OpenMPI.most) {
      let part = values.slice(start, min(OpenMPI.most, values.count - start))
      var request: UnsafeMutableRawPointer?
      part.withBytes { begin($0.baseAddress, Int32(part.count), &request) }
      requests.append(request)
    }
  }

  package func broadcast(_ values: Buffer) {
    var start = 0
    while start < values.count {
      let part = values.slice(start, min(OpenMPI.most, values.count - start))
      part.withBytes { mpi_broadcast(&library, $0.baseAddress, Int32(part.count)) }
      start += part.count
    }
  }

  package func broadcast(_ message: [UInt8]) -> [UInt8] {
    var length = Int64(message.count)
    withUnsafeMutableBytes(of: &length) { send($0) }
    var message = rank == 0 ? message : [UInt8](repeating: 0, count: Int(length))
    if length > 0 { message.withUnsafeMutableBytes { send($0) } }
    return message
  }

  /// Sends bytes of the first rank to all.
  ///
  /// Who waits longer than a moment sleeps in between.
  private func send(_ bytes: UnsafeMutableRawBufferPointer) {
    var request: UnsafeMutableRawPointer?
    mpi_begin_broadcast(&library, bytes.baseAddress, Int32(bytes.count), &request)
    var looks = 0
    while !mpi_is_done(&library, &request) {
      looks += 1
      if looks > 20_000 { usleep(looks > 40_000 ? 1000 : 50) }
    }
  }

  package func gather(_ message: [UInt8]) -> [[UInt8]] {
    // A length and then the bytes, in whole floats.
    let own =
      [UInt8(message.prefix(OpenMPI.slot).count >> 8), UInt8(message.prefix(OpenMPI.slot).count & 255)]
      + message.prefix(OpenMPI.slot)
    let size = (OpenMPI.slot + 4) / 4 * 4
    var all = [UInt8](repeating: 0, count: size * count)
    all.replaceSubrange((rank * size)..<(rank * size + own.count), with: own)
    let counts = [Int32](repeating: Int32(size / 4), count: count)
    let starts = (0..<count).map { Int32($0 * size / 4) }
    all.withUnsafeMutableBytes { mpi_all_gather(&library, $0.baseAddress, counts, starts) }
    return (0..<count).map { rank in
      let start = rank * size
      let length = Int(all[start]) << 8 | Int(all[start + 1])
      return [UInt8](all[(start + 2)..<(start + 2 + length)])
    }
  }
}
