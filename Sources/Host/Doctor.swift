import Compute
import Datasets
import Files
import Specs
import Training

/// Whether a machine is fit for training, and what to do about what is amiss.
package struct Doctor: Codable, Sendable {
  /// One thing that was looked at.
  package struct Finding: Codable, Sendable {
    /// How it stands.
    package enum State: String, Codable, Sendable {
      /// As it should be.
      case good
      /// Something is missing that not every experiment needs.
      case absent
      /// It costs speed, or will end runs.
      case bad
    }

    /// What was looked at.
    package let subject: String
    /// How it stands.
    package let state: State
    /// What was found.
    package let text: String
    /// What to do about it.
    package let remedy: String?

    init(_ subject: String, _ text: String, state: State = .good, remedy: String? = nil) {
      self.subject = subject
      self.text = text
      self.state = state
      self.remedy = remedy
    }
  }

  /// What was found, in the order in which people should read it.
  package let findings: [Finding]
  /// Multiply-adds on all threads, in GFLOP/s.
  package let gigaflops: Double
  /// Multiply-adds on one thread, in GFLOP/s.
  package let gigaflopsOfOneThread: Double
  /// Traffic of optimizers, in GB/s.
  package let bandwidth: Double

  /// Whether nothing is bad.
  package var isWell: Bool { findings.allSatisfy { $0.state != .bad } }

  /// Looks at the machine; takes a second or two.
  /// - Parameters:
  ///   - threads: those that would train; nil for one a core.
  ///   - lanes: of the vectors that products are made of; nil for the fastest.
  ///   - data: where data are looked for.
  ///   - runs: the folder that runs would lie in.
  package init(threads: Int?, lanes: Lanes?, data: DataLocation, runs: String) throws(RunError) {
    let machine = Machine.current()
    let wanted = threads ?? machine.defaultThreads
    let (one, all, count): (MachinePeaks, MachinePeaks, Int)
    do throws(PlanError) {
      one = try Doctor.peaks(threads: 1, lanes).peaks
      (all, count) = wanted == 1 ? (one, 1) : try Doctor.peaks(threads: wanted, lanes)
    } catch {
      throw RunError(error)
    }
    gigaflops = all.gigaflops
    gigaflopsOfOneThread = one.gigaflops
    bandwidth = all.bandwidth
    findings =
      [Finding("program", "gan-exp \(Version.current)")] + Doctor.processor(machine, count, wanted)
      + [
        Doctor.arithmetic(lanes ?? .fastest), Doctor.multiplyAdds(one, all, count),
        Finding("memory", Doctor.memory(machine, all)),
      ]
      + DatasetCatalog.all.entries.compactMap { Doctor.dataset($0, data) } + [Doctor.folder(runs), Doctor.libraries()]
  }

  /// What so many threads do at best, and how many the system gave.
  private static func peaks(
    threads: Int, _ lanes: Lanes?
  ) throws(PlanError) -> (peaks: MachinePeaks, threads: Int) {
    let pool = ThreadPool(threads: threads, lanes: lanes ?? .fastest)
    defer { pool.close() }
    return (try MachinePeaks(pool: pool), pool.threads)
  }

  private static func processor(_ machine: Machine, _ threads: Int, _ wanted: Int) -> [Finding] {
    let vectors = HostCheck.hasAVX512 ? "AVX-512: vectors of 16 floats" : "AVX2: vectors of 8 floats"
    var findings = [Finding("processor", "\(machine.cpu) with \(vectors)")]
    let text = "\(threads); this process may use \(machine.cores) core\(machine.cores == 1 ? "" : "s")"
    guard threads == wanted else {
      return findings + [
        Finding(
          "threads", "the system gives this process no more than \(threads) of \(wanted)", state: .bad,
          remedy: "let it have more: ulimit -u, or the control group's pids.max")
      ]
    }
    findings.append(
      threads > machine.cores
        ? Finding(
          "threads", text, state: .bad, remedy: "use --threads \(machine.cores): more threads than cores wait in turn")
        : Finding("threads", text))
    return findings
  }

  private static func arithmetic(_ lanes: Lanes) -> Finding {
    let difference = BLAS.disagreement(m: 67, n: 83, k: 600, lanes: lanes)
    let text = "version \(ArithmeticVersion.current), products with \(lanes.rawValue) lanes"
    guard difference < 1e-6 else {
      return Finding(
        "arithmetic", text + ": they differ from OpenBLAS's by \(difference) of their terms", state: .bad,
        remedy: "run no experiment here: the processor, its memory or one of the two libraries computes wrongly")
    }
    return Finding("arithmetic", text + ", as OpenBLAS's within rounding")
  }

  private static func multiplyAdds(_ one: MachinePeaks, _ all: MachinePeaks, _ threads: Int) -> Finding {
    let text = "\(Decimals.text(one.gigaflops, 0)) GFLOP/s on one thread"
    guard threads > 1 else { return Finding("multiply-adds", text) }
    let gain = all.gigaflops / one.gigaflops
    let whole =
      text + ", \(Decimals.text(all.gigaflops, 0)) on \(threads) threads: \(Decimals.text(gain, 2)) times as fast"
    // Two processors that are halves of one core gain half of this at best; a gain of nothing is no noise.
    guard gain < max(0.45 * Double(threads), 1.1) else { return Finding("multiply-adds", whole) }
    let load = Machine.load.map { " (load \(Decimals.text($0, 1)))" } ?? ""
    return Finding(
      "multiply-adds", whole, state: .bad,
      remedy: gain < 1.1
        ? "\(threads) threads are no faster than one: see what else is running\(load); where nothing is, the "
          + "processors are parts of one core, and --threads 1 does as well"
        : "see what else is running\(load), and whether processors may all be used")
  }

  private static func memory(_ machine: Machine, _ peaks: MachinePeaks) -> String {
    "\(ByteCount.text(machine.memory)); an optimizer reads and writes \(Decimals.text(peaks.bandwidth, 1)) GB/s"
  }

  /// More bytes of samples are not read only to see whether they can be.
  private static let mostBytes = 1 << 28

  /// A dataset as it is without any fields; nil for one that has no files, or whose files only a spec names.
  private static func dataset(_ entry: Catalog<any Dataset>.Entry, _ location: DataLocation) -> Finding? {
    guard let dataset = DatasetVariants.plain(entry) else { return nil }
    do throws(DataError) {
      guard let place = try dataset.place(in: location) else { return nil }
      let survey = try dataset.survey(in: location)
      if survey.count * survey.sampleSize * survey.bytesPerValue <= mostBytes {
        _ = try dataset.load(from: location, seed: 0)
      }
      let shape = survey.sampleShape.map(String.init).joined(separator: " x ")
      return Finding(entry.name, "\(Decimals.count(survey.count)) samples of \(shape), \(place)")
    } catch {
      return Finding(
        entry.name, error.headline, state: error.kind == .missing ? .absent : .bad, remedy: error.remedy)
    }
  }

  private static func folder(_ runs: String) -> Finding {
    do throws(FileError) {
      let room = try DurableFile.room(at: runs)
      let text = "\(runs) can be written, \(ByteCount.text(room)) free"
      guard room < 1 << 30 else { return Finding("runs", text) }
      return Finding("runs", text, state: .bad, remedy: "make room: a full disk ends a run with 74")
    } catch {
      return Finding("runs", error.message, state: .bad, remedy: error.remedy)
    }
  }

  private static func libraries() -> Finding {
    Finding(
      "libraries",
      [
        BLAS.configuration, "libyaml \(Parser.libraryVersion)", "libpng \(PNG.libraryVersion)",
        "libjpeg \(JPEG.interfaceVersion)", "libdeflate \(Gunzip.libraryVersion)",
        "libarchive \(Archive.libraryVersion)", Digest.libraryVersion, Transfer.libraryVersion,
      ].joined(separator: "; "))
  }
}
