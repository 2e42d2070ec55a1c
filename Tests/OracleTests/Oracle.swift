import CivilTime
import Metrics
import Questions

/// Answers a question row by row over tables in memory, from what DESIGN.md and the doc comments promise: no SQL, no plan.
///
/// It is slow and plain on purpose. What the design leaves open is a doubt: the answer then may differ, and the run counts it.
struct Oracle {
  let dictionary: MetricDictionary
  let tables: [String: [Record]]
  let context: TimeContext
  let notebook = Notebook()

  typealias Record = [String: Datum]

  /// A row with the table it is of.
  struct Place {
    var table: String
    var record: Record
  }

  /// What the oracle will not answer, by the name of the reason.
  struct Refusal: Error, Hashable { var reason: String }

  /// Ways found before, and what was left open in this answer.
  final class Notebook {
    var columns: [String: ResolvedColumn] = [:]
    var extents: [Timed: (first: Day, last: Day, quiet: Int)?] = [:]
    var doubts: Set<String> = []
  }

  var schema: Schema { dictionary.schema }

  func doubt(_ reason: String) { notebook.doubts.insert(reason) }

  // MARK: Values of a row

  func value(_ path: ColumnPath, _ place: Place) throws -> Datum {
    let found = try column(path, from: place.table)
    var record = place.record
    for join in found.joins {
      let next = tables[join.table]?.first { other in
        join.on.allSatisfy { !(record[$0.here] ?? .null).isNull && record[$0.here] == other[$0.there] }
      }
      guard let next else { return .null }
      record = next
    }
    return record[found.column.name] ?? .null
  }

  func column(_ path: ColumnPath, from table: String) throws -> ResolvedColumn {
    let name = table + " " + path.description
    if let known = notebook.columns[name] { return known }
    guard let found = try? schema.find(path, from: table) else { throw Refusal(reason: "unreachable") }
    notebook.columns[name] = found
    return found
  }

  func value(_ row: RowExpression, _ place: Place) throws -> Datum {
    switch row {
    case .column(let path): return try value(path, place)
    case .number(let number): return .amount(Amount(written: number))
    case .text(let text): return .text(text)
    case .binary(let sign, let a, let b): return Oracle.combined(sign, try value(a, place), try value(b, place))
    case .negated(let inner): return try value(inner, place).amount.map { .amount($0.negated) } ?? .null
    case .absolute(let inner): return try value(inner, place).amount.map { .amount($0.magnitude) } ?? .null
    case .unit(let grain, let row):
      guard let day = try value(row, place).text.flatMap({ Day(iso: $0) }), grain != .hour else { return .null }
      return .text(label(grain, day))
    case .between(let measure, let from, let to):
      let (a, b) = (try value(from, place), try value(to, place))
      // A moment and a plain day are whole days apart.
      let days = measure == .days && [a, b].contains { $0.text?.count == 10 }
      func day(_ end: Datum) -> Datum { days ? end.text.map { .text(String($0.prefix(10))) } ?? end : end }
      return Oracle.elapsed(measure, day(a), day(b))
    case .choice(let test, let a, let b): return try value(try holds(test, place) ? a : b, place)
    case .coalesce(let items):
      for item in items {
        let value = try value(item, place)
        if !value.isNull { return value }
      }
      return .null
    }
  }

  static func combined(_ sign: ArithmeticOperator, _ a: Datum, _ b: Datum) -> Datum {
    guard let x = a.amount, let y = b.amount else { return .null }
    switch sign {
    case .plus: return .amount(x + y)
    case .minus: return .amount(x - y)
    case .times: return .amount(x * y)
    case .dividedBy: return (x / y).map { .amount($0) } ?? .null
    }
  }

  /// `b − a`; what is no whole number of the unit is rounded to thousandths of a second, about.
  private static func elapsed(_ measure: TimeMeasure, _ from: Datum, _ to: Datum) -> Datum {
    guard let a = from.text.flatMap(seconds), let b = to.text.flatMap(seconds) else { return .null }
    let unit = switch measure { case .days: 86_400; case .hours: 3_600; case .minutes: 60 }
    if (b - a) % unit == 0 { return .amount(Amount((b - a) / unit)) }
    let places: Double = switch measure { case .days: 1e8; case .hours: 1e6; case .minutes: 1e4 }
    return .amount(Amount(inexact: (Double(b - a) / Double(unit) * places).rounded() / places))
  }

  private static func seconds(_ moment: String) -> Int? {
    guard let day = Day(iso: moment) else { return nil }
    let clock = moment.dropFirst(11).split(separator: ":").compactMap { Int($0) }
    return day.number * 86_400 + (clock.count == 3 ? clock[0] * 3_600 + clock[1] * 60 + clock[2] : 0)
  }

  // MARK: Conditions of formulas

  /// Whether a condition holds; a comparison with null does not, except that null is not any value.
  func holds(_ condition: RowCondition, _ place: Place) throws -> Bool {
    switch condition {
    case .comparison(let a, let comparator, let b):
      return Oracle.compares(try value(a, place), comparator, try value(b, place), self)
    case .oneOf(let row, let items, let negated):
      let own = try value(row, place)
      return try items.contains { Oracle.compares(own, .equal, try value($0, place), self) } != negated
    case .missing(let row, let negated): return try value(row, place).isNull != negated
    case .matches(let row, let match, let text): return Oracle.matches(try value(row, place), match, text)
    case .dimension(let name, let comparator, let b):
      return Oracle.compares(try dimension(name, place), comparator, try value(b, place), self)
    case .dimensionOneOf(let name, let items, let negated):
      let own = try dimension(name, place)
      return try items.contains { Oracle.compares(own, .equal, try value($0, place), self) } != negated
    case .dimensionMissing(let name, let negated): return try dimension(name, place).isNull != negated
    // Not known to the oracle yet.
    case .members: throw Refusal(reason: "formula")
    case .all(let parts): return try parts.allSatisfy { try holds($0, place) }
    case .any(let parts): return try parts.contains { try holds($0, place) }
    case .not(let inner): return try !holds(inner, place)
    }
  }

  static func compares(_ a: Datum, _ comparator: Comparator, _ b: Datum, _ oracle: Oracle) -> Bool {
    if comparator == .notEqual { return a != b }
    if a.isNull || b.isNull { return false }
    if let x = a.amount, let y = b.amount, x.isTooClose(to: y) { oracle.doubt("binary division") }
    let order = a.compared(to: b)
    switch comparator {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .less: return order < 0
    case .atMost: return order <= 0
    case .greater: return order > 0
    case .atLeast: return order >= 0
    }
  }

  /// Without regard to the case of Latin letters.
  static func matches(_ value: Datum, _ match: TextMatch, _ text: String) -> Bool {
    guard let own = value.text?.lowercased() else { return false }
    let part = text.lowercased()
    return switch match {
    case .contains: part.isEmpty || own.contains(part)
    case .starts: own.hasPrefix(part)
    case .ends: own.hasSuffix(part)
    }
  }

  // MARK: Dimensions and time

  func dimension(_ name: String, _ place: Place) throws -> Datum {
    guard let dimension = dictionary.dimension(name) else { throw Refusal(reason: "unknownName") }
    switch dimension.source {
    case .column(let path): return try value(path, place)
    case .expression(let row): return try value(row, place)
    case .flag(let test): return .number(try holds(test, place) ? 1 : 0)
    }
  }

  /// The moment a row is of, as its text.
  func moment(_ path: ColumnPath?, _ place: Place) throws -> String? {
    guard let path else { throw Refusal(reason: "noTime") }
    return try value(path, place).text
  }

  func timePart(_ part: TimePart, _ path: ColumnPath?, _ place: Place) throws -> Datum {
    if part == .hourOfDay, let path, try column(path, from: place.table).column.type != .timestamp { throw Refusal(reason: "unsupported") }
    guard let moment = try moment(path, place) else { return .null }
    return try timePart(part, at: moment)
  }

  func timePart(_ part: TimePart, at moment: String) throws -> Datum {
    guard let day = Day(iso: moment) else { return .null }
    switch part {
    case .hourOfDay: return .number(Int(moment.dropFirst(11).prefix(2)) ?? 0)
    case .weekday: return .number(day.weekday)
    case .weekend: return .number(day.weekday >= 6 ? 1 : 0)
    case .workday: return .number(dictionary.calendar.isOf(.workday, day) ? 1 : 0)
    case .tradingDay: return .number(dictionary.calendar.isOf(.tradingDay, day) ? 1 : 0)
    case .dayOfMonth: return .number(day.dayOfMonth)
    case .dayOfYear: return .number(day.number - Day(unchecked: day.year, 1, 1).number + 1)
    case .monthOfYear: return .number(day.month)
    case .quarterOfYear: return .number((day.month + 2) / 3)
    }
  }

  var weekStart: Int { dictionary.calendar.weekStart }

  func label(_ grain: Grain, _ day: Day) -> String { grain.label(of: grain.start(of: day, weekStart: weekStart)) }

  // MARK: Conditions of questions

  func holds(_ condition: Condition, _ place: Place, _ side: Side, _ time: ColumnPath?) throws -> Bool {
    func field(_ field: Field) throws -> Datum {
      switch field {
      case .dimension(let name): try dimension(name, place)
      case .part(let part): try timePart(part, time, place)
      case .hour: try moment(time, place).map { .text(String($0.prefix(13))) } ?? .null
      }
    }
    switch condition {
    case .comparison(let name, let comparator, let value):
      let own = try field(name)
      return Oracle.compares(own, comparator, Oracle.literal(value, beside: own), self)
    case .oneOf(let name, let values, let negated):
      let own = try field(name)
      return values.contains { own == Oracle.literal($0, beside: own) } != negated
    case .between(let name, let low, let high):
      let own = try field(name)
      return Oracle.compares(own, .atLeast, Oracle.literal(low, beside: own), self)
        && Oracle.compares(own, .atMost, Oracle.literal(high, beside: own), self)
    case .matches(let name, let match, let text, let negated): return Oracle.matches(try field(name), match, text) != negated
    case .missing(let name, let negated): return try field(name).isNull != negated
    case .among(let name, _, _, _): return side.members[condition]!.contains(try dimension(name, place))
    case .selected(let name, _, let negated): return side.members[condition]!.contains(try dimension(name, place)) != negated
    case .any(let parts): return try parts.contains { try holds($0, place, side, time) }
    case .all(let parts): return try parts.allSatisfy { try holds($0, place, side, time) }
    case .not(let inner): return try !holds(inner, place, side, time)
    }
  }

  /// A value in the type of what it is compared with.
  static func literal(_ value: Value, beside own: Datum) -> Datum {
    switch value {
    case .number(let number): return .amount(Amount(written: number))
    case .text(let text):
      if own.amount != nil, let number = Amount(text: text) { return .amount(number) }
      return .text(text)
    }
  }
}
