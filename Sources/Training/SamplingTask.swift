import Compute

/// A task that makes samples of its own.
package protocol SamplingTask: Task {
  /// How its samples are measured; nil where they are not.
  var evaluation: EvaluationFields? { get }
  /// The names of the symptoms at which training ends.
  var stopWhen: [String] { get }
  /// How many kinds of samples can be asked for: the classes, else the values of the first categorical code; nil for none.
  var sampledKinds: Int? { get }
  /// Whether these kinds are the classes of the data.
  var samplesClasses: Bool { get }
  /// What the values of the generator's input are.
  var inputParts: InputParts { get }
  /// What its scores of samples mean.
  var scoring: SampleScoring { get }
  /// What makes `count` samples of the parameters in `state`.
  func sampler(_ request: SampleRequest, state: State, pool: ThreadPool) throws(PlanError) -> Sampler
  /// What scores at most `limit` samples at once by the parameters in `state`, one by one: `scoring.packing` is 1.
  /// - Parameter label: the class that they are taken for, where `scoring.takesClasses`.
  func scorer(label: Int?, limit: Int, state: State, pool: ThreadPool) throws(PlanError) -> Scorer
}

/// What the scores mean that a task gives samples while it learns to tell real ones from its own.
package struct SampleScoring: Sendable, Equatable {
  /// Samples that have one score together.
  package let packing: Int
  /// Whether the score depends on the class that a sample is taken for.
  package let takesClasses: Bool
  /// The score above which a sample is taken for real; nil where scores have no such limit.
  package let threshold: Float?
}
