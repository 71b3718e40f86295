import ArgumentParser
import Files
import Reports
import Runs
import Training

struct AnimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "animate", abstract: "Shows the sheets of a run one after the other, in one file.",
    discussion: """
      The ending of -o says what is written: .png an animated PNG, which keeps all levels and which browsers show, .gif a GIF \
      of at most 256 colors an image. Below each sheet stand run, epoch and step, and a bar of how far the training is; at rows of images that are of one class its name.

      \(RunArgument.explanation)

      Examples:
        gan-exp animate latest
        gan-exp animate mlp-mnist/001 -o growth.gif --seconds 0.5

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file; by default a new one named for the run.", valueName: "file"),
    completion: .file(extensions: ["png", "gif"]))
  var output: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seconds for each sheet, 0.02 to 60.", valueName: "seconds"),
    transform: AnimateCommand.duration("--seconds"))
  var seconds = 0.2

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seconds for the last one, 0.02 to 60.", valueName: "seconds"),
    transform: AnimateCommand.duration("--hold"))
  var hold = 2.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most sheets, 2 to 2000; others are left out evenly.", valueName: "sheets"),
    transform: whole("--most", 2...2000))
  var most = 200

  @Flag(help: "The sheets alone, without anything below and beside.")
  var plain = false

  func validate() throws {
    guard let output else { return }
    guard AnimateCommand.form(of: output) != nil else {
      throw ValidationError("\(output.isEmpty ? "-o" : output): an animation is written as .png or .gif")
    }
  }

  func run() throws {
    let folder = try target.folder()
    var manner = RunAnimation.Manner()
    (manner.seconds, manner.hold, manner.most, manner.hasCaption) = (seconds, hold, most, !plain)
    let form = output.flatMap(AnimateCommand.form) ?? .png
    let path = try reporting {
      let animation = try RunAnimation(folder, manner, notes: Terminal.note)
      let bytes = try animation.bytes(as: form)
      do throws(FileError) {
        let path: String
        if let output {
          try DurableFile.write(bytes, to: output)
          path = output
        } else {
          path = try DurableFile.write(
            bytes, toFreeName: animation.runName.replacing("/", with: "-") + "-growth", ending: form.rawValue)
        }
        let all = animation.steps.count == animation.sheetCount ? "" : " of \(animation.sheetCount)"
        Terminal.write(
          "\(animation.steps.count)\(all) sheets of \(animation.runName), \(ByteCount.text(bytes.count))\n")
        return path
      } catch {
        throw RunError(error)
      }
    }
    try Terminal.print(path)
  }

  private static func form(of path: String) -> RunAnimation.Form? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    return RunAnimation.Form(rawValue: path[path.index(after: dot)...].lowercased())
  }

  private static func duration(_ option: String) -> @Sendable (String) throws -> Double {
    { text in
      guard let seconds = Double(text), (0.02...60).contains(seconds) else {
        throw ValidationError("\(option) takes seconds from 0.02 to 60, not \(text.isEmpty ? "nothing" : text)")
      }
      return seconds
    }
  }
}
