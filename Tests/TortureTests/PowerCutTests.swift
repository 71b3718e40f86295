import Testing

/// The power is cut after every change of a recorded run, and everything that was not brought to the disk is dropped or torn.
@Suite(.serialized, .enabled("strace is needed: \(Strace.problem ?? "it is there")") { Strace.isUsable })
struct PowerCutTests {
  /// A disk after the cut, and the step that a run on it may not go on before.
  private struct Cut {
    let name: String
    let image: DiskImage
    let leastStep: Int
  }

  /// The different disks after a cut behind each change of a scenario's command.
  private func cuts(of scenario: Scenario) throws -> [Cut] {
    let (calls, folder) = try scenario.record()
    var disk = try DiskModel(root: folder + "/Runs", holding: scenario.runs)
    // The folder of runs itself may be new; it is the model's root, and thought to be there.
    var seen: Set<DiskImage> = []
    var cuts: [Cut] = []
    var (safe, renamed) = (scenario.newest, scenario.newest)
    for (place, call) in calls.enumerated() {
      guard try disk.apply(call) else { continue }
      if call.name.hasPrefix("rename"), let step = PowerCutTests.checkpoint(call, folder) {
        // One checkpoint back is allowed until the folder of checkpoints is on the disk.
        safe = max(safe, renamed)
        renamed = max(renamed, step)
      } else if call.name == "fsync", call.openPath?.hasSuffix("/checkpoints") == true {
        safe = max(safe, renamed)
      }
      let kinds =
        [Survival.nothing, .names, .zeros, .half, .bytes, .removals]
        + (0..<DiskImage.changedFolders(disk)).map { .folder($0) }
      for kind in kinds {
        let image = DiskImage(disk, kind)
        guard seen.insert(image).inserted else { continue }
        cuts.append(
          Cut(
            name: "\(scenario.name): cut after change \(place), \(kind.word)", image: image,
            leastStep: min(safe, scenario.ceiling)))
      }
    }
    return cuts
  }

  private static func checkpoint(_ call: StraceCall, _ folder: String) -> Int? {
    let name = call.paths(from: folder).last?.split(separator: "/").last ?? ""
    guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
    return Int(name.dropFirst("step-".count).prefix { $0 != "." })
  }

  private func cut(_ scenario: Scenario, short: Int) throws {
    let cases = try cuts(of: scenario).map { cut in
      Torture(cut.name) { workspace in
        try cut.image.write(to: workspace.runs)
        return try Aftermath(scenario: scenario, workspace: workspace).problems(leastStep: cut.leastStep)
      }
    }
    Torture.inflict("power cuts in \(scenario.noun)", cases, short: short)
  }

  @Test func `a run whose power is cut at any moment is made whole`() throws {
    try cut(Stage.shared().start, short: 24)
  }

  @Test func `a resumption whose power is cut at any moment is made whole`() throws {
    try cut(Stage.shared().resumption(), short: 16)
  }

  @Test func `going back, its power cut at any moment, is made whole`() throws {
    try cut(Stage.shared().goingBack, short: 8)
  }

  @Test func `going further, its power cut at any moment, is made whole`() throws {
    try cut(Stage.shared().goingFurther, short: 8)
  }
}

extension Scenario {
  /// The latest step that may be asked of a run made whole: going back means to lose what came later.
  fileprivate var ceiling: Int { name == "back" ? newest : .max }
}
