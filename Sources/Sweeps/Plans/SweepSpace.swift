import Specs

/// What the strata of a sweep are made of.
struct SweepSpace {
  let method: any Sampler
  let trials: Int?
  let seed: Int
  let goal: Goal
  let parallel: Int
  let each: String?
  let rungs: Rungs?

  /// The searches; nil after reports.
  func strata(_ parameters: Node?, _ fields: inout Fields) -> [Sweep.Stratum]? {
    let diagnostics = fields.diagnostics
    let before = diagnostics.errorCount
    let space = space(parameters, fields)
    checkRungs(fields)
    guard let space, diagnostics.errorCount == before else { return nil }
    guard let spaces = spaces(of: space, fields) else { return nil }
    var strata: [Sweep.Stratum] = []
    for (value, space) in spaces {
      method.check(space, at: fields.mark(of: "method"), diagnostics)
      guard diagnostics.errorCount == before, let count = count(in: space, fields) else { return nil }
      strata.append(
        Sweep.Stratum(
          value: value,
          search: Search(space: space, seed: UInt64(seed), trials: count, parallel: parallel, goal: goal)))
    }
    return strata
  }

  private func space(_ parameters: Node?, _ fields: Fields) -> Space? {
    if method.lists {
      if parameters != nil {
        fields.error(
          "a list has the values of its trials, so that parameters say nothing", at: "parameters", remedy: "remove it")
      }
      if each != nil { fields.error("each does not go with a list", at: "each", remedy: "remove it") }
      return Space([])
    }
    if let parameters { return Space.read(parameters, diagnostics: fields.diagnostics) }
    fields.error(
      "a sweep needs parameters", remedy: "add parameters: {training.batch_size: {choice: [32, 64]}}")
    return nil
  }

  /// The space, or those with each single value of a parameter.
  private func spaces(of space: Space, _ fields: Fields) -> [(Node?, Space)]? {
    guard let each else { return [(nil, space)] }
    guard let place = space.place(of: each) else {
      fields.error(
        "each is \(each), which is no parameter of this sweep", at: "each",
        remedy: Suggestion.nearest(to: each, among: space.parameters.map(\.key)).map { "did you mean \($0)?" }
          ?? "name a parameter with a choice")
      return nil
    }
    let parameter = space.parameters[place]
    guard case .choice(let values) = parameter.distribution, parameter.conditions.isEmpty else {
      fields.error(
        "each needs a parameter with a choice and without conditions, and \(each) is none", at: "each",
        remedy: "give \(each) a choice, or remove each")
      return nil
    }
    return values.map { value in
      var parameters = space.parameters
      parameters[place] = Parameter(each, .choice([value]), mark: parameter.mark)
      guard let own = Space(parameters) else { preconditionFailure("the same conditions as before") }
      return (value, own)
    }
  }

  private func checkRungs(_ fields: Fields) {
    switch (method.allocation, rungs) {
    case (.whole, _?):
      fields.error(
        "the method trains every trial to its end, so that halving says nothing", at: "halving",
        remedy: "remove it, or write method: halving")
    case (.halving, nil), (.hyperband, nil), (.asynchronous, nil):
      fields.error(
        "the method needs rungs", at: "method", remedy: "add halving: {from: 1 epoch, to: 27 epochs, factor: 3}")
    default: break
    }
  }

  /// How many trials a stratum has; nil after a report.
  private func count(in space: Space, _ fields: Fields) -> Int? {
    let own = method.count(in: space)
    if method.allocation == .hyperband, let rungs {
      // Each bracket begins with its power of the factor, which a limit keeps from being counted.
      guard HalvingPlan.fewestTrials(from: rungs.first.count, to: rungs.last.count, factor: rungs.factor) <= 10_000
      else {
        fields.error(
          "hyperband from these rungs has more than 10000 trials", at: "halving",
          remedy: "take rungs that are nearer to one another, or a larger factor")
        return nil
      }
      let count = HyperbandPlan(from: rungs.first.count, to: rungs.last.count, factor: rungs.factor).trials
      if let trials, trials != count {
        fields.error("hyperband from these rungs has \(count) trials", at: "trials", remedy: "remove trials")
        return nil
      }
      if let own, own < count {
        fields.error(
          "hyperband takes \(count) trials, and there are \(own)", at: "method", remedy: "use sampler: random")
        return nil
      }
      return count
    }
    if let own {
      if let trials, trials != own {
        fields.error("the method has \(own) trials by itself", at: "trials", remedy: "remove trials")
        return nil
      }
      return isEnough(own, at: "method", fields) ? own : nil
    }
    guard let trials else {
      fields.error("the method needs the number of trials", at: "method", remedy: "add trials: 20")
      return nil
    }
    return isEnough(trials, at: "trials", fields) ? trials : nil
  }

  /// Whether one of so many trials gets to the last rung; told where none does.
  private func isEnough(_ trials: Int, at key: String, _ fields: Fields) -> Bool {
    guard method.allocation != .whole, let rungs else { return true }
    let fewest = HalvingPlan.fewestTrials(from: rungs.first.count, to: rungs.last.count, factor: rungs.factor)
    guard trials < fewest else { return true }
    fields.error(
      "of \(trials) trials none gets to \(rungs.last.text)", at: key,
      remedy: "the fewest are \(fewest), or take rungs that are nearer to one another")
    return false
  }
}
