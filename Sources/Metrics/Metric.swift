import CivilTime
import SourceText

/// One governed metric: what it is called, how it is computed, what it means and who answers for it.
package struct Metric: Hashable, Sendable {
  package enum Level: String, Hashable, Sendable, CaseIterable { case strategic, tactical, operational }
  package enum Status: String, Hashable, Sendable, CaseIterable { case draft, certified, deprecated }
  package enum Sensitivity: String, Hashable, Sendable, CaseIterable { case `public`, `internal`, `private` }
  package enum Direction: String, Hashable, Sendable, CaseIterable { case up, down, none }
  /// What a group without rows shows.
  package enum NullPolicy: String, Hashable, Sendable, CaseIterable { case zero, null }

  /// Its name in files and notation.
  package var name: String
  package var title: LocalText
  package var synonyms: LocalWords
  /// Other wordings that ask for it but are no names, so never offered as one: 每单多少钱, how big is an order.
  package var asked: LocalWords
  /// The noun a counting metric counts: 订单, order.
  package var counts: LocalWords
  /// A verb that asks for it: 下单.
  package var verbs: LocalWords
  /// Words that are a threshold on it: 亏损 → `< 0`.
  package var states: [MetricState]
  package var unit: MeasureUnit
  /// Decimals shown; nil = by unit.
  package var decimals: Int?
  package var direction: Direction
  package var meaning: LocalText
  package var owner: String
  package var department: String
  package var level: Level?
  package var category: LocalText
  package var parent: String?
  package var drivers: [String]
  /// What its drivers come to together, in the formula language; `lint` compares it with the metric on the data.
  package var equals: Formula?
  package var sensitivity: Sensitivity
  package var status: Status
  package var successor: String?
  /// What was certified, by whom and when; nil if the dictionary does not say.
  package var certification: Certification?
  /// Its formula is another than the one that was certified, so it is no longer.
  package var hasLostCertification = false
  /// Of a target: the metric that says how far it was reached, what it is set for over it.
  package var attainment: String?
  /// The version in force and, behind it, older ones, newest first.
  package var versions: [MetricVersion]
  /// Versions that come after the one in force, newest first; see `inForce(on:)`.
  package var later: [MetricVersion] = []
  /// Overrides the source table's default time column.
  package var time: ColumnPath?
  /// Dimensions it may be cut by; nil = all that can be reached.
  package var allowedDimensions: [String]?
  package var requiredDimensions: [String]
  package var nulls: NullPolicy?
  /// Whether units of time without rows are shown, as far as the calendar's days or the period go.
  package var showsGaps = false
  /// What a window that moves day by day is over a coarser unit of time.
  package var overUnits = OverUnits.last
  package var examples: [AuthoredExample]
  package var place: SourcePlace?

  /// Which of its days' values stands for a month: that at its end, at its beginning, or the mean of all.
  package enum OverUnits: String, Hashable, Sendable, CaseIterable { case last, first, average }

  /// The version in force: the newest.
  package var current: MetricVersion { versions[0] }
  package var formula: Formula { versions[0].formula }

  package init(name: String, versions: [MetricVersion]) {
    precondition(!versions.isEmpty, "a metric has at least the version in force")
    self.name = name
    self.versions = versions
    title = LocalText()
    synonyms = LocalWords()
    asked = LocalWords()
    counts = LocalWords()
    verbs = LocalWords()
    states = []
    unit = .plain
    direction = .none
    meaning = LocalText()
    owner = ""
    department = ""
    category = LocalText()
    drivers = []
    sensitivity = .internal
    status = .certified
    requiredDimensions = []
    examples = []
  }
}

/// One version of a metric's definition.
package struct MetricVersion: Hashable, Sendable {
  package var number: Int
  package var validFrom: Day?
  package var formula: Formula
  package var meaning: LocalText
  package var change: LocalText

  package init(
    number: Int, validFrom: Day? = nil, formula: Formula, meaning: LocalText = LocalText(),
    change: LocalText = LocalText()
  ) {
    self.number = number
    self.validFrom = validFrom
    self.formula = formula
    self.meaning = meaning
    self.change = change
  }
}

/// The formula somebody vouched for: `certified: {formula: paying_buyers / visitors, by: 周启明, on: 2026-01-05}`.
package struct Certification: Hashable, Sendable {
  /// As `FormulaNotation` writes it.
  package var formula: String
  package var by: String
  package var day: Day?

  package init(formula: String, by: String = "", day: Day? = nil) {
    self.formula = formula
    self.by = by
    self.day = day
  }
}

/// A word that is a threshold: 亏损 means profit `< 0`.
package struct MetricState: Hashable, Sendable {
  package var word: String
  package var language: Language
  package var comparator: Comparator
  package var value: Double
  package init(word: String, language: Language, comparator: Comparator, value: Double) {
    self.word = word
    self.language = language
    self.comparator = comparator
    self.value = value
  }
}

/// `? question => notation` as it stands in a dictionary, with its place.
package struct AuthoredExample: Hashable, Sendable {
  package var text: String
  package var place: SourcePlace?
  package init(text: String, place: SourcePlace? = nil) {
    self.text = text
    self.place = place
  }
}

/// What a number counts or measures.
package enum MeasureUnit: Hashable, Sendable {
  /// `CNY`: an ISO 4217 code.
  case money(String)
  /// Counted things with their noun: 单, orders.
  case count(LocalText)
  /// A ratio shown as percent; values are fractions.
  case percent
  case days, hours, minutes
  /// A number without unit: an index, a ratio shown as it is.
  case plain
}
