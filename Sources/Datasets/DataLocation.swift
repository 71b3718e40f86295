import Glibc

/// The folders in which the files of datasets are looked for, in order.
public struct DataLocation: Sendable {
  /// One of the folders.
  public struct Place: Equatable, Sendable {
    /// The path of the folder.
    public let folder: String
    /// Why it is looked at, in words.
    public let reason: String
    /// Whether files may also lie in it directly, and not only in a folder named for their dataset.
    let isDirect: Bool
  }

  /// The environment variable with a folder of data.
  public static let variable = "GAN_EXP_DATA"

  /// The folders in the order in which they are looked at.
  public let places: [Place]
  private let dataDirectory: String?

  /// The places for an argument of `--data-dir`, a value of `GAN_EXP_DATA` and the path of the program.
  public init(dataDirectory: String?, environment: String?, executable: String) {
    self.dataDirectory = dataDirectory
    let program = DataLocation.folder(of: executable)
    var places: [Place] = []
    if let dataDirectory {
      places.append(Place(folder: dataDirectory, reason: "--data-dir", isDirect: true))
    }
    if let environment, !environment.isEmpty {
      places.append(Place(folder: environment, reason: DataLocation.variable, isDirect: true))
    }
    places += [
      Place(
        folder: DataLocation.folder(of: program) + "/share/gan-exp/datasets", reason: "installed data",
        isDirect: false),
      Place(folder: program + "/gan-exp_Datasets.resources", reason: "built data", isDirect: false),
      Place(folder: "/usr/share/datasets", reason: "system packages", isDirect: false),
    ]
    self.places = places
  }

  /// The places for this process.
  public static func standard(dataDirectory: String? = nil) -> DataLocation {
    let program = realpath("/proc/self/exe", nil)
    defer { free(program) }
    return DataLocation(
      dataDirectory: dataDirectory,
      environment: getenv(variable).map { String(cString: $0) },
      executable: program.map { String(cString: $0) } ?? "")
  }

  /// The path of a dataset's file, as it is or with `.gz` behind its name.
  ///
  /// Each place may have the file in a folder that is named for the dataset; those that the user named may have it
  /// directly. Throws an error that lists all places when there is no such file, and at once when the folder given
  /// with `--data-dir` is not there.
  func path(
    of file: String, in folders: [String], title: String, remedy: String
  ) throws(DataError) -> String {
    if let dataDirectory, !FileBytes.isFolder(dataDirectory) {
      throw DataError(
        .missing, "\(dataDirectory): there is no such folder", remedy: "give --data-dir a folder with data")
    }
    var tried: [String] = []
    for place in places {
      let candidates = folders.map { "\(place.folder)/\($0)" } + (place.isDirect ? [place.folder] : [])
      for folder in candidates {
        for path in ["\(folder)/\(file)", "\(folder)/\(file).gz"] where FileBytes.exists(path) {
          return path
        }
        tried.append("  \(folder) (\(place.reason))")
      }
    }
    throw DataError(
      .missing, "\(title): found neither \(file) nor \(file).gz in\n\(tried.joined(separator: "\n"))\n",
      remedy: remedy)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "" }
    return String(path[..<slash])
  }
}
