import Datasets
import Files
import Glibc
import Training

/// Getting a published dataset from the web into a folder where runs find it.
package struct DataFetch: Codable, Sendable {
  /// What became of one of its files.
  package struct File: Codable, Sendable {
    /// Where it lies.
    package let path: String
    /// Its bytes.
    package let size: Int
    /// The SHA-256 of its bytes.
    package let digest: String
    /// Whether it was there before.
    package let wasPresent: Bool
  }

  /// How far the download is.
  package struct Progress: Sendable {
    /// What is being received.
    package let name: String
    /// Bytes that are there.
    package let received: Int
    /// Bytes in all, where the server says so.
    package let expected: Int?
  }

  /// The dataset's name.
  package let name: String
  /// On which terms it may be used.
  package let licence: String
  /// The folder that holds the files now.
  package let folder: String
  /// The files.
  package let files: [File]

  /// Downloads a dataset: what is there is kept, what was begun is continued, and all is verified.
  /// - Parameters:
  ///   - address: a folder of the web with the same files; nil for the publisher's.
  ///   - target: the folder in which a folder for the dataset is made; nil for that of downloads.
  /// - Throws: `RunError`: 64 for a dataset that is not published, 69 where the web does not give it, 65 for other bytes
  ///   than were published, 73 and 74 where it cannot be written, 75 where another process is at it.
  package init(
    _ name: String, from address: String?, to target: String?, location: DataLocation,
    progress: (Progress) -> Void, notes: (String) -> Void
  ) throws(RunError) {
    let publication = try DataFetch.publication(name)
    guard let base = target ?? location.downloads else {
      throw RunError("there is no folder for downloads", remedy: "give one with --to", exitCode: 64)
    }
    let folder = "\(base)/\(publication.folder)"
    let lock = try DataFetch.lock(folder)
    defer { withExtendedLifetime(lock) {} }
    var files: [File] = []
    for file in publication.files {
      let source = address.map { DataFetch.join($0, file.name) } ?? file.address
      let download = Download(file: file, address: source, folder: folder)
      files += try download.run(progress: progress, notes: notes)
    }
    self.name = name
    licence = publication.licence
    self.folder = folder
    self.files = files
  }

  /// Makes the folder, and keeps other processes from fetching into it.
  private static func lock(_ folder: String) throws(RunError) -> FolderLock {
    do throws(FileError) {
      try DurableFile.makeFolders(folder)
      guard case .acquired(let lock) = try FolderLock.acquire(folder) else {
        throw FileError(path: folder, action: .lock, code: EBUSY)
      }
      try DurableFile.removeLeftovers(in: folder)
      return lock
    } catch {
      guard error.code == EBUSY else { throw RunError(error) }
      throw RunError("\(folder) is in use by another process", remedy: "wait for it", exitCode: 75)
    }
  }

  private static func publication(_ name: String) throws(RunError) -> Publication {
    guard DatasetCatalog.all.entry(named: name) != nil else {
      throw RunError(
        "there is no dataset \(name)", remedy: "gan-exp data list shows all of them", exitCode: 64)
    }
    guard let publication = DatasetCatalog.publication(of: name), !publication.files.isEmpty else {
      let isMNIST = DatasetCatalog.publication(of: name)?.folder == "mnist"
      throw RunError(
        "\(name) need not be fetched: " + (isMNIST ? "MNIST comes with gan-exp" : "it is generated, or your own"),
        exitCode: 64)
    }
    return publication
  }

  /// An address of a folder and a name within it; an address that ends with the name already is that of the file.
  private static func join(_ address: String, _ name: String) -> String {
    if address.hasSuffix("/\(name)") { return address }
    return address.hasSuffix("/") ? address + name : "\(address)/\(name)"
  }
}
