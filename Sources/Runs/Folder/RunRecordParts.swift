import Compute
import Datasets
import Files
import Glibc
import Host
import Training

extension RunRecord {
  /// The data a run learns from.
  package struct Data: Codable, Sendable {
    /// The dataset's name.
    package let name: String
    /// SHA-256 of its values.
    package let digest: String
    /// Where it was found.
    package let origin: String
    /// The number of samples.
    package let count: Int
    /// What the data were like when the run began; nil in records of earlier versions.
    package let survey: DatasetSummary?
    /// The folder of the spec, against which it names data.
    package let specFolder: String?

    private enum CodingKeys: String, CodingKey {
      case name, digest, origin, count, survey
      case specFolder = "spec_folder"
    }

    init(_ dataset: SurveyedDataset, _ table: Table, specFolder: String?, digest: String? = nil) {
      name = dataset.name
      self.digest = digest ?? table.digest
      origin = table.origin
      count = dataset.count
      survey = dataset.survey
      self.specFolder = specFolder
    }

    /// The data that an experiment is evaluated on; nil where they are a share of its own, or none.
    init?(validationOf experiment: Experiment, _ data: TaskData) {
      guard case .data(let dataset)? = experiment.task.validation, let table = data.validation else { return nil }
      self.init(dataset, table, specFolder: nil)
    }
  }

  /// One time that a process worked on the run.
  package struct Session: Codable, Sendable {
    /// When it began, in UTC.
    package var started: String
    /// When it ended, in UTC; nil while it works, or where it was killed.
    package var ended: String?
    /// The step it began after.
    package var fromStep: Int
    /// What it ran on.
    package var machine: Machine
    /// The threads it used.
    package var threads: Int
    /// The lanes of the vectors that products were made of; nil in records of earlier versions.
    package var lanes: Int?
    /// The processes that trained together; nil where it was one.
    package var ranks: Int?
    /// The version of the arithmetic; nil in records of earlier versions, whose bits depended on a library.
    package var arithmetic: Int?
    /// The process's number.
    package var pid: Int32
    /// The program's version.
    package var version: String
    /// The command, in its words; nil in records of earlier versions.
    package var command: [String]?
    /// How long it worked, as of the last checkpoint or its end; nil before, and in records of earlier versions.
    package var seconds: Double?

    /// A session that begins now.
    init(fromStep: Int, machine: Machine, threads: Int, lanes: Lanes, ranks: Int?, command: [String]?) {
      started = Now.text
      self.fromStep = fromStep
      self.machine = machine
      self.threads = threads
      self.lanes = lanes.rawValue
      self.ranks = ranks
      arithmetic = ArithmeticVersion.current
      pid = getpid()
      version = Version.current
      self.command = command
    }

    /// The version of the arithmetic in words.
    package var arithmeticText: String { arithmetic.map(String.init) ?? Session.unversioned }
    /// The same of an arithmetic whose bits depended on a library.
    package static let unversioned = "before 1"

    private enum CodingKeys: String, CodingKey {
      case started, ended, machine, threads, lanes, ranks, arithmetic, pid, version, command, seconds
      case fromStep = "from_step"
    }
  }
}
