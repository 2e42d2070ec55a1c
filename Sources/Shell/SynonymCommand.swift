import ArgumentParser
import Session
import SourceText

/// `wenshu synonym 业绩 net_sales`: writes a word into the dictionary.
struct SynonymCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "synonym", _superCommandName: "wenshu", abstract: "Writes a synonym into the dataset's dictionary.",
    discussion: """
      NAME is a metric, a dimension or a value of one (region=华东), by its name or its title. The file keeps its comments
      and layout; if 'wenshu check' then finds a fault, nothing is written and the fault is told.
      Example: wenshu synonym 业绩 net_sales
      With --default, WORD has several meanings and NAME is the one meant unless something else decides.
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Flag(name: .customLong("default"), help: "WORD has several meanings: NAME is the usual one.") var isDefault = false
  @Argument(help: "The word people use.") var word: String
  @Argument(help: "What it means.") var name: String

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let edit = DictionaryEdit(try setup.open(), cacheFolder: common.cache)
    Output.standard.line(try edit.keep(word, as: name, isDefault: isDefault))
    return ExitStatus.answered
  }
}

extension DictionaryEdit {
  /// Writes it and says where.
  /// - Throws: `Stop` with the reason; then nothing was written.
  func keep(_ word: String, as name: String, isDefault: Bool = false) throws(Stop) -> String {
    guard let target = target(named: name) else {
      let nearest = NearMiss.nearest(to: name, among: names)
      throw Stop("no metric or dimension \(name)" + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: " or "))?"))
    }
    return try keep(word, as: target, isDefault: isDefault)
  }

  func keep(_ word: String, as target: Target, isDefault: Bool = false) throws(Stop) -> String {
    do throws(DiagnosticsError) {
      let place = try isDefault ? addDefault(word, for: target) : addSynonym(word, for: target)
      return "\(place): \(word) = \(target)"
    } catch { throw Stop("nothing was written, since the check finds:\n" + error.description) }
  }
}
