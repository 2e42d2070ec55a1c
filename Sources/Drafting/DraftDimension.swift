import SourceText

/// A dimension of the draft.
struct DraftDimension {
  enum Kind: String { case category, number, flag }
  struct Value {
    var stored: String
    var title = LocalText()
    var synonyms = LocalWords()
  }

  var name: String
  var title = LocalText()
  var synonyms = LocalWords()
  var members = LocalWords()
  var kind = Kind.category
  /// `column: …` or `flag: …`
  var columns: [String] = []
  var flag: String?
  var values: [Value] = []
  var groups: [(name: String, values: [String], synonyms: LocalWords)] = []
  var suffixes: [String] = []
  var valuesNeedName = false
  var evidence: [String] = []
  var confirm: [String] = []
  /// Where it is, for checks against the data.
  var table = ""
  var column = ""
  var family = ""
  var level = 0
  var distinct = 0
}

/// A metric of the draft.
struct DraftMetric {
  var name: String
  var title = LocalText()
  var synonyms = LocalWords()
  var counts = LocalWords()
  var verbs = LocalWords()
  var states: [Language: [(word: String, test: String)]] = [:]
  var formula: String
  /// `CNY`, `%`, `days`; or a noun by language.
  var unit: String?
  var noun = LocalText()
  var decimals: Int?
  var direction = "none"
  var means = LocalText()
  var time: String?
  var evidence: [String] = []
  var confirm: [String] = []
}
