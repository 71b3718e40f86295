import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct WatchTests {
  /// A long run that has begun, and a command that follows it.
  private func begin() throws -> (scratch: RunScratch, run: Program.Running) {
    let scratch = try RunScratch(spec: RunScratch.spec.replacing("epochs: 8", with: "epochs: 100000"))
    let run = try scratch.start("run", "small.yaml", "--quiet")
    while run.isRunning, (try? scratch.folder.text(of: "Runs/small/001/metrics.csv"))?.contains("\n14,") != true {
      usleep(5000)
    }
    return (scratch, run)
  }

  @Test func `without a terminal every row is a line, and the end is told`() throws {
    let (scratch, run) = try begin()
    let watch = try scratch.start("watch", "small")
    usleep(600_000)
    run.signal(SIGINT)
    #expect(run.wait().status == 130)
    let result = watch.wait()
    #expect(result.status == 0 && !result.output.contains("\u{1b}"), "\(result)")
    let lines = result.output.split(separator: "\n").map(String.init)
    let rows = try scratch.folder.text(of: "Runs/small/001/metrics.csv").split(separator: "\n").dropFirst()
    let steps = rows.compactMap { $0.split(separator: ",").first.flatMap { Int($0) } }
    let told = lines.filter { $0.hasPrefix("step ") }.compactMap { line in
      Int(line.dropFirst(5).prefix { $0.isNumber || $0 == " " }.filter(\.isNumber))
    }
    #expect(told == steps)
    #expect(lines.last?.hasPrefix("stopped") == true, "\(lines.suffix(2))")
  }

  @Test func `Ctrl-C leaves the terminal as it was, and the run goes on`() throws {
    let (scratch, run) = try begin()
    // The key is typed into a terminal, whose shell goes on after it.
    let line =
      "(sleep 2; printf '\\003') | script -qec 'trap : INT; stty rows 24 cols 80; $GAN watch small; echo left with $?' /dev/null"
    let result = try scratch.shell(line)
    #expect(run.isRunning)
    run.signal(SIGKILL)
    _ = run.wait()
    let output = result.output
    #expect(output.contains("\u{1b}[?1049h\u{1b}[?25l") && output.contains("left with 130"), "\(output.suffix(300))")
    let end = output.components(separatedBy: "\u{1b}[?25h\u{1b}[?1049l")
    #expect(end.count == 2)
    #expect(end[0].contains("generator_loss") && end[0].contains("▁"))
    // Nothing is wider than the terminal.
    let frame = end[0].components(separatedBy: "\u{1b}[H").last ?? ""
    let lines = frame.components(separatedBy: "\r\n").map { line in
      line.replacing(#/\u{1b}\[[0-9;?]*[a-zA-Z]/#, with: "").filter { $0 != "\r" }
    }
    #expect(lines.allSatisfy { $0.count < 80 } && lines.count <= 24, "\(lines)")
  }

  @Test func `a run that has ended is shown once, a group has a line each`() throws {
    let folder = try StoredGroup.folder([("third", .third)])
    let one = try Program.run(["watch", "third/group-001/seed-0"], in: folder)
    #expect(one.status == 0 && one.output.contains("complete"), "\(one)")
    let group = try Program.run(["watch", "third"], in: folder)
    #expect(group.status == 0 && group.output.contains("seed-3: diverged"), "\(group)")
    let line = "script -qec 'stty rows 30 cols 100; NO_COLOR=1 $GAN watch third' /dev/null"
    let shown = try Program.shell(line, in: folder)
    let end = shown.output.components(separatedBy: "\u{1b}[?1049l").last ?? ""
    #expect(
      end.contains("frechet_distance (lower is better)") && end.contains("5 runs, 1 diverged, 4 complete"), "\(end)")
    #expect(end.contains("seed-0") && end.contains("▁█") && !end.contains("\u{1b}["), "\(end)")
  }

  /// A run of points that has ended, with its newest sheet.
  private func ended() throws -> (scratch: RunScratch, sheet: [UInt8]) {
    let scratch = try RunScratch(spec: RunScratch.spec.replacing("epochs: 8", with: "epochs: 1"))
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let sheet = try #require(try scratch.names(scratch.run() + "/samples").last)
    return (scratch, [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(scratch.run())/samples/\(sheet)"))))
  }

  /// What a command that follows the run draws, in a terminal of 60 lines that answers with some letters.
  private func drawn(_ scratch: RunScratch, _ environment: String, answer: String = "") throws -> String {
    let line =
      "printf '\(answer)' | script -qec 'stty rows 60 cols 100; env -u COLORTERM -u KITTY_WINDOW_ID -u NO_COLOR \(environment) $GAN watch small' /dev/null"
    let output = try scratch.shell(line).output
    return String(output.components(separatedBy: "\u{1b}[?1049l")[0])
  }

  @Test func `the newest sheet is shown as the terminal can, and not at all without colors`() throws {
    let (scratch, sheet) = try ended()
    let kitty = try drawn(scratch, "TERM=xterm-kitty")
    // The parts of the file, put together again.
    let parts = kitty.matches(of: #/\u{1b}_G[^;\u{1b}]*;([^\u{1b}]*)\u{1b}\\/#).map { String($0.1) }
    #expect(!parts.isEmpty && parts.allSatisfy { $0.utf8.count <= 4096 })
    #expect(Data(base64Encoded: parts.joined()).map { [UInt8]($0) } == sheet)
    let blocks = try drawn(scratch, "TERM=xterm-256color COLORTERM=truecolor")
    #expect(blocks.contains("▀") && blocks.contains("\u{1b}[38;2;255;255;255") && !blocks.contains("\u{1b}_G"))
    let table = try drawn(scratch, "TERM=xterm-256color")
    #expect(table.contains("▀") && table.contains("\u{1b}[38;5;231") && !table.contains("38;2;"))
    for environment in ["TERM=xterm-256color NO_COLOR=1", "TERM=vt100", "TERM=xterm-kitty NO_COLOR=1"] {
      let plain = try drawn(scratch, environment)
      #expect(!plain.contains("▀") && !plain.contains("\u{1b}_G") && !plain.contains("38;"), "\(environment)")
    }
  }

  @Test func `sixels are those of the sheet where the terminal says that it has them`() throws {
    let (scratch, sheet) = try ended()
    let output = try drawn(scratch, "TERM=xterm-256color", answer: "\\033[?62;4;22c")
    let start = try #require(output.range(of: "\u{1b}P0;1;0q"))
    let picture = try SixelReader(output[start.upperBound...].prefix { $0 != "\u{1b}" })
    let original = try PNG(decoding: sheet)
    let ratio = Double(original.width) / Double(original.height)
    #expect(abs(Double(picture.width) / Double(picture.height) - ratio) < 0.02 && picture.width > 200)
    // Each pixel of the one lies where that of the other does: the same mean level in each ninth.
    func means(_ width: Int, _ height: Int, _ level: (Int, Int) -> Double) -> [Double] {
      (0..<9).map { part in
        let (left, top) = (part % 3 * width / 3, part / 3 * height / 3)
        var sum = 0.0
        for y in top..<(top + height / 3) { for x in left..<(left + width / 3) { sum += level(x, y) } }
        return sum / Double(width / 3 * (height / 3))
      }
    }
    let channels = original.color.rawValue
    let wanted = means(original.width, original.height) {
      Double(original.pixels[($1 * original.width + $0) * channels])
    }
    let found = means(picture.width, picture.height) { picture.reds[$1 * picture.width + $0] * 2.55 }
    for (one, other) in zip(wanted, found) { #expect(abs(one - other) < 8, "\(wanted) \(found)") }
    // A terminal without them is given none.
    #expect(!(try drawn(scratch, "TERM=xterm-256color", answer: "\\033[?62;22c")).contains("\u{1b}P"))
  }

  @Test func `what is no run is said`() throws {
    let folder = try StoredGroup.folder([("first", .first)])
    let result = try Program.run(["watch", "nothing"], in: folder)
    #expect(result.status == 66 && result.errors.contains("there is no run nothing"), "\(result)")
  }
}

/// Pixels of sixels, read as a terminal does.
private struct SixelReader {
  let width: Int
  let height: Int
  /// Red in percent [height, width].
  private(set) var reds: [Double]

  init(_ text: some StringProtocol) throws {
    let letters = Array(text.utf8)
    var place = 0
    func numbers() -> [Int] {
      var found = [0]
      while place < letters.count, letters[place] == UInt8(ascii: ";") || (0x30...0x39).contains(letters[place]) {
        if letters[place] == UInt8(ascii: ";") {
          found.append(0)
        } else {
          found[found.count - 1] = found[found.count - 1] * 10 + Int(letters[place] - 0x30)
        }
        place += 1
      }
      return found
    }
    try #require(letters.first == UInt8(ascii: "\""))
    place = 1
    let size = numbers()
    (width, height) = (size[2], size[3])
    reds = [Double](repeating: -1, count: width * height)
    var colors: [Int: Double] = [:]
    var (color, x, y) = (0, 0, 0)
    func paint(_ letter: UInt8, _ count: Int, _ reds: inout [Double]) {
      for column in x..<(x + count) {
        for bit in 0..<6 where (letter - 63) >> UInt8(bit) & 1 == 1 {
          reds[(y + bit) * width + column] = colors[color] ?? -1
        }
      }
      x += count
    }
    while place < letters.count {
      let letter = letters[place]
      place += 1
      switch letter {
      case UInt8(ascii: "#"):
        let words = numbers()
        color = words[0]
        if words.count == 5 { colors[color] = Double(words[2]) }
      case UInt8(ascii: "!"):
        let count = numbers()[0]
        paint(letters[place], count, &reds)
        place += 1
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, y) = (0, y + 6)
      default: paint(letter, 1, &reds)
      }
    }
    try #require(reds.allSatisfy { $0 >= 0 })
  }
}
