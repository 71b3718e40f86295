import Foundation
import TestSupport
import Testing
import gan_exp

/// What pages tell one to type can be typed.
@Suite(.serialized) struct CommandsTests {
  @Test(arguments: Page.all) func `every call of the program has words that it takes`(page: String) throws {
    for call in try PageCommand.calls(of: page) {
      let words = Array(call.words.dropFirst())
      // What stands for anything, as in a synopsis.
      guard !words.contains(where: { $0.contains(#/^<|^\[|^[A-Z]+$|^\.\.\.$/#) }) else { continue }
      #expect(CommandDescription.refusal(of: words) == nil, "\(call.testDescription)")
    }
  }

  @Test func `pages have many calls`() throws {
    #expect(try Page.all.flatMap(PageCommand.calls).count > 150)
    #expect(CommandDescription.refusal(of: ["run", "--sedds", "0..4"])?.contains("--sedds") == true)
    #expect(CommandDescription.refusal(of: ["sweeep", "x.yaml"]) != nil)
  }

  /// The pages whose commands are run, and what is trained less for it.
  private static let pages = ["Documentation/tutorial.md", "Documentation/howto.md"]

  /// A folder with the specs of a page, each under the name in its first line.
  private func world(of page: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for block in Page.blocks("yaml", in: try Page.text(page)) {
      let name = try #require(block.text.firstMatch(of: #/^# ([\w-]+\.yaml)\n/#), "\(page):\(block.line)")
      try folder.put(block.text, into: String(name.1))
    }
    return folder
  }

  /// The functions of a shell by which commands of pages train little: few samples, an epoch, hardly measured.
  private static let less = """
    little() {
      case "$*" in
        *article.yaml*|*plain.yaml*) set -- "$@" --set 'dataset={mnist: {subset: 256}}' --set training.epochs=2 \
          --set 'evaluation={every: 1, samples: 64, at_end: {samples: 64}}' ;;
        *photos.yaml*|*kinds.yaml*) set -- "$@" --set training.epochs=1 ;;
        *measured.yaml*) set -- "$@" --set training.epochs=1 --set evaluation.samples=32 --set evaluation.at_end.samples=32 ;;
        *mlp-mnist.yaml*) set -- "$@" --set 'dataset={mnist: {subset: 256}}' --set training.epochs=1 --set evaluation=null ;;
        resume*) set -- "$@" --epochs 2 ;;
        *ns.yaml*|*hinge.yaml*) set -- "$@" --set training.epochs=2 \
          --set 'evaluation={every: 1, samples: 100, at_end: {samples: 100}}' ;;
      esac
      "$GAN" "$@"
    }
    gan-exp() {
      case "$1" in
        run) little "$@" ;;
        restore) mv Runs Kept && "$GAN" "$@" ;;
        *) "$GAN" "$@" ;;
      esac
    }

    """

  /// What a page takes for granted: pictures, a run that is half done, Slurm; and a smaller search.
  private static let before = [
    "Documentation/howto.md": """
    cp "$EXPERIMENTS/mlp-mnist.yaml" .
    gan-exp run mlp-mnist.yaml --quiet > made
    for kind in a b; do gan-exp sample mlp-mnist --each -n 40 -o kinds/$kind > made 2>&1; done
    cp -r kinds/a photos
    mkdir bin; printf '#!/bin/sh\\necho 77\\n' > bin/sbatch; chmod +x bin/sbatch; export PATH=$PWD/bin:$PATH
    sed 's/samples: 20000/samples: 512/' ring.yaml > few; cat few > ring.yaml
    sed 's/epochs: 4/epochs: 1/; s/trials: 8/trials: 2/; s/100..104/100..101/' search.yaml > few; cat few > search.yaml

    """
  ]

  @Test(arguments: pages) func `every command of a page does what it says`(page: String) throws {
    let commands = try PageCommand.sessions(of: page)
    #expect(commands.count > 10)
    let folder = try world(of: page)
    let before = CommandsTests.before[page] ?? ""
    let lines = commands.enumerated().map { number, command in
      "{ \(command.text); } > out-\(number) 2>&1; echo $? >> codes"
    }
    let experiments = Page.repository.appending(path: "Experiments").path
    let result = try Program.shell(
      "EXPERIMENTS='\(experiments)'\n\(CommandsTests.less)\(before)\(lines.joined(separator: "\n"))", in: folder)
    #expect(result.errors.split(separator: "\n").filter { $0.contains("error") } == [], "\(result.errors)")
    let codes = try folder.text(of: "codes").split(separator: "\n")
    #expect(codes.count == commands.count)
    for (number, (command, code)) in zip(commands, codes).enumerated() {
      // What is compared differs, which diff says by its exit code.
      let expected = command.text.hasPrefix("gan-exp diff ") ? "1" : "0"
      let answer = try folder.text(of: "out-\(number)")
      #expect(code == expected, "\(command.testDescription)\n\(answer)")
      // Of a check, in which nothing is trained, all that the page shows of it stands there.
      if command.text.hasPrefix("gan-exp check ") {
        let said = answer.split(separator: "\n").map(String.init)
        let missing = command.answer.filter { !$0.isEmpty && $0 != "..." && !said.contains($0) }
        #expect(missing == [], "\(command.testDescription)\n\(answer)")
      }
    }
  }
}
