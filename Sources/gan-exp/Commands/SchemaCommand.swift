import ArgumentParser
import Files
import Specs
import Training

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema (draft-07) of specs, for editors.",
    discussion: """
      Examples:
        gan-exp schema > Experiments/schema.json

      \(ExitStatus.sentence([.done, .usage, .notWritten]))
      """)

  func run() throws {
    var text = JSONSchema.text(
      of: TaskCatalog.all.map { task in
        JSONSchema.Form(keys: task.keys, description: Experiment.description(of: task))
      }, title: "gan-exp experiment")
    if text.hasSuffix("\n") { text.removeLast() }
    try Terminal.print(text)
  }
}
