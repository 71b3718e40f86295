import Files

/// The parts of an ONNX model as messages; numbers of fields are those of `onnx.proto3`.
package enum ONNXValue {
  /// The values of `AttributeProto.AttributeType` and `TensorProto.DataType` that are used.
  private enum Kind {
    static let (float, int, ints) = (1, 2, 7)
  }

  /// The types of values.
  package enum Element: Int {
    case float32 = 1
    case int64 = 7
  }

  /// The setting of an operator.
  package enum Attribute {
    case float(Float)
    case int(Int)
    case ints([Int])
  }

  /// `NodeProto`: an operator with the names of its inputs and its output.
  package static func node(
    _ type: String, _ inputs: [String], to output: String, named name: String, _ attributes: [(String, Attribute)]
  ) -> ProtobufMessage {
    ProtobufMessage { node in
      for input in inputs { node.add(1, text: input) }
      node.add(2, text: output)
      node.add(3, text: name)
      node.add(4, text: type)
      for (name, value) in attributes {
        node.add(5) { attribute in
          attribute.add(1, text: name)
          switch value {
          case .float(let number):
            attribute.add(2, float: number)
            attribute.add(20, integer: Kind.float)
          case .int(let number):
            attribute.add(3, integer: number)
            attribute.add(20, integer: Kind.int)
          case .ints(let numbers):
            attribute.add(8, integers: numbers)
            attribute.add(20, integer: Kind.ints)
          }
        }
      }
    }
  }

  /// `TensorProto`: an array that the model has.
  package static func tensor(_ values: [Float], shape: [Int], named name: String) -> ProtobufMessage {
    tensor(.float32, values.flatMap { littleEndian($0.bitPattern) }, shape, name)
  }

  /// The same of whole numbers.
  package static func tensor(_ values: [Int], shape: [Int], named name: String) -> ProtobufMessage {
    tensor(.int64, values.flatMap { littleEndian(Int64($0)) }, shape, name)
  }

  private static func tensor(_ element: Element, _ bytes: [UInt8], _ shape: [Int], _ name: String) -> ProtobufMessage {
    ProtobufMessage { tensor in
      tensor.add(1, integers: shape)
      tensor.add(2, integer: element.rawValue)
      tensor.add(8, text: name)
      tensor.add(9, bytes: bytes)
    }
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    stride(from: 0, to: number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// `ValueInfoProto`: an input or output; an axis is a length, or a name where it depends on the batch.
  package static func value(_ name: String, _ element: Element, _ axes: [ONNXExtent]) -> ProtobufMessage {
    ProtobufMessage { value in
      value.add(1, text: name)
      value.add(2) { type in
        type.add(1) { tensor in
          tensor.add(1, integer: element.rawValue)
          tensor.add(2) { shape in
            for axis in axes {
              shape.add(1) { axis.write(to: &$0) }
            }
          }
        }
      }
    }
  }

  /// `StringStringEntryProto`: a text of the model's metadata.
  package static func entry(_ key: String, _ value: String) -> ProtobufMessage {
    ProtobufMessage { entry in
      entry.add(1, text: key)
      entry.add(2, text: value)
    }
  }
}
