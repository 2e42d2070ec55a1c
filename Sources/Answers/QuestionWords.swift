import CivilTime
import Metrics
import Questions
import SourceText

/// A question in dictionary words, in one language: the text that people read and that reads back as the same question.
///
/// Example: `measure net_sales | by city | where region = 华东 | during month(-1) | top 3` is
/// `上月，大区为华东，按城市，净销售额，前3名` and `net sales, by city, region is East China, last month, top 3`.
package struct QuestionWords: Sendable {
  package let wording: any QuestionWording

  package init(_ dictionary: MetricDictionary, in language: Language) {
    let names = Names(dictionary, in: language)
    wording =
      switch language {
      case .chinese: ChineseQuestionWords(names: names)
      case .english: EnglishQuestionWords(names: names)
      }
  }

  /// The canonical text.
  package func text(_ question: Question) -> String { joined(clauses(question)) }

  /// Its clauses in the language's own order; in another order they mean the same.
  package func clauses(_ question: Question) -> [String] {
    let subject =
      switch question.subject {
      case .measures(let measures): wording.list(measures.map(wording.measure))
      case .about(let aspect, let metrics): wording.about(aspect, metrics)
      case .list(let listing): wording.listing(listing)
      }
    let rest =
      [question.share.map(wording.share)].compactMap { $0 } + question.thresholds.map(wording.threshold)
      + [question.streak.map(wording.streak)].compactMap { $0 }
      + [question.comparison, question.further].compactMap { $0.map(wording.comparison) }
      + [wording.ranking(question)].compactMap { $0 }
      + question.order.map(wording.ordering) + question.tests.map(wording.test)
      + [question.placement.map(wording.placement)].compactMap { $0 } + (question.isCounted ? [wording.counted(within: question.countedWithin)] : [])
      + [question.asOf.map(wording.asOf)].compactMap { $0 }
      + (question.showsEnds ? [wording.ends] : [])
    return wording.arranged(
      subject: subject, conditions: question.conditions.map { wording.condition($0, bare: false) },
      groups: question.groups.isEmpty ? [] : [wording.groups(question.groups)],
      period: question.period.map { [wording.time($0)] } ?? [], rest: rest)
  }

  package func joined(_ clauses: [String]) -> String { clauses.joined(separator: wording.clauseSeparator) }
}

/// How one language says each part of a question; a type per language, so that neither can lag behind.
package protocol QuestionWording: Sendable {
  var names: Names { get }
  /// `日均成交总额`, `GMV per day on average`
  func measure(_ measure: Measure) -> String
  /// `城市`, `月`, `星期几`
  func grouping(_ grouping: Grouping) -> String
  /// `按城市、月`
  func groups(_ groupings: [Grouping]) -> String
  /// `大区为华东`; bare, where the value alone says it, `华东`.
  func condition(_ condition: Condition, bare: Bool) -> String
  /// `上月`
  func time(_ expression: TimeExpression) -> String
  /// `同比`
  func comparison(_ comparison: Comparison) -> String
  /// `同比 2025-10-01 至 2025-10-31`: with the days of the base.
  func comparison(_ comparison: Comparison, days: String) -> String
  /// `成交总额超过50万`
  func threshold(_ threshold: Threshold) -> String
  /// `连续至少3个月成交总额增长率低于0%`
  func streak(_ streak: Streak) -> String
  /// `（城市为上海）的名次`
  func placement(_ placement: Placement) -> String
  /// `占比`
  func share(_ share: Share) -> String
  /// `按2025-12-31的口径`
  func asOf(_ day: Day) -> String
  /// `每个大区前3名`; `overall` where rows of several groups are ranked together: `总排名前3名`
  func ranking(_ ranking: Ranking, overall: Bool) -> String
  /// `是否成交总额超过50万`
  func test(_ threshold: Threshold) -> String
  /// `有几个`: how many groups there are.
  func counted(within groups: [Grouping]) -> String
  var ends: String { get }
  /// `按成交总额降序`
  func ordering(_ ordering: Ordering) -> String
  /// `转化率的定义`
  func about(_ aspect: Aspect, _ metrics: [String]) -> String
  /// `有哪些指标`
  func listing(_ listing: Listing) -> String
  /// A title with how the values of many groups become one: `日均订单数`, `maximum of orders per day`.
  func folded(_ fold: Fold?, _ title: String) -> String
  /// A value of a part of time: `周一`, `9点`.
  func partValue(_ part: TimePart, _ value: Int) -> String
  /// A text as it stands, in the language's quotes; a quote within is written twice.
  func quoted(_ text: String) -> String
  /// Several names: `甲、乙`, `a, b`.
  func list(_ items: [String]) -> String
  /// The clauses of a sentence, in the language's own order.
  func arranged(subject: String, conditions: [String], groups: [String], period: [String], rest: [String]) -> [String]
  /// What stands between clauses.
  var clauseSeparator: String { get }
}

extension QuestionWording {
  /// A value of a dimension or a part of time in this language.
  package func value(_ value: Value, of field: Field) -> String {
    switch (field, value) {
    case (.dimension(let name), .text(let text)): names.value(text, of: name)
    case (.dimension(let name), .number(let number)): titled(number, of: name)
    case (.part(let part), .number(let number)): partValue(part, Int(number))
    case (.part(let part), .text(let text)): Int(text).map { partValue(part, $0) } ?? text
    case (.hour, .text(let text)): text
    case (.hour, .number(let number)): Term.numberText(number)
    }
  }

  /// The ranking of a question, if it has one.
  package func ranking(_ question: Question) -> String? {
    question.ranking.map { ranking($0, overall: question.groups.count > 1) }
  }

  /// A value behind the name of its field: in quotes where its own signs would be taken for something else.
  func named(_ value: Value, of field: Field) -> String {
    guard case .text(let stored) = value, case .dimension = field else { return self.value(value, of: field) }
    let word = self.value(value, of: field)
    return Self.isPlain(word) && !endsAnother(word, of: field) ? word : quoted(stored)
  }

  /// married, where another value is called not married.
  private func endsAnother(_ word: String, of field: Field) -> Bool {
    guard case .dimension(let name) = field, let dimension = names.dictionary.dimension(name) else { return false }
    return dimension.values.contains { value in
      (value.title.texts.map(\.value) + value.synonyms.all).contains { $0.lowercased().hasSuffix(" " + word.lowercased()) }
    }
  }

  static func doublingQuotes(_ text: String) -> String {
    String(text.flatMap { "\"“”「」『』".contains($0) ? [$0, $0] : [$0] })
  }

  /// Letters with spaces, hyphens and digits behind them.
  private static func isPlain(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first, first.properties.isAlphabetic, word.unicodeScalars.last != " " else { return false }
    return word.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == " " || $0 == "-" || ("0"..."9").contains($0) }
  }

  /// A number that has a title (a flag's `1`), else as a numeral.
  private func titled(_ number: Double, of dimension: String) -> String {
    let stored = Term.numberText(number)
    let title = names.value(stored, of: dimension)
    return title == stored ? Numerals.text(number, names.language) : title
  }

  /// The number of a threshold: of shares, growths and percent metrics in percent.
  package func bound(_ number: Double, of quantity: Quantity) -> String {
    let isPercent = names.dictionary.metric(quantity.metric)?.unit == .percent
    switch quantity {
    case .share, .growth: return Numerals.percent(number)
    case .metric: return isPercent ? Numerals.percent(number) : Numerals.text(number, names.language)
    case .change: return isPercent ? points(number) : Numerals.text(number, names.language)
    }
  }

  private func points(_ number: Double) -> String {
    let text = Numerals.percent(number).dropLast()
    return text + (names.language == .chinese ? "个百分点" : " percentage points")
  }

  /// Whether a value names its condition by itself: `华东`, not `5`.
  package func standsAlone(_ field: Field, _ values: [Value]) -> Bool {
    switch field {
    // Day 5 alone is one of a month.
    case .part(let part): return part != .dayOfYear
    case .hour: return false
    case .dimension(let name):
      guard let dimension = names.dictionary.dimension(name), !dimension.valuesNeedName, dimension.kind != .number
      else {
        return false
      }
      return values.allSatisfy { value in
        let text = self.value(value, of: field)
        return text.unicodeScalars.contains { $0.properties.isAlphabetic } && text.count > 1
      }
    }
  }
}

/// Numbers inside sentences.
enum Numerals {
  /// `50万`, `1.2亿`, `0.3`; in English `500,000`. Never rounded.
  static func text(_ value: Double, _ language: Language) -> String {
    guard let number = ExactDecimal(value) else { return Term.numberText(value) }
    guard language == .chinese else { return number.fullText(grouped: true) }
    for (power, word) in [(8, "亿"), (4, "万")] where number.reaches(powerOfTen: power) {
      let scaled = number.shifted(-power)
      if scaled.decimals <= 2 { return scaled.fullText(grouped: false) + word }
    }
    return number.fullText(grouped: false)
  }

  /// `8,412`
  static func grouped(_ value: Int) -> String { ExactDecimal(units: Int64(value), scale: 0).fullText(grouped: true) }

  /// `10%` for 0.1.
  static func percent(_ fraction: Double) -> String {
    guard let number = ExactDecimal(fraction) else { return Term.numberText(fraction) }
    return number.shifted(2).fullText(grouped: false) + "%"
  }
}
