import Foundation
import Testing

/// The rules of the house that no compiler holds, read off the sources.
@Suite struct HouseTests {
  /// A source file of a module.
  private struct Source: Sendable, CustomStringConvertible {
    let module: String
    /// Its path below `Sources`.
    let path: String
    /// Its text without comments.
    let text: String
    /// Its text without comments and texts in quotation marks.
    let code: String
    let lines: Int
    var description: String { path }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let sources: [Source] = {
    let folder = root.appendingPathComponent("Sources").path
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else { return nil }
      let code = text.replacing(#/(?s)""".*?"""/#, with: "").replacing(#/"(\\.|[^"\\\n])*"/#, with: "")
        .replacing(#/\/\/[^\n]*/#, with: "")
      let uncommented = text.replacing(#/"(\\.|[^"\\\n])*"|\/\/[^\n]*/#) { $0.0.hasPrefix("\"") ? $0.0 : "" }
      return Source(
        module: path.split(separator: "/").first.map(String.init) ?? "", path: path, text: uncommented,
        code: String(code),
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
    }
  }()

  /// What each module may see: the arrows of the house.
  private static let arrows: [String: Set<String>] = [
    "Specs": [], "Files": [], "ProductTiles8": [], "ProductTiles16": [],
    "Compute": ["ProductTiles8", "ProductTiles16"],
    "Sweeps": ["Specs", "Compute", "Statistics"],
    "Datasets": ["Specs", "Files", "Compute"],
    "Networks": ["Specs", "Compute"],
    "Statistics": ["Compute"],
    "Evaluation": ["Specs", "Compute", "Networks"],
    "Training": ["Specs", "Files", "Compute", "Datasets", "Networks", "Evaluation"],
    "Host": ["Specs", "Files", "Compute", "Datasets", "Networks", "Evaluation", "Training"],
    "Runs": [
      "Specs", "Files", "Compute", "Statistics", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host",
    ],
    "Reports": [
      "Specs", "Files", "Compute", "Statistics", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host",
      "Runs",
    ],
    "gan-exp": [
      "Specs", "Files", "Compute", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host", "Runs",
      "Reports",
    ],
  ]

  @Test func `modules see only those to their left`() {
    #expect(Set(HouseTests.sources.map(\.module)) == Set(HouseTests.arrows.keys))
    for source in HouseTests.sources {
      let imported = source.code.matches(of: #/(?m)^(?:@testable )?import (\w+)/#).map { String($0.1) }
      let own = imported.filter { HouseTests.arrows[$0] != nil }
      #expect(own.filter { !(HouseTests.arrows[source.module] ?? []).contains($0) } == [], "\(source)")
    }
  }

  /// Words that only some files may use, with the folders and files that may.
  private struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    let words: String
    let allowed: [String]
    var testDescription: String { name }
  }

  private static let rules = [
    Rule(
      name: "pointers live in kernels and products, and where a C library or the system is called",
      words: #"\b(baseAddress|Unsafe\w*|OpaquePointer|pointee|withUnsafe\w*)\b"#,
      allowed: [
        "ProductTiles8/", "ProductTiles16/", "Compute/Kernels/", "Compute/Products/", "Files/",
        "Specs/Text/EventStream.swift", "Datasets/Formats/PNG.swift",
        "Datasets/Formats/JPEG.swift", "Datasets/Formats/AnimatedGIF.swift", "Datasets/Formats/Gunzip.swift",
        "Datasets/Formats/Archive.swift",
        "Datasets/Pictures/FolderWalk.swift", "Host/Machine.swift", "Host/OpenMPI.swift",
        "Reports/Drawing/CairoPicture.swift", "gan-exp/Terminal/",
      ]),
    Rule(
      name: "where a buffer's values lie is known to kernels and products", words: #"\.base\b"#,
      allowed: ["Compute/Kernels/", "Compute/Products/"]),
    Rule(
      name: "clocks are asked for measurements, the record, the log and the display",
      words: #"\b(ContinuousClock|SuspendingClock|Date|clock_gettime|gettimeofday)\b"#,
      allowed: [
        "Host/", "Compute/Stopwatch.swift", "Runs/Life/Runner.swift",
        "Runs/Folder/Now.swift",
        "Runs/Life/Interruption.swift", "gan-exp/Terminal/RunDisplay.swift",
      ]),
    Rule(
      name: "nothing is drawn from the system's randomness",
      words:
        #"\b(SystemRandomNumberGenerator|randomElement|arc4random\w*|getrandom|UUID)\b|\b([dls]?rand|[delnm]rand48)\(|"#
        + #"\brandom\((in\b|\))|\bshuffled?\(\)"#,
      allowed: []),
    Rule(
      name: "files are written by Files for Runs, for downloads and where a command is told to",
      words:
        #"\b(DurableFile\.(replace|write|remove|setAside|makeFolders)|CSVFile\.(create|extend)|O_CREAT|fopen|"#
        + #"FolderTree\.(remove|move|make)|TarArchive\.(write|extract))\b"#,
      allowed: [
        "Files/", "Runs/", "Host/Data/", "gan-exp/Commands/SampleFileArguments.swift",
        "gan-exp/Commands/AnimateCommand.swift", "gan-exp/Commands/ExportCommand.swift",
        "gan-exp/Commands/EvaluateCommand.swift", "gan-exp/Commands/ReportCommand.swift",
        "gan-exp/Commands/PlotCommand.swift",
        "gan-exp/Commands/ManualCommand.swift",
      ]),
    Rule(
      // Square roots and rounding are exact anywhere; a method is one of tensors, and what follows `func` a name of ours.
      name: "libc's functions of real numbers decide no bits",
      words: #"(?m)(?:^|[^.\w ]|[^c] |\b(?:Glibc|Foundation|FoundationEssentials)\.)"#
        + #"(?:exp[2m]?|exp10|expm1|log|log2|log10|log1p|pow|a?sinh?|a?cosh?|a?tanh?|atan2|erfc?|[lt]gamma|cbrt|hypot)[fl]?\("#,
      // The functions of our own call each other there.
      allowed: ["Compute/Kernels/Transcendental.swift"]),
    Rule(name: "nobody outside the package reads it", words: #"(?m)^\s*(public|open) "#, allowed: []),
  ]

  @Test(arguments: rules) private func `words are used only where they belong`(rule: Rule) throws {
    // Else ContinuousClock.now is one word.
    let words = try Regex(rule.words).wordBoundaryKind(.simple)
    for source in HouseTests.sources where !rule.allowed.contains(where: { source.path.hasPrefix($0) }) {
      #expect(source.code.firstMatch(of: words).map { String(source.code[$0.range]) } == nil, "\(source)")
    }
    // An exception that nobody needs any more is none.
    for place in rule.allowed {
      let users = HouseTests.sources.filter { $0.path.hasPrefix(place) && $0.code.contains(words) }
      #expect(!users.isEmpty, "\(place)")
    }
  }

  @Test func `runs, reports and commands know tasks, no generator and no discriminator`() {
    for source in HouseTests.sources where ["Host", "Runs", "Reports", "gan-exp"].contains(source.module) {
      let words = source.code.matches(of: #/(?i)\w*(generator|discriminator|latentDim)\w*/#).map { String($0.0) }
      #expect(words == [], "\(source)")
    }
  }

  /// The names of entries and fields and their words elsewhere, as the modules beside Specs give them.
  private static let vocabulary: Set<String> = {
    let places = [
      #/static let (?:alsoCalled|name) = (\[[^\]]*\]|"[^"]*")/#, #/(?:FieldName|PaperName|NeedlessNames)\(([^)]*)/#,
      #/fields\.\w+\(\s*("[^"]*")/#, #/\bsplit\(("[^"]*")/#,
    ]
    let others = sources.filter { $0.module != "Specs" }.map(\.text)
    let lists = others.flatMap { text in places.flatMap { text.matches(of: $0).map { String($0.1) } } }
    // What is no single word is a summary.
    return Set(lists.flatMap { $0.matches(of: #/"([a-z][\w-]*)"/#).map { String($0.1) } })
  }()

  /// The words of the texts in quotation marks.
  private static func words(in text: String) -> [String] {
    text.matches(of: #/"((?:\\.|[^"\\\n])*)"/#).flatMap { match in
      match.1.replacing(#/\\\([^)]*\)/#, with: " ").lowercased().matches(of: #/\w+/#).map { String($0.0) }
    }
  }

  @Test func `reading a spec takes no word of a network: catalogues and reads bring theirs`() {
    let known = [
      "generator", "discriminator", "critic", "network", "latent", "conditional", "conv2d", "dense", "batch_norm",
      "lrelu",
      "linear", "input_layer", "in_features", "units", "filters", "kernel_size", "strides", "betas", "wgan", "bce",
      "loss",
      "optimizer", "learning_rate", "lr", "adam", "xavier", "seed", "epochs", "training", "batch_size", "dataset",
    ]
    #expect(known.filter { !HouseTests.vocabulary.contains($0) } == [])
    // What they also are in plain English, and the layer that stands in a list.
    let plain: Set<String> = [
      "name", "mean", "on", "none", "value", "values", "file", "path", "steps", "start", "every", "spec", "list",
      "latin", "space", "each", "to", "from", "then", "range", "map",
    ]
    for source in HouseTests.sources where source.module == "Specs" {
      let words = HouseTests.words(in: source.text)
      #expect(words.filter { HouseTests.vocabulary.contains($0) && !plain.contains($0) } == [], "\(source)")
    }
  }

  @Test func `a file has at most 300 lines`() throws {
    #expect(HouseTests.sources.filter { $0.lines > 300 }.map { "\($0): \($0.lines)" } == [])
    let tests = HouseTests.root.appendingPathComponent("Tests").path
    let paths = FileManager.default.enumerator(atPath: tests)?.compactMap { $0 as? String } ?? []
    #expect(paths.contains("HouseTests/HouseTests.swift"))
    for path in paths where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(tests)/\(path)", encoding: .utf8)
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 300, "Tests/\(path)")
    }
  }

  @Test func `types have no names that say nothing`() {
    for source in HouseTests.sources {
      let names = source.code.matches(of: #/\b(?:struct|class|enum|protocol|actor) (\w+)/#).map { String($0.1) }
      #expect(
        names.filter { $0.hasSuffix("Manager") || $0.hasSuffix("Helper") || $0.hasSuffix("Utils") } == [], "\(source)")
    }
  }
}
