import Metrics
import Phrasebook
import SourceText

/// A word as the lattice finds it: what kind of word, and what it means.
package struct VocabularyWord: Hashable, Sendable {
  package var category: Int
  package var meaning: [Term.Item]
  /// Added to the cost of a word; nonzero for guesses such as a text match.
  package var cost: Int
  /// How its owner writes it, for "read as" and explanations.
  package var name: String
  /// Its number in a compiled grammar; −1 before it is in one.
  package var record = -1
}

/// Every word there is, language words, rule words, names of the dictionary and values of the data, as one index.
///
/// It is made to be compiled: a `CompiledGrammar` finds its words.
package struct Vocabulary {
  private(set) var index = WordIndex()
  package private(set) var categories = Categories()
  /// Names that suggestions may offer, with nothing but names of the dictionary in them.
  package private(set) var names: [String] = []
  private let weights: Weights

  /// - Parameter values: the distinct values of each dimension as the data has them.
  package init(rules: PhraseRules, dictionary: MetricDictionary?, values: [String: [String]]) {
    weights = rules.weights
    for name in BuiltIn.all { _ = categories.id(name) }
    addLanguage(rules)
    if let dictionary {
      add(dictionary)
      for dimension in dictionary.dimensions { addValues(of: dimension, values[dimension.name] ?? []) }
    }
  }

  private mutating func addLanguage(_ rules: PhraseRules) {
    for entry in rules.entries {
      add(entry.word, entry.category, entry.meaning)
    }
    var seen: Set<String> = []
    for rule in rules.rules {
      for arc in rule.pattern.states.joined() {
        if case .word(let word) = arc.symbol, seen.insert(word).inserted {
          // A category of its own: nothing can be there before it.
          index.add(
            NormalisedText.word(word),
            VocabularyWord(category: categories.id(Categories.literal(word)), meaning: [], cost: 0, name: word))
        }
      }
    }
  }

  // MARK: The dictionary

  private mutating func add(_ dictionary: MetricDictionary) {
    for metric in dictionary.metrics {
      let meaning: [Term.Item] = [[.symbol(metric.name)]]
      let titles = titleWords(metric.title, metric.synonyms, metric.name)
      names += titles.map(\.word)
      // The key of the notation may be typed too; where there are names that people gave it is none of them.
      let given = Set((Language.allCases.compactMap { metric.title.texts[$0] } + metric.synonyms.all).map { $0.lowercased() })
      let isUnnamed = given.isSubset(of: [metric.name.lowercased(), metric.name.lowercased().replacing("_", with: " ")])
      for title in titles {
        addInflected(title.word, BuiltIn.metric, meaning, cost: isUnnamed || given.contains(title.word.lowercased()) ? 0 : 1)
      }
      for wording in metric.asked.all { add(wording, BuiltIn.metric, meaning, cost: 1) }
      for noun in metric.counts.all { addInflected(noun, BuiltIn.countable, meaning) }
      for verb in metric.verbs.all {
        add(verb, BuiltIn.verb, meaning)
        // How much was sold asks for money, how many were sold for pieces.
        if case .money = metric.unit { add(verb, BuiltIn.moneyVerb, meaning) }
        if case .count = metric.unit { add(verb, BuiltIn.countVerb, meaning) }
      }
      for state in metric.states {
        add(state.word, BuiltIn.state, [[.symbol(metric.name), .symbol(state.comparator.rawValue), .number(state.value)]])
      }
    }
    addTraits(dictionary)
    for dimension in dictionary.dimensions {
      let titles = titleWords(dimension.title, dimension.synonyms, dimension.name)
      names += titles.map(\.word)
      // Home owners are those who own one, not several of the dimension home owner.
      let valued = Set(dimension.values.flatMap { $0.title.texts.values + $0.synonyms.all }.map { NormalisedText.word($0) })
      for title in titles {
        // 省, 店: a single Han character names a dimension only where one is expected (各省), never by itself.
        let isShort = title.word.unicodeScalars.count == 1
        addInflected(title.word, isShort ? BuiltIn.shortDimension : BuiltIn.dimension, [[.symbol(dimension.name)]], unless: valued)
        // A rule that asks for several takes the plural before one that takes either.
        for plural in EnglishNumber.plurals(of: title.word) where !valued.contains(NormalisedText.word(plural)) {
          add(plural, BuiltIn.pluralDimension, [[.symbol(dimension.name)]], cost: -weights.tie - 1)
        }
      }
      for title in qualifiedTitles(dimension, dictionary) { addInflected(title, BuiltIn.dimension, [[.symbol(dimension.name)]]) }
      for verb in dimension.verbs.all { add(verb, BuiltIn.dimensionVerb, [[.symbol(dimension.name)]]) }
      for word in dimension.asked.all { add(word, BuiltIn.askedDimension, [[.symbol(dimension.name)]]) }
      for member in dimension.members.all { addInflected(member, BuiltIn.dimension, [[.symbol(dimension.name)]]) }
    }
    for (key, words) in dictionary.holidayWords.sorted(by: { $0.key < $1.key }) {
      for word in words + [key, key.replacing("_", with: " ")] { add(word, BuiltIn.holiday, [[.symbol(key)]]) }
    }
    for filler in dictionary.fillers.all { add(filler, BuiltIn.filler, []) }
  }

  /// What metrics belong to: 会员, after-sales, 财务部.
  private mutating func addTraits(_ dictionary: MetricDictionary) {
    var seen: Set<String> = []
    func term(_ kind: String, _ name: String) -> [Term.Item] { [[.call(kind, [[Term.value(name)]])]] }
    for metric in dictionary.metrics {
      for word in metric.category.texts.values.sorted() where !word.isEmpty && seen.insert("category " + word).inserted {
        add(word, BuiltIn.metricCategory, term("category", metric.category[dictionary.language]))
      }
      for (kind, name) in [("department", metric.department), ("owner", metric.owner)] where !name.isEmpty && seen.insert("owner " + name).inserted {
        for word in [name] + (dictionary.ownerWords[name]?.all ?? []) { add(word, BuiltIn.metricOwner, term(kind, name)) }
      }
    }
  }

  /// Titles and synonyms in all languages, and the name itself with its underscores as spaces.
  private func titleWords(_ title: LocalText, _ synonyms: LocalWords, _ name: String) -> [(word: String, own: Bool)] {
    var seen: Set<String> = []
    let words = Language.allCases.compactMap { title.texts[$0] } + synonyms.all + [name, name.replacing("_", with: " ")]
    return words.filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }.map { ($0, true) }
  }

  /// 客户职业, customer occupation: a title behind the name of the table that holds it.
  private func qualifiedTitles(_ dimension: Dimension, _ dictionary: MetricDictionary) -> [String] {
    guard case .column(let path) = dimension.source, let table = dictionary.schema[path.head] else { return [] }
    return Language.allCases.flatMap { language -> [String] in
      guard let holder = table.title.texts[language], let title = dimension.title.texts[language],
        !title.lowercased().hasPrefix(holder.lowercased())
      else { return [] }
      guard language == .english else { return [holder + title] }
      return ([holder] + EnglishNumber.otherForms(of: holder)).map { $0 + " " + title }
    }
  }

  // MARK: Values

  private mutating func addValues(of dimension: Dimension, _ stored: [String]) {
    // A flag's 1 and 0, or a number, are no names; only words somebody gave them are.
    let isCategory = dimension.kind == .category && !dimension.type.isNumeric && dimension.type != .boolean
    let category = dimension.valuesNeedName ? BuiltIn.namedValue : BuiltIn.value
    // Where both ANDRE and ANDRES are there, neither is a number of the other; where Renewals is a metric, it is none of Renewal.
    let titled = Set(names.map { NormalisedText.word($0) })
    var parts: [String: Int] = [:]
    if isCategory {
      let asStored = titled.union(stored.map { NormalisedText.word($0) })
      for value in stored {
        for word in spellings(of: value, dimension.suffixes) {
          // A value found by another ending yields to one that is spelt just so.
          addInflected(
            word, category, Self.member(dimension.name, [value]), cost: word == value ? 0 : weights.tie + 1, unless: asStored)
        }
        if !dimension.valuesNeedName { for part in Self.latinWords(value) { parts[part, default: 0] += 1 } }
      }
    }
    for value in dimension.values {
      let titles = Language.allCases.compactMap { value.title.texts[$0] } + value.synonyms.all
      for title in titles {
        let member = Self.member(dimension.name, [value.stored])
        addInflected(title, category, member, unless: titled)
        // 加利福尼亚州 is also found without its ending.
        for suffix in dimension.suffixes where title.hasSuffix(suffix) && title.count > suffix.count + 2 {
          add(String(title.dropLast(suffix.count)), category, member, cost: weights.tie + 1)
        }
      }
    }
    for group in dimension.groups {
      for word in [group.name] + group.synonyms.all {
        addInflected(word, category, Self.member(dimension.name, group.values))
      }
    }
    for part in parts.keys.sorted() where part.count >= 4 {
      addInflected(
        part, BuiltIn.valuePart, [[.symbol(dimension.name), .symbol("contains"), .text(part)]], cost: weights.textMatch)
    }
  }

  static func member(_ dimension: String, _ values: [String]) -> [Term.Item] {
    [[.call("member", [[.symbol(dimension)]] + values.map { [Term.value($0)] })]]
  }

  /// The value, without an ending that people leave out, and with hyphens as spaces.
  private func spellings(of value: String, _ suffixes: [String]) -> [String] {
    var words = [value]
    for suffix in suffixes where value.hasSuffix(suffix) && value.count > suffix.count + 1 {
      words.append(String(value.dropLast(suffix.count)))
    }
    if !suffixes.isEmpty, !suffixes.contains(where: value.hasSuffix), value.unicodeScalars.first?.properties.isIdeographic == true {
      words += suffixes.map { value + $0 }
    }
    if value.contains("-") { words.append(value.replacing("-", with: " ")) }
    return words
  }

  private static func latinWords(_ value: String) -> [String] {
    let parts = value.lowercased().split(whereSeparator: { $0 == " " || $0 == "," || $0 == "/" || $0 == "&" })
    guard parts.count > 1 else { return [] }
    return parts.filter { $0.unicodeScalars.allSatisfy { ScalarKind($0) == .letter } }.map(String.init)
  }

  // MARK: Adding

  private mutating func add(_ word: String, _ category: String, _ meaning: [Term.Item], cost: Int = 0) {
    let scalars = NormalisedText.word(word)
    guard !scalars.isEmpty else { return }
    let entry = VocabularyWord(category: categories.id(category), meaning: meaning, cost: cost, name: word)
    // Two titles of one thing may be the same word in another width or case.
    if index.words(scalars).contains(where: { $0.category == entry.category && $0.meaning == entry.meaning }) { return }
    index.add(scalars, entry)
  }

  /// The word, and for English the other number of its last noun: subcategory – subcategories, bikes – bike.
  /// A form in `taken` is a name of something else.
  private mutating func addInflected(
    _ word: String, _ category: String, _ meaning: [Term.Item], cost: Int = 0, unless taken: Set<[Unicode.Scalar]> = []
  ) {
    add(word, category, meaning, cost: cost)
    for form in EnglishNumber.otherForms(of: word) where !taken.contains(NormalisedText.word(form)) {
      add(form, category, meaning, cost: cost)
    }
  }

  /// Interns the categories of rules once all words are in.
  mutating func id(_ category: String) -> Int { categories.id(category) }
}
