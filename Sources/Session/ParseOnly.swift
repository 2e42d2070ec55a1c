import CivilTime
import Metrics
import Parsing
import Phrasebook
import Questions
import SourceText


/// Understanding alone: what `wenshu parse` shows. Works without a dataset, for times and numbers.
package struct ParseOnly: Sendable {
  private let reader: QuestionReader
  private let dictionary: MetricDictionary

  package struct ParsedTime: Sendable {
    package var text: String
    package var span: Span
    /// Half-open; nil = open.
    package var start: Day?
    package var end: Day?
    package var grain: Grain?
    package var notation: String
  }

  package struct ParsedNumber: Sendable {
    package var text: String
    package var span: Span
    package var term: Term
  }

  package struct ParsedText: Sendable {
    package var reading: Reading
    package var canonical: String?
    package var times: [ParsedTime]
    package var numbers: [ParsedNumber]
  }

  /// - Parameter dataset: nil = none.
  /// - Throws: `DiagnosticsError`
  package init(
    home: Home, dataset: String?, cacheFolder: String? = nil, progress: @Sendable (String) -> Void
  ) throws(DiagnosticsError) {
    if let dataset {
      let workspace = try Workspace.open(home: home, dataset: dataset, cacheFolder: cacheFolder, progress: progress)
      reader = workspace.reader
      dictionary = workspace.dictionary
      return
    }
    let (rules, faults) = PhrasebookFiles.read(home: home)
    let errors = faults.filter { $0.severity == .error }
    if !errors.isEmpty { throw DiagnosticsError(errors) }
    dictionary = MetricDictionary(name: "none")
    let vocabulary = Vocabulary(rules: rules, dictionary: nil, values: [:])
    reader = QuestionReader(grammar: CompiledGrammar(rules, vocabulary), dictionary: dictionary)
  }

  package func parse(_ text: String, today: Day) -> ParsedText {
    let context = TimeContext(today: today, calendar: dictionary.calendar)
    let reading = reader.read(text, context: context)
    let times = reading.times.compactMap { found -> ParsedTime? in
      guard let time = try? TimeNotation.time(found.term), let resolved = try? time.resolve(context) else { return nil }
      return ParsedTime(
        text: found.text, span: found.span, start: resolved.period.start, end: resolved.period.end,
        grain: resolved.grain, notation: found.term.description)
    }
    let numbers = reading.numbers.map { ParsedNumber(text: $0.text, span: $0.span, term: $0.term) }
    return ParsedText(
      reading: reading, canonical: reading.question?.description, times: times, numbers: numbers)
  }
}
