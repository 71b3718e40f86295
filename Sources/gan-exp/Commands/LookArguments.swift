import ArgumentParser
import Reports
import Runs
import Training

/// How a picture of samples looks.
struct LookArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Pixels that one pixel of an image is wide; by default 2 for small images, else 1. Plots are as much larger.",
    transform: whole("--scale", 1...32))
  var scale: Int?

  @Option(
    parsing: .unconditional, help: "Pixels around images and between them; by default 4.",
    transform: whole("--border", 0...256))
  var border: Int?

  @Option(help: "The ground of the picture; by default white.")
  var background: PictureStyle.Ground?

  @Flag(help: "Writes run, step and seed below the picture; its metadata have them anyway.")
  var caption = false

  @Flag(inversion: .prefixedNo, help: "Writes classes at rows, and values of codes above columns.")
  var labels = true

  @Option(
    help: """
      What lies behind points of the plane: density, that of 100 000 samples; data, that of the data; score, what the \
      discriminator says of each place, with a line where it takes no side.
      """)
  var backdrop: Backdrop.Kind?

  @Flag(
    help: "The form of the run's own sheets, without metadata; of images and points without names, axes and data too.")
  var plain = false

  /// The options that were given, but --plain.
  var given: [String] {
    [
      ("--scale", scale != nil), ("--border", border != nil), ("--background", background != nil),
      ("--caption", caption), ("--no-labels", !labels), ("--backdrop", backdrop != nil),
    ].filter(\.1).map(\.0)
  }

  /// Refuses options that the file to be written would not show (64).
  func require(_ format: SampleFormat) throws(RunError) {
    if format != .png, let option = (given + (plain ? ["--plain"] : [])).first {
      throw RunError(
        "\(option) is for pictures, but .\(format.rawValue) is a file of numbers",
        remedy: "leave \(option) out, or write a picture with --format png", exitCode: 64)
    }
    if plain, let option = given.first {
      throw RunError(
        "--plain has one form, which \(option) cannot change", remedy: "leave out \(option) or --plain", exitCode: 64)
    }
  }

  /// The look.
  var style: PictureStyle {
    var style = PictureStyle()
    (style.scale, style.border, style.ground, style.hasCaption) = (scale, border ?? 4, background ?? .white, caption)
    style.hasLabels = labels
    return style
  }
}

extension SampleFormat: ExpressibleByArgument {}
extension PictureStyle.Ground: ExpressibleByArgument {}
extension Backdrop.Kind: ExpressibleByArgument {}
