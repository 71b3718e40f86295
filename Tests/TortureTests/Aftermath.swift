/// What must hold of a workspace after a disturbance, whatever it was.
struct Aftermath {
  let scenario: Scenario
  let workspace: Workspace

  /// Everything that is wrong, after the run was made whole.
  /// - Parameter leastStep: the step that the run may not go on before.
  func problems(leastStep: Int = 0) throws -> [String] {
    try nakedFolders() + readers() + recovery(leastStep)
  }

  /// Folders that look like runs and are none.
  private func nakedFolders() -> [String] {
    workspace.numbers.filter { !Bytes.exists("\(workspace.runs)/tiny/\($0)/run.json") }
      .map { "Runs/tiny/\($0) has no run.json" }
  }

  /// Whether `list` and `show` answer.
  private func readers() throws -> [String] {
    var problems: [String] = []
    if Bytes.isFolder(workspace.runs) {
      let list = try workspace.gan(["list"])
      if let trap = list.trap { problems.append("list: \(trap)") }
      if list.status != 0 { problems.append("list: \(list.text)") }
    }
    if Bytes.exists(workspace.run + "/run.json") {
      let show = try workspace.gan(["show", "Runs/tiny/001"])
      if let trap = show.trap { problems.append("show: \(trap)") }
      if show.status != 0 { problems.append("show: \(show.text)") }
    }
    return problems
  }

  /// Makes the run whole and compares it.
  private func recovery(_ leastStep: Int) throws -> [String] {
    let before = Record(workspace.run)
    let isThere = Bytes.exists(workspace.run)
    let end = try workspace.gan(isThere ? scenario.resumption : scenario.beginning)
    if let trap = end.trap { return ["recovery: \(trap): \(end.text)"] }
    guard end.status == 0 else { return ["recovery: \(end.text)"] }
    let record = Record(workspace.run)
    var problems: [String] = []
    if record.status != "complete" || record.step != scenario.steps {
      problems.append("the record says \(record.status ?? "nothing") at \(record.step.map(String.init) ?? "no step")")
    }
    if record.beginnings.count > before.beginnings.count, let step = record.beginnings.last, step < leastStep {
      problems.append("it went on from step \(step), though \(leastStep) was safe")
    }
    if workspace.numbers != ["001"] { problems.append("the runs are \(workspace.numbers)") }
    let leftovers = Bytes.tree(workspace.runs).filter { $0.hasSuffix(".partial") }
    if !leftovers.isEmpty { problems.append("left behind: \(leftovers.joined(separator: ", "))") }
    return problems + scenario.expected.differences(try Evidence(workspace.run))
  }
}
