/// Values that the ranks made each for itself, given to all: a flat array with a stretch for each rank.
///
/// The operands are this rank's values, in the order of their places.
package struct Exchange: StagedOperation {
  /// Which exchange of the step it is, from 0.
  let round: Int
  /// The rank that carries it out.
  let rank: Int
  /// The stretch of each rank in the array.
  let stretches: [Range<Int>]
  /// Where in the array each operand begins.
  let places: [Int]

  package var name: String { "exchange" }
  package func shape(of operands: [Shape]) -> Shape { [stretches.last?.upperBound ?? 0] }
  /// Placement comes after differentiation.
  package func gradients(at site: GradientSite) -> [Tensor?] { site.operands.map { _ in nil } }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }

  func stages(_ link: LinkedPlan) -> [Stage] {
    guard let ranks = link.ranks else { preconditionFailure("an exchange without ranks") }
    precondition(ranks.rank == rank && ranks.count == stretches.count, "an exchange of other ranks")
    let (array, stretches) = (link.result, stretches)
    let copies = places.indices.map { place in
      let operand = link.operand(place)
      return Stage.copy(operand, to: array.slice(places[place], operand.count))
    }
    return copies + [Stage(tiles: 1) { _, _ in ranks.gather(array, stretches: stretches) }]
  }
}
