/// Texts that are not one YAML document, and everything said about them.
enum WrongDocuments {
  static let table: [WrongText] = [
    WrongText("", "1:1-1 the file is empty", "  write the spec as key: value lines"),
    WrongText(
      "# only\n# comments\n", "1:1-1 the file has only comments", "  write the spec as key: value lines"),
    WrongText("---\n", "2:1-1 the document is empty", "  write the spec as key: value lines"),
    WrongText(
      "a: 1\n---\nb: 2\n", "2:1-3 a second document begins here; a spec is one document",
      "  put it in a file of its own"),
    WrongText(
      "a: 1\n...\n---\n", "3:1-3 a second document begins here; a spec is one document",
      "  put it in a file of its own"),
    WrongText("a:\n\tb: 1\n", "2:1-1 a tab in the indentation; YAML indents with spaces", "  use spaces"),
    WrongText("a: 1\n\tb: 2\n", "2:1-1 a tab in the indentation; YAML indents with spaces", "  use spaces"),
    WrongText("- a\n\t- b\n", "2:1-1 a tab in the indentation; YAML indents with spaces", "  use spaces"),
    WrongText("\ta: 1\n", "1:1-1 a tab in the indentation; YAML indents with spaces", "  use spaces"),
    WrongText("\t\t", "1:1-1 a tab where YAML takes spaces", "  use spaces"),
    WrongText(
      "a: [1, 2\nb: 3\n", "1:9-9 the closing ] of a list is missing", "  write ] here", "  1:4 the list begins here"),
    WrongText(
      "a: {x: 1\nb: 3\n", "1:9-9 the closing } of a mapping is missing", "  write } here",
      "  1:4 the mapping begins here"),
    WrongText(
      "a: [1, 2", "1:9-9 the closing ] of a list is missing", "  write ] here", "  1:4 the list begins here"),
    WrongText(
      "a: {x: 1   # one, of course\nb: 3\n", "1:9-9 the closing } of a mapping is missing", "  write } here",
      "  1:4 the mapping begins here"),
    WrongText(
      "a: {x: 1   # one, of course\n", "1:9-9 the closing } of a mapping is missing", "  write } here",
      "  1:4 the mapping begins here"),
    WrongText(
      "a: {x: 1,   # one, of course\n\n  y: [2]  # {\n# c\nb: 3\n", "3:9-9 the closing } of a mapping is missing",
      "  write } here", "  1:4 the mapping begins here"),
    WrongText(
      "a: {x: 1   # one, of course\n  y: 2}\n", "2:3-3 a comma or the closing } of a mapping is missing",
      "  write , or } before this", "  1:4 the mapping begins here"),
    WrongText(
      "a: {x: 1   # one,\n  y: 2}\n", "1:12-17 the comment goes on to the end of the line and takes a comma with it",
      "  move the comma before it", "  1:4 the mapping begins here"),
    WrongText(
      "a: {x: 1\ny: 2}\n", "2:2-2 a comma or the closing } of a mapping is missing", "  write , or } before this",
      "  1:4 the mapping begins here"),
    WrongText("a:b\nc: 1\n", "1:1-3 a colon without a space behind it", "  write a: b"),
    WrongText("# x\n\na:b\n\n# y\nc: 1\n", "3:1-3 a colon without a space behind it", "  write a: b"),
    WrongText("a:\n  -b\n  - c: 1\n", "2:3-4 a dash without a space behind it", "  write - b"),
    WrongText("a:\n  -b\n  # x\n\n  - c: 1\n", "2:3-4 a dash without a space behind it", "  write - b"),
    WrongText("a:\n  - b\n  -c: {d: 1}\n", "3:3-12 a dash without a space behind it", "  write - c: {d: 1}"),
    WrongText("a:\n  - b\n  -c\nd: 1\n", "3:3-4 a dash without a space behind it", "  write - c"),
    WrongText("a: b {c: 1}\n", "1:4-5 a colon and a space are missing behind b", "  write a: {b: {c: 1}}"),
    WrongText(
      "a: 1\n b: 2\n", "2:2-2 a key cannot begin on this line", "  indent it like the key it belongs beside"),
    WrongText(
      "a:\n  b: 1\n c: 2\n", "3:2-2 this does not line up with the keys above it", "  indent it like them",
      "  1:1 the keys begin here"),
    WrongText("a: b: c\n", "1:5-5 a second colon and space in one line", "  put the text in quotes"),
    WrongText("a: \"abc\n", "1:4-4 a quoted text does not end", "  close the quote"),
    WrongText(
      "a: 'abc\nb: 1\n---\n", "3:1-1 a quoted text does not end before this line", "  close the quote",
      "  1:4 the quote opens here"),
    WrongText(
      "a: \"\\q\"\n", "1:5-5 this backslash begins no escape that YAML knows",
      "  write \\\\ for a backslash, or use single quotes"),
    WrongText("a: \"\\xZZ\"\n", "1:7-7 an escape lacks its hexadecimal digits", "  write \\xHH or \\uHHHH"),
    WrongText(
      "a: \"\\uD800\"\n", "1:7-7 an escape names no Unicode character",
      "  use one between U+0001 and U+10FFFF, outside of the surrogates"),
    WrongText("a: @x\n", "1:4-4 a value cannot begin with @", "  put the text in quotes"),
    WrongText("a: %x\n", "1:4-4 a value cannot begin with %", "  put the text in quotes"),
    WrongText("a: *.png\n", "1:5-5 * refers to an anchor, but no name follows", "  put the text in quotes"),
    WrongText("a: & b\n", "1:5-5 & names an anchor, but no name follows", "  put the text in quotes"),
    WrongText(
      "a: *nope\n", "1:4-8 there is no anchor &nope before this alias",
      "  define it with &, or put the text in quotes"),
    WrongText(
      "base: &base 1\nb: *bas\n", "2:4-7 there is no anchor &bas before this alias", "  did you mean *base?"),
    WrongText(
      "a: &a [*a]\n", "1:8-9 alias *a stands within its own anchor", "  a spec cannot contain itself"),
    WrongText("a: !foo 1\n", "1:4-9 the tag !foo has no meaning here", "  remove the tag"),
    WrongText("a: !!int abc\n", "1:4-12 \"abc\" is not what the tag !!int says", "  remove the tag"),
    WrongText("a: !!set {x}\n", "1:4-12 the tag !!set has no meaning here", "  remove the tag"),
    WrongText("a: !x!y 1\n", "1:4-4 this tag has no meaning here", "  remove the tag"),
    WrongText("a: 1\na: 2\n", "2:1-1 a is given twice", "  remove one", "  1:1 first given here"),
    WrongText("{a: 1, b: 2, a: 3}\n", "1:14-14 a is given twice", "  remove one", "  1:2 first given here"),
    WrongText("[1, 2]: x\n", "1:1-6 a key must be a word, not a list", "  write key: value"),
    WrongText("? {a: 1}\n: 2\n", "1:3-8 a key must be a word, not a mapping", "  write key: value"),
    WrongText(": 1\n", "1:1-1 a key is missing before the colon", "  write key: value"),
    WrongText(
      "a: | x\n  text\n", "1:6-6 text behind the | or > of a block text", "  begin the text on the next line"),
    WrongText(
      "a: - b\n", "1:4-4 a list entry cannot begin here",
      "  indent it like the entries above, or begin the list on a line of its own"),
    WrongText(
      "- a\nb: 1\n", "2:1-1 this does not line up with the list above it",
      "  begin it with - like the other entries", "  1:1 the list begins here"),
    WrongText("a: 1\n- b\n", "2:1-1 a list entry where a key belongs", "  give the list a key of its own"),
    WrongText("a: 1\nb\n", "2:1-1 a colon is missing after a key", "  write b: value"),
    WrongText("a: 1\nb\nc: 2\n", "2:1-1 a colon is missing after a key", "  write b: value"),
    WrongText("a: ]\n", "1:4-4 a value is missing here", "  write a value, or remove the comma or bracket"),
    WrongText("a: [,]\n", "1:5-5 a value is missing here", "  write a value, or remove the comma or bracket"),
    WrongText(
      "{a: 1}\nb: 2\n", "2:1-1 text after the end of the document",
      "  a spec is one mapping: check the indentation of this line"),
    WrongText(
      "%YAML 2.0\n---\na: 1\n", "1:1-1 this version of YAML is not supported", "  remove the %YAML line"),
    WrongText(
      "%FOO\n---\na: 1\n", "1:1-1 YAML has no such directive", "  remove this line, or put the text in quotes"
    ),
    WrongText("a: \"\\0\"\n", "1:4-7 a text with a NUL character", "  remove \\0 from it"),
    WrongText(
      "a: x\u{07}y\n", "1:5-5 control character U+0007 is not allowed in YAML",
      "  remove it, or write it as an escape in double quotes"),
    WrongText(
      "a: x\0y\n", "1:5-5 a NUL character: this is not a text, or UTF-16 without its byte-order mark",
      "  save the file as UTF-8"),
    WrongText("a: x﻿y\n", "1:5-5 a byte-order mark within the text", "  remove this invisible character"),
    WrongText(
      "<<: 5\na: 1\n", "1:5-5 << takes a mapping or a list of mappings, not 5", "  write <<: *anchor"),
    WrongText(
      "<<: [5]\n", "1:5-7 << takes a mapping or a list of mappings, not a list", "  write <<: *anchor"),
    WrongText(
      "a: &x {b: 1}\nc: {<<: *x, <<: *x}\n", "2:13-14 << is given twice", "  remove one",
      "  2:5 first given here"),
    WrongText("b: \"日本語\n", "1:4-4 a quoted text does not end", "  close the quote"),
    WrongText(
      "a: 'it's'\n", "1:8-8 nothing can follow a value that has ended",
      "  put the whole text in quotes, or remove this"),
    WrongText(
      "key: [a, b]]\n", "1:12-12 nothing can follow a value that has ended",
      "  put the whole text in quotes, or remove this"),
    WrongText(
      "a: \"x\" y\n", "1:8-8 nothing can follow a value that has ended",
      "  put the whole text in quotes, or remove this"),
    WrongText("!!map [1]\n", "1:1-9 a list is not what the tag !!map says", "  remove the tag"),
    WrongText(
      "a: !<x y\n", "1:7-7 this is not YAML: did not find the expected '>'",
      "  put the text in quotes if it means itself"),
    WrongText("%YAML 1.2\n%YAML 1.2\n---\na: 1\n", "2:1-1 a second %YAML line", "  remove it"),
    WrongText("a: ? b\n", "1:4-4 a key cannot begin here", "  begin the mapping on a line of its own"),
    WrongText(
      "a: \"x\n---\n\"\n", "2:1-1 a quoted text does not end before this line", "  close the quote",
      "  1:4 the quote opens here"),
    WrongText(
      "a: 1\r\na: 2\r\nb: [\r\n",
      "2:1-1 a is given twice",
      "  remove one",
      "  1:1 first given here",
      "3:5-5 a value is missing here",
      "  write a value, or remove the comma or bracket"),
  ]
}
