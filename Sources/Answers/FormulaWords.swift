import CivilTime
import Metrics
import Questions
import SourceText

/// A formula for people, with the titles of metrics and columns: `支付买家数 ÷ 访客数`, `求和(订单.金额)`.
package struct FormulaWords: Sendable {
  let names: Names
  private let wording: any QuestionWording
  private let phrases: any FormulaPhrases

  package init(_ dictionary: MetricDictionary, in language: Language) {
    names = Names(dictionary, in: language)
    wording = QuestionWords(dictionary, in: language).wording
    phrases =
      switch language {
      case .chinese: ChineseFormulaPhrases()
      case .english: EnglishFormulaPhrases()
      }
  }

  package func text(_ formula: Formula) -> String { text(formula) { _ in nil } }

  /// The formula with numbers in the place of its operands: `12,345 ÷ 100,040`.
  ///
  /// - Parameter known: the number of an operand (a metric or an aggregate), nil if it is not known.
  /// - Returns: nil if the formula is one operand alone or a number is missing.
  package func numbers(_ formula: Formula, known: (Formula) -> String?) -> String? {
    switch formula {
    case .binary, .negated: break
    case .aggregate, .metric, .number, .rolling, .toDate, .shifted, .conversion, .conversions, .score, .filtered, .allTime, .startOf, .folded: return nil
    }
    var isComplete = true
    let text = self.text(formula) { part in
      switch part {
      case .binary, .negated, .number: return nil
      case .aggregate, .metric, .rolling, .toDate, .shifted, .conversion, .conversions, .score, .filtered, .allTime, .startOf, .folded:
        if let number = known(part) { return number }
        isComplete = false
        return nil
      }
    }
    return isComplete ? text : nil
  }

  private func text(_ formula: Formula, _ replaced: (Formula) -> String?) -> String {
    if let text = replaced(formula) { return text }
    switch formula {
    case .aggregate(let aggregate): return self.aggregate(aggregate)
    case .metric(let name): return names.metric(name)
    case .number(let value): return Term.numberText(value)
    case .binary(let sign, let left, let right):
      return wrapped(left, under: sign, isRight: false, replaced) + " " + FormulaWords.sign(sign) + " "
        + wrapped(right, under: sign, isRight: true, replaced)
    case .negated(let inner):
      let text = self.text(inner, replaced)
      if case .binary = inner { return "-(" + text + ")" }
      return "-" + text
    case .rolling(let inner, let count, let grain): return phrases.rolling(text(inner, replaced), count, grain)
    case .toDate(let inner, let grain): return phrases.toDate(text(inner, replaced), grain)
    case .conversions(let events):
      let window = events.within.map { ($0, events.grain) }
      return phrases.conversions(names.column(events.from.description), names.column(events.to.description), window)
    case .filtered(let inner, let condition): return phrases.filtered(text(inner, replaced), self.condition(condition))
    case .allTime(let inner): return phrases.allTime(text(inner, replaced))
    case .startOf(let inner, let grain): return phrases.startOf(text(inner, replaced), grain)
    case .shifted(let inner, let count, let grain): return phrases.shifted(text(inner, replaced), count, grain)
    case .conversion(let from, let to, let window):
      return phrases.conversion(names.column(from.description), names.column(to.description), window)
    case .folded(let fold):
      return wording.folded(Fold(fold), fold.metric.map(names.metric) ?? "")
    case .score(let parts):
      return parts.map { FormulaWords.weight($0.weight) + " × " + names.metric($0.metric) }.joined(separator: " + ")
    }
  }

  private func wrapped(
    _ inner: Formula, under sign: ArithmeticOperator, isRight: Bool, _ replaced: (Formula) -> String?
  ) -> String {
    let text = self.text(inner, replaced)
    guard case .binary(let own, _, _) = inner else { return text }
    return FormulaWords.needsBrackets(own, under: sign, isRight: isRight) ? "(" + text + ")" : text
  }

  static func needsBrackets(_ inner: ArithmeticOperator, under outer: ArithmeticOperator, isRight: Bool) -> Bool {
    switch (outer, inner) {
    case (.plus, _): false
    case (.minus, .plus), (.minus, .minus): isRight
    case (.minus, _): false
    case (.times, .plus), (.times, .minus), (.dividedBy, .plus), (.dividedBy, .minus): true
    case (.times, .times): false
    case (.times, .dividedBy): isRight
    case (.dividedBy, .times), (.dividedBy, .dividedBy): isRight
    }
  }

  static func sign(_ sign: ArithmeticOperator) -> String {
    switch sign {
    case .plus: "+"
    case .minus: "-"
    case .times: "×"
    case .dividedBy: "÷"
    }
  }

  private static func weight(_ weight: Double) -> String { Term.numberText(weight) }

  private func aggregate(_ aggregate: Aggregate) -> String {
    let argument = aggregate.argument.map(row) ?? names.table(aggregate.table)
    let over = aggregate.overTime.map { ($0, aggregate.overGrain ?? .day) }
    var text = phrases.aggregate(aggregate.function, argument, over: over)
    if let per = aggregate.overPer { text = phrases.each(text, row(per)) }
    guard let condition = aggregate.condition else { return text }
    return phrases.filtered(text, self.condition(condition))
  }

  // MARK: Rows

  private func row(_ expression: RowExpression) -> String {
    switch expression {
    case .column(let path): return names.column(path.description)
    case .number(let value): return Term.numberText(value)
    case .text(let text): return phrases.quoted(text)
    case .binary(let sign, let left, let right):
      return operand(left, sign, isRight: false) + " " + FormulaWords.sign(sign) + " "
        + operand(right, sign, isRight: true)
    case .negated(let inner): return "-" + row(inner)
    case .between(let measure, let from, let to): return phrases.between(measure, row(from), row(to))
    case .choice(let condition, let yes, let no): return phrases.choice(self.condition(condition), row(yes), row(no))
    case .coalesce(let parts): return phrases.coalesced(parts.map(row))
    case .absolute(let inner): return "|" + row(inner) + "|"
    case .unit(let grain, let inner): return phrases.unit(grain, row(inner))
    }
  }

  private func operand(_ inner: RowExpression, _ sign: ArithmeticOperator, isRight: Bool) -> String {
    guard case .binary(let own, _, _) = inner else { return row(inner) }
    return FormulaWords.needsBrackets(own, under: sign, isRight: isRight) ? "(" + row(inner) + ")" : row(inner)
  }

  private func condition(_ condition: RowCondition) -> String {
    switch condition {
    case .comparison(let left, let comparator, let right):
      return row(left) + " " + FormulaWords.comparator(comparator) + " " + row(right)
    case .oneOf(let left, let values, let negated): return phrases.oneOf(row(left), values.map(row), negated)
    case .missing(let inner, let negated): return phrases.missing(row(inner), negated)
    case .matches(let inner, let match, let text): return phrases.matches(row(inner), match, text)
    case .dimension(let name, let comparator, let value):
      return names.dimension(name) + " " + FormulaWords.comparator(comparator) + " " + self.value(value, of: name)
    case .dimensionOneOf(let name, let values, let negated):
      return phrases.oneOf(names.dimension(name), values.map { value($0, of: name) }, negated)
    case .members(let name, let metric, let comparator, let bound):
      return phrases.members(
        names.dimension(name), names.metric(metric) + " " + FormulaWords.comparator(comparator) + " " + Term.numberText(bound))
    case .dimensionMissing(let name, let negated): return phrases.missing(names.dimension(name), negated)
    case .all(let parts): return phrases.all(parts.map(bracketed))
    case .any(let parts): return phrases.any(parts.map(bracketed))
    case .not(let part): return phrases.not(self.condition(part))
    }
  }

  private func bracketed(_ condition: RowCondition) -> String {
    switch condition {
    case .any, .all: "(" + self.condition(condition) + ")"
    default: self.condition(condition)
    }
  }

  private func value(_ expression: RowExpression, of dimension: String) -> String {
    switch expression {
    case .text(let text): names.value(text, of: dimension)
    case .number(let number): names.value(Term.numberText(number), of: dimension)
    default: row(expression)
    }
  }

  private static func comparator(_ comparator: Comparator) -> String {
    switch comparator {
    case .equal: "="
    case .notEqual: "≠"
    case .less: "<"
    case .atMost: "≤"
    case .greater: ">"
    case .atLeast: "≥"
    }
  }
}

/// The words of one language inside formulas.
protocol FormulaPhrases: Sendable {
  func aggregate(_ function: Aggregate.Function, _ argument: String, over: (Aggregate.OverTime, Grain)?) -> String
  func filtered(_ text: String, _ condition: String) -> String
  func allTime(_ text: String) -> String
  func conversions(_ from: String, _ to: String, _ within: (Int, Grain)?) -> String
  /// Members that a bound on a metric of theirs keeps.
  func members(_ name: String, _ bound: String) -> String
  func startOf(_ text: String, _ grain: Grain) -> String
  func unit(_ grain: Grain, _ text: String) -> String
  /// Of each one: `per accounts.user_id`.
  func each(_ text: String, _ of: String) -> String
  func rolling(_ text: String, _ count: Int, _ grain: Grain) -> String
  func toDate(_ text: String, _ grain: Grain) -> String
  func shifted(_ text: String, _ count: Int, _ grain: Grain) -> String
  func conversion(_ from: String, _ to: String, _ window: FollowWindow) -> String
  func quoted(_ text: String) -> String
  func between(_ measure: TimeMeasure, _ from: String, _ to: String) -> String
  func choice(_ condition: String, _ yes: String, _ no: String) -> String
  func coalesced(_ parts: [String]) -> String
  func oneOf(_ text: String, _ values: [String], _ negated: Bool) -> String
  func missing(_ text: String, _ negated: Bool) -> String
  func matches(_ text: String, _ match: TextMatch, _ part: String) -> String
  func all(_ parts: [String]) -> String
  func any(_ parts: [String]) -> String
  func not(_ part: String) -> String
}
