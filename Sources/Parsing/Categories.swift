/// Names of categories and literal words as small integers.
///
/// Built-in categories come from the dictionary and from numbers; all others are lexicon headings and rules' categories.
package struct Categories: Sendable {
  private var ids: [String: Int] = [:]
  package private(set) var names: [String] = []

  package mutating func id(_ name: String) -> Int {
    if let id = ids[name] { return id }
    ids[name] = names.count
    names.append(name)
    return names.count - 1
  }

  package func find(_ name: String) -> Int? { ids[name] }

  /// A word that stands in a pattern is a category of its own.
  static func literal(_ word: String) -> String { "=" + word }
}

/// The categories that the engine itself fills.
package enum BuiltIn {
  /// Names from the dictionary.
  package static let metric = "metric", dimension = "dimension", value = "value"
  /// Values that count only beside the name of their dimension.
  package static let namedValue = "named-value"
  package static let shortDimension = "dimension-short"
  /// The names of a dimension in the plural, where a language has one: cities.
  package static let pluralDimension = "dimension-plural"
  /// A noun that a counting metric counts, a verb that asks for a metric (and one that asks for money), a word that is a threshold.
  package static let countable = "countable", verb = "metric-verb", moneyVerb = "money-verb", countVerb = "count-verb", state = "state"
  /// A verb that a thing has a property by: what a product costs.
  package static let dimensionVerb = "dimension-verb"
  /// A word that asks which member, without the noun: 哪家 of stores.
  package static let askedDimension = "dimension-asked"
  /// What metrics are chosen by in a list of them: a category, a department, an owner.
  package static let metricCategory = "metric-category", metricOwner = "metric-owner"
  /// A Latin word that occurs inside values: `furniture`.
  package static let valuePart = "value-part"
  /// Numbers as `NumberReader` finds them (a percentage as its fraction); `year4` is four digits, `digits2` two, `currency`
  /// a number with a currency sign, `quoted` a text in quotes, `free-text` any short run.
  package static let number = "number", percent = "percent", ordinal = "ordinal", year4 = "year4", digits2 = "digits2"
  package static let currency = "currency"
  package static let quoted = "quoted", freeText = "free-text"
  /// Times, made by rules only; the engine checks them as they arise.
  package static let time = "time"
  /// Times that can bound others.
  package static let moment = "moment"
  /// Times with an open end (since, after) and with an open start (before, up to).
  package static let openEnd = "open-end", openStart = "open-start"
  /// Times too weak for a question (on 15), made by rules only, for `wenshu parse`; they count at the end of a sentence.
  package static let weakTime = "weak-time"
  /// Amounts, made by rules only, for `wenshu parse`.
  package static let quantity = "quantity"
  /// Amounts that count at the end of a sentence only: 2000 over 3, not in "2000 over 3 years".
  package static let weakQuantity = "weak-quantity"
  /// What bounds and ranges of amounts are made of.
  package static let magnitude = "magnitude"
  /// What parts the members of a list; only to tell a value that is missing in one from a word that is not known.
  package static let joiner = "joiner", orJoiner = "or-joiner"
  /// Characters that join words, by the lexicon: they may stand inside a name.
  package static let particle = "particle"
  /// Words that stand before a name and are no part of it; only to name what is not known without them: "by county".
  package static let opener = "opener"
  /// A place that values may be, each with the kind it is one of; only to tell a value that is missing: 台湾, Paris.
  package static let place = "place"
  /// A day with a name, also those that a dataset names.
  package static let holiday = "holiday"
  /// Words of no weight, and marks.
  package static let filler = "filler", mark = "mark"

  package static let all = [
    metric, dimension, shortDimension, pluralDimension, value, namedValue, countable, verb, moneyVerb, countVerb, state, valuePart,
    number, percent, ordinal, year4, digits2, currency, quoted, freeText, filler, mark, time, moment, openEnd, openStart,
    weakTime, quantity, weakQuantity, magnitude, holiday, joiner, orJoiner, particle, opener, place,
    metricCategory, metricOwner, dimensionVerb, askedDimension,
  ]
}
