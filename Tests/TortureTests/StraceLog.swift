import Foundation

/// The calls of a process in the order in which they began.
struct StraceLog: Sendable {
  let calls: [StraceCall]

  /// Reads what `strace -f -y -xx` wrote.
  init(_ text: String) {
    var calls: [(place: Int, call: StraceCall)] = []
    var counts: [String: Int] = [:]
    var unfinished: [Int: (place: Int, text: String)] = [:]
    for (place, line) in text.split(separator: "\n").enumerated() {
      guard let space = line.firstIndex(of: " "), let thread = Int(line[..<space]) else { continue }
      var rest = line[space...].drop { $0 == " " }
      if rest.hasSuffix(" <unfinished ...>") {
        unfinished[thread] = (place, String(rest.dropLast(" <unfinished ...>".count)))
        continue
      }
      var start = place
      if rest.hasPrefix("<... "), let end = rest.firstIndex(of: ">"), let first = unfinished.removeValue(forKey: thread)
      {
        rest = Substring(first.text + rest[rest.index(after: end)...])
        start = first.place
      }
      let call = StraceCall(rest, thread: thread) { name in
        counts["\(thread) \(name)", default: 0] += 1
        return counts["\(thread) \(name)", default: 0]
      }
      if let call { calls.append((start, call)) }
    }
    self.calls = calls.sorted { $0.place < $1.place }.map(\.call)
  }

  /// The calls that touch something below a folder.
  func calls(below folder: String) -> [StraceCall] {
    calls.filter { $0.paths(from: folder).contains { $0.hasPrefix(folder + "/") } }
  }
}
