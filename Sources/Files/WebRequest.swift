import CCURL
import Glibc

/// A question to a server of the web that is answered in memory, by libcurl.
package struct WebRequest: Sendable {
  /// What a server answers.
  package struct Answer: Equatable, Sendable {
    /// The status of HTTP.
    package let status: Int
    package let body: [UInt8]
  }

  /// Why there is no answer, in libcurl's words.
  package struct Failure: Error, Equatable, Sendable {
    package let reason: String
  }

  private let method: String
  private let address: String
  private let kind: String
  private let body: [UInt8]

  /// A request with a method of HTTP, such as POST, and content of a media type.
  package init(_ method: String, _ address: String, kind: String = "application/json", body: [UInt8] = []) {
    (self.method, self.address, self.kind, self.body) = (method, address, kind, body)
  }

  /// Sends it and waits for the answer.
  package func answer() throws(Failure) -> Answer {
    guard Transfer.isReady, let curl = curl_easy_init() else { throw Failure(reason: "libcurl has no memory") }
    defer { curl_easy_cleanup(curl) }
    var text: UnsafeMutablePointer<CChar>?
    var count = 0
    guard let file = open_memstream(&text, &count) else { throw Failure(reason: "there is no memory for an answer") }
    defer { free(text) }
    let headers = curl_slist_append(nil, "Content-Type: \(kind)")
    defer { curl_slist_free_all(headers) }
    let result = body.withUnsafeBytes { bytes in
      curl_ask(
        curl, method, address, "gan-exp/\(Version.current)", headers, bytes.baseAddress, curl_off_t(bytes.count), file)
      return curl_easy_perform(curl)
    }
    fclose(file)
    guard result == CURLE_OK else { throw Failure(reason: String(cString: curl_easy_strerror(result))) }
    let body = text.map { UnsafeBufferPointer(start: $0, count: count).map { UInt8(bitPattern: $0) } } ?? []
    return Answer(status: Int(curl_status(curl)), body: body)
  }
}
