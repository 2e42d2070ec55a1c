import ArgumentParser
import Session
import SourceText

/// `wenshu check`: words, grammar, dictionary, policy, every example and corpus.
struct CheckCommand: ShellCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks words, grammar and a dataset, and runs every example in them.",
    discussion: "Each defect is a line file:line:col. Exit status 1 if there is one.", version: CommandLineRun.version,
    _superCommandName: "wenshu")

  @OptionGroup var common: CommonOptions

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let isGood = Check.run(home: setup.home, dataset: common.dataset) { Output.standard.line($0.description) }
    return isGood ? ExitStatus.answered : ExitStatus.badUsage
  }
}
