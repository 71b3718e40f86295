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
}
