import Foundation
import TestSupport
import Testing

/// What bash offers for a word after the program's completion script was sourced.
@Suite struct CompletionTests {
  /// Completes the last word of a line as bash does, and prints what it offers, one a line.
  private static let script = """
    PATH=$(dirname "$GAN"):$PATH
    source <(gan-exp --generate-completion-script bash)
    complete_line() {
      COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<< "$COMP_LINE"
      [[ $COMP_LINE == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); COMPREPLY=()
      local function=$(complete -p gan-exp | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      $function gan-exp "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
    }

    """

  @Test func `runs, specs, names and paths are completed`() throws {
    let world = try AnswerWorld()
    let cases: [(String, [String])] = [
      ("gan-exp show ri", ["ring", "ring/001", "ring/002"]), ("gan-exp show d", ["digits", "digits/001"]),
      ("gan-exp resume lat", ["latest"]), ("gan-exp show ring/", ["ring/001", "ring/002"]),
      // Paths, as without a script.
      ("gan-exp show Runs/ri", ["Runs/ring"]), ("gan-exp sample Runs/ring/", ["Runs/ring/001", "Runs/ring/002"]),
      ("gan-exp compare ring/001 dig", ["digits", "digits/001"]), ("gan-exp run ri", ["ring.yaml"]),
      ("gan-exp check ta", ["table.yaml"]), ("gan-exp describe den", ["dense", "density"]),
      ("gan-exp data fetch cifar", ["cifar10", "cifar100"]), ("gan-exp sample ring --format n", ["npy", "npz"]),
      ("gan-exp list --status co", ["complete"]), ("gan-exp list --name d", ["digits"]),
      ("gan-exp compare --by conv", ["convergence"]), ("gan-exp compare ring/001 --by conv", []),
      ("gan-exp run ring.yaml --set training.bat", ["training.batch_size=64"]),
      ("gan-exp check table.yaml --set los", ["loss=wasserstein"]),
      ("gan-exp clone ring/002 --set training.ep", ["training.epochs=3"]), ("gan-exp run --set training.bat", []),
      ("gan-exp list --sort generator_l", ["generator_loss"]),
      ("gan-exp list --columns seed,training.bat", ["seed,training.batch_size"]),
      ("gan-exp diff ring/002 tab", ["table", "table.yaml", "table/001"]),
      ("gan-exp tag dig", ["digits", "digits/001"]),
      ("gan-exp show --runs Ru", ["Runs"]), ("gan-exp resu", ["resume"]),
    ]
    let lines = cases.map { "complete_line '\($0.0)'; echo ----" }.joined(separator: "\n")
    let found = try world.answer(to: CompletionTests.script + lines).components(separatedBy: "----\n")
    for ((line, offered), text) in zip(cases, found) {
      #expect(text.split(separator: "\n").map(String.init).sorted() == offered, "\(line)")
    }
  }

  /// What every shell offers, whatever else it makes of paths.
  private static let shared: [(line: String, offered: [String])] = [
    ("gan-exp resu", ["resume"]), ("gan-exp show d", ["digits", "digits/001"]),
    ("gan-exp show ring/", ["ring/001", "ring/002"]),
    ("gan-exp describe den", ["dense", "density"]), ("gan-exp list --status co", ["complete"]),
    ("gan-exp check table.yaml --set los", ["loss=wasserstein"]),
    ("gan-exp clone ring/002 --set training.ep", ["training.epochs=3"]),
    ("gan-exp list --columns seed,training.bat", ["seed,training.batch_size"]),
    ("gan-exp sample ring --format n", ["npy", "npz"]),
    ("gan-exp sample ring --backdrop d", ["data", "density"]),
  ]

  private func expectShared(_ text: String) {
    let found = text.components(separatedBy: "----\n")
    for ((line, offered), text) in zip(CompletionTests.shared, found) {
      #expect(Set(text.split(separator: "\n").map(String.init)).sorted() == offered, "\(line)")
    }
    #expect(found.count == CompletionTests.shared.count + 1)
  }

  @Test(.enabled(if: Program.isInstalled("fish"))) func `fish offers the same`() throws {
    let world = try AnswerWorld()
    let script = """
      export PATH=$(dirname "$GAN"):$PATH
      gan-exp --generate-completion-script fish > gan-exp.fish
      complete_line() { fish --no-config -c "source gan-exp.fish; complete -C '$1'" | cut -f 1; }

      """
    let lines = CompletionTests.shared.map { "complete_line '\($0.line)'; echo ----" }.joined(separator: "\n")
    let result = try Program.shell(script + lines, in: world.folder)
    #expect(result.errors == "")
    expectShared(result.output)
  }

  /// In a terminal of its own, in which what is offered is noted before zsh shows it.
  @Test(.enabled(if: Program.isInstalled("zsh"))) func `zsh offers the same`() throws {
    let world = try AnswerWorld()
    try world.folder.put(
      """
      zmodload zsh/zpty
      for line in "$@"; do
        rm -f noted; touch noted
        zpty shell zsh -f -i
        zpty -w shell "cd $PWD; PS1=; fpath=($PWD/functions \\$fpath); autoload -Uz compinit; compinit -u -D"
        zpty -w shell 'compadd() {
          if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
            local -a found; builtin compadd -A found "$@"; for one in $found; do print -r -- "$one" >> noted; done
          fi
          builtin compadd "$@" }'
        zpty -w shell 'ended() { touch ended }; bindkey "^I" complete-word; comppostfuncs=(ended)'
        rm -f ended
        zpty -n -w shell "$line"$'\\t'
        for wait in {1..400}; do [[ -e ended ]] && break; sleep 0.05; done
        zpty -d shell
        cat noted; echo ----
      done

      """, into: "complete.zsh")
    let lines = CompletionTests.shared.map { "'\($0.line)'" }.joined(separator: " ")
    let result = try Program.shell(
      """
      export PATH=$(dirname "$GAN"):$PATH
      mkdir functions; gan-exp --generate-completion-script zsh > functions/_gan-exp
      zsh -f complete.zsh \(lines)
      """, in: world.folder)
    #expect(result.errors == "")
    expectShared(result.output)
  }
}
