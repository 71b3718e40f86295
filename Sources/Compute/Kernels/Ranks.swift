/// The processes that carry out one training together, each a part of every step.
///
/// All of them call the same methods in the same order, from the thread that runs stages.
package protocol Ranks: AnyObject, Sendable {
  /// The number of this process, from 0; the first leads.
  var rank: Int { get }
  /// How many there are.
  var count: Int { get }
  /// Gives each other rank values of this one, and takes theirs.
  /// - Parameters:
  ///   - given: by rank, what it gets; nothing for this rank.
  ///   - taken: by rank, where its values go, as many and of the same lengths as it gives; nothing for this rank.
  func exchange(_ given: [[Buffer]], into taken: [[Buffer]])
  /// Gives all ranks the values of the first.
  func broadcast(_ values: Buffer)
  /// Gives all ranks the message of the first; a rank that waits for it leaves its processor to others.
  /// - Parameter message: what the first says; that of the others is of no account.
  func broadcast(_ message: [UInt8]) -> [UInt8]
  /// Gives all ranks the messages of all, cut off after 512 bytes.
  func gather(_ message: [UInt8]) -> [[UInt8]]
}
