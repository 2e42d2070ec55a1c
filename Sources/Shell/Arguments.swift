import ArgumentParser
import Session
import SourceText
import Terminal

/// A command of the program: its flags, and what it does.
protocol ShellCommand: ParsableCommand {
  /// Does it and gives the exit status.
  /// - Throws: `Stop`
  func perform() throws(Stop) -> Int32
}

/// A command with the flags that all answers have.
protocol AnsweringCommand: ShellCommand { var common: CommonOptions { get } }

/// The command line: finds the command, reads its flags, runs it.
///
/// The first word that is no flag and no flag's value decides: `wenshu batch q.txt` is a command, `wenshu "batch size by
/// city"` and `wenshu -- batch` are questions.
package enum CommandLineRun {
  package static let version = "wenshu 0.1.0"

  static let commands: [any ShellCommand.Type] = [
    BatchCommand.self, ParseCommand.self, QueryCommand.self, MetricsCommand.self, CheckCommand.self, SampleCommand.self,
    DraftCommand.self, LoadCommand.self, LoadsCommand.self, RejectsCommand.self, QualityCommand.self, RollupsCommand.self, SynonymCommand.self,
    UnknownCommand.self, DictionaryCommand.self, BoardCommand.self, CompletionsCommand.self, ManualCommand.self, HelpCommand.self,
  ]

  /// Runs the program on `arguments` (without its own name) and gives its exit status.
  package static func run(_ arguments: [String]) -> Int32 {
    let (command, rest) = split(arguments)
    defer { OpenedWorkspaces.keepUse() }
    Surroundings.survivesFullDisk()
    do {
      if rest == ["--version"] { return tellVersion() }
      let takesFlags = command != CompletionsCommand.self && command != ManualCommand.self && command != HelpCommand.self
      return try perform(command, takesFlags ? ConfigFile.adding(to: rest) : rest)
    } catch let stop as Stop {
      Output.errors.line("wenshu: " + stop.text)
      return stop.status
    } catch {
      return report(error, command)
    }
  }

  private static func tellVersion() -> Int32 {
    let home = try? Home.find(
      named: nil, environment: Surroundings.variable("WENSHU_HOME").map { ["WENSHU_HOME": $0] } ?? [:],
      executable: Surroundings.executable(), currentFolder: Surroundings.currentFolder())
    Output.standard.line(version + Commit.suffix(home: home?.path))
    return ExitStatus.answered
  }

  private static func perform(_ type: any ShellCommand.Type, _ arguments: [String]) throws -> Int32 {
    guard let command = try type.parseAsRoot(arguments) as? any ShellCommand else {
      // Argument-parser's own help command.
      throw CleanExit.helpRequest()
    }
    guard let asking = command as? any AnsweringCommand else { return try command.perform() }
    return try DisplayWidth.$ambiguousIsWide.withValue(Surroundings.ambiguousIsWide(asking.common.ambiguous)) { try asking.perform() }
  }

  /// Help and version go to standard output; a mistake is one line with the nearest flag, and status 1.
  private static func report(_ error: any Error, _ command: any ShellCommand.Type) -> Int32 {
    if command.exitCode(for: error) == .success {
      Output.standard.line(command.fullMessage(for: error, columns: min(110, Surroundings.width())))
      return ExitStatus.answered
    }
    let name = command == AskCommand.self ? "wenshu" : "wenshu " + (command.configuration.commandName ?? "")
    Output.errors.line("wenshu: \(command.message(for: error)); see \(name) --help")
    return ExitStatus.badUsage
  }

  /// The command, and the arguments without its name.
  static func split(_ arguments: [String]) -> (command: any ShellCommand.Type, rest: [String]) {
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-"), arguments[index] != "--", arguments[index] != "-" {
      index += valueFlags.contains(arguments[index]) ? 2 : 1
    }
    guard index < arguments.count,
      let command = commands.first(where: { $0.configuration.commandName == arguments[index] })
    else { return (AskCommand.self, arguments) }
    var rest = arguments
    rest.remove(at: index)
    return (command, rest)
  }

  /// Common flags that take the word behind them.
  static let valueFlags: Set<String> = ["--dataset", "--data", "--home", "--today", "--user", "--lang", "--format", "--chart", "--pivot", "--ambiguous", "--cache", "--accept", "--as", "--jobs", "--input", "--watch"]

  /// The number of the first argument that is not UTF-8, counted from 1; nil if all are.
  static func brokenArgument() -> Int? {
    (1..<max(1, Int(CommandLine.argc))).first { index in
      CommandLine.unsafeArgv[index].map { String(validatingCString: $0) == nil } ?? false
    }
  }

  /// Runs the program on the arguments of the process.
  package static func main() -> Int32 {
    if let index = brokenArgument() {
      Output.errors.line("wenshu: argument \(index) is not UTF-8 text")
      return ExitStatus.badUsage
    }
    return run(Array(CommandLine.arguments.dropFirst()))
  }
}
