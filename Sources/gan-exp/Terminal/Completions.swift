import ArgumentParser
import Datasets
import Files
import Glibc
import Networks
import Reports
import Runs

/// What a shell offers for a word that is being typed.
enum Completions {
  /// Runs: experiments and their numbers, `latest`, and the folders of paths.
  @Sendable static func runs(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let known = candidates(words)
    let experiments = Set(known.map { $0.path.split(separator: "/").dropLast().joined(separator: "/") })
    let fitting = experiments.filter { $0.hasPrefix(typed) && !$0.isEmpty }.sorted()
    // Without a slash it is the experiment that is completed, unless only one is left.
    let runs = typed.contains("/") || fitting.count < 2 ? known.map(\.path) : []
    return offered((known.isEmpty ? [] : [RunName.latest]) + fitting + runs + folders(typed), for: typed)
  }

  /// Runs that were removed, and the files of archives.
  @Sendable static func removed(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let places = (try? RunTrash(of: folder(words)).items().map(\.record.path)) ?? []
    let archives = entries(typed) { path in
      FileBytes.exists(path) && [".tar.gz", ".tgz", ".tar"].contains(where: path.hasSuffix)
    }
    return offered(places.sorted() + archives, for: typed)
  }

  /// Runs, and the files of specs.
  @Sendable static func runsAndSpecs(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let specs = entries(typed) { path in
      FileBytes.exists(path) && (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
    }
    return runs(words, index, typed) + offered(specs, for: typed)
  }

  /// The names of experiments that have runs.
  @Sendable static func experiments(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let names = candidates(words).compactMap {
      $0.path.split(separator: "/").first.map(String.init)
    }
    return offered(Array(Set(names)).sorted(), for: typed)
  }

  /// The runs of the folder that the words name; where it cannot be read there is nothing to offer.
  private static func candidates(_ words: [String]) -> [RunName.Candidate] {
    (try? RunName.candidates(in: folder(words))) ?? []
  }

  /// The columns that rank the runs on the command line, or any run where these do not tell.
  @Sendable static func criteria(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let place = words.firstIndex(of: "compare").map { $0 + 1 } ?? words.count
    let named = words.enumerated().filter { number, word in
      number >= place && number != index && !word.hasPrefix("-")
        && !["--by", "--metric", "--value", "--runs"].contains(words[number - 1])
    }.map(\.element)
    let paths = named.isEmpty ? nil : try? RunName.folders(named, in: folder(words)) { _ in }.map(\.path)
    let columns = paths.flatMap { try? Comparison($0) { _ in }.rankable }
    return offered((columns ?? Column.all.filter { $0.direction != .none }).map(\.name), for: typed)
  }

  /// What runs can be sorted by, after the last comma: the names that every run has, and those that the runs of the folder have.
  @Sendable static func facts(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let start = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
    let names = (try? RunList(in: folder(words)).names) ?? FactName.allCases.map(\.rawValue)
    return offered(names.map { typed[..<start] + $0 }, for: typed)
  }

  /// Datasets that are published, which can be verified and fetched.
  @Sendable static func published(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    offered(
      DatasetCatalog.all.entries.map(\.name).filter { DatasetCatalog.publication(of: $0) != nil }, for: typed)
  }

  /// Everything that `describe` explains.
  @Sendable static func names(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    offered(DescribeAnswer(width: 80, usesColor: false).names, for: typed)
  }

  /// The value of `--runs` on the command line that is being typed.
  static func folder(_ words: [String]) -> String {
    for (index, word) in words.enumerated() {
      if word == "--runs", index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix("--runs=") { return String(word.dropFirst(7)) }
    }
    return "Runs"
  }

  /// The folders whose path begins as what is typed.
  private static func folders(_ typed: String) -> [String] { entries(typed, where: FileBytes.isFolder) }

  /// What lies in folders and has a path that begins as what is typed.
  private static func entries(_ typed: String, where isWanted: (String) -> Bool) -> [String] {
    let end = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (parent, beginning) = (String(typed[..<end]), typed[end...])
    guard let stream = opendir(parent.isEmpty ? "." : parent) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, !name.hasPrefix("."), name.hasPrefix(beginning), isWanted(parent + name) else {
        continue
      }
      found.append(parent + name)
    }
    return found.sorted()
  }

  /// The words that begin as what is typed; bash takes quotes and dollars in them for its own, so they are quoted for it.
  static func offered(_ words: [String], for typed: String) -> [String] {
    var seen: Set<String> = []
    let fitting = words.filter { $0.hasPrefix(typed) && !$0.contains("\n") && seen.insert($0).inserted }
    return CompletionShell.requesting == .bash ? fitting.map(ShellText.quoted) : fitting
  }
}
