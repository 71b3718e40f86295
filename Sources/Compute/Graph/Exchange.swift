/// Values that ranks made for others: a flat array of those that this rank gets.
///
/// The operands are this rank's values, which it goes on to read where they are.
package struct Exchange: StagedOperation {
  /// Which exchange of the step it is, from 0.
  let round: Int
  /// The rank that carries it out.
  let rank: Int
  /// The operands that each rank gets; nothing for this one.
  let given: [[Int]]
  /// Where in the array the values of each rank lie; nothing for this one.
  let places: [[Range<Int>]]

  package var name: String { "exchange" }
  package func shape(of operands: [Shape]) -> Shape { [max(1, places.joined().map(\.upperBound).max() ?? 0)] }
  /// Placement comes after differentiation.
  package func gradients(at site: GradientSite) -> [Tensor?] { site.operands.map { _ in nil } }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }

  func stages(_ link: LinkedPlan) -> [Stage] {
    guard let ranks = link.ranks else { preconditionFailure("an exchange without ranks") }
    precondition(ranks.rank == rank && ranks.count == places.count, "an exchange of other ranks")
    let given = given.map { $0.map(link.operand) }
    let array = link.result
    let taken = places.map { $0.map { array.slice($0.lowerBound, $0.count) } }
    return [Stage(tiles: 1) { _, _ in ranks.exchange(given, into: taken) }]
  }
}
