import Specs

extension Space {
  /// The places of parameters that are active in the same trials, in the order of their first ones.
  package var groups: [[Int]] {
    var known: [String: Int] = [:]
    var groups: [[Int]] = []
    for place in parameters.indices {
      let text = activity(of: place)
      if let group = known[text] {
        groups[group].append(place)
      } else {
        known[text] = groups.count
        groups.append([place])
      }
    }
    return groups
  }

  /// All that must hold for a parameter to be active, as a text.
  private func activity(of place: Int) -> String {
    let own = parameters[place].conditions.map { condition in
      let values = condition.values.map(Emitter.flowText).sorted()
      let outer = self.place(of: condition.key).map(activity(of:)) ?? ""
      return "\(condition.key) in \(values) where (\(outer))"
    }
    return Set(own).sorted().joined(separator: " and ")
  }
}
