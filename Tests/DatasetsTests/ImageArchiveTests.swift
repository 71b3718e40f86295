import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// The file of labels of MNIST's test set, uncompressed.
private func labelFile() throws -> [UInt8] {
  let table = try dataset("mnist", "split: test").dataset.load(from: .standard(), seed: 0)
  return [0, 0, 8, 1, 0, 0, 0x27, 0x10] + (table.labels ?? []).map { UInt8($0) }
}

@Suite struct ImageArchiveTests {
  @Test(
    arguments: [
      ("", 60_000, [5, 0, 4, 1, 9, 2, 1, 3, 1, 4], 27_525),
      ("split: test", 10_000, [7, 2, 1, 0, 4, 1, 4, 9, 5, 9], 18_454),
    ] as [(String, Int, [Int32], Int)])
  func `MNIST is complete and comes with the program`(
    fields: String, count: Int, firstLabels: [Int32], inkOfFirst: Int
  ) throws {
    let mnist = try dataset("mnist", fields).dataset
    let table = try mnist.load(from: .standard(), seed: 0)
    #expect(table.count == count)
    #expect(try mnist.survey(in: .standard()).count == count)
    #expect(table.sampleShape == [28, 28, 1])
    #expect(table.digest.hasPrefix(fields.isEmpty ? "ba891046" : "0fa7898d"))
    guard case .bytes(let bytes, let lookup) = table.values else {
      Issue.record("images are kept as bytes")
      return
    }
    #expect(bytes.count == count * 784)
    #expect(bytes[..<784].reduce(0) { $0 + Int($1) } == inkOfFirst)
    #expect(lookup.count == 256)
    #expect((lookup[0], lookup[255]) == (-1, 1))
    for (byte, value) in lookup.enumerated() { #expect(value == Float(byte) / 127.5 - 1) }
    let labels = try #require(table.labels)
    #expect(labels.count == count)
    #expect(Array(labels[..<10]) == firstLabels)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")))
  func `Fashion-MNIST is read from Debian's package`() throws {
    let fashion = try dataset("fashion_mnist").dataset
    let table = try fashion.load(from: .standard(), seed: 0)
    #expect(table.origin == "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
    #expect(table.labels?.prefix(10) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
  }

  @Test(arguments: ["", "mnist/"])
  func `uncompressed files are read, from the folder or from one named for the dataset`(prefix: String) throws {
    let folder = try TemporaryFolder()
    let table = try dataset("mnist", "split: test").dataset.load(from: .standard(), seed: 0)
    guard case .bytes(let bytes, _) = table.values else { return }
    try folder.put(labelFile(), into: prefix + "t10k-labels-idx1-ubyte")
    try folder.put(
      [0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28] + bytes, into: prefix + "t10k-images-idx3-ubyte")
    let again = try dataset("mnist", "split: test").dataset.load(
      from: .standard(dataDirectory: folder.path), seed: 0)
    #expect(again.digest == table.digest)
    #expect(again.labels == table.labels)
    #expect(again.origin == "\(folder.path)/\(prefix)t10k-images-idx3-ubyte")
  }

  @Test func `a file with one changed byte is refused with both digests`() throws {
    let folder = try TemporaryFolder()
    var file = try labelFile()
    file[25] ^= 1
    try folder.put(file, into: "t10k-labels-idx1-ubyte")
    let failure = #expect(throws: DataError.self) {
      try dataset("mnist", "split: test").dataset.load(from: .standard(dataDirectory: folder.path), seed: 0)
    }
    #expect(
      failure?.message
        == "\(folder.path)/t10k-labels-idx1-ubyte: it is not the t10k-labels-idx1-ubyte of MNIST: its SHA-256 is "
        + Digest.sha256(file) + ", expected ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")
    #expect(
      failure?.remedy.hasPrefix("put an unchanged t10k-labels-idx1-ubyte of MNIST in its place") == true)
    #expect(failure?.exitCode == 65)
  }

  @Test func `another dataset's file is recognised`() throws {
    let folder = try TemporaryFolder()
    try folder.put(labelFile(), into: "t10k-labels-idx1-ubyte")
    let failure = #expect(throws: DataError.self) {
      // Classes are chosen by the labels alone.
      try dataset("fashion_mnist", "split: test, classes: [1]").dataset.survey(
        in: .standard(dataDirectory: folder.path))
    }
    #expect(failure?.message.hasSuffix("(these are the t10k-labels-idx1-ubyte of MNIST)") == true)
  }

  @Test(arguments: [
    ([] as [UInt8], "it is not the train-images-idx3-ubyte of MNIST"),
    ([0x1f, 0x8b], "it is not a file that gzip compressed, or it is cut short"),
  ])
  func `a file cut short is refused`(bytes: [UInt8], problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(bytes, into: "train-images-idx3-ubyte.gz")
    let failure = #expect(throws: DataError.self) {
      try dataset("mnist").dataset.load(from: .standard(dataDirectory: folder.path), seed: 0)
    }
    #expect(failure?.message.contains(problem) == true)
  }
}
