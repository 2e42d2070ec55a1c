// Deleted when the real Session is on main.
import Answers
import CivilTime
import Metrics
import Questions
import SourceText

package struct AskOptions: Sendable {
  package var today: Day
  package var user: String?
  package var language: Language?
  package var isStrict: Bool
  package var explains: Bool
  package init(
    today: Day, user: String? = nil, language: Language? = nil, isStrict: Bool = false, explains: Bool = false
  ) {
    self.today = today
    self.user = user
    self.language = language
    self.isStrict = isStrict
    self.explains = explains
  }
}

package final class Workspace: Sendable {
  package let dictionary: MetricDictionary
  package let lastLoadedDay: Day?
  init(dictionary: MetricDictionary) {
    self.dictionary = dictionary
    lastLoadedDay = nil
  }
  package static func open(
    home: Home, dataset: String?, cacheFolder: String?, progress: @Sendable (String) -> Void
  ) throws(DiagnosticsError) -> Workspace {
    progress("stub")
    return Workspace(dictionary: MetricDictionary(name: "stub"))
  }
  package func today(given: Day?, clock: Day) -> Day { given ?? clock }
  package func interrupt() {}
  package func values(of dimension: String) -> [String] { [] }
}

package struct Conversation {
  private let workspace: Workspace
  private let options: AskOptions
  package var previous: Question?
  package init(_ workspace: Workspace, options: AskOptions) {
    self.workspace = workspace
    self.options = options
  }
  package mutating func ask(_ text: String) -> Answer {
    Answer(status: .notUnderstood, language: options.language ?? .chinese, question: text, headline: "stub: " + text)
  }
  package mutating func choose(_ number: Int) -> Answer? { nil }
  package mutating func query(notation: String) -> Answer { ask(notation) }
}

package struct CheckLine: Sendable, CustomStringConvertible {
  package var description: String
}

package enum Check {
  package static func run(home: Home, dataset: String?, report: (CheckLine) -> Void) -> Bool { true }
}

package struct ParsedText: Sendable {
  package struct Time: Sendable {
    package var span: Span
    package var text: String
    package var period: Period
    package var grain: Grain?
  }
  package struct Number: Sendable {
    package enum Value: Sendable {
      case one(Double)
      case range(low: Double?, high: Double?, lowInclusive: Bool, highInclusive: Bool)
    }
    package var span: Span
    package var text: String
    package var value: Value
    package var currency: String?
  }
  package var canonical: String?
  package var times: [Time] = []
  package var numbers: [Number] = []
  package var unknown: [UnknownWord] = []
  package var alternatives: [String] = []
}

package struct ParseOnly {
  package init(home: Home, dataset: String?) throws(DiagnosticsError) {}
  package func parse(_ text: String, today: Day) -> ParsedText { ParsedText() }
}
