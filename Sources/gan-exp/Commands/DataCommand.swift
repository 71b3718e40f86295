import ArgumentParser
import Datasets
import Files
import Host
import Specs
import Training

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Lists, verifies and fetches datasets.",
    discussion: """
      Examples:
        gan-exp data list
        gan-exp data verify mnist
        gan-exp data fetch cifar10
      """,
    subcommands: [DataListCommand.self, DataVerifyCommand.self, DataFetchCommand.self])
}

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the datasets that a spec can name, and which of them are here.",
    discussion: """
      Where the terminal is narrow, columns are left out; of one dataset everything is shown.

      Examples:
        gan-exp data list
        gan-exp data list cifar10

      \(ExitStatus.sentence([.done, .usage, .notWritten]))
      """)

  @Argument(help: "A dataset; without one all are listed.", completion: .list(DatasetCatalog.all.names))
  var name: String?

  @OptionGroup var places: DataArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let listing = try reporting { try DataListing(places.location, only: name) }
    if name != nil, !json, let item = listing.datasets.first { return try show(item) }
    if json { return try Terminal.print(String(JSON.text(listing).dropLast())) }
    var table = TextTable([.left, .left, .right, .left, .right, .left, .left])
    table.add(["dataset", "state", "samples", "shape", "classes", "licence", "place"])
    for item in listing.datasets {
      table.add([
        item.name, item.state.rawValue, item.count.map(Readable.count) ?? "",
        item.sampleShape.map { $0.map(String.init).joined(separator: " x ") } ?? "",
        item.classes.map(Readable.count) ?? "", item.licence ?? "",
        item.place ?? "",
      ])
    }
    let width = Terminal.outputWidth
    // The licence and the classes make room for a path, of which 30 columns are enough.
    let room = width.map { max(30, $0 - (table.width - table.widths[6] - table.widths[5] - 2)) }
    let fitted = table.map(column: 6) {
      room != nil && table.width > width ?? .max ? Wrapping.ending($0, width: room ?? 0) : $0
    }
    .without([], importance: [[1], [2], [3], [6], [4], [5]], width: width)
    try Terminal.print(String(fitted.text.dropLast()))
    if let missing = listing.datasets.first(where: { $0.state == .missing && $0.canBeFetched }) {
      Terminal.write("a dataset that is missing is fetched with: gan-exp data fetch \(missing.name)\n")
    }
  }

  /// All that is known of one dataset.
  private func show(_ item: DataListing.Item) throws {
    var table = TextTable([.left, .left])
    let isFetched = item.state == .missing && item.canBeFetched
    let rows: [(String, String?)] = [
      ("dataset", item.name), ("", item.summary),
      ("state", item.state.rawValue + (isFetched ? ": gan-exp data fetch \(item.name)" : "")), ("place", item.place),
      ("samples", item.count.map(Readable.count)),
      ("shape", item.sampleShape.map { $0.map(String.init).joined(separator: " x ") }),
      ("classes", item.classes.map(Readable.count)), ("licence", item.licence), ("home", item.home),
    ]
    for case (let title, let text?) in rows { table.add([title, text]) }
    try Terminal.print(String(table.wrapped(to: Terminal.outputWidth, column: 1).text.dropLast()))
  }
}

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Reads datasets from the first byte to the last and says whether they are whole.",
    discussion: """
      Damaged is 65, and 66 that what was asked for is not here.

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @Argument(
    help: "A dataset; without one all that are published.", completion: .custom(Completions.published))
  var name: String?

  @OptionGroup var places: DataArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let result = try reporting {
      try DataVerification(name, location: places.location) { item in
        if Terminal.isInteractive, !json {
          Terminal.write("\r\(item.name)\(item.part.isEmpty ? "" : " (\(item.part))")\u{1b}[K")
        }
      }
    }
    if Terminal.isInteractive, !json { Terminal.write("\r\u{1b}[K") }
    if json {
      try Terminal.print(String(JSON.text(result).dropLast()))
    } else {
      var table = TextTable([.left, .left, .left, .right, .left, .left])
      table.add(["dataset", "part", "state", "samples", "SHA-256", "place"])
      // Of what is missing as a whole a line is enough.
      let present = Set(result.items.filter { $0.state != .missing }.map(\.name))
      var named: Set<String> = []
      for item in result.items where present.contains(item.name) || named.insert(item.name).inserted {
        let isWhole = !present.contains(item.name)
        table.add([
          item.name, isWhole ? "" : item.part, item.state.rawValue, item.count.map(Readable.count) ?? "",
          item.digest.map { String($0.prefix(12)) + "..." } ?? "", item.state == .missing ? "" : item.text,
        ])
        if item.state == .damaged, let remedy = item.remedy { table.add(["", "", "", "", "", "-> \(remedy)"]) }
      }
      let width = Terminal.outputWidth
      let fitted = table.shortened(to: width, column: 5).without([], importance: [[5], [4]], width: width)
      try Terminal.print(String(fitted.text.dropLast()))
    }
    if result.isDamaged { throw ExitCode(65) }
    if name != nil, result.isMissing {
      if let remedy = result.items.first?.remedy { Terminal.write("\(remedy)\n") }
      throw ExitCode(66)
    }
  }
}

struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Downloads a published dataset and verifies it.",
    discussion: """
      What a download that was broken off left behind is continued. Without --to the data go where runs find them: \
      ~/.cache/gan-exp/datasets, or under XDG_CACHE_HOME. With --to DIR give runs --data-dir DIR.

      Examples:
        gan-exp data fetch cifar10
        gan-exp data fetch kmnist --from http://mirror.example/kmnist --to Data

      \(ExitStatus.sentence([.done, .usage, .damaged, .unavailable, .notCreated, .notWritten, .inUse]))
      """)

  @Argument(help: "The dataset.", completion: .custom(Completions.published))
  var name: String

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The URL of a mirror with the same files, instead of the publisher's.", valueName: "url"))
  var address: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The folder in which one for the dataset is made.", valueName: "dir"),
    completion: .directory)
  var target: String?

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with what was fetched as JSON.")
  var json = false

  func validate() throws {
    if let address, !address.hasPrefix("http://"), !address.hasPrefix("https://") {
      throw ValidationError("--from takes an address that begins with http:// or https://, not \(address).")
    }
    if let target, target.isEmpty { throw ValidationError("--to takes the path of a folder.") }
  }

  func run() throws {
    let isShown = Terminal.isLive && !quiet
    let result = try reporting {
      defer { if isShown { Terminal.write("\r\u{1b}[K") } }
      return try DataFetch(name, from: address, to: target, location: .standard()) { progress in
        if isShown { Terminal.write("\r\(line(progress))\u{1b}[K") }
      } notes: { note in
        if isShown { Terminal.write("\r\u{1b}[K") }
        Terminal.note(note)
      }
    }
    if json { return try Terminal.print(String(JSON.text(result).dropLast())) }
    if !quiet {
      for file in result.files {
        Terminal.write(
          "\(DisplayText.printable(file.path))  \(ByteCount.text(file.size))  \(file.wasPresent ? "was there" : "fetched")\n"
        )
      }
      Terminal.write("licence: \(result.licence)\n")
    }
    try Terminal.print(result.folder)
  }

  private func line(_ progress: DataFetch.Progress) -> String {
    let received = ByteCount.text(progress.received)
    guard let expected = progress.expected else { return "\(progress.name)  \(received)" }
    let share = Double(progress.received) / Double(max(expected, 1)) * 100
    return "\(progress.name)  \(received) of \(ByteCount.text(expected))  \(Decimals.text(share, 0)) %"
  }
}
