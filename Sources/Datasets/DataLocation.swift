import Compute
import Files
import Glibc
import SystemPackage

/// The folders in which the files of datasets are looked for, in order.
package struct DataLocation: Sendable {
  /// One of the folders.
  package struct Place: Equatable, Sendable {
    /// The path of the folder.
    package let folder: String
    /// Why it is looked at, in words.
    package let reason: String
    /// Whether files may also lie in it directly, and not only in a folder named for their dataset.
    let isDirect: Bool
  }

  /// The environment variable with a folder of data.
  package static let variable = "GAN_EXP_DATA"

  /// The folders in the order in which they are looked at.
  package let places: [Place]
  /// The folder into which downloads go unless another one is asked for.
  package let downloads: String?
  /// The folder of the spec, against which its relative paths are looked for.
  package var specFolder: String?
  /// Whether the paths are those of a run, whose spec can no longer be corrected.
  package var isOfRun = false
  /// The bytes of memory that data may take.
  package var memory = Int.max
  private let dataDirectory: String?

  /// The places for an argument of `--data-dir`, a value of `GAN_EXP_DATA`, the path of the program and the folder of
  /// downloads.
  package init(dataDirectory: String?, environment: String?, executable: String, downloads: String? = nil) {
    self.dataDirectory = dataDirectory
    self.downloads = downloads
    let program = DataLocation.folder(of: executable)
    var places: [Place] = []
    if let dataDirectory {
      places.append(Place(folder: dataDirectory, reason: "--data-dir", isDirect: true))
    }
    if let environment, !environment.isEmpty {
      places.append(Place(folder: environment, reason: DataLocation.variable, isDirect: true))
    }
    if let downloads { places.append(Place(folder: downloads, reason: "downloads", isDirect: false)) }
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
  package static func standard(dataDirectory: String? = nil) -> DataLocation {
    let program = realpath("/proc/self/exe", nil)
    defer { free(program) }
    var location = DataLocation(
      dataDirectory: dataDirectory, environment: value(variable),
      executable: program.map { String(cString: $0) } ?? "",
      downloads: (value("XDG_CACHE_HOME") ?? value("HOME").map { "\($0)/.cache" }).map { "\($0)/gan-exp/datasets" })
    location.memory = MemoryRoom.available()
    return location
  }

  /// The value of a variable of the environment, where it is not empty.
  private static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The path of a file or folder that a spec names.
  ///
  /// An absolute path is taken as it is. A relative one is looked for in the folders that the user named, then in that
  /// of the spec, then in the present one. For a run, an absolute path that leads nowhere any more is looked for by its
  /// last part in the folders that the user named.
  package func path(
    of name: String, isFolder: Bool, at field: String
  ) throws(DataError) -> String {
    try requireDataDirectory()
    let wanted = isFolder ? FileKind.folder : .file
    var other: (path: String, kind: FileKind)?
    var refused: (path: String, error: SystemError)?
    var tried: [String] = []
    for candidate in candidates(name) where !tried.contains(candidate) {
      tried.append(candidate)
      do throws(SystemError) {
        guard let kind = try DataLocation.kind(of: candidate) else { continue }
        if kind == wanted { return candidate }
        other = other ?? (candidate, kind)
      } catch {
        refused = refused ?? (candidate, error)
      }
    }
    if let other {
      throw DataError(
        .missing, "\(other.path) is a \(other.kind.rawValue), but a \(wanted.rawValue) is wanted",
        remedy: "give the path of a \(wanted.rawValue)", at: field)
    }
    if let refused { throw DataLocation.refusal(of: refused.path, refused.error, at: field) }
    throw DataError(
      .missing, "there is no \(wanted.rawValue) \(tried.joined(separator: " or "))",
      remedy: isOfRun
        ? "put it back, or name the folder that has it with --data-dir"
        : name.hasPrefix("/")
          ? "give the path of a \(wanted.rawValue) with data"
          : "give a path relative to the spec, to the present folder or to --data-dir", at: field)
  }

  /// Where a path of a spec may lead to.
  private func candidates(_ name: String) -> [String] {
    let path = FilePath(name)
    let named = places.filter(\.isDirect).map(\.folder)
    guard path.isAbsolute else {
      let folders = named + [specFolder, "."].compactMap { $0 }
      return folders.map { $0 == "." ? name : FilePath($0).pushing(path).string }
    }
    let last = isOfRun ? path.lastComponent : nil
    return [name] + (last.map { last in named.map { FilePath($0).appending(last).string } } ?? [])
  }

  private func requireDataDirectory() throws(DataError) {
    guard let dataDirectory else { return }
    do throws(SystemError) {
      if try DataLocation.kind(of: dataDirectory) == .folder { return }
    } catch {
      throw DataLocation.refusal(of: dataDirectory, error)
    }
    throw DataError(
      .missing, "\(dataDirectory): there is no such folder", remedy: "give --data-dir a folder with data")
  }

  /// What lies at a path; nil where nothing does.
  private static func kind(of path: String) throws(SystemError) -> FileKind? {
    do throws(SystemError) {
      return try FileKind(at: RawPath(path))
    } catch {
      guard error.code == ENOENT || error.code == ENOTDIR else { throw error }
      return nil
    }
  }

  private static func refusal(of path: String, _ error: SystemError, at field: String? = nil) -> DataError {
    DataError(
      .unreadable, "\(path): cannot look at it: \(error.meaning)",
      remedy: error.code == EACCES
        ? "make the folders on the way to it readable for this user" : "check the path and the disk", at: field)
  }

  /// The path of a dataset's file, as it is or with `.gz` behind its name.
  ///
  /// Each place may have the file in a folder that is named for the dataset; those that the user named may have it
  /// directly. Throws an error that lists all places when there is no such file, and at once when the folder given
  /// with `--data-dir` is not there.
  package func path(
    of file: String, in folders: [String], title: String, remedy: String
  ) throws(DataError) -> String {
    try requireDataDirectory()
    var tried: [String] = []
    var refused: (path: String, error: SystemError)?
    for place in places {
      let candidates = folders.map { "\(place.folder)/\($0)" } + (place.isDirect ? [place.folder] : [])
      for folder in candidates {
        for path in ["\(folder)/\(file)", "\(folder)/\(file).gz"] {
          do throws(SystemError) {
            if try DataLocation.kind(of: path) == .file { return path }
          } catch {
            refused = refused ?? (path, error)
          }
        }
        tried.append("\(folder) (\(place.reason))")
      }
    }
    if let refused { throw DataLocation.refusal(of: refused.path, refused.error) }
    throw DataError(.missing, "\(title): found neither \(file) nor \(file).gz", places: tried, remedy: remedy)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "" }
    return String(path[..<slash])
  }
}
