/// Layers of a spec with mistakes, and everything said about them; the first one stands on line 4.
enum WrongLayers {
  static let table: [WrongText] = [
    WrongText(
      "- dropout {rate: 0.3}", "4:3-9 a colon and a space are missing behind dropout", "  write dropout: {rate: 0.3}"),
    WrongText(
      "- Dropout{rate: 0.3}", "4:3-9 a colon and a space are missing behind Dropout", "  write dropout: {rate: 0.3}"),
    WrongText("- dropout {}", "4:3-9 a colon and a space are missing behind dropout", "  write dropout: {}"),
    WrongText("- dense", "4:3-7 dense needs units", "  write - dense: {units: 256}"),
    WrongText("- dense: 256", "4:10-12 dense takes fields, not 256", "  write - dense: {units: 256}"),
    WrongText("- dense: [1]", "4:10-12 dense takes fields, not a list", "  write - dense: {units: 256}"),
    WrongText("- dense: {activation: relu}", "4:3-7 dense needs units", "  add units: 256"),
    WrongText(
      "- conv2d", "4:3-8 conv2d needs filters and kernel_size",
      "  write - conv2d: {filters: 64, kernel_size: 3}"),
    WrongText(
      "- dens: {units: 2}",
      "4:3-6 there is no layer \"dens\"; there are dense, conv2d, dropout, reshape and flatten",
      "  did you mean dense?"),
    WrongText(
      "- BatchNorm",
      "4:3-11 there is no layer \"BatchNorm\"; there are dense, conv2d, dropout, reshape and flatten",
      "  use one of these"),
    WrongText(
      "- Linear: {units: 3}",
      "4:3-8 there is no layer \"Linear\"; there are dense, conv2d, dropout, reshape and flatten",
      "  did you mean dense?"),
    WrongText("- flatten: {x: 1}", "4:13-13 flatten has no field \"x\"; it takes no fields", "  remove it"),
    WrongText("- flatten: 3", "4:12-12 flatten takes no fields, but is given 3", "  write flatten alone"),
    WrongText(
      "- dense: {units: 4, unit: 3}",
      "4:21-24 dense has no field \"unit\"; it has units, activation and use_bias",
      "  remove it: units is given"),
    WrongText(
      "- dense: {unit: 3}", "4:11-14 dense has no field \"unit\"; it has units, activation and use_bias",
      "  did you mean units?"),
    WrongText(
      "- dense: {units: 4, in_features: 3}",
      "4:21-31 dense has no field \"in_features\"; it has units, activation and use_bias",
      "  leave it out: it follows from the layer before"),
    WrongText(
      "- dense: {units: 1,000}", "4:20-22 dense has no field \"000\"; it has units, activation and use_bias",
      "  write numbers without commas"),
    WrongText(
      "- dense: {units: 1_000}", "4:18-22 units must be an integer between 1 and 65536, not \"1_000\"",
      "  write 1000"),
    WrongText(
      "- dense: {units: \"5\"}", "4:18-20 units must be an integer between 1 and 65536, not \"5\"",
      "  remove the quotes: 5"),
    WrongText(
      "- dense: {units: 0}", "4:18-18 units must be an integer between 1 and 65536, not 0", "  the least is 1"
    ),
    WrongText(
      "- dense: {units: 99999}", "4:18-22 units must be an integer between 1 and 65536, not 99999",
      "  the most is 65536"),
    WrongText(
      "- dense: {units: 99999999999999999999}",
      "4:18-37 units must be an integer between 1 and 65536, not 99999999999999999999", "  the most is 65536"),
    WrongText(
      "- dense: {units: 1e3}", "4:18-20 units must be an integer between 1 and 65536, not 1e3", "  write 1000"
    ),
    WrongText(
      "- dense: {units: 2.5}", "4:18-20 units must be an integer between 1 and 65536, not 2.5",
      "  such as units: 256"),
    WrongText("- dense: {units: }", "4:11-15 units has no value", "  write units: 256"),
    WrongText(
      "- dense: {units: [3]}", "4:18-20 units must be an integer between 1 and 65536, not a list",
      "  such as units: 256"),
    WrongText(
      "- dense: {units: 3, use_bias: no}", "4:31-32 use_bias must be true or false, not \"no\"", "  use false"
    ),
    WrongText(
      "- dense: {units: 3, use_bias: On}", "4:31-32 use_bias must be true or false, not \"On\"", "  use true"),
    WrongText(
      "- dense: {units: 3, use_bias: \"true\"}", "4:31-36 use_bias must be true or false, not \"true\"",
      "  remove the quotes: true"),
    WrongText(
      "- dense: {units: 3, use_bias: ture}", "4:31-34 use_bias must be true or false, not \"ture\"",
      "  did you mean true?"),
    WrongText(
      "- dense: {units: 3, activation: lrelu}",
      "4:33-37 activation must be one of linear, relu, tanh, leaky_relu, not \"lrelu\"",
      "  did you mean leaky_relu?"),
    WrongText(
      "- dense: {units: 3, activation: rellu}",
      "4:33-37 activation must be one of linear, relu, tanh, leaky_relu, not \"rellu\"",
      "  did you mean relu?"),
    WrongText(
      "- dropout: {rate: 1}", "4:19-19 rate must be a number at least 0 and below 1, not 1",
      "  it must be below 1"),
    WrongText(
      "- dropout: {rate: -0.1}", "4:19-22 rate must be a number at least 0 and below 1, not -0.1",
      "  the least is 0"),
    WrongText(
      "- dropout: {rate: 30%}", "4:19-21 rate must be a number at least 0 and below 1, not \"30%\"",
      "  write 0.3"),
    WrongText(
      "- dropout: {rate: .nan}", "4:19-22 rate must be a number at least 0 and below 1, not .nan",
      "  write a finite number"),
    WrongText(
      "- dropout: {rate: -.inf}", "4:19-23 rate must be a number at least 0 and below 1, not -.inf",
      "  write a finite number"),
    WrongText(
      "- dropout: {rate: 1e999}", "4:19-23 rate must be a number at least 0 and below 1, not 1e999",
      "  this is too large: write a finite number"),
    WrongText(
      "- dropout: {rate: \"0.5\"}", "4:19-23 rate must be a number at least 0 and below 1, not \"0.5\"",
      "  remove the quotes: 0.5"),
    WrongText("- dropout: 0.3", "4:12-14 dropout takes fields, not 0.3", "  write - dropout: {rate: 0.3}"),
    WrongText(
      "- dropout: {p: 0.3}", "4:13-13 dropout has no field \"p\"; it has rate", "  did you mean rate?"),
    WrongText(
      "- dropout: {rate: half}", "4:19-22 rate must be a number at least 0 and below 1, not \"half\"",
      "  such as rate: 0.3"),
    WrongText(
      "- reshape: {shape: [7, 7, 128, 1]}",
      "4:20-33 shape must be a list of 1 to 3 integers between 1 and 4096, not of 4",
      "  such as shape: [28, 28, 1]"),
    WrongText(
      "- reshape: {shape: [7, x, 0]}", "4:24-24 shape[1] must be an integer between 1 and 4096, not \"x\"",
      "  such as shape: [28, 28, 1]"),
    WrongText(
      "- reshape: {shape: 784}",
      "4:20-22 shape must be a list of 1 to 3 integers between 1 and 4096, not 784", "  write [784]"),
    WrongText(
      "- reshape: [7, 7, 1]", "4:12-20 reshape takes fields, not a list",
      "  write - reshape: {shape: [7, 7, 1]}"),
    WrongText(
      "- conv2d: {filters: 2, kernel_size: [3, 3, 3]}",
      "4:37-45 kernel_size must be an integer or a list of 2 between 1 and 64, not a list of 3",
      "  such as kernel_size: 3"),
    WrongText(
      "- conv2d: {filters: 2, kernel_size: [3, 0]}",
      "4:41-41 kernel_size[1] must be an integer between 1 and 64, not 0", "  the least is 1"),
    WrongText(
      "- conv2d: {filters: 2, kernel_size: 40}", "4:37-38 a kernel of 40 rows is too large",
      "  use 32 or fewer"),
    WrongText(
      "- conv2d: {filters: 2, kernel_size: 4, padding: sam}",
      "4:49-51 padding must be one of same, valid, not \"sam\"", "  did you mean same?"),
    WrongText(
      "- conv2d: {filters: 2, kernel_size: x}",
      "4:37-37 kernel_size must be an integer between 1 and 64, not \"x\"", "  such as kernel_size: 3"),
    WrongText(
      "- dense: {units: 3}\n  dropout: {rate: 0.3}",
      "5:3-9 a list entry is one layer, but this one has dense and dropout",
      "  begin it with a dash of its own: - dropout", "  4:3 the entry begins here"),
    WrongText(
      "- dense:\n  units: 3", "5:3-7 units stands beside dense, not within it", "  write - dense: {units: 3}"),
    WrongText(
      "- dense: {units: 3}\n  activation: relu", "5:3-12 activation stands beside dense, not within it",
      "  write - dense: {units: 3, activation: relu}"),
    WrongText(
      "- type: dense\n  units: 3", "4:3-6 the name of a layer is its key, with the fields behind it",
      "  write - dense: {units: 3}"),
    WrongText(
      "- foo: 1\n  bar: 2",
      "4:3-5 there is no layer \"foo\"; there are dense, conv2d, dropout, reshape and flatten",
      "  use one of these"),
    WrongText("-", "4:2-2 a layer is a name, or a name with its fields, not nothing", "  such as dense"),
    WrongText(
      "- {}", "4:3-4 a layer is a name, or a name with its fields, not an empty mapping", "  such as dense"),
    WrongText(
      "- [dense]",
      "4:3-9 a layer is a name, or a name with its fields, not a list",
      "  write dense"),
    WrongText(
      "- - dense: {units: 3}\n  - flatten",
      "4:3-3 a layer is a name, or a name with its fields, not a list",
      "  write one dash before each layer"),
    WrongText(
      "- Dense: {unit: 3}",
      "4:3-7 there is no layer \"Dense\"; there are dense, conv2d, dropout, reshape and flatten",
      "  did you mean dense?",
      "4:11-14 dense has no field \"unit\"; it has units, activation and use_bias",
      "  did you mean units?"),
    WrongText(
      "- dense: {units:3}", "4:11-17 dense has no field \"units:3\"; it has units, activation and use_bias",
      "  write units: 3, with a space"),
  ]
}
