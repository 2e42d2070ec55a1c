import Metrics
import SourceText

/// Each word for one metric or dimension: who has it already.
struct WordClaims {
  private var owners: [String: String] = [:]

  /// True if the word is the owner's now, or was.
  mutating func claim(_ word: String, _ owner: String) -> Bool {
    let key = DictionaryChecks.normalised(word)
    if key.isEmpty { return false }
    if let earlier = owners[key] { return earlier == owner }
    owners[key] = owner
    return true
  }

  func owner(of word: String) -> String? { owners[DictionaryChecks.normalised(word)] }

  func isFree(_ word: String, for owner: String) -> Bool {
    let earlier = owners[DictionaryChecks.normalised(word)]
    return earlier == nil || earlier == owner
  }

  /// Those of the words that are free, claimed.
  mutating func claimed(_ words: LocalWords, _ owner: String, most: Int = 16) -> LocalWords {
    var result = LocalWords()
    for language in Language.allCases {
      var kept: [String] = []
      for word in words[language] where kept.count < most && !kept.contains(word) && claim(word, owner) { kept.append(word) }
      if !kept.isEmpty { result.words[language] = kept }
    }
    return result
  }
}

/// Titles in both languages, as far as the lexicon knows them.
struct Titles {
  let lexicon: DraftLexicon

  /// `{noun}`, `{column}` … filled in; a language without all of them is left out.
  func fill(_ pattern: LocalText?, _ values: [String: LocalText]) -> LocalText {
    var result = LocalText()
    for (language, text) in pattern?.texts ?? [:] {
      var text = text
      var isWhole = true
      for (name, value) in values where text.contains("{\(name)}") {
        guard let word = value.texts[language], !word.isEmpty else {
          isWhole = false
          continue
        }
        text = text.replacing("{\(name)}", with: word)
      }
      if isWhole { result.texts[language] = text }
    }
    return result
  }

  func fill(_ patterns: LocalWords?, _ values: [String: LocalText]) -> LocalWords {
    var result = LocalWords()
    for language in Language.allCases {
      let words = patterns?[language].map { fill(LocalText([language: $0]), values).texts[language] ?? "" }.filter { !$0.isEmpty } ?? []
      if !words.isEmpty { result.words[language] = words }
    }
    return result
  }

  func nouns(_ entity: DraftLexicon.Entity) -> [String: LocalText] {
    let singular = LocalText([.chinese: entity.title[.chinese], .english: entity.title[.english]])
    let plural = LocalText([.chinese: entity.title[.chinese], .english: entity.plural])
    return ["noun": plural, "singular": singular]
  }

  /// The header in its own language.
  func header(_ column: DraftColumn) -> LocalText {
    let text = column.reading.text
    if text.isChinese { return LocalText([.chinese: text.shown.filter { !$0.isWhitespace }]) }
    if text.isCode { return LocalText([.english: text.shown]) }
    var title = LocalText([.english: text.phrase])
    let terms = text.tokens.map { lexicon.terms[$0] }
    if !terms.isEmpty, !terms.contains(nil) { title.texts[.chinese] = terms.compactMap { $0 }.joined() }
    return title
  }

  /// What a column is called by itself.
  func column(_ column: DraftColumn) -> LocalText {
    let own = header(column)
    if let entity = column.entity.flatMap(lexicon.entity), [.key, .name].contains(column.role) {
      var title = fill(lexicon.naming[column.role == .key ? "key" : "name"], nouns(entity))
      if let chinese = own.texts[.chinese], column.reading.text.isChinese { title.texts[.chinese] = chinese }
      return title
    }
    guard let concept = column.concept, column.reading.isExact || column.reading.concept?.name != concept.name else { return own }
    var title = concept.title
    if column.reading.text.isChinese, column.reading.concept?.name == concept.name, column.reading.qualifiers.isEmpty,
      column.reading.text.shown.allSatisfy({ $0.isLetter || $0.isWhitespace })
    {
      title.texts[.chinese] = own.texts[.chinese]
    }
    return title
  }

  func assign(_ table: inout DraftTable) {
    for index in table.columns.indices { table.columns[index].title = column(table.columns[index]) }
    // Two columns of one meaning are called by their headers.
    for index in table.columns.indices {
      let column = table.columns[index]
      let twins = table.columns.filter { $0.title == column.title }
      if twins.count > 1 { for twin in twins { table.columns[twin.index].title = header(twin) } }
    }
  }
}
