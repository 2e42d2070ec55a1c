import ArgumentParser
import CivilTime
import Metrics
import Planning
import Questions
import Session
import SourceText
import Warehouse

/// `wenshu quality`: how far the data keeps to its rules, table by table, and whether that has become better.
struct QualityCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality", _superCommandName: "wenshu", abstract: "Scores the tables of a dataset by the rules of its tables.yaml.",
    discussion: """
      A score is the share of checks that hold: completeness (values that must be there), uniqueness (keys, whole rows), validity (types,
      ranges, lists, patterns), consistency (references, agreement of columns and tables), timeliness (fresh, rows). Rows that were set
      aside count as broken. Late is what is late by the clock, or by --today. Exit status 5 if any rule is broken.
      Example: wenshu quality --dataset shop --format json
      """,
    version: CommandLineRun.version)

  @OptionGroup var common: CommonOptions
  @Flag(help: "List the scores of earlier measurements.") var history = false

  func perform() throws(Stop) -> Int32 {
    let setup = try Setup(common)
    let progress = Progress()
    defer { progress.finish() }
    let drafted = try setup.draftedDataset(progress)
    let today = common.today?.day ?? Surroundings.clockDay()
    let (folder, dictionary, database) = try open(drafted ?? common.dataset, setup, progress)
    progress.finish()
    for note in database.notes { Output.errors.line("wenshu: \(note)") }
    let tables: [TableQuality]
    do throws(Problem) { tables = try database.quality().tables(of: dictionary.schema, on: today, try database.coverage()) } catch {
      throw Stop("\(error)", status: ExitStatus.failed)
    }
    let words = QualityReportLanguages.words(common.lang?.language ?? Surroundings.language() ?? dictionary.language)
    let record = QualityHistory(folder: folder, dictionary, cacheFolder: common.cache ?? CacheFolder.standard())
    let measurement = QualityHistory.Measurement(
      at: Surroundings.clockMoment(), today: today, data: database.dataVersion,
      scores: Dictionary(tables.map { ($0.table, $0.total) }, uniquingKeysWith: { a, _ in a }))
    let earlier = record.measurements()
    record.append(measurement, after: earlier)
    let report = QualityReport(tables: tables, dictionary: dictionary, today: today, earlier: earlier, current: measurement, words: words)
    if history { report.showHistory(common) } else { report.show(common) }
    return tables.contains(where: \.isBroken) ? ExitStatus.brokenRules : ExitStatus.answered
  }

  private func open(_ dataset: String?, _ setup: Setup, _ progress: Progress) throws(Stop) -> (String, MetricDictionary, Database) {
    do throws(DiagnosticsError) {
      let folder = try DatasetFolder.find(dataset, home: setup.home)
      let (dictionary, diagnostics) = DictionaryReader.read(folder: folder)
      let errors = diagnostics.filter { $0.severity == .error }
      guard let dictionary, errors.isEmpty else { throw DiagnosticsError(errors) }
      let database = try WarehouseBuilder.open(
        dictionary: dictionary, folder: folder, cacheFolder: common.cache ?? CacheFolder.standard(), progress: { progress.built($0) })
      return (folder, dictionary, database)
    } catch { throw Stop(error) }
  }
}
