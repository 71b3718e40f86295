import Compute
import Datasets
import Files
import Foundation
import Host
import TestSupport
import Testing
import Training

/// Downloads from a server of this machine.
@Suite(.serialized) struct DataFetchTests {
  private static let content: [UInt8] = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }

  private func download(
    _ server: WebServer, _ folder: TemporaryFolder, digest: String? = nil, members: [String] = [],
    name: String = "file.bin"
  ) -> Download {
    Download(
      file: Publication.File(
        name, at: "http://127.0.0.1:1/", digest: digest ?? Digest.sha256(DataFetchTests.content), members: members),
      address: server.address(name), folder: folder.path)
  }

  private func run(_ download: Download) throws -> (files: [DataFetch.File], notes: [String]) {
    var notes: [String] = []
    let files = try download.run(progress: { _ in }, notes: { notes.append($0) })
    return (files, notes)
  }

  @Test func `a file is received, verified and put in its place`() throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer(DataFetchTests.content, at: "file.bin")
    var last: DataFetch.Progress?
    let files = try download(server, folder).run(progress: { last = $0 }, notes: { _ in })
    #expect(files.map(\.path) == [folder("file.bin")])
    #expect(files[0].wasPresent == false)
    #expect(last?.received == 300_000)
    #expect(last?.expected == 300_000)
    #expect(folder.names == ["file.bin"])
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder("file.bin")))) == DataFetchTests.content)
    #expect(try run(download(server, folder)).files[0].wasPresent)
    #expect(server.requests == ["/file.bin"])
  }

  @Test func `a download that was cut goes on where it was`() throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer(DataFetchTests.content, at: "file.bin", .cutting(after: 100_000, times: 2))
    for begun in [100_000, 200_000] {
      let error = #expect(throws: RunError.self) { try run(download(server, folder)) }
      #expect(error?.exitCode == 69)
      #expect(error?.remedy?.contains("it goes on where it was") == true)
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder("file.bin.part"))).count == begun)
    }
    #expect(try run(download(server, folder)).files[0].digest == Digest.sha256(DataFetchTests.content))
    #expect(server.requests == ["/file.bin", "/file.bin from 100000", "/file.bin from 200000"])
    #expect(folder.names == ["file.bin"])
  }

  @Test(arguments: [
    (200_000, WebServer.Manner.withoutRanges, "cannot be continued; starting over"),
    (400_000, .honest, "cannot be continued; starting over"),
    (300_000, .honest, ""),
  ])
  func `a part that cannot be continued is begun anew, and a complete one is enough`(
    length: Int, manner: WebServer.Manner, note: String
  ) throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer(DataFetchTests.content, at: "file.bin", manner)
    let part = DataFetchTests.content + [UInt8](repeating: 0, count: 100_000)
    try folder.put(Array(part[..<length]), into: "file.bin.part")
    let (files, notes) = try run(download(server, folder))
    #expect(files[0].size == 300_000)
    #expect(notes == (note.isEmpty ? [] : ["\(server.address("file.bin")) \(note)"]))
    #expect(folder.names == ["file.bin"])
  }

  @Test func `a part with other bytes is noticed and not kept`() throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer(DataFetchTests.content, at: "file.bin")
    try folder.put([1, 2, 3], into: "file.bin.part")
    let error = #expect(throws: RunError.self) { try run(download(server, folder)) }
    #expect(error?.exitCode == 65)
    #expect(error?.message.contains("expected \(Digest.sha256(DataFetchTests.content))") == true)
    #expect(folder.names == [])
    #expect(try run(download(server, folder)).files[0].size == 300_000)
  }

  @Test(arguments: [
    (WebServer.Manner.refusing(status: 404), "there is no such file (HTTP 404)"),
    (.refusing(status: 503), "the server answers with HTTP 503"),
    (.redirecting(to: "file:///etc/passwd"), "Unsupported protocol"),
    (.redirecting(to: "/file.bin"), "Number of redirects hit maximum amount"),
  ])
  func `what a server refuses is said`(manner: WebServer.Manner, problem: String) throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer([], at: "file.bin", manner)
    let error = #expect(throws: RunError.self) { try run(download(server, folder)) }
    #expect(error?.exitCode == 69)
    #expect(error?.message == "\(server.address("file.bin")): \(problem)")
    #expect(!folder.names.contains("file.bin"))
  }

  @Test func `a redirection is followed`() throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    server.offer([], at: "file.bin", .redirecting(to: "/other"))
    server.offer(DataFetchTests.content, at: "other")
    #expect(try run(download(server, folder)).files[0].size == 300_000)
  }

  @Test(arguments: ["archive.tar.gz", "archive.zip"])
  func `what is wanted is taken out of an archive`(name: String) throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    let path = BadSpec.repository.appendingPathComponent("Tests/Fixtures/\(name)")
    let archive = [UInt8](try Data(contentsOf: path))
    server.offer(archive, at: name)
    let files = try run(
      download(server, folder, digest: Digest.sha256(archive), members: ["a.bin", "c.bin"], name: name)
    ).files
    #expect(files.map(\.size) == [768, 2500])
    #expect(folder.names == ["a.bin", "c.bin"])
    #expect(try folder.text(of: "c.bin") == String(repeating: "hello", count: 500))
    let other = try TemporaryFolder()
    let error = #expect(throws: RunError.self) {
      try run(download(server, other, digest: Digest.sha256(archive), members: ["d.bin"], name: name))
    }
    #expect(error?.message.hasSuffix("it has no d.bin") == true)
    #expect(error?.exitCode == 65)
  }

  @Test func `no changed bit of an archive crashes its reader`() throws {
    for name in ["archive.tar.gz", "archive.zip"] {
      let path = BadSpec.repository.appendingPathComponent("Tests/Fixtures/\(name)")
      let archive = [UInt8](try Data(contentsOf: path))
      let file = Publication.File(name, at: "", digest: "", members: ["a.bin", "c.bin"])
      let right = try file.unpacked(archive).map(\.bytes)
      for byte in archive.indices {
        var changed = archive
        changed[byte] ^= 1 << UInt8(byte % 8)
        // What is still accepted is right: only names, times and other words about files may have changed.
        if let files = try? file.unpacked(changed) { #expect(files.map(\.bytes) == right, "\(name), byte \(byte)") }
        _ = try? file.unpacked(Array(archive[..<byte]))
      }
    }
  }

  @Test(arguments: [
    (["data", "fetch", "mnist"], Int32(64), "mnist need not be fetched: MNIST comes with gan-exp"),
    (["data", "fetch", "npy"], 64, "npy need not be fetched: it is generated, or your own"),
    (["data", "fetch", "celeba"], 64, "there is no dataset celeba"),
    (["data", "fetch", "kmnist", "--from", "ftp://x"], 64, "--from takes an address that begins with http://"),
    (["data", "fetch", "kmnist", "--from", "http://127.0.0.1:1"], 69, "connect to server"),
    (["data", "verify", "celeba"], 64, "there is no dataset celeba"),
    (["data", "verify", "npy"], 64, "npy is your own data"),
    (["data", "verify", "kmnist"], 66, "get it with `gan-exp data fetch kmnist`"),
  ])
  func `commands say what they cannot do`(arguments: [String], status: Int32, text: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(arguments, in: folder.path, environment: ["XDG_CACHE_HOME": folder.path])
    #expect(result.status == status, Comment(rawValue: result.errors))
    #expect(result.errors.contains(text), Comment(rawValue: result.errors))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")))
  func `a fetched dataset is where runs find it`() throws {
    let (server, folder) = (try WebServer(), try TemporaryFolder())
    for name in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      let path = "/usr/share/datasets/fashion-mnist/\(name)-ubyte.gz"
      server.offer([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), at: "mirror/\(name)-ubyte.gz")
    }
    let environment = ["XDG_CACHE_HOME": folder.path]
    let fetched = try Program.run(
      ["data", "fetch", "fashion_mnist", "--from", server.address("mirror"), "--json"], environment: environment)
    #expect(fetched.status == 0, Comment(rawValue: fetched.errors))
    #expect(fetched.output.contains("\"was_present\" : false"))
    let place = folder("gan-exp/datasets/fashion-mnist")
    let list = try Program.run(["data", "list"], environment: environment)
    #expect(list.output.contains(place))
    let verified = try Program.run(["data", "verify", "fashion_mnist", "--json"], environment: environment)
    #expect(verified.status == 0)
    #expect(verified.output.contains(place))
    #expect(verified.output.contains("\"verified\""))
    try folder.put([1, 2, 3], into: "gan-exp/datasets/fashion-mnist/t10k-labels-idx1-ubyte.gz")
    #expect(try Program.run(["data", "verify", "fashion_mnist"], environment: environment).status == 65)
    #expect(
      try Program.run(["data", "fetch", "fashion_mnist", "--quiet"], environment: environment).errors.contains(
        "remove the file"))
  }
}
