import Datasets
import Glibc
import TestSupport
import Testing

@Suite struct DataLocationTests {
  @Test func `places are looked at in order`() {
    let location = DataLocation(
      dataDirectory: "/given", environment: "/variable", executable: "/opt/gan-exp/bin/gan-exp")
    #expect(
      location.places.map(\.folder) == [
        "/given", "/variable", "/opt/gan-exp/share/gan-exp/datasets",
        "/opt/gan-exp/bin/gan-exp_Datasets.resources", "/usr/share/datasets",
      ])
  }

  @Test(arguments: [nil, ""])
  func `an absent or empty variable is no place`(environment: String?) {
    let location = DataLocation(dataDirectory: nil, environment: environment, executable: "/gan-exp")
    #expect(
      location.places.map(\.folder) == [
        "/share/gan-exp/datasets", "/gan-exp_Datasets.resources", "/usr/share/datasets",
      ])
  }

  @Test func `a folder that cannot be looked at is not one without data`() throws {
    let folder = try TemporaryFolder()
    #expect(symlink("loop", folder("loop")) == 0)
    let mnist = try dataset("mnist").dataset
    for directory in [folder("loop"), folder.path] {
      if directory == folder.path { #expect(symlink("mnist", folder("mnist")) == 0) }
      let location = DataLocation(dataDirectory: directory, environment: nil, executable: "/nowhere/bin/x")
      let failure = #expect(throws: DataError.self) { try mnist.load(from: location, seed: 0) }
      let path = directory == folder.path ? folder("mnist/train-images-idx3-ubyte") : directory
      #expect(
        failure?.description
          == "\(path): cannot look at it: Too many levels of symbolic links; check the path and the disk")
      #expect(failure?.exitCode == 66)
    }
  }

  @Test func `the error lists every folder that was looked at, and what to do`() throws {
    let (given, other) = (try TemporaryFolder(), try TemporaryFolder())
    let location = DataLocation(
      dataDirectory: given.path, environment: other.path, executable: "/nowhere/bin/x")
    let mnist = try dataset("mnist").dataset
    let failure = #expect(throws: DataError.self) { try mnist.load(from: location, seed: 0) }
    #expect(
      failure?.description == """
        MNIST: found neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz in
          \(given.path)/mnist (--data-dir)
          \(given.path) (--data-dir)
          \(other.path)/mnist (GAN_EXP_DATA)
          \(other.path) (GAN_EXP_DATA)
          /nowhere/share/gan-exp/datasets/mnist (installed data)
          /nowhere/bin/gan-exp_Datasets.resources/mnist (built data)
          /usr/share/datasets/mnist (system packages)
        ; it comes with gan-exp: install that again, or give --data-dir a folder with the files
        """)
    #expect(failure?.exitCode == 66)
  }

  @Test func `a folder given with --data-dir that is not there is refused at once`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: DataError.self) {
      try dataset("mnist").dataset.load(from: .standard(dataDirectory: folder.path + "/missing"), seed: 0)
    }
    #expect(failure?.message == "\(folder.path)/missing: there is no such folder")
  }
}
