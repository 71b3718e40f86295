import Foundation
import Specs
import Testing

@Suite("The JSON Schema")
struct JSONSchemaTests {
  @Test("says what the fields say")
  func smallSchema() {
    var fields = Fields.describing(subject: "x")
    fields.ignoreKeys(beginningWith: "x-")
    _ = fields.string("name", "The \"name\".")
    fields.document("name", pattern: "^a+$")
    _ = fields.integerOrPair("size", in: 1...Int.max, default: (2, 3), "A size.")
    _ = fields.integerOrPair("cut", in: 0...3, inferred: (1, 1), as: "the size", "A cut")
    _ = fields.optionalNumber("rate", in: .halfOpen(0, 1), "A rate.")
    _ = fields.optionalItem("loss", of: JSONSchemaTests.losses, "A loss.")
    _ = fields.items("losses", of: JSONSchemaTests.losses, count: 0...4, "Losses.")
    _ = fields.group("inner", "A group.") { $0.boolean("on", default: false, "A switch.") }
    #expect(JSONSchema.text(of: fields.description, title: "x") == JSONSchemaTests.expected)
  }

  @Test("is JSON, defines each catalogue once, and can be made of catalogues that contain themselves")
  func wholeSchema() throws {
    var fields = Fields.describing(subject: "x")
    _ = fields.items("layers", of: Nested.layers, count: 1...2, "Layers.")
    for (description, names) in [
      (SampleSpec.description, ["layer", "loss", "optimizer"]), (fields.description, ["layer"]),
    ] {
      let text = JSONSchema.text(of: description, title: "x")
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let definitions = try #require(json?["definitions"] as? [String: Any])
      #expect(definitions.keys.sorted() == names)
    }
  }

  enum Nested {
    static let layers: Catalog<Int> = Catalog(
      noun: "layer",
      [
        .init(name: "plain", summary: "Nothing.") { _ in 0 },
        .init(name: "block", summary: "Layers within.") { fields in
          fields.items("layers", of: Nested.layers, count: 1...9, "Layers.").count
        },
      ])
  }

  static let losses = Catalog<Int>(
    noun: "loss",
    [
      .init(name: "plain", summary: "Plain.") { _ in 0 },
      .init(name: "hinge", summary: "Margins.") { $0.integer("margin", in: 1...9, "A margin.") },
    ])

  static let expected = #"""
    {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": "x",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "name": {
          "description": "The \"name\".",
          "type": "string",
          "pattern": "^a+$"
        },
        "size": {
          "description": "A size.",
          "default": [2, 3],
          "if": {
            "type": "array"
          },
          "then": {
            "items": {
              "type": "integer",
              "minimum": 1
            },
            "minItems": 2,
            "maxItems": 2
          },
          "else": {
            "type": ["integer", "null"],
            "minimum": 1
          }
        },
        "cut": {
          "description": "A cut; by default the size",
          "if": {
            "type": "array"
          },
          "then": {
            "items": {
              "type": "integer",
              "minimum": 0,
              "maximum": 3
            },
            "minItems": 2,
            "maxItems": 2
          },
          "else": {
            "type": ["integer", "null"],
            "minimum": 0,
            "maximum": 3
          }
        },
        "rate": {
          "description": "A rate.",
          "type": ["number", "null"],
          "minimum": 0,
          "exclusiveMaximum": 1
        },
        "loss": {
          "description": "A loss.",
          "if": {
            "not": {
              "type": "null"
            }
          },
          "then": {
            "$ref": "#/definitions/loss"
          }
        },
        "losses": {
          "description": "Losses.",
          "default": [],
          "type": ["array", "null"],
          "items": {
            "$ref": "#/definitions/loss"
          },
          "maxItems": 4
        },
        "inner": {
          "description": "A group.",
          "type": ["object", "null"],
          "additionalProperties": false,
          "properties": {
            "on": {
              "description": "A switch.",
              "default": false,
              "type": ["boolean", "null"]
            }
          }
        }
      },
      "patternProperties": {
        "^x-": true
      },
      "required": ["name"],
      "definitions": {
        "loss": {
          "if": {
            "type": "object"
          },
          "then": {
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": false,
            "properties": {
              "plain": {
                "description": "Plain.",
                "type": ["object", "null"],
                "additionalProperties": false,
                "properties": {}
              },
              "hinge": {
                "description": "Margins.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "margin": {
                    "description": "A margin.",
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 9
                  }
                },
                "required": ["margin"]
              }
            }
          },
          "else": {
            "enum": ["plain"]
          }
        }
      }
    }

    """#
}
