import Files
import FoundationEssentials
import Specs
import Training

/// A group: runs of one spec that differ in the seed alone, each in a folder `seed-7` of a folder such as
/// `Runs/mlp-mnist/group-001`.
package struct RunGroup: Sendable {
  /// The folder's path, without a slash at its end.
  package let path: String
  /// What it is of.
  package private(set) var record: Record

  /// `group.json`: what the group's runs have in common.
  package struct Record: Codable, Sendable, Equatable {
    /// The experiment's name.
    package let name: String
    /// The seeds, ascending.
    package internal(set) var seeds: [UInt64]
    /// SHA-256 of resolved.yaml without the seed.
    let resolvedDigest: String
    /// When it began, in UTC.
    package let started: String
    /// The command, in its words.
    package let command: [String]?

    private enum CodingKeys: String, CodingKey {
      case name, seeds, started, command
      case resolvedDigest = "resolved_digest"
    }
  }

  /// Where a run of the group stands.
  package struct Member: Sendable {
    /// The seed.
    package let seed: UInt64
    /// Its folder.
    package let folder: RunFolder
    /// Its record; nil before it has begun.
    package let record: RunRecord?
    /// Whether a process is at work on it, or about to be.
    package let isHeld: Bool

    /// Whether nothing is left to do: it is complete, or has diverged, which it would again.
    package var isOver: Bool { record?.status == .complete || record?.status == .diverged }
  }

  private static let prefix = "group-"

  /// Reads a group.
  package init(_ path: String) throws(FileError) {
    self.path = RunFolder(path).path
    let file = GroupFolder(self.path).record
    let bytes = try DurableFile.read(file)
    do {
      record = try JSONDecoder().decode(Record.self, from: RawData(bytes))
    } catch {
      throw FileError(path: file, damaged: "it is not the record of a group")
    }
  }

  private init(path: String, record: Record) { (self.path, self.record) = (path, record) }

  /// The group of an experiment, whatever its seed: the newest one of the same resolved spec, with these seeds beside those it has, or
  /// a new one.
  package static func of(
    _ experiment: Experiment, seeds: [UInt64], in runs: String, command: [String]?
  ) throws(RunError) -> RunGroup {
    do throws(FileError) { return try found(experiment, seeds, runs, command) } catch { throw RunError(error) }
  }

  private static func found(
    _ experiment: Experiment, _ seeds: [UInt64], _ runs: String, _ command: [String]?
  ) throws(FileError) -> RunGroup {
    let parent = "\(RunFolder(runs).path)/\(experiment.name)"
    try DurableFile.makeFolders(parent)
    try RunFolder(parent).requireNoRun()
    // Two who begin the same group at the same time get one.
    guard case .acquired(let lock) = try FolderLock.acquire(parent, attempts: 500) else {
      throw FileError(path: parent, damaged: "another process has kept it locked for five seconds")
    }
    defer { withExtendedLifetime(lock) {} }
    let digest = resolvedDigest(of: experiment)
    let numbers = try RunFolder.entries(of: parent).filter { $0.hasPrefix(prefix) }
      .compactMap { Int($0.dropFirst(prefix.count)) }.sorted()
    for number in numbers.reversed() {
      // What is damaged is passed over, and not written into.
      guard var group = try? RunGroup("\(parent)/\(name(number))"), group.record.resolvedDigest == digest else {
        continue
      }
      let all = Set(group.record.seeds).union(seeds).sorted()
      if all != group.record.seeds {
        group.record.seeds = all
        try group.write()
      }
      return group
    }
    let group = RunGroup(
      path: "\(parent)/\(name((numbers.last ?? 0) + 1))",
      record: Record(
        name: experiment.name, seeds: seeds.sorted(), resolvedDigest: digest, started: Now.text, command: command))
    try DurableFile.makeFolders(group.path)
    try group.write()
    return group
  }

  private static func name(_ number: Int) -> String { prefix + RunFolder.numbered(number) }

  private func write() throws(FileError) {
    try DurableFile.replace(GroupFolder(path).record, with: JSON.bytes(record))
  }

  /// The digest of a resolved spec, whatever its seed.
  static func resolvedDigest(of experiment: Experiment) -> String { resolvedDigest(of: experiment.resolved) }

  private static func resolvedDigest(of resolved: Node) -> String {
    Digest.sha256([UInt8](ResolvedSpec.identity(resolved.removing("seed")).utf8))
  }

  /// Whether an experiment is that of the group, whatever its seed.
  package func isOf(_ experiment: Experiment) -> Bool {
    RunGroup.resolvedDigest(of: experiment) == record.resolvedDigest
  }

  /// Whether a run may lie in a folder of the group: it is of the seed that the folder is named for, and of the group's spec.
  ///
  /// One that was made after the group and comes from this folder may have been told to go on for longer since.
  func has(_ run: RunFolder, as folder: RunFolder, isBack: Bool) -> Bool {
    guard let record = try? RunRecord(path: run.record), self.folder(of: record.seed).path == folder.path else {
      return false
    }
    if isBack, let started = record.sessions.first?.started, started >= self.record.started { return true }
    guard let bytes = try? DurableFile.read(run.resolved) else { return false }
    return ResolvedSpec.parse(String(decoding: bytes, as: UTF8.self), name: run.resolved)
      .map(RunGroup.resolvedDigest) == self.record.resolvedDigest
  }

  /// The folder of a seed's run.
  package func folder(of seed: UInt64) -> RunFolder { GroupFolder(path).run(seed: seed) }

  /// Where the runs of some seeds stand.
  /// - Parameter known: what was found of the same seeds before; runs that are over are not looked at again.
  package func members(_ seeds: [UInt64], known: [Member] = []) throws(RunError) -> [Member] {
    var members: [Member] = []
    for (place, seed) in seeds.enumerated() {
      if known.indices.contains(place), known[place].isOver {
        members.append(known[place])
        continue
      }
      do throws(FileError) { members.append(try member(seed)) } catch { throw RunError(error) }
    }
    return members
  }

  /// Where the run of a seed stands.
  func member(_ seed: UInt64) throws(FileError) -> Member {
    let folder = folder(of: seed)
    guard try FileKind.of(folder.path) == .folder else {
      // Before there is a folder the data are read.
      return Member(seed: seed, folder: folder, record: nil, isHeld: try GroupFolder(path).isClaimed(seed))
    }
    let record = try? RunRecord(path: folder.record)
    if let record, record.seed != seed {
      throw FileError(
        path: folder.path, damaged: "it is a run of seed \(record.seed), which somebody put there",
        remedy: "move it to another place")
    }
    return Member(
      seed: seed, folder: folder, record: record,
      isHeld: try FolderLock.isHeld(folder.path))
  }

  /// The right to be the only process that trains a seed of the group; nil where another one has it.
  func claim(_ seed: UInt64) throws(FileError) -> FolderLock? { try GroupFolder(path).claim(seed) }

  /// Makes the group of an experiment in a folder, or one of other seeds of the group that is there.
  static func make(
    _ folder: GroupFolder, of experiment: Experiment, seeds: [UInt64], command: [String]?
  ) throws(FileError) {
    try DurableFile.makeFolders(folder.path)
    if let present = try? RunGroup(folder.path), present.isOf(experiment),
      Set(seeds).isSubset(of: present.record.seeds)
    {
      return
    }
    try RunGroup(
      path: folder.path,
      record: Record(
        name: experiment.name, seeds: seeds.sorted(), resolvedDigest: resolvedDigest(of: experiment),
        started: Now.text, command: command)
    ).write()
  }
}

private typealias RawData = FoundationEssentials.Data
