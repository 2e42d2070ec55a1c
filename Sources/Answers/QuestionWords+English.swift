import CivilTime
import Metrics
import Questions

/// Questions in English: net sales, by city, region is East China, last month, top 3.
struct EnglishQuestionWords: QuestionWording {
  let names: Names

  func measure(_ measure: Measure) -> String {
    let title = measure.folded == nil ? folded(measure.fold, name(of: measure)) : name(of: measure)
    if measure.conditions.isEmpty { return title }
    return title + " (" + measure.conditions.map { condition($0, bare: false) }.joined(separator: " and ") + ")"
  }

  func averaged(_ grouping: Grouping) -> String {
    switch grouping {
    case .time(.hour): "average per clock hour of "
    case .time(.day): "daily average "
    case .time(.week): "weekly average "
    case .time(.month): "monthly average "
    case .time(.quarter): "quarterly average "
    case .time(.half): "half-yearly average "
    case .time(.year): "yearly average "
    case .dimension, .part, .bucket, .ranges: "average per " + self.grouping(grouping) + " of "
    }
  }

  func grouping(_ grouping: Grouping) -> String {
    switch grouping {
    case .dimension(let name): names.dimension(name)
    // By hour is by hour of the day, whichever day it was.
    case .time(.hour): "clock hour"
    case .time(let grain): EnglishTimeWords.grain(grain)
    case .part(.hourOfDay): "hour of day"
    case .part(.weekday): "weekday"
    case .part(.weekend): "weekend or weekday"
    case .part(.workday): "workday or day off"
    case .part(.tradingDay): "trading day or not"
    case .part(.dayOfMonth): "day of month"
    case .part(.dayOfYear): "day of year"
    case .part(.monthOfYear): "month of year"
    case .part(.quarterOfYear): "quarter of year"
    case .ranges(let name, let edges): names.dimension(name) + " in ranges split at " + edges.map { Numerals.text($0, .english) }.joined(separator: " or ")
    case .bucket(let name, nil): names.dimension(name) + " in ranges"
    case .bucket(let name, let width?): names.dimension(name) + " in steps of " + Numerals.text(width, .english)
    }
  }

  func groups(_ groupings: [Grouping]) -> String { "by " + groupings.map(grouping).joined(separator: " and ") }

  func condition(_ condition: Condition, bare: Bool) -> String {
    switch condition {
    case .comparison(.part(let part), .equal, .number(let value)) where part.values == 0...1:
      return EnglishQuestionWords.days(part, value == 1)
    case .comparison(let field, .equal, let value) where bare && standsAlone(field, [value]):
      return self.value(value, of: field)
    case .oneOf(let field, let values, negated: false) where bare && standsAlone(field, values):
      return list(values.map { self.value($0, of: field) })
    case .comparison(.hour, let comparator, .text(let text)):
      return ClockHour(text).map { (comparator == .less ? "before " : "since ") + "\($0.day) \($0.hour):00" } ?? text
    case .comparison(let field, let comparator, let value):
      return self.field(field) + " " + EnglishQuestionWords.comparator(comparator) + " " + named(value, of: field)
    case .oneOf(let field, let values, let negated):
      return self.field(field) + (negated ? " is not " : " is ")
        + values.map { named($0, of: field) }.joined(separator: " or ")
    case .between(.part(.hourOfDay), .number(let low), .number(let high)):
      return "from \(Int(low)):00 to \(Int(high) + 1):00"
    case .between(let field, let low, let high):
      return self.field(field) + " between " + value(low, of: field) + " and " + value(high, of: field)
    case .matches(let field, let match, let text, let negated):
      return self.field(field) + " " + EnglishQuestionWords.match(match, negated) + " " + quoted(text)
    case .missing(let field, let negated): return self.field(field) + (negated ? " is not empty" : " is empty")
    case .among(let dimension, let direction, let count, let metric):
      return "\(names.dimension(dimension)) among the \(direction.rawValue) \(count) by \(names.metric(metric))"
    case .selected(let dimension, let question, let negated): return selected(dimension, question, negated)
    case .any(let parts): return grouped(parts, " or ")
    case .all(let parts): return grouped(parts, " and ")
    case .not(let part): return "not (" + self.condition(part, bare: false) + ")"
    }
  }

  private func grouped(_ parts: [Condition], _ word: String) -> String {
    "(" + parts.map { condition($0, bare: false) }.joined(separator: word) + ")"
  }

  private func field(_ field: Field) -> String {
    switch field {
    case .dimension(let name): names.dimension(name)
    case .part(let part): grouping(.part(part))
    case .hour: grouping(.time(.hour))
    }
  }

  private static func comparator(_ comparator: Comparator) -> String {
    switch comparator {
    case .equal: "is"
    case .notEqual: "is not"
    case .less: "below"
    case .atMost: "at most"
    case .greater: "above"
    case .atLeast: "at least"
    }
  }

  private static func match(_ match: TextMatch, _ negated: Bool) -> String {
    switch match {
    case .contains: negated ? "does not contain" : "contains"
    case .starts: negated ? "does not start with" : "starts with"
    case .ends: negated ? "does not end with" : "ends with"
    }
  }

  func quoted(_ text: String) -> String { "\"" + Self.doublingQuotes(text) + "\"" }

  func time(_ expression: TimeExpression) -> String { EnglishTimeWords.text(expression) }

  func comparison(_ comparison: Comparison) -> String {
    let words =
      switch comparison.base {
      case .yearBefore: "vs a year before"
      case .previous: "vs the period before"
      case .shifted(let count, let grain):
        "vs the same days " + EnglishTimeWords.count(abs(count), grain) + (count < 0 ? " before" : " after")
      case .period(let expression): "vs base period " + time(expression)
      case .members(let conditions): "difference from " + conditions.map { condition($0, bare: false) }.joined(separator: ", ")
      }
    return comparison.fair ? words : words + " (full periods)"
  }

  func comparison(_ comparison: Comparison, days: String) -> String {
    if case .members = comparison.base { return self.comparison(comparison) }
    let label =
      switch comparison.base {
      case .yearBefore: "a year before"
      case .previous: "the period before"
      case .shifted(let count, let grain): EnglishTimeWords.count(abs(count), grain) + (count < 0 ? " before" : " after")
      case .period(let expression): time(expression)
      case .members: ""
      }
    return "vs " + days + " (" + label + (comparison.fair ? ")" : ", full periods)")
  }

  func threshold(_ threshold: Threshold) -> String {
    let bound =
      switch threshold.bound {
      case .number(let number): self.bound(number, of: threshold.quantity)
      case .average: "average"
      case .overall: "that of all together"
      case .averageWithin(let name): "the average of its " + names.dimension(name)
      case .member(let name, let value): "that of (" + condition(.comparison(.dimension(name), .equal, value), bare: false) + ")"
      }
    let comparator =
      switch threshold.comparator {
      case .equal: "equal to"
      case .notEqual: "not equal to"
      default: EnglishQuestionWords.comparator(threshold.comparator)
      }
    return (threshold.isOfValue ? "value" : quantity(threshold.quantity)) + " " + comparator + " " + bound
  }

  private func quantity(_ quantity: Quantity) -> String {
    switch quantity {
    case .metric(let name): names.metric(name)
    case .share(let name): "share of all " + names.metric(name)
    case .growth(let name): names.metric(name) + " growth"
    case .change(let name): "change in " + names.metric(name)
    }
  }

  func share(_ share: Share) -> String {
    switch share.of {
    case .total: "share of total"
    case .running: "running share of total"
    case .change: "contribution to the change"
    case .parent(let name): "share within " + names.dimension(name)
    case .matching(let conditions):
      "share where " + conditions.map { condition($0, bare: false) }.joined(separator: " and ")
    }
  }

  func ranking(_ ranking: Ranking, overall: Bool) -> String {
    if ranking.kind == .share { return places(ranking) }
    return places(ranking)
      + (ranking.by.map { " by " + quantity($0) } ?? "")
      + (ranking.within.isEmpty ? (overall ? " overall" : "") : " in each " + ranking.within.map(grouping).joined(separator: " and "))
  }

  func ordering(_ ordering: Ordering) -> String {
    // A group may have the name of a metric: customers of each customer.
    let key =
      switch ordering.key {
      case .quantity(let quantity): "sorted by " + self.quantity(quantity)
      case .group(let grouping): "arranged by " + self.grouping(grouping)
      }
    return key + (ordering.descending ? " descending" : " ascending")
  }

  func about(_ aspect: Aspect, _ metrics: [String]) -> String {
    let metrics = list(metrics.map(names.metric))
    return switch aspect {
    case .definition: "definition of " + metrics
    case .formula: "written formula of " + metrics
    case .owner: "owner of " + metrics
    case .lineage: "lineage of " + metrics
    case .version: "version of " + metrics
    case .unit: "unit of " + metrics
    }
  }

  func asOf(_ day: Day) -> String { "under the definition as of \(day)" }

  func listing(_ listing: Listing) -> String {
    switch listing {
    case .metrics: "list metrics"
    case .metricsOf(let trait):
      switch trait {
      case .category(let name): "list metrics of category “\(names.category(name))”"
      case .department(let name), .owner(let name): "list metrics owned by \(names.owner(name))"
      case .status(let status): "list \(status.rawValue) metrics"
      }
    case .dimensions: "list dimensions"
    case .values(let dimension): "list the values of " + names.dimension(dimension)
    }
  }

  func partValue(_ part: TimePart, _ value: Int) -> String {
    switch part {
    case .hourOfDay: "\(value):00"
    case .weekday: EnglishTimeWords.weekday(value)
    case .weekend: value == 1 ? "weekend" : "weekday"
    case .workday: value == 1 ? "workday" : "day off"
    case .tradingDay: value == 1 ? "trading day" : "no trading day"
    case .dayOfMonth: "day \(value)"
    case .dayOfYear: "day \(value)"
    case .monthOfYear: EnglishTimeWords.month(value)
    case .quarterOfYear: "Q\(value)"
    }
  }

  private static func days(_ part: TimePart, _ holds: Bool) -> String {
    switch part {
    case .workday: holds ? "working days" : "days off"
    case .tradingDay: holds ? "trading days" : "days without trading"
    // Weekdays are also what to cut by.
    default: holds ? "weekends" : "non-weekend days"
    }
  }

  func list(_ items: [String]) -> String { items.joined(separator: ", ") }

  func arranged(subject: String, conditions: [String], groups: [String], period: [String], rest: [String]) -> [String] {
    [subject] + groups + conditions + period + rest
  }

  var clauseSeparator: String { ", " }
}
