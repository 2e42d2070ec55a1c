import Glibc
import Testing

/// `./wenshu install PREFIX`, and what it puts in place: the program, its data, the commit, the manual, completions that the
/// shells themselves load.
@Suite(.serialized) struct InstallTests {
  private static func isThere(_ program: String) -> Bool { access("/usr/bin/" + program, X_OK) == 0 }
  private static func sh(_ script: String, _ environment: [String: String] = [:]) -> ProgramRun {
    ProgramRun.run("/bin/sh", ["-c", script], environment: environment)
  }

  /// A tree with the program built, so that nothing is built for it, installed under `prefix`.
  private static let installed: (prefix: String, run: ProgramRun, commit: String) = {
    let folder = Program.scratch("install")
    let (tree, prefix) = (folder + "/tree", folder + "/prefix")
    let run = sh("""
      set -e
      mkdir -p '\(tree)/.build/release'; cd '\(tree)'
      cp '\(Program.home)/wenshu' . ; cp -r '\(Program.home)/grammar' '\(Program.home)/lexicon' '\(Program.home)/datasets' .
      touch Package.swift; ln -s '\(Program.path)' .build/release/wenshu; touch .build/wenshu-built
      git init -q .; git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m first
      ./wenshu install '\(prefix)'
      """)
    return (prefix, run, sh("git -C '\(tree)' rev-parse HEAD").output.split(separator: "\n").joined())
  }()

  @Test(.enabled(if: isThere("git"), "needs git"))
  func `an installed program knows its commit and its data, from any folder`() {
    let (prefix, run, commit) = Self.installed
    #expect(run.status == 0, "\(run.errors)")
    #expect(commit.count == 40)
    let version = ProgramRun.run(prefix + "/bin/wenshu", ["--version"], folder: "/")
    #expect(version.output == "wenshu 0.1.0 (\(commit.prefix(7)))\n")
    let answer = ProgramRun.run(prefix + "/bin/wenshu", ["--private", "--dataset", "retail", "--format", "csv", "上月各大区销售额"], folder: "/")
    #expect(answer.output.hasPrefix("region,net_sales\n华东,73632.70\n"), "\(answer.errors)")
  }

  @Test(.enabled(if: isThere("git") && isThere("man"), "needs git and man"))
  func `man shows the manual without a complaint`() {
    let run = Self.sh("man --warnings -E UTF-8 -l '\(Self.installed.prefix)/share/man/man1/wenshu.1'", ["MANWIDTH": "80"])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    for text in ["WENSHU(1)", "THE PROMPT", ":drill", "wenshu batch", "--record", "FILES", "printf '上月销售额\\n:why\\n'"] {
      #expect(run.output.contains(text), "\(text)")
    }
  }

  // MARK: Shells

  /// What a shell offers for a line, `wenshu` being the program on the path.
  private static func path() -> String { installed.prefix + "/bin:/usr/bin:/bin" }

  private static let expected: [(line: String, offers: [String])] = [
    ("wenshu b", ["batch", "board"]), ("wenshu --fo", ["--format"]), ("wenshu --format j", ["json", "jsonl"]),
    ("wenshu batch --rec", ["--record"]), ("wenshu --pivot ", ["auto", "none"]), ("wenshu completions ", ["bash", "zsh", "fish"]),
    ("wenshu --chart sp", ["spark"]),
  ]

  @Test func `bash completes commands, flags, values and files`() {
    let script = Self.installed.prefix + "/share/bash-completion/completions/wenshu"
    for (line, offers) in Self.expected + [("wenshu batch \(Program.home)/READ", ["\(Program.home)/README.md"])] {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
      let run = ProgramRun.run("/bin/bash", ["--norc", "-c", """
        source '\(script)'
        COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1); COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
        function=$(complete -p wenshu | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function wenshu "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """], environment: ["PATH": Self.path()])
      #expect(run.errors.isEmpty, "\(line): \(run.errors)")
      let found = run.lines.map { $0.split(separator: " ").joined() }
      #expect(offers.allSatisfy(found.contains), "\(line): \(found)")
    }
  }

  @Test(.enabled(if: isThere("fish"), "fish is not installed"))
  func `fish completes commands, flags, values and files`() {
    for (line, offers) in Self.expected {
      let run = ProgramRun.run(
        "/usr/bin/fish", ["-N", "-c", "source '\(Self.installed.prefix)/share/fish/vendor_completions.d/wenshu.fish'; complete -C '\(line)'"],
        environment: ["PATH": Self.path()])
      #expect(run.errors.isEmpty, "\(line): \(run.errors)")
      let found = run.lines.map { String($0.split(separator: "\t")[0]) }
      #expect(offers.allSatisfy(found.contains), "\(line): \(found)")
    }
  }

  @Test(.enabled(if: isThere("zsh"), "zsh is not installed"))
  func `zsh completes commands, flags and values`() {
    let functions = Self.installed.prefix + "/share/zsh/site-functions"
    let cache = Program.scratch("zsh")
    for (line, offers) in Self.expected {
      // A terminal of zsh's own: completions are made by its line editor.
      let run = ProgramRun.run("/usr/bin/zsh", ["-f", "-c", """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PS1=; fpath=(\(functions) $fpath); autoload -U compinit; compinit -u -d \(cache)/dump; setopt list_ambiguous no_auto_menu; print READ''Y'
        zpty -r shell out '*READY*'
        sleep 2  # until its line editor reads
        zpty -n -w shell '\(line)'$'\\t'$'\\t'
        integer silent=0
        while (( silent < 15 )); do
          if zpty -r -t shell part; then print -rn -- "$part"; silent=0; else sleep 0.1; (( ++silent )); fi
        done
        zpty -d shell
        """], environment: ["PATH": Self.path(), "COLUMNS": "100"])
      let shown = run.output
      #expect(offers.allSatisfy(shown.contains), "\(line): \(shown.debugDescription)")
    }
  }
}
