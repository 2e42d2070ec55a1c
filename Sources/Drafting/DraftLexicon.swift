import SourceText

/// What the headers of business tables usually mean, and what the metrics made of them are called: `lexicon/drafting/*.yaml`.
package struct DraftLexicon: Sendable {
  /// Something that rows are about or belong to: an order, a customer.
  struct Entity: Sendable {
    var name: String
    var title: LocalText
    /// English, in small letters: `customers`.
    var plural: String
    /// What people call it; headers may call it more.
    var words: LocalWords
    var headers: LocalWords
    var unit: LocalText
    /// `event`, `party`, `goods`, `place`, `group`, `return`
    var kind: String
  }

  /// A column by what it means.
  struct Concept: Sendable {
    enum Role: String, Sendable, CaseIterable {
      case time, amount, quantity, stock, price, costPrice = "cost_price", rate, score, property, category, code, calendar, long
      case personal, flag, place
    }
    var name: String
    var role: Role
    var title: LocalText
    /// What people call it; headers may call it more.
    var words: LocalWords
    var headers: LocalWords
    var suffixes: [String]
    /// 1 is the first choice for the time of a table, 9 never one.
    var rank = 5
    /// What happened at this time, or what a flag is of.
    var event = ""
    /// A hierarchy and the place in it, 1 being the coarsest.
    var family = ""
    var level = 0
    /// A number that describes is an amount of money.
    var isMoney = false
    /// Says too little by itself (type, level): always named with its table.
    var isGeneric = false
    /// Its values are short codes, which mean nothing in a question without the dimension's name.
    var isCoded = false
    /// Not one of the dimensions whose values people name freely.
    var isSide = false
  }

  /// What a metric is called.
  struct Words: Sendable {
    var title = LocalText()
    var synonyms = LocalWords()
    var counts = LocalWords()
    var verbs = LocalWords()
    /// As written: `{zh: {亏损: "< 0"}}`, by language.
    var states: [Language: [(word: String, test: String)]] = [:]
    var unit = LocalText()
    /// A unit that is no noun: `days`.
    var unitKey = ""
    var direction = "none"
    var means = LocalText()
  }

  /// A metric over other metrics.
  struct Ratio: Sendable {
    var name: String
    var formula: String
    var words: Words
    /// `%`, `money`, or empty for a counted noun.
    var unitKey: String
    /// Further words where no metric of this name was drafted.
    var without: String
    var alone = LocalWords()
  }

  struct State: Sendable {
    var words = Words()
    var yes = Words()
    var no = Words()
  }

  struct Value: Sendable {
    var title = LocalText()
    var synonyms = LocalWords()
  }

  var abbreviations: [String: String] = [:]
  var noise = LocalWords()
  var keys = LocalWords()
  var names = LocalWords()
  var flags = LocalWords()
  var terms: [String: String] = [:]
  var entities: [Entity] = []
  var concepts: [Concept] = []
  var fillers = LocalWords()
  var mainAmount = LocalWords()
  var mainVerbs = LocalWords()
  var means: [String: LocalText] = [:]
  var naming: [String: LocalText] = [:]
  var namingWords: [String: LocalWords] = [:]
  var metrics: [String: Words] = [:]
  var ratios: [Ratio] = []
  var intervals: [String: Words] = [:]
  var states: [String: State] = [:]
  var valueSuffixes: [String] = []
  /// Values by concept, by which a column is known.
  var lists: [String: [String: Value]] = [:]
  /// Names of values by concept; includes `lists`.
  var aliases: [String: [String: Value]] = [:]
  var groups: [String: [(name: String, values: [String], synonyms: LocalWords)]] = [:]
  var yes: Set<String> = []
  var no: Set<String> = []

  func entity(_ name: String) -> Entity? { entities.first { $0.name == name } }
  func concept(_ name: String) -> Concept? { concepts.first { $0.name == name } }

  /// Reads the files of a home.
  /// - Throws: `DiagnosticsError` with every defect in them.
  package static func read(home: String) throws(DiagnosticsError) -> DraftLexicon {
    var lexicon = DraftLexicon()
    let report = DiagnosticCollector()
    for (name, read) in [("columns", readColumns), ("metrics", readMetrics), ("values", readValues)] {
      let path = home + "/lexicon/drafting/" + name + ".yaml"
      do throws(Diagnostic) {
        let root = YAMLMapping(try YAMLNode.parse(try SourceFile.read(path), file: path), "a lexicon of columns", report)
        read(root, &lexicon)
      } catch { report.add(error) }
    }
    if report.hasErrors { throw DiagnosticsError(report.diagnostics) }
    return lexicon
  }
}
