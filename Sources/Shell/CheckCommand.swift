import ArgumentParser
import Session
import SourceText

/// `wenshu check`: words, grammar, dictionary, policy, every example and corpus.
struct CheckCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "wenshu", abstract: "Checks words, grammar and a dataset, and runs every example in them.",
    discussion: "Each defect is a line that begins file:line:col. Exit status 1 if there is one.", version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let progress = Progress()
    defer { progress.finish() }
    let dataset = try setup.draftedDataset(progress) ?? common.dataset
    var (checked, failed) = (0, 0)
    let isFine = Check.run(
      home: setup.home, dataset: dataset, cacheFolder: common.cache, progress: { progress.built($0) }
    ) { line in
      checked += 1
      if !line.isOK { failed += 1 }
      // What holds is counted; what does not, and what is only to be thought about, is said.
      if !line.isOK || !line.message.isEmpty { Output.standard.line(CheckCommand.text(line)) }
    }
    Output.standard.line("\(checked) checked, \(failed) failed")
    return isFine ? ExitStatus.answered : ExitStatus.badUsage
  }

  /// A defect of a file begins with its place already.
  private static func text(_ line: CheckLine) -> String {
    let isDefect = line.place.map { line.message.hasPrefix($0.description) } ?? true
    return isDefect ? line.message : line.text
  }
}
