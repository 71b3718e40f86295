import ArgumentParser
import Specs
import Training

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Explains what a spec can say: a layer, a loss, an optimizer, a dataset.",
    discussion: """
      Examples:
        gan-exp describe
        gan-exp describe dense
        gan-exp describe training.batch_size

      \(ExitStatus.sentence([.done, .usage, .notWritten]))
      """)

  @Argument(
    help: "A name or a path that specs use, as --set takes it; without one all are listed.",
    completion: .custom(Completions.names))
  var name: String?

  func run() throws {
    let answer = DescribeAnswer(width: Terminal.proseWidth, usesColor: Terminal.outputUsesColor)
    guard let name else { return try Terminal.print(answer.overview) }
    if let text = answer.text(of: name) { return try Terminal.print(text) }
    let nearest = Suggestion.nearest(to: name, among: name.contains(".") ? answer.paths : answer.names)
    Terminal.show(
      RunError(
        "nothing is called \(name)",
        remedy: nearest.map { "did you mean \($0)?" } ?? "gan-exp describe lists all names", exitCode: 64))
    throw ExitCode(64)
  }
}
