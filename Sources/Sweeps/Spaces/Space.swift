import Specs

/// The space of a sweep: parameters in the order of the text, some of them active only where others have certain values.
package struct Space: Sendable {
  /// The parameters.
  package let parameters: [Parameter]
  /// The places of the parameters, each behind those that its conditions ask.
  let order: [Int]
  private let places: [String: Int]

  /// Makes a space of parameters with distinct keys; nil where conditions ask parameters that are not there, or form a circle.
  package init?(_ parameters: [Parameter]) {
    self.parameters = parameters
    let places = Dictionary(parameters.enumerated().map { ($1.key, $0) }) { first, _ in first }
    guard places.count == parameters.count,
      let order = Space.order(parameters.map { $0.conditions.map { places[$0.key] ?? -1 } })
    else { return nil }
    (self.places, self.order) = (places, order)
  }

  /// The place of a parameter.
  package func place(of key: String) -> Int? { places[key] }

  /// Whether all conditions of a parameter hold, given the values of those that it asks; nil is one that is not active.
  func isActive(_ place: Int, _ values: [Node?]) -> Bool {
    parameters[place].conditions.allSatisfy { condition in
      guard let asked = places[condition.key], let value = values[asked] else { return false }
      return condition.values.contains { $0.isSame(as: value) }
    }
  }

  /// The assignment in which every active parameter has the value that `value` gives for its place.
  package func assignment(_ value: (Int) -> Node) -> Assignment {
    var values = [Node?](repeating: nil, count: parameters.count)
    for place in order where isActive(place, values) { values[place] = value(place) }
    return assignment(of: values)
  }

  /// The assignment at a point of the unit cube, a coordinate a parameter.
  package func assignment(at point: [Double]) -> Assignment {
    assignment { parameters[$0].distribution.value(at: point[$0]) }
  }

  func assignment(of values: [Node?]) -> Assignment {
    Assignment(zip(parameters, values).compactMap { parameter, value in value.map { (parameter.key, $0) } })
  }

  /// Places in an order in which each follows those that it asks; nil where some ask what is not there, or one another.
  static func order(_ asked: [[Int]]) -> [Int]? {
    var order: [Int] = []
    var isPlaced = [Bool](repeating: false, count: asked.count)
    while order.count < asked.count {
      // The first that is free, so that the order of the text stays as far as it can.
      guard
        let next = asked.indices.first(where: { place in
          !isPlaced[place] && asked[place].allSatisfy { $0 >= 0 && isPlaced[$0] }
        })
      else { return nil }
      isPlaced[next] = true
      order.append(next)
    }
    return order
  }
}
