import CCURL
import Glibc

/// A file being received from the web by libcurl, behind what of it is there already.
package struct Transfer {
  /// How it ended.
  package enum Outcome: Equatable {
    /// All was received.
    case complete
    /// The server sends only whole files, or what is there is no beginning of the file.
    case notResumable
    /// The server answered that it has no such file, or something else than a file.
    case refused(status: Int)
    /// The connection failed, in libcurl's words.
    case failed(String)
    /// What was received could not be written.
    case unwritable
  }

  private let address: String
  /// The file that is written to.
  private let path: String

  /// A file of the web that is written to a path.
  package init(address: String, path: String) {
    self.address = address
    self.path = path
  }

  /// libcurl's name and version.
  package static var libraryVersion: String {
    String(cString: curl_version()).split(separator: " ").first.map { String($0).replacing("/", with: " ") } ?? ""
  }

  /// Whether libcurl is there.
  static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Receives what is missing.
  /// - Parameter progress: is told a few times a second how many bytes are there, and of how many, if that is known.
  package func run(progress: (_ received: Int, _ expected: Int?) -> Void) throws(FileError) -> Outcome {
    guard Transfer.isReady, let curl = curl_easy_init(), let loop = curl_multi_init() else {
      return .failed("libcurl has no memory")
    }
    defer {
      curl_multi_remove_handle(loop, curl)
      curl_easy_cleanup(curl)
      curl_multi_cleanup(loop)
    }
    guard let file = fopen(path, "ab") else { throw FileError(path: path, action: .create, code: errno) }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let present = ftell(file)
    curl_prepare(curl, address, "gan-exp/\(Version.current)", file, curl_off_t(present))
    curl_multi_add_handle(loop, curl)
    var running: Int32 = 1
    while running > 0 {
      guard curl_multi_perform(loop, &running) == CURLM_OK,
        curl_multi_poll(loop, nil, 0, running > 0 ? 200 : 0, nil) == CURLM_OK
      else { return .failed("libcurl failed") }
      let expected = curl_expected(curl)
      progress(present + Int(curl_received(curl)), expected > 0 ? present + Int(expected) : nil)
    }
    var left: Int32 = 0
    let result = curl_multi_info_read(loop, &left)?.pointee.data.result ?? CURLE_FAILED_INIT
    guard fflush(file) == 0 else { return .unwritable }
    if ftell(file) == 0 { unlink(path) }
    return outcome(result, status: Int(curl_status(curl)))
  }

  private func outcome(_ result: CURLcode, status: Int) -> Outcome {
    switch result {
    // libcurl takes it for success that nothing can follow what is there.
    case CURLE_OK: status == 416 ? .notResumable : .complete
    case CURLE_RANGE_ERROR, CURLE_BAD_DOWNLOAD_RESUME: .notResumable
    case CURLE_HTTP_RETURNED_ERROR: status == 416 ? .notResumable : .refused(status: status)
    case CURLE_WRITE_ERROR: .unwritable
    default: .failed(String(cString: curl_easy_strerror(result)))
    }
  }
}
