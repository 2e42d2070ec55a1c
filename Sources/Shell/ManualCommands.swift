import ArgumentParser
import Session
import SourceText

/// The whole command line as argument-parser knows it, for completions: the flags of a question, and the commands.
struct WholeCommandLine: ParsableCommand {
  // Argument-parser adds `help` by itself.
  static let configuration = CommandConfiguration(
    commandName: "wenshu", abstract: AskCommand.configuration.abstract, version: CommandLineRun.version,
    subcommands: CommandLineRun.commands.filter { $0 != HelpCommand.self })
  @OptionGroup var common: CommonOptions
}

/// `wenshu help batch`: the same as `wenshu batch --help`.
struct HelpCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", _superCommandName: "wenshu", abstract: "Says how a command is used.", version: CommandLineRun.version)

  @Argument(help: "The command.") var command: [String] = []

  func perform() throws(Stop) -> Int32 {
    let columns = min(110, Surroundings.width())
    guard let name = command.first else {
      Output.standard.line(AskCommand.helpMessage(columns: columns))
      return ExitStatus.answered
    }
    guard let found = CommandLineRun.commands.first(where: { $0.configuration.commandName == name }) else {
      let nearest = NearMiss.nearest(to: name, among: CommandLineRun.commands.compactMap { $0.configuration.commandName })
      throw Stop("no command \(name)" + (nearest.isEmpty ? "; see wenshu --help" : "; did you mean \(nearest.joined(separator: ", "))?"))
    }
    Output.standard.line(found.helpMessage(columns: columns))
    return ExitStatus.answered
  }
}

/// `wenshu completions zsh`: what a shell needs to complete commands and flags.
struct CompletionsCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", _superCommandName: "wenshu", abstract: "Writes the completions for bash, zsh or fish.",
    discussion: """
      bash:  wenshu completions bash > ~/.local/share/bash-completion/completions/wenshu
      zsh:   wenshu completions zsh > ~/.zfunc/_wenshu        (with fpath+=~/.zfunc in .zshrc)
      fish:  wenshu completions fish > ~/.config/fish/completions/wenshu.fish
      """,
    version: CommandLineRun.version)

  @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"), completion: .list(["bash", "zsh", "fish"])) var shell: String

  func perform() throws(Stop) -> Int32 {
    guard let shell = CompletionShell(rawValue: shell) else { throw Stop("no completions for \(shell); bash, zsh or fish") }
    Output.standard.write(WholeCommandLine.completionScript(for: shell))
    return ExitStatus.answered
  }
}

/// `wenshu manual`: the manual page, made of the commands' own help.
struct ManualCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", _superCommandName: "wenshu", abstract: "Writes the manual page.",
    discussion: "Example: wenshu manual > /usr/local/share/man/man1/wenshu.1", version: CommandLineRun.version)

  func perform() throws(Stop) -> Int32 {
    Output.standard.write(Manual.page)
    return ExitStatus.answered
  }
}

/// The manual in roff: the program, its commands, the prompt's commands, files and environment.
enum Manual {
  static var page: String {
    var text = ".TH WENSHU 1 \"\" \"\(CommandLineRun.version)\"\n.SH NAME\nwenshu \\- \(line(AskCommand.configuration.abstract))\n"
    text += ".SH SYNOPSIS\n" + block(AskCommand.configuration.usage ?? "")
    text += ".SH FLAGS\n" + block(AskCommand.helpMessage(columns: 78))
    text += ".SH COMMANDS\n"
    for command in CommandLineRun.commands {
      text += ".SS wenshu \(command.configuration.commandName ?? "")\n" + block(command.helpMessage(columns: 78))
    }
    text += ".SH THE PROMPT\n"
    let commands = PromptCommands(dictionary: .init(name: ""), datasets: [])
    for command in commands.all {
      text += ".TP\n.B \(line(command.usage))\n\(line(command.help[.english]))\n"
    }
    return text + """
      .SH FILES
      .TP
      .I $XDG_CONFIG_HOME/wenshu/config
      Flags that hold where none is given, a line each: "lang: zh", "quiet: true".
      .TP
      .I $XDG_STATE_HOME/wenshu/history
      Lines typed at the prompt, each once, except those with a space before them.
      .TP
      .I $XDG_DATA_HOME/wenshu/saved
      Questions saved with :save, a folder for each dataset.
      .TP
      .I $XDG_CACHE_HOME/wenshu
      Warehouses built from CSV files.
      .SH ENVIRONMENT
      WENSHU_HOME, WENSHU_CONFIG, WENSHU_UNANSWERED, NO_COLOR, PAGER, LANG, COLUMNS

      """
  }

  /// Lines as they are.
  private static func block(_ text: String) -> String {
    ".nf\n" + text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) + "\n" }.joined() + ".fi\n"
  }

  /// Backslashes, and dots that would be requests, are written out.
  private static func line(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }
}

/// Which state of the sources the program was built from, as far as its folder knows.
enum Commit {
  /// ` (252ca09)`; empty if it is not known.
  static func suffix(home: String?) -> String {
    guard let home, let id = (try? SourceFile.read(home + "/COMMIT")).map({ String(LineReader.trim($0[...])) }) ?? head(home), id.count >= 7
    else { return "" }
    return " (\(id.prefix(7)))"
  }

  /// What `HEAD` of a clone points to, by its files: no other program is run for it.
  private static func head(_ home: String) -> String? {
    var folder = home + "/.git"
    func first(_ path: String) -> String? {
      guard let text = try? SourceFile.read(path) else { return nil }
      return text.split(separator: "\n").first.map { String(LineReader.trim($0)) }
    }
    // A worktree has a file that names its folder.
    if !Files.isFolder(folder) {
      guard let line = first(folder), line.hasPrefix("gitdir: ") else { return nil }
      folder = String(line.dropFirst("gitdir: ".count))
    }
    guard let head = first(folder + "/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    let name = String(head.dropFirst("ref: ".count))
    let shared = first(folder + "/commondir").map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 } ?? folder
    if let id = first(folder + "/" + name) ?? first(shared + "/" + name) { return id }
    guard let packed = try? SourceFile.read(shared + "/packed-refs") else { return nil }
    return packed.split(separator: "\n").first { $0.hasSuffix(" " + name) }.map { String($0.prefix { $0 != " " }) }
  }
}
