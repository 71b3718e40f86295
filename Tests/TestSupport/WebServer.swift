import Foundation

/// A web server on this machine for as long as a test holds it, which can also do what servers should not.
package final class WebServer: @unchecked Sendable {
  /// How it treats the requests for a file.
  package enum Manner: Sendable {
    /// Sends what is asked for, also the rest of a file.
    case honest
    /// Sends whole files only.
    case withoutRanges
    /// Ends the connection after so many bytes, the first so many times.
    case cutting(after: Int, times: Int)
    /// Sends the first address to the second.
    case redirecting(to: String)
    /// Answers with a status and nothing else.
    case refusing(status: Int)
  }

  /// The port that it listens on.
  package let port: Int
  private let socket: Int32
  private let lock = NSLock()
  private var files: [String: (bytes: [UInt8], manner: Manner)] = [:]
  private var log: [String] = []

  /// Begins to listen.
  package init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = socket
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread { [descriptor, weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0, let server = self else { return }
        server.answer(connection)
        close(connection)
      }
    }.start()
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  /// The address of a file.
  package func address(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Offers a file.
  package func offer(_ bytes: [UInt8], at path: String, _ manner: Manner = .honest) {
    lock.withLock { files["/" + path] = (bytes, manner) }
  }

  /// The requests so far: path, and the range where one was asked for.
  package var requests: [String] { lock.withLock { log } }

  private func answer(_ connection: Int32) {
    var request: [UInt8] = []
    while !request.suffix(4).elementsEqual([13, 10, 13, 10]), request.count < 1 << 16 {
      var byte: UInt8 = 0
      guard read(connection, &byte, 1) == 1 else { return }
      request.append(byte)
    }
    let lines = String(decoding: request, as: UTF8.self).components(separatedBy: "\r\n")
    let path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }?.dropFirst(13)
    let first = range.flatMap { Int($0.prefix { $0 != "-" }) }
    let file: (bytes: [UInt8], manner: Manner)? = lock.withLock {
      log.append(path + (first.map { " from \($0)" } ?? ""))
      guard let file = files[path] else { return nil }
      if case .cutting(let after, let times) = file.manner, times > 0 {
        files[path]?.manner = .cutting(after: after, times: times - 1)
      }
      return file
    }
    guard let file else { return send(connection, "404 Not Found", [], "") }
    let start = first ?? 0
    switch file.manner {
    case .refusing(let status): send(connection, "\(status) Refused", [], "")
    case .redirecting(let target): send(connection, "302 Found", [], "Location: \(target)\r\n")
    case .withoutRanges: send(connection, "200 OK", file.bytes[...], "")
    case .cutting(let after, let times) where times > 0:
      send(
        connection, first == nil ? "200 OK" : "206 Partial Content", file.bytes[start...],
        first == nil ? "" : contentRange(start, file.bytes.count), limit: after)
    case .honest, .cutting:
      guard start < max(file.bytes.count, 1) else {
        return send(connection, "416 Range Not Satisfiable", [], "Content-Range: bytes */\(file.bytes.count)\r\n")
      }
      send(
        connection, first == nil ? "200 OK" : "206 Partial Content", file.bytes[start...],
        first == nil ? "" : contentRange(start, file.bytes.count))
    }
  }

  private func contentRange(_ start: Int, _ count: Int) -> String {
    "Content-Range: bytes \(start)-\(count - 1)/\(count)\r\n"
  }

  private func send(
    _ connection: Int32, _ status: String, _ body: ArraySlice<UInt8>, _ headers: String, limit: Int = .max
  ) {
    let head = "HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\(headers)\r\n"
    let bytes = Array(head.utf8) + body.prefix(limit)
    var sent = 0
    while sent < bytes.count {
      let accepted = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard accepted > 0 else { return }
      sent += accepted
    }
  }
}
