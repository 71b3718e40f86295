import Glibc

/// A limit of what the process may map, `ulimit -v` or `ulimit -d`: libraries and stacks take theirs of it, used or
/// not.
package struct AddressSpace: Equatable, Sendable {
  /// What is limited.
  package enum Kind: CaseIterable, Sendable {
    /// All that is mapped.
    case all
    /// What the process alone can write: its heap, its stacks, but no libraries.
    case data

    /// The command of the shell that sets the limit.
    package var command: String { self == .all ? "ulimit -v" : "ulimit -d" }

    /// The limit in words.
    package var name: String { "the limit of \(self == .all ? "the address space" : "data") (\(command))" }

    fileprivate var resource: __rlimit_resource_t {
      __rlimit_resource_t(self == .all ? RLIMIT_AS.rawValue : RLIMIT_DATA.rawValue)
    }
  }

  /// What is limited.
  package let kind: Kind
  /// Bytes that are left.
  package let room: Int

  /// A limit of so many bytes, of which some are left.
  package init(_ kind: Kind, room: Int) {
    self.kind = kind
    self.room = room
  }

  /// The limit of this process that leaves least; nil where there is none.
  package static var tightest: AddressSpace? {
    let limits: [(kind: Kind, bytes: Int)] = Kind.allCases.compactMap { kind in
      var values = rlimit()
      guard getrlimit(kind.resource, &values) == 0, values.rlim_cur < UInt64(Int.max) else { return nil }
      return (kind, Int(values.rlim_cur))
    }
    guard !limits.isEmpty else { return nil }
    let statm = FileBytes.text("/proc/self/statm")
    return limits.map { AddressSpace($0.kind, room: $0.bytes - mapped($0.kind, statm, page: Int(getpagesize()))) }
      .min { $0.room < $1.room }
  }

  /// Bytes that are mapped, by the text of `/proc/self/statm`: the first number counts all pages, the sixth those of data
  /// and stacks.
  package static func mapped(_ kind: Kind, _ statm: String, page: Int) -> Int {
    let numbers = statm.split { $0 == " " || $0 == "\n" }.map { Int($0) }
    let place = kind == .all ? 0 : 5
    return (numbers.count > place ? numbers[place] ?? 0 : 0) * page
  }
}
