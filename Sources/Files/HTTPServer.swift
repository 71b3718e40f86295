import CMicroHTTPD
import Glibc

/// A server of pages to this machine alone, by libmicrohttpd.
///
/// It listens on 127.0.0.1, answers GET and HEAD, and refuses requests that were sent to another name: a page of the web that has
/// its own name point here would else be able to read what is served.
package final class HTTPServer {
  /// What is sent back.
  package struct Response: Sendable {
    package let status: Int
    /// As in the header Content-Type.
    package let type: String
    package let body: [UInt8]

    package init(status: Int = 200, type: String, body: [UInt8]) {
      (self.status, self.type, self.body) = (status, type, body)
    }

    /// A line of text.
    package static func text(_ status: Int, _ text: String) -> Response {
      Response(status: status, type: "text/plain; charset=utf-8", body: [UInt8]((text + "\n").utf8))
    }
  }

  /// The port that it listens on.
  package let port: Int
  private let daemon: OpaquePointer
  /// libmicrohttpd keeps its address.
  private let site: Site

  /// What answers, and the names under which it does.
  private final class Site: Sendable {
    let headers: [(name: String, value: String)]
    let port: Int
    let answer: @Sendable (String) -> Response

    init(_ headers: [(name: String, value: String)], port: Int, answer: @escaping @Sendable (String) -> Response) {
      (self.headers, self.port, self.answer) = (headers, port, answer)
    }

    /// Whether a request was sent to this machine by a name that is its own.
    func isOwn(_ host: String) -> Bool {
      ["127.0.0.1", "localhost", "[::1]"].contains { host == $0 || host == "\($0):\(port)" }
    }
  }

  /// libmicrohttpd's version.
  package static var libraryVersion: String { String(cString: MHD_get_version()) }

  /// Begins to listen.
  /// - Parameters:
  ///   - port: its number; 0 for a free one.
  ///   - headers: what every answer has beside what is sent back.
  ///   - answer: the answer to a path, which is called on another thread, for one request at a time.
  /// - Throws: `SystemError`: EADDRINUSE where the port is in use, EACCES where only root may listen on it.
  package init(
    port: Int, headers: [(name: String, value: String)], answer: @escaping @Sendable (String) -> Response
  ) throws(SystemError) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw .last }
    func failure() -> SystemError {
      let error = SystemError.last
      close(socket)
      return error
    }
    // The port of a server that has just ended is free.
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 32) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isListening else { throw failure() }
    self.port = Int(UInt16(bigEndian: address.sin_port))
    site = Site(headers, port: self.port, answer: answer)
    let daemon = http_start(
      socket,
      { closure, connection, path, method, _, _, _, _ in
        guard let closure, let connection, let path, let method else { return .NO }
        let site = Unmanaged<Site>.fromOpaque(closure).takeUnretainedValue()
        return HTTPServer.answer(connection, String(cString: path), method: String(cString: method), site)
      }, Unmanaged.passUnretained(site).toOpaque())
    guard let daemon else { throw failure() }
    self.daemon = daemon
  }

  deinit { MHD_stop_daemon(daemon) }

  private static func answer(
    _ connection: OpaquePointer, _ path: String, method: String, _ site: Site
  ) -> MHD_Result {
    let host = http_host(connection).map { String(cString: $0) }
    let response: Response =
      if !site.isOwn(host ?? "") {
        .text(403, "this server answers requests to 127.0.0.1:\(site.port) and localhost:\(site.port) alone")
      } else if !["GET", "HEAD"].contains(method) {
        .text(405, "this server answers GET and HEAD alone")
      } else {
        site.answer(path)
      }
    let built = response.body.withUnsafeBytes { bytes in
      http_response(bytes.baseAddress, bytes.count)
    }
    guard let built else { return .NO }
    defer { MHD_destroy_response(built) }
    MHD_add_response_header(built, "Content-Type", response.type)
    if response.status == 405 { MHD_add_response_header(built, "Allow", "GET, HEAD") }
    for header in site.headers { MHD_add_response_header(built, header.name, header.value) }
    return MHD_queue_response(connection, UInt32(response.status), built)
  }
}
