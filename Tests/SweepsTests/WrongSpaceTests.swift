import Specs
import Sweeps
import Testing

/// Spaces with mistakes, and everything said about them.
@Suite struct WrongSpaceTests {
  /// A wrong space and everything said about it.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: String
    init(_ text: String, _ expected: String...) {
      (self.text, self.expected) = (text, expected.joined(separator: "\n"))
    }
    var testDescription: String { text }
  }

  static let wrong = [
    Wrong(
      "[1]", "1:1-3 parameters must be a mapping of keys to distributions",
      "  such as training.batch_size: {choice: [32, 64]}"),
    Wrong(
      "{}", "1:1-2 parameters must be a mapping of keys to distributions",
      "  such as training.batch_size: {choice: [32, 64]}"),
    Wrong("x:", "1:1-1 x has no distribution", "  write choice: [32, 64, 128] or uniform: [0, 1]"),
    Wrong("x: 3", "1:4-4 x must say how its values are distributed, not 3", "  such as {choice: [3]}"),
    Wrong("x: [1, 2]", "1:4-9 x must say how its values are distributed, not a list", "  write {choice: [1, 2]}"),
    Wrong("x: {}", "1:4-5 x has no distribution", "  write choice: [32, 64, 128] or uniform: [0, 1]"),
    Wrong(
      "x: {unifrom: [0, 1]}",
      "1:5-11 x has no field \"unifrom\"; it has choice, uniform, log_uniform, int_uniform, int_log_uniform, normal, log_normal, step, points and when",
      "  did you mean uniform?"),
    Wrong(
      "x: {values: [0, 1]}",
      "1:5-10 x has no field \"values\"; it has choice, uniform, log_uniform, int_uniform, int_log_uniform, normal, log_normal, step, points and when",
      "  did you mean choice?"),
    Wrong(
      "x: {loguniform: [1e-5, 1e-2]}",
      "1:5-14 x has no field \"loguniform\"; it has choice, uniform, log_uniform, int_uniform, int_log_uniform, normal, log_normal, step, points and when",
      "  did you mean log_uniform?"),
    Wrong(
      "x: {value: 3}",
      "1:5-9 x has no field \"value\"; it has choice, uniform, log_uniform, int_uniform, int_log_uniform, normal, log_normal, step, points and when",
      "  write it into the spec that the sweep begins from"),
    Wrong(
      "x: {uniform: [0, 1], q: 0.1}",
      "1:22-22 x has no field \"q\"; it has choice, uniform, log_uniform, int_uniform, int_log_uniform, normal, log_normal, step, points and when",
      "  did you mean step?"),
    Wrong("x: {uniform: [0, 1], choice: [1]}", "1:30-32 x has two distributions, uniform and choice", "  remove one"),
    Wrong(
      "x: {uniform: [1, 0]}", "1:14-19 uniform goes from 1 to 0, so that nothing lies between",
      "  write uniform: [0, 1]"),
    Wrong(
      "x: {uniform: [1, 1]}", "1:14-19 uniform goes from 1 to 1, so that nothing lies between", "  write choice: [1]"),
    Wrong(
      "x: {uniform: [0, 1, 2]}", "1:14-22 uniform must be a list of 2 numbers, not of 3", "  such as uniform: [0, 1]"),
    Wrong("x: {uniform: 5}", "1:14-14 uniform must be a list of 2 numbers, not 5", "  such as uniform: [0, 1]"),
    Wrong("x: {uniform: [0, one]}", "1:18-20 uniform[1] must be a number, not \"one\"", "  such as uniform: [0, 1]"),
    Wrong("x: {log_uniform: [0, 1]}", "1:19-19 log_uniform[0] must be a number above 0, not 0", "  it must be above 0"),
    Wrong(
      "x: {log_uniform: [-1, 1]}", "1:19-20 log_uniform[0] must be a number above 0, not -1", "  it must be above 0"),
    Wrong(
      "x: {int_uniform: [1, 2.5]}", "1:22-24 int_uniform[1] must be an integer, not 2.5",
      "  such as int_uniform: [1, 8]"),
    Wrong(
      "x: {int_log_uniform: [0, 8]}", "1:23-23 int_log_uniform[0] must be an integer at least 1, not 0",
      "  the least is 1"),
    Wrong(
      "x: {int_uniform: [8, 1]}", "1:18-23 int_uniform goes from 8 to 1, so that nothing lies between",
      "  write int_uniform: [1, 8]"),
    Wrong(
      "x: {choice: []}", "1:13-14 choice must be a list of 1 to 10000 values, not of 0",
      "  such as choice: [32, 64, 128]"),
    Wrong("x: {choice: relu}", "1:13-16 choice must be a list of 1 to 10000 values, not \"relu\"", "  write [relu]"),
    Wrong("x: {choice: [0.1, 2, 0.10]}", "1:22-25 choice has 0.10 twice", "  remove one", "  1:14 the first is here"),
    Wrong(
      "x: {choice: [a, {b: 1}, {b: 1.0}]}", "1:25-32 choice has {b: 1.0} twice", "  remove one",
      "  1:17 the first is here"),
    Wrong("x: {choice: [1, 2], step: 1}", "1:27-27 step does not go with choice", "  remove it"),
    Wrong("x: {choice: [1, 2], points: 2}", "1:29-29 points does not go with choice", "  remove it"),
    Wrong("x: {uniform: [0, 1], step: 2}", "1:28-28 a step of 2 leaves only 0 of uniform: [0, 1]", "  the most is 1"),
    Wrong("x: {uniform: [0, 1], step: 0}", "1:28-28 step must be a number above 0, not 0", "  it must be above 0"),
    Wrong(
      "x: {uniform: [0, 1], step: 0.1, points: 3}", "1:41-41 step and points both say which values there are",
      "  remove one"),
    Wrong(
      "x: {uniform: [0, 1], points: 1}", "1:30-30 points must be an integer between 2 and 10000, not 1",
      "  the least is 2"),
    Wrong(
      "x: {int_uniform: [0, 9], step: 1.5}", "1:32-34 the step of integers must be an integer, not 1.5",
      "  write step: 2"),
    Wrong(
      "x: {log_uniform: [0.1, 10], step: 0.2}", "1:35-37 a step of 0.2 is too coarse for a logarithmic scale from 0.1",
      "  it must be below 0.2"),
    Wrong("x: {uniform: [0, 1], step: 1e-10}", "1:28-32 a step of 1e-10 makes too many values", "  leave it out"),
    Wrong(
      "x: {normal: [0, 0]}", "1:13-18 the standard deviation of normal must be above 0, not 0",
      "  such as normal: [0, 1]"),
    Wrong("x: {log_normal: [0, 1], points: 3}", "1:33-33 points does not go with log_normal", "  remove it"),
    Wrong(
      "x: {uniform: [0, 1], when: hinge}", "1:28-32 when must be a mapping of keys to values, not \"hinge\"",
      "  such as when: {loss: wasserstein}"),
    Wrong(
      "loss: {choice: [hinge, wasserstein]}\nx: {uniform: [0, 1], when: {los: hinge}}",
      "2:29-31 x depends on los, which is no parameter of this sweep", "  did you mean loss?"),
    Wrong(
      "loss: {choice: [hinge, wasserstein]}\nx: {uniform: [0, 1], when: {dataset: mnist}}",
      "2:29-35 x depends on dataset, which is no parameter of this sweep",
      "  add it to the parameters, or remove the condition"),
    Wrong(
      "loss: {choice: [hinge, wasserstein]}\nx: {uniform: [0, 1], when: {loss: wassertein}}",
      "2:35-44 loss is never wassertein; it may be hinge, wasserstein", "  did you mean wasserstein?"),
    Wrong(
      "loss: {choice: [hinge, wasserstein]}\nx: {uniform: [0, 1], when: {loss: [hinge, 3]}}",
      "2:43-43 loss is never 3; it may be hinge, wasserstein", "  use one of these"),
    Wrong(
      "loss: {choice: [hinge, wasserstein]}\nx: {uniform: [0, 1], when: {loss: []}}",
      "2:29-32 loss cannot be one of no values", "  name a value, or remove the condition"),
    Wrong(
      "y: {uniform: [0, 1]}\nx: {uniform: [0, 1], when: {y: 0.5}}",
      "2:29-29 a condition needs a parameter of finitely many values, and y may be any number of a range",
      "  give it a choice, a step or points"),
    Wrong("x: {choice: [0, 1], when: {x: 1}}", "1:28-28 x depends on itself", "  remove the condition"),
    Wrong(
      "a: {choice: [0, 1], when: {c: 1}}\nb: {choice: [0, 1], when: {a: 1}}\nc: {choice: [0, 1], when: {b: 1}}\nd: {uniform: [0, 1]}",
      "1:1-1 parameters depend on one another: a on c, c on b, b on a", "  remove one of the conditions"),
    Wrong(
      "x: {uniform: [1, 0]}\ny: {log_uniform: [0, 1]}\nz: {choice: [1], when: {w: 1}}",
      "1:14-19 uniform goes from 1 to 0, so that nothing lies between", "  write uniform: [0, 1]",
      "2:19-19 log_uniform[0] must be a number above 0, not 0", "  it must be above 0",
      "3:25-25 z depends on w, which is no parameter of this sweep",
      "  add it to the parameters, or remove the condition"),
    Wrong(
      "x: {log_normal: [0, 100]}", "1:17-24 log_normal reaches numbers that are too large",
      "  give mean and standard deviation of the logarithm, such as [-7, 2]"),
    Wrong(
      "x: {int_uniform: [0, 9999999999999999]}", "1:18-38 int_uniform goes beyond 2^53",
      "  the most is 9007199254740992"),
  ]

  @Test(arguments: wrong) func `every mistake has its place and a remedy`(_ example: Wrong) throws {
    #expect(try Reading.mistakes(example.text) == example.expected)
  }
}
