import Specs
import Testing

@Suite("Did you mean")
struct SuggestionTests {
  static let words = [
    "units", "activation", "use_bias", "learning_rate", "beta_1", "beta_2", "conv2d", "relu", "tanh",
  ]

  static let cases: [(String, String?)] = [
    ("unit", "units"), ("untis", "units"), ("Units", "units"), ("activaton", "activation"),
    ("useBias", "use_bias"),
    ("use-bias", "use_bias"), ("learning-rate", "learning_rate"), ("beta1", "beta_1"), ("beta_3", "beta_1"),
    ("Conv2D", "conv2d"), ("conv", "conv2d"), ("rélu", "relu"), ("act", "activation"), ("", nil), ("x", nil),
    ("epochs", nil), (String(repeating: "units", count: 1000), nil), ("_", nil),
  ]

  @Test(arguments: cases)
  func nearest(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, among: SuggestionTests.words) == expected)
  }
}
