import Metrics
import SourceText

/// A stretch that nothing covers, as a person would name it: 和华西 is 华西, "by county" is "county", 东 before 京 is 东京, and
/// 尔滨 behind a 哈 that was taken for a sigh is 哈尔滨, since that is a place.
struct UnknownStretch {
  let core: Range<Int>
  /// Phrases of a single character that the word took part in: 京 of 东京 is not Beijing.
  let swallowed: [Int]

  init(_ range: Range<Int>, _ cover: Cover, _ text: NormalisedText, _ chart: Chart, _ grammar: CompiledGrammar) {
    if let place = Self.place(over: range, chart, grammar) {
      core = place
      swallowed = cover.phrases.filter { chart.phrases[$0].start < place.upperBound && chart.phrases[$0].end > place.lowerBound }
      return
    }
    let edges = Set([grammar.category(BuiltIn.joiner), grammar.category(BuiltIn.orJoiner), grammar.filler].compactMap { $0 })
    let words = chart.phrases.filter { $0.rule == nil && $0.category.map(edges.contains) == true }
    let opener = grammar.category(BuiltIn.opener)
    let leading = words + chart.phrases.filter { $0.rule == nil && $0.category != nil && $0.category == opener && range.upperBound - $0.end >= 2 }
    let whole = range
    var (start, end) = (range.lowerBound, range.upperBound)
    while let word = leading.filter({ $0.start == start && $0.end < end }).max(by: { $0.end < $1.end }) { start = text.skipSpace(word.end) }
    func last(_ word: Phrase) -> Bool { text.skipSpace(word.end) == end || word.end == end }
    while let word = words.filter({ last($0) && $0.start > start }).min(by: { $0.start < $1.start }) {
      end = word.start
      while end > start + 1, text.scalars[end - 1] == " " { end -= 1 }
    }
    swallowed = cover.phrases.filter { id in
      let phrase = chart.phrases[id]
      return phrase.end - phrase.start == 1 && ScalarKind(text.scalars[phrase.start]) == .han
        && (phrase.start == whole.upperBound && ScalarKind(text.scalars[phrase.start - 1]) == .han && end == whole.upperBound
          || phrase.end == whole.lowerBound && ScalarKind(text.scalars[phrase.end]) == .han && start == whole.lowerBound)
    }
    core = swallowed.reduce(start..<end) {
      min($0.lowerBound, chart.phrases[$1].start)..<max($0.upperBound, chart.phrases[$1].end)
    }
  }

  /// The longest place whose name holds the stretch; 中山公园 is no part of 中山.
  private static func place(over range: Range<Int>, _ chart: Chart, _ grammar: CompiledGrammar) -> Range<Int>? {
    let place = grammar.category(BuiltIn.place)
    return chart.phrases.filter { $0.category == place && $0.start <= range.lowerBound && $0.end >= range.upperBound }
      .map { $0.start..<$0.end }.max { ($0.count, $1.lowerBound) < ($1.count, $0.lowerBound) }
  }
}

/// Tells a value that the data does not have from a word that nobody knows: by an ending that values of a dimension have,
/// by the dimension's name beside it, by its place in a list of values, or because it is a place that the lexicon knows.
struct MissingValue {
  var dimension: String
  var range: Range<Int>

  static func find(
    _ range: Range<Int>, _ cover: Cover, _ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar, _ dictionary: MetricDictionary
  ) -> MissingValue? {
    let core = UnknownStretch(range, cover, text, chart, grammar).core
    // A word of the language is no value: 折扣 最大.
    let names = [BuiltIn.freeText, BuiltIn.place].map { grammar.category($0) }
    if chart.phrases.contains(where: { phrase in
      phrase.rule == nil && phrase.start == core.lowerBound && phrase.end == core.upperBound && !names.contains(phrase.category)
    }) {
      return nil
    }
    let found = ending(core, text, dictionary) ?? beside(core, cover, chart, text, grammar) ?? inList(core, chart, text, grammar)
      ?? place(core, chart, grammar, dictionary)
    return found.flatMap { dictionary.dimension($0.dimension)?.kind == .category ? $0 : nil }
  }

  /// 台湾省: what stands before an ending, or before the dimension's name.
  private static func ending(_ core: Range<Int>, _ text: NormalisedText, _ dictionary: MetricDictionary) -> MissingValue? {
    let scalars = text.scalars[core]
    var best: (ending: Int, dimension: String)?
    for dimension in dictionary.dimensions {
      let titles = Language.allCases.compactMap { dimension.title.texts[$0] } + dimension.synonyms.all
      for word in dimension.suffixes + titles {
        let ending = NormalisedText.word(word)
        let rest = scalars.count - ending.count
        guard !ending.isEmpty, rest >= 2, scalars.suffix(ending.count).elementsEqual(ending), ending.count > best?.ending ?? 0,
          ScalarKind.isBoundary(scalars[core.lowerBound + rest - 1], ending[0])
        else { continue }
        best = (ending.count, dimension.name)
      }
    }
    guard let best else { return nil }
    var end = core.upperBound - best.ending
    while end > core.lowerBound + 1, text.scalars[end - 1] == " " { end -= 1 }
    return MissingValue(dimension: best.dimension, range: core.lowerBound..<end)
  }

  /// Tokyo city, 门店 火星: the dimension's name stands beside it, and says nothing else.
  private static func beside(
    _ core: Range<Int>, _ cover: Cover, _ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar
  ) -> MissingValue? {
    let names = [BuiltIn.dimension, BuiltIn.shortDimension].compactMap { grammar.category($0) }
    let plural = grammar.category(BuiltIn.pluralDimension)
    let alone = cover.phrases.map { chart.phrases[$0].start..<chart.phrases[$0].end } + cover.unknown
    for phrase in chart.phrases where phrase.rule == nil && phrase.category.map(names.contains) == true {
      let isBehind = text.skipSpace(core.upperBound) == phrase.start
      let isBefore = text.skipSpace(phrase.end) == core.lowerBound
      guard isBehind || isBefore, case .items(let items) = chart.meaning(phrase), let name = items.first?.first?.plainText else { continue }
      let isPlural = chart.phrases.contains { $0.category == plural && $0.start == phrase.start && $0.end == phrase.end }
      guard !isPlural, alone.contains(phrase.start..<phrase.end) else { continue }
      return MissingValue(dimension: name, range: core)
    }
    return nil
  }

  /// 台湾, Paris: a place of the lexicon is a value of the first dimension that is called by its kind.
  private static func place(
    _ core: Range<Int>, _ chart: Chart, _ grammar: CompiledGrammar, _ dictionary: MetricDictionary
  ) -> MissingValue? {
    let place = grammar.category(BuiltIn.place)
    for phrase in chart.phrases where phrase.category == place && phrase.start == core.lowerBound && phrase.end == core.upperBound {
      guard case .items(let items) = chart.meaning(phrase), let kind = items.first?.first?.plainText else { continue }
      let called = dictionary.dimensions.first { dimension in
        dimension.name == kind || dimension.title.texts[.english]?.lowercased() == kind
          || dimension.synonyms[.english].contains { $0.lowercased() == kind }
      }
      if let called { return MissingValue(dimension: called.name, range: core) }
    }
    return nil
  }

  /// 华东和华西: a joiner parts it from a value.
  private static func inList(
    _ core: Range<Int>, _ chart: Chart, _ text: NormalisedText, _ grammar: CompiledGrammar
  ) -> MissingValue? {
    let joiners = [BuiltIn.joiner, BuiltIn.orJoiner].compactMap { grammar.category($0) }
    for joiner in chart.phrases where joiner.rule == nil && joiner.category.map(joiners.contains) == true {
      let isBefore = text.skipSpace(joiner.end) == core.lowerBound
      guard isBefore || text.skipSpace(core.upperBound) == joiner.start else { continue }
      let neighbour = chart.phrases.filter { value in
        guard value.rule == nil, let id = value.category, grammar.isValue(id) else { return false }
        return isBefore ? text.skipSpace(value.end) == joiner.start : text.skipSpace(joiner.end) == value.start
      }.max { $0.end - $0.start < $1.end - $1.start }
      guard let neighbour, case .items(let items) = chart.meaning(neighbour), case .call(_, let parts)? = items.first?.first,
        let dimension = parts.first?.first?.plainText
      else { continue }
      return MissingValue(dimension: dimension, range: core)
    }
    return nil
  }
}
