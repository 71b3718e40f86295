import Datasets
import Files
import Runs
import SystemPackage
import Training

/// A run's sheets, one after the other: how its samples grew.
package struct RunAnimation {
  /// The kinds of files.
  package enum Form: String, CaseIterable, Sendable {
    /// An animated PNG, which keeps levels and colors.
    case png
    /// A GIF, of at most 256 colors an image.
    case gif
  }

  /// How it is shown.
  package struct Manner: Sendable {
    /// Seconds for each sheet.
    package var seconds = 0.2
    /// Seconds for the last one.
    package var hold = 2.0
    /// The most sheets: others are left out evenly, the first and the last are kept.
    package var most = 200
    /// Whether run, epoch and step stand below.
    package var hasCaption = true

    package init() {}
  }

  /// The last two parts of the run's path, `mlp-mnist/001`.
  package let runName: String
  /// The steps of the sheets that are shown.
  package let steps: [Int]
  /// How many sheets there are.
  package let sheetCount: Int
  private let frames: [AnimatedPNG.Frame]

  /// Reads a run's sheets.
  /// - Parameter notes: is told what is left out, and why.
  /// - Throws: `RunError` where the folder is no run's (66), has fewer than two sheets (66), or one cannot be read (65).
  package init(_ folder: RunFolder, _ manner: Manner = Manner(), notes: (String) -> Void) throws(RunError) {
    try folder.requireRun()
    let name = FilePath(root: nil, FilePath(folder.path).components.suffix(2)).string
    do {
      let record = try RunRecord(path: folder.record)
      let all = try folder.sheetSteps()
      guard all.count > 1 else {
        throw RunError(
          "\(folder.path) has \(all.count == 0 ? "no sheet" : "one sheet"), which is no animation",
          remedy: "record.samples_every in a spec says after how many epochs a sheet comes", exitCode: 66)
      }
      let steps = RunAnimation.thinned(all, to: manner.most)
      var sheets: [PNG] = []
      for step in steps {
        let path = folder.sheet(step)
        let bytes = try DurableFile.read(path)
        do throws(FormatError) {
          sheets.append(try PNG(decoding: bytes))
        } catch {
          throw FileError(path: path, damaged: error.problem)
        }
      }
      if manner.hasCaption {
        let experiment = RunAnimation.experiment(of: folder, record, notes: notes)
        func parts(_ step: Int) -> [String] {
          [name] + (experiment.map { ["epoch \($0.epoch(of: step))"] } ?? []) + ["step \(step)"]
        }
        let room = CaptionedSheet.room(steps.map(parts), width: sheets[0].width)
        for (index, step) in steps.enumerated() {
          sheets[index] = try CaptionedSheet.png(
            sheets[index], parts: parts(step), progress: Double(step) / Double(max(1, record.steps)), room: room,
            rows: experiment.flatMap { RunAnimation.rowNames(of: $0, sheets[index]) })
        }
      }
      frames = try RunAnimation.alike(sheets).enumerated().map { index, sheet in
        AnimatedPNG.Frame(sheet, seconds: index == steps.count - 1 ? manner.hold : manner.seconds)
      }
      (runName, self.steps, sheetCount) = (name, steps, all.count)
    } catch let error as FormatError {
      throw RunError("\(folder.path): \(error.problem)", exitCode: 65)
    } catch {
      throw RunError(of: error)
    }
  }

  /// What the run trains, which says the epochs of steps and the classes of rows; nil where its spec cannot be read.
  private static func experiment(of folder: RunFolder, _ record: RunRecord, notes: (String) -> Void) -> Experiment? {
    do {
      let spec = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      return try record.experiment(of: spec, path: folder.resolved)
    } catch {
      notes("\(folder.resolved) cannot be read: epochs and classes are left out")
      return nil
    }
  }

  /// The names of a sheet's rows, of which each is of a class or of a value of the first code; nil of other sheets, and of one that
  /// is not as the spec says.
  private static func rowNames(of experiment: Experiment, _ sheet: PNG) -> CaptionedSheet.RowNames? {
    guard let task = experiment.task as? any SamplingTask, let kinds = task.sampledKinds,
      let columns = task.sheetColumns
    else { return nil }
    let (shape, count) = (experiment.dataset.sampleShape, experiment.recording.sampleCount)
    guard !SheetSize.isPlot(ofRows: shape, hasCaptions: false), shape != [2] else { return nil }
    let size = SheetSize(of: count, shape: shape, columns: columns)
    guard (size.width, size.height) == (sheet.width, sheet.height) else { return nil }
    let classes = task.samplesClasses ? experiment.dataset.classes?.names ?? [] : []
    let names = (0..<((count + columns - 1) / columns)).map { row in
      classes.indices.contains(row % kinds) ? classes[row % kinds] : "\(row % kinds)"
    }
    return CaptionedSheet.RowNames(names, rowHeight: size.cell.height, top: SheetSize.gap)
  }

  /// The bytes of a file.
  package func bytes(as form: Form) throws(RunError) -> [UInt8] {
    do throws(FormatError) {
      switch form {
      case .png: return try AnimatedPNG(frames).encoded()
      case .gif: return try AnimatedGIF(frames).encoded()
      }
    } catch {
      throw RunError("the sheets of \(runName): \(error.problem)", exitCode: 65)
    }
  }

  /// At most so many, evenly chosen, the first and the last among them.
  package static func thinned(_ steps: [Int], to most: Int) -> [Int] {
    guard steps.count > most else { return steps }
    return (0..<most).map { steps[($0 * (steps.count - 1) + (most - 1) / 2) / (most - 1)] }
  }

  /// All in colors where one is.
  private static func alike(_ sheets: [PNG]) throws(FormatError) -> [PNG] {
    guard sheets.contains(where: { $0.color == .rgb }) else { return sheets }
    var colored: [PNG] = []
    for sheet in sheets {
      colored.append(
        sheet.color == .rgb
          ? sheet
          : try PNG(
            width: sheet.width, height: sheet.height, color: .rgb, pixels: sheet.pixels.flatMap { [$0, $0, $0] }))
    }
    return colored
  }
}
