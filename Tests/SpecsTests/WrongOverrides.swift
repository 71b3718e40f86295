/// Arguments of `--set` with mistakes, and everything said about them.
enum WrongOverrides {
  static let table: [WrongText] = [
    WrongText(
      "generator[1].dense.units=128", "1:10-12 there is no generator[1]", "  the last is generator[0]"),
    WrongText("generator.dense=4", "1:11-15 generator is a list of 1", "  say which: generator[0]"),
    WrongText("latent[0]=4", "1:7-9 latent is nothing, not a list"),
    WrongText("seed", "1:5-5 no = between a key and its value", "  write key.key[index]=value"),
    WrongText("=5", "1:1-1 a key is missing before the =", "  write key.key[index]=value"),
    WrongText("a..b=4", "1:3-3 a key is missing here", "  write key.key[index]=value"),
    WrongText("a[=3", "1:2-2 [ is not closed", "  write [0]"),
    WrongText("a[x]=3", "1:2-3 an index is a number, not \"x\"", "  write [0]"),
    WrongText(".a=3", "1:1-1 a key is missing here", "  write key.key[index]=value"),
    WrongText("a]=3", "1:2-2 a dot is missing here", "  write key.key[index]=value"),
    WrongText("[0]=3", "1:1-1 a key is missing here", "  write key.key[index]=value"),
    WrongText("seed=[", "1:7-7 a value is missing here", "  write a value, or remove the comma or bracket"),
    WrongText("seed=x", "1:6-6 seed must be an integer at least 0, not \"x\"", "  such as seed: 42"),
    WrongText("seed=\"5\"", "1:6-8 seed must be an integer at least 0, not \"5\"", "  remove the quotes: 5"),
    WrongText(
      "training.epoch=5",
      "1:1-8 the experiment has no field \"training\"; it has name, seed, latent, generator, optimizers, loss, penalty, clipping, threads and record",
      "  remove it"),
    WrongText(
      "generator[0].units=5", "1:14-18 there is no layer \"units\"",
      "  for a field of dense write dense.units"),
    WrongText(
      "generator[0].dense.unitz=5",
      "1:20-24 dense has no field \"unitz\"; it has units, activation and use_bias",
      "  did you mean units?"),
    WrongText("seed=", "1:1-4 seed has no value", "  write seed: 42"),
    WrongText("name=a\nb", "2:1-1 an override of several lines", "  write it in one line"),
    WrongText(
      "name=\u{07}", "1:6-6 control character U+0007 is not allowed in YAML",
      "  remove it, or write it as an escape in double quotes"),
    WrongText(
      "loss.hing.margin=3", "1:6-9 there is no loss \"hing\"; there are non_saturating and hinge",
      "  did you mean hinge?"),
    WrongText("generator[0]x=3", "1:13-13 a dot is missing here", "  write key.key[index]=value"),
    WrongText("generator[-1]=3", "1:10-12 an index is a number, not \"-1\"", "  write [0]"),
    WrongText(
      "generator[99999999999999999999]=3", "1:10-30 an index is a number, not \"99999999999999999999\"",
      "  write [0]"),
    WrongText(
      "latent={dim: 1, dim: 2}", "1:17-19 dim is given twice", "  remove one", "  1:9 first given here"),
    WrongText(
      "latent={dimm: 1}", "1:9-12 latent has no field \"dimm\"; it has dim and distribution",
      "  did you mean dim?"),
    WrongText("seed.x=5", "1:6-6 seed must be an integer at least 0, not a mapping", "  such as seed: 42"),
    WrongText(
      "nâme.x=日本 : 3",
      "1:1-4 the experiment has no field \"nâme\"; it has name, seed, latent, generator, optimizers, loss, penalty, clipping, threads and record",
      "  did you mean name?"),
  ]
}
