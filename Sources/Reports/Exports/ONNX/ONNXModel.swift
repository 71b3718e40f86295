import Files
import Training

/// A network as a model of ONNX (Open Neural Network Exchange), the bytes of an `.onnx` file.
///
/// The first axis of every input and output is `batch`, any number of samples. Images have their channels last, as in gan-exp.
enum ONNXModel {
  /// The version of the operators: that of ONNX 1.12 (2022), which every reader of today knows.
  static let operators = 17
  /// The version of the format that came with it.
  private static let format = 8

  /// The file of a graph.
  static func bytes(of graph: ONNXGraph, named name: String, about texts: [(String, String)]) -> [UInt8] {
    // Numbers of fields are those of `ModelProto` and `GraphProto`.
    ProtobufMessage { model in
      model.add(1, integer: format)
      model.add(2, text: "gan-exp")
      model.add(3, text: Version.current)
      model.add(7) { message in
        for node in graph.nodes { message.add(1, message: node) }
        message.add(2, text: name)
        for tensor in graph.tensors { message.add(5, message: tensor) }
        for input in graph.inputs { message.add(11, message: input) }
        message.add(12, message: graph.output)
      }
      model.add(8) { set in
        set.add(1, text: "")
        set.add(2, integer: operators)
      }
      for (key, value) in texts { model.add(14, message: ONNXValue.entry(key, value)) }
    }.bytes
  }
}
