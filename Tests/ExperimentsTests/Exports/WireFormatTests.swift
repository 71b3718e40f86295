import Datasets
import Files
import Foundation
import Reports
import Runs
import Testing

/// The small formats that other programs read, byte for byte as those programs write them.
@Suite struct WireFormatTests {
  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }

  /// Parts of models with what `onnx.helper` 1.23 makes of the same.
  private static let parts: [(name: String, part: ProtobufMessage, bytes: String)] = [
    (
      "a node with a number",
      ONNXValue.node("LeakyRelu", ["x"], to: "y", named: "n/LeakyRelu_0", [("alpha", .float(0.2))]),
      "0a01781201791a0d6e2f4c65616b7952656c755f3022094c65616b7952656c752a0f0a05616c70686115cdcc4c3ea00101"
    ),
    (
      "a node with whole numbers",
      ONNXValue.node(
        "Conv", ["x", "w"], to: "y", named: "c",
        [("group", .int(2)), ("kernel_shape", .ints([3, 3])), ("pads", .ints([1, 1, 1, 1]))]),
      "0a01780a01771201791a01632204436f6e762a0c0a0567726f75701802a001022a150a0c6b65726e656c5f736861706540034003a001072a"
        + "110a04706164734001400140014001a00107"
    ),
    (
      "numbers", ONNXValue.tensor([1.5, -2, 0.1], shape: [1, 3], named: "w"),
      "0801080310014201774a0c0000c03f000000c0cdcccc3d"
    ),
    (
      "whole numbers", ONNXValue.tensor([-1, 300], shape: [2], named: "s"),
      "080210074201734a10ffffffffffffffff2c01000000000000"
    ),
    (
      "an input with a batch",
      ONNXValue.value(
        "samples", .float32, [.ofBatch(numerator: 1, denominator: 1), .fixed(28), .fixed(28), .fixed(1)]),
      "0a0773616d706c6573121b0a19080112150a07120562617463680a02081c0a02081c0a020801"
    ),
  ]

  @Test(arguments: parts.indices) func `parts of a model are the bytes that onnx itself writes`(number: Int) {
    let part = WireFormatTests.parts[number]
    #expect(WireFormatTests.hexadecimal(part.part.bytes) == part.bytes, Comment(rawValue: part.name))
  }

  @Test func `a varint has seven bits a byte, and its fields are found again`() throws {
    let message = ProtobufMessage {
      $0.add(1, integer: 300)
      $0.add(2, integer: -1)
      $0.add(3, text: "gan")
      $0.add(4, double: 1.5)
      $0.add(5, float: -2)
      $0.add(16, doubles: [0, 1])
    }
    let bytes =
      "08ac0210ffffffffffffffffff011a0367616e21000000000000f83f2d000000c0820110" + "0000000000000000000000000000f03f"
    #expect(WireFormatTests.hexadecimal(message.bytes) == bytes)
    let fields = try #require(ProtobufFields(message.bytes))
    #expect(fields.integer(1) == 300)
    #expect(fields.integer(2) == .max)
    #expect(fields.bytes(3) == Array("gan".utf8))
    #expect(fields.integer(4) == (1.5).bitPattern)
    #expect(fields.fields.map(\.number) == [1, 2, 3, 4, 5, 16])
    for count in 1..<message.bytes.count where ![3, 14, 19, 28, 33].contains(count) {
      #expect(ProtobufFields(message.bytes.prefix(count)) == nil, "\(count)")
    }
  }

  @Test func `a record has the lengths and checksums of TensorFlow`() {
    // The check value of CRC-32C, and what tensorboard's RecordWriter 2.21 writes.
    #expect(CRC32C.of(Array("123456789".utf8)) == 0xe306_9283)
    let record = TFRecord.framed(Array("gan".utf8))
    #expect(WireFormatTests.hexadecimal(record) == "0300000000000000b099490e67616e42c357fe")
    #expect(WireFormatTests.hexadecimal(TFRecord.framed([])) == "000000000000000029039807d8ea82a2")
    let file = record + TFRecord.framed([]) + record
    #expect(TFRecord.whole(in: file) == [Array("gan".utf8), [], Array("gan".utf8)])
  }

  @Test func `records end where the first is torn or changed`() {
    let record = TFRecord.framed(Array("gan".utf8))
    for place in record.indices {
      var changed = record
      changed[place] ^= 0x10
      #expect(TFRecord.whole(in: record + changed) == [Array("gan".utf8)], "\(place)")
      #expect(TFRecord.whole(in: record + record.prefix(place)) == [Array("gan".utf8)], "\(place)")
    }
    let endless = [UInt8](repeating: 0xff, count: 8)
    #expect(TFRecord.whole(in: endless + TFRecord.framed(endless).prefix(12)) == [])
  }

  @Test func `a scalar is the event that tensorboard writes`() {
    let event = EventMessage.scalars(
      [("metrics/loss", 0.5)], at: 3, .row, described: ["metrics/loss": "nats"])
    let bytes =
      "09000000000000084010032a280a260a0c6d6574726963732f6c6f7373150000003f4a110a090a07"
      + "7363616c6172731a046e617473"
    #expect(WireFormatTests.hexadecimal(event.bytes) == bytes)
  }

  @Test func `a histogram counts every value once, in thirty intervals`() {
    let values = (0..<300).map { Float($0) / 10 } + [.nan, .infinity]
    let histogram = EventHistogram(values)
    #expect((histogram.minimum, histogram.maximum, histogram.count) == (0, 29.9.asFloat, 300))
    #expect(histogram.limits.count == 30 && histogram.limits.last == histogram.maximum)
    #expect(histogram.counts.reduce(0, +) == 300)
    #expect(histogram.counts.allSatisfy { $0 == 10 })
    let equal = EventHistogram([2, 2, 2])
    #expect(equal.limits == [2] && equal.counts == [3] && equal.squares == 12)
    #expect(EventHistogram([]).count == 0)
  }
}

extension Double {
  fileprivate var asFloat: Double { Double(Float(self)) }
}
