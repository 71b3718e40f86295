import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Runs whose data are files: found again, missed, changed.
@Suite(.serialized) struct DataChangeTests {
  private static let spec = """
    name: small
    dataset: {image_folder: {path: photos, size: 8, horizontal_flip: true}}
    latent: {dim: 4}
    generator: [dense: {units: 192, activation: tanh}, reshape: {shape: [8, 8, 3]}]
    discriminator: [flatten, dense: {units: 1, activation: sigmoid}]
    training: {batch_size: 4, epochs: 2}

    """

  /// A spec beside four pictures, and a run of it that was begun in another folder.
  private func scratch() throws -> RunScratch {
    let scratch = try RunScratch(spec: DataChangeTests.spec)
    for name in ["color.png", "color.jpg", "gray.png", "gray.jpg"] {
      let fixture = BadSpec.repository.appendingPathComponent("Tests/Fixtures/\(name)")
      try scratch.folder.put([UInt8](Data(contentsOf: fixture)), into: "photos/\(name)")
    }
    let result = try scratch.shell("mkdir elsewhere; cd elsewhere; $GAN run ../small.yaml --runs ../Runs --quiet")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return scratch
  }

  @Test func `a run is resumed from anywhere with the same bits`() throws {
    let scratch = try scratch()
    #expect(try scratch.shell("$GAN run small.yaml --quiet --set training.epochs=4").status == 0)
    let resumed = try scratch.shell("cd / && $GAN resume \(scratch.run("001")) --epochs 4 --quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test(arguments: [
    ("rm photos/gray.jpg", Int32(65), "there were 8 samples of [8, 8, 3], now there are 6 of [8, 8, 3]"),
    ("cp photos/color.png photos/gray.png", 65, "the data are not those the run began with"),
    ("mv photos/gray.jpg photos/a.jpg", 65, "the data are not those the run began with"),
    ("mv photos pictures", 66, "put it back, or name the folder that has it with --data-dir"),
    ("echo more > photos/gray.jpg", 65, "photos/gray.jpg: it is neither a PNG nor a JPEG file"),
    ("mkdir other; mv photos other; cd other", 0, ""),
  ])
  func `data that changed are noticed`(change: String, status: Int32, text: String) throws {
    let scratch = try scratch()
    let line = "\(change) && $GAN resume \(scratch.run("001")) --epochs 3 --quiet"
    let resumed = try scratch.shell(line)
    #expect(resumed.status == status, Comment(rawValue: resumed.errors))
    #expect(text.isEmpty || resumed.errors.contains(text), Comment(rawValue: resumed.errors))
  }

  @Test func `data that were moved are found in the folder that is named, whatever their path was`() throws {
    for path in ["photos", "\"$PWD/photos\""] {
      let scratch = try scratch()
      let result = try scratch.shell(
        """
        $GAN run small.yaml --quiet --set dataset.image_folder.path=\(path) && mkdir away && mv photos away
        $GAN resume Runs/small/002 --epochs 3 --quiet --data-dir away && $GAN resume Runs/small/002 --epochs 4 --quiet
        """)
      #expect(result.status == 66)
      #expect(result.errors.contains("put it back, or name the folder that has it with --data-dir"), "\(result.errors)")
      #expect(result.output.split(separator: "\n").count == 2, "\(result.output)")
    }
  }

  @Test func `a damaged picture is shown at the entry's line, by check, by a dry run and by a run`() throws {
    let scratch = try scratch()
    let expected = """
      small.yaml:2:32: error: photos/gray.jpg: it is neither a PNG nor a JPEG file
          2 | dataset: {image_folder: {path: photos, size: 8, horizontal_flip: true}}
            |                                ^~~~~~ put an undamaged picture in its place, or remove it

      """
    try scratch.folder.put("more", into: "photos/gray.jpg")
    for command in [["check"], ["run"], ["run", "--dry-run"]] {
      let result = try scratch.gan(command + ["small.yaml"])
      #expect(result.errors == expected)
      #expect(result.status == 65)
    }
    let whole = BadSpec.repository.appendingPathComponent("Tests/Fixtures/gray.jpg")
    try scratch.folder.put([UInt8](Data(contentsOf: whole)), into: "photos/gray.jpg")
    let result = try scratch.gan("check", "small.yaml")
    let words = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("; decoded 4 of 4 pictures "), "\(result.output)")
  }

  @Test func `a file larger than the address space is refused, and no trace is left`() throws {
    for (file, problem) in [("a.csv.gz", "it has 4.0 GiB, but there are "), ("a.csv", "line 1 is longer than 64 MiB")] {
      let scratch = try RunScratch(spec: "dataset: {csv: {path: \(file)}}\n" + DataChangeTests.networks)
      let result = try scratch.shell(
        "echo H4sIAAAAAAAAA0tMBAC5eJ4FAwAAAA== | base64 -d > a.csv.gz; touch a.csv; truncate -s 4G \(file); "
          + "ulimit -v 2000000; $GAN check small.yaml")
      let first = result.errors.split(separator: "\n").first ?? ""
      #expect(first.hasPrefix("small.yaml:1:23: error: \(file): \(problem)"), "\(result.errors)")
      #expect(result.status == 65)
    }
  }

  private static let networks = """
    generator: [dense: {units: 2}]
    discriminator: [dense: {units: 1, activation: sigmoid}]
    training: {batch_size: 2, epochs: 1}

    """

  @Test func `a label that a parent's table had is named as such`() throws {
    let scratch = try RunScratch(spec: "extends: parent.yaml\ndataset: {csv: {path: five.csv}}\n")
    try scratch.folder.put(
      """
      dataset: {csv: {path: iris.csv, label: species}}
      \(DataChangeTests.networks)
      """, into: "parent.yaml")
    try scratch.folder.put("1,2,3,4,5\n6,7,8,9,10\n", into: "five.csv")
    let result = try scratch.gan("check", "small.yaml")
    #expect(
      result.errors == """
        parent.yaml:1:40: error: five.csv: it has no names of columns: its first line begins with the number 1
            1 | dataset: {csv: {path: iris.csv, label: species}}
              |                                        ^~~~~~~
              | give columns by number, or put a line with their names before the others; this label is kept from \
        parent.yaml, which small.yaml extends: label: null leaves it out

        """)
  }

  @Test(arguments: [
    ("    subset: null\n", "", Int32(0)), ("    horizontal_flip: true\n", "", 74), ("size: 8", "size: 9", 74),
  ])
  func `a checkpoint without a newer field means its default`(old: String, new: String, status: Int32) throws {
    let scratch = try scratch()
    for name in try scratch.names(scratch.run() + "/checkpoints") {
      let path = "\(scratch.run())/checkpoints/\(name)"
      var checkpoint = try Safetensors(path: path)
      let spec = try #require(checkpoint.metadata["spec"])
      #expect(spec.contains(old))
      checkpoint.metadata["spec"] = spec.replacingOccurrences(of: old, with: new)
      try checkpoint.write(to: path)
    }
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "3", "--quiet")
    #expect(resumed.status == status, Comment(rawValue: resumed.errors))
    let isForeign = resumed.errors.contains("it is of another run (dataset.image_folder.")
    #expect(isForeign == (status == 74), Comment(rawValue: resumed.errors))
  }

  @Test func `samples are drawn from a run whose data are gone`() throws {
    let scratch = try scratch()
    let result = try scratch.shell("rm -r photos && $GAN sample Runs/small/001 -o a.png && $GAN show Runs/small/001")
    #expect(result.status == 0, Comment(rawValue: result.errors))
  }

  @Test(arguments: [
    ("npy: {path: little-f4.npy}", "[dense: {units: 6}, reshape: {shape: [3, 2, 1]}]"),
    ("csv: {path: a.csv}", "[dense: {units: 5}]"),
    ("csv: {path: a.csv, columns: [1]}", "[dense: {units: 1}]"),
    ("csv: {path: a.csv, columns: [1, 2]}", "[dense: {units: 2}]"),
    ("npy: {path: four.npy}", "[dense: {units: 16}, reshape: {shape: [2, 2, 4]}]"),
  ])
  func `samples of any shape make a sheet`(dataset: String, generator: String) throws {
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {\(dataset)}
        latent: {dim: 4}
        generator: \(generator)
        discriminator: [flatten, dense: {units: 1, activation: sigmoid}]
        training: {batch_size: 2, epochs: 1}

        """)
    let fixture = BadSpec.repository.appendingPathComponent("Tests/Fixtures/little-f4.npy")
    let array = [UInt8](try Data(contentsOf: fixture))
    try scratch.folder.put(array, into: "little-f4.npy")
    let header = String(decoding: array[..<128], as: Unicode.ASCII.self)
      .replacingOccurrences(of: "(4, 3, 2)", with: "(2,2,2,4)").replacingOccurrences(of: "NUMPY", with: "")
    let text = Array(header.unicodeScalars.drop { $0 != "{" }.map { UInt8($0.value) })
    let first = Array(array[..<10])
    try scratch.folder.put(
      first + text + [UInt8](repeating: 0, count: 128), into: "four.npy")
    try scratch.folder.put("1,2,3,4,5\n6,7,8,9,1\n", into: "a.csv")
    let result = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(try scratch.names(scratch.run() + "/samples").count == 1)
  }
}
