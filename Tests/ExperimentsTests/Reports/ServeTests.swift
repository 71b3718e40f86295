import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing

@Suite struct ServeTests {
  /// A server that is asked by curl.
  private struct Server {
    let process: Program.Running
    let port: Int
    let folder: TemporaryFolder

    init(in folder: TemporaryFolder) throws {
      self.folder = folder
      process = try Program.start(["serve", "--port", "0"], in: folder.path)
      // It says its port on a stream that the test cannot read meanwhile: the system knows it too.
      var port: Int?
      for _ in 0..<400 where port == nil && process.isRunning {
        port = process.listeningPort
        if port == nil { usleep(10_000) }
      }
      self.port = try #require(port)
    }

    /// What curl gets: the status, the headers in small letters, the body.
    func ask(_ path: String, _ options: String = "") throws -> (status: Int, head: String, body: String) {
      let url = "http://127.0.0.1:\(port)\(path)"
      let result = try Program.shell(
        "curl -s --path-as-is -D head.txt -o body.txt -w '%{http_code}' \(options) '\(url)'", in: folder)
      defer { for name in ["head.txt", "body.txt"] { try? FileManager.default.removeItem(atPath: folder(name)) } }
      return (
        Int(result.output) ?? 0, (try? folder.text(of: "head.txt").lowercased()) ?? "",
        (try? folder.text(of: "body.txt")) ?? ""
      )
    }

    func stop() -> Program.Result {
      process.signal(SIGINT)
      return process.wait()
    }
  }

  @Test func `all runs, groups and each run have a page, to this machine alone`() throws {
    let folder = try StoredGroup.folder([("first", .first), ("third", .third)])
    try StoredRun.withAccuracy.write("Runs/odd name/001", into: folder)
    try folder.put("secret", into: "outside/secret.txt")
    try StoredRun.withAccuracy.write("outside/001", into: folder)
    try FileManager.default.createSymbolicLink(
      atPath: folder("Runs/link"), withDestinationPath: folder("outside"))
    let server = try Server(in: folder)
    defer { if server.process.isRunning { _ = server.stop() } }
    let index = try server.ask("/")
    #expect(index.status == 200 && index.head.contains("content-type: text/html; charset=utf-8"), "\(index.head)")
    for header in [
      "content-security-policy: default-src 'none'", "frame-ancestors 'none'", "x-content-type-options: nosniff",
      "cache-control: no-store",
    ] { #expect(index.head.contains(header), "\(header)") }
    for link in ["/first/group-001", "/third/group-001/seed-3", "/odd%20name/001"] {
      #expect(index.body.contains("<a href=\"\(link)\">"), "\(link)")
      let page = try server.ask(link)
      #expect(page.status == 200 && page.body.contains("<a href=\"/\">All runs</a>"), "\(link)")
    }
    // It lies elsewhere, and has no page.
    #expect(index.body.contains("link/001") && !index.body.contains("href=\"/link"))
    // The page is the one that report writes, with links.
    let group = try server.ask("/first/group-001")
    #expect(group.body.contains("<a href=\"/first/group-001/seed-2\">"))
    for path in [
      "/nothing", "/../outside/001", "/..%2foutside/001", "/%2e%2e/outside/001", "/link/001",
      "/first/../first/group-001",
      "/.trash", "//first", "/first/group-001/seed-0/run.json", "/outside/001",
    ] {
      let answer = try server.ask(path)
      #expect([400, 404].contains(answer.status) && !answer.body.contains("secret"), "\(path): \(answer.status)")
    }
    // A name of somebody else that points here, and none.
    for host in ["evil.example", "evil.example:\(server.port)", "127.0.0.1.evil.example", "127.0.0.1:1", ""] {
      #expect(try server.ask("/", "-H 'Host: \(host)'").status == 403 || host.isEmpty, "\(host)")
    }
    #expect(try server.ask("/", "-H 'Host:' --http1.0").status == 403)
    #expect(try server.ask("/", "-H 'Host: localhost:\(server.port)'").status == 200)
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
      let answer = try server.ask("/", "-X \(method)")
      #expect(answer.status == 405 && answer.head.contains("allow: get, head"), "\(method): \(answer.status)")
    }
    let head = try server.ask("/", "-I")
    #expect(head.status == 200 && head.head.contains("content-length: \(index.body.utf8.count)"))
    // Another one at the same port.
    let second = try Program.run(["serve", "--port", "\(server.port)"], in: folder)
    #expect(second.status == 75 && second.errors.contains("port \(server.port) is in use"), "\(second)")
    let end = server.stop()
    #expect(end.status == 130 && end.output == "http://127.0.0.1:\(server.port)/\n", "\(end)")
  }

  @Test func `pages of a run that goes on look for news, and change with it`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacing("epochs: 8", with: "epochs: 100000"))
    let run = try scratch.start("run", "small.yaml", "--quiet")
    while run.isRunning, (try? scratch.folder.text(of: "Runs/small/001/metrics.csv"))?.contains("\n14,") != true {
      usleep(5000)
    }
    let server = try Server(in: scratch.folder)
    defer { if server.process.isRunning { _ = server.stop() } }
    let first = try server.ask("/small/001")
    #expect(first.body.contains("id=\"live\"") && first.body.contains("http-equiv=\"refresh\""))
    #expect(try server.ask("/").body.contains("At work"))
    usleep(300_000)
    #expect(try server.ask("/small/001").body != first.body)
    run.signal(SIGINT)
    _ = run.wait()
    let last = try server.ask("/small/001")
    #expect(!last.body.contains("id=\"live\"") && last.body.contains("status stopped"))
  }

  @Test func `a folder that is not there is said`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["serve"], in: folder)
    #expect(result.status == 66 && result.errors.contains("there is no folder Runs"), "\(result)")
  }
}
