import CivilTime
import Metrics
import Planning
import Tables

/// Everything that SQLite writes in its own way: names, time, functions, values. Needs SQLite 3.35 or newer.
package enum SQLiteDialect {
  /// Functions that `Warehouse` adds to each connection, since SQLite has none.
  package enum AddedFunction {
    package static let median = "wenshu_median"
    package static let percentile = "wenshu_percentile"
    package static let discretePercentile = "wenshu_percentile_disc"
    package static let memberCount = "wenshu_members"
    package static let standardDeviation = "wenshu_stddev"
  }

  // MARK: Names

  /// A name, in quotes unless it is plain and no keyword: `region`, `"order"`, `"订单 ID"`.
  package static func name(_ name: String) -> String {
    let plain = name.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
    let starts = name.utf8.first.map { !(48...57).contains($0) } ?? false
    if plain, starts, !keywords.contains(name.lowercased()) { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static let keywords: Set<String> = Set(
    """
    abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case \
    cast check collate column commit conflict constraint create cross current current_date current_time \
    current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape \
    except exclude exclusive exists explain fail filter first following for foreign from full generated glob group \
    groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key \
    last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer \
    over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename \
    replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to \
    transaction trigger true false unbounded union unique update using vacuum values view virtual when where window with \
    without
    """.split(separator: " ").map(String.init))

  // MARK: Time, on ISO text

  /// `substr(d, 1, 7)` and its like; a label sorts as the time it names.
  static func label(_ grain: Grain, _ time: String, weekStart: Int) -> String {
    switch grain {
    case .year: return "substr(\(time), 1, 4)"
    case .half: return "substr(\(time), 1, 4) || '-H' || ((substr(\(time), 6, 2) + 5) / 6)"
    case .quarter: return "substr(\(time), 1, 4) || '-Q' || ((substr(\(time), 6, 2) + 2) / 3)"
    case .month: return "substr(\(time), 1, 7)"
    case .day: return "substr(\(time), 1, 10)"
    case .hour: return "substr(\(time), 1, 10) || ' ' || substr(\(time), 12, 2)"
    case .week:
      // The week bears the year and number of its fourth day.
      let fourth = (weekStart + 2) % 7 + 1
      let middle = "date(\(time), '-3 days', 'weekday \(fourth % 7)')"
      return "strftime('%Y', \(middle)) || '-W' || substr('0' || ((strftime('%j', \(middle)) + 6) / 7), -2)"
    }
  }

  static func part(_ part: TimePart, _ time: String) -> String {
    let weekday = "((strftime('%w', \(time)) + 6) % 7 + 1)"
    return switch part {
    case .hourOfDay: "CAST(substr(\(time), 12, 2) AS INTEGER)"
    case .weekday: weekday
    case .weekend: "(\(weekday) >= 6)"
    // Without exceptions; the calendar's are put around it by the plan.
    case .workday, .tradingDay: "(\(weekday) <= 5)"
    case .dayOfMonth: "CAST(substr(\(time), 9, 2) AS INTEGER)"
    case .dayOfYear: "CAST(strftime('%j', \(time)) AS INTEGER)"
    case .monthOfYear: "CAST(substr(\(time), 6, 2) AS INTEGER)"
    case .quarterOfYear: "((substr(\(time), 6, 2) + 2) / 3)"
    }
  }

  static func moved(_ time: String, days: Int, months: Int, fromMonthStart: Bool) -> String {
    var steps: [String] = []
    if fromMonthStart { steps.append("'start of month'") }
    if months != 0 { steps.append("'\(months < 0 ? "" : "+")\(months) months'") }
    if days != 0 { steps.append("'\(days < 0 ? "" : "+")\(days) days'") }
    return "date(\(([time] + steps).joined(separator: ", ")))"
  }

  /// The day after a day, the hour after an hour.
  static func next(_ grain: Grain, _ label: String) -> String {
    grain == .hour ? "strftime('%Y-%m-%d %H', \(label) || ':00', '+1 hour')" : "date(\(label), '+1 day')"
  }

  static func elapsed(_ measure: TimeMeasure, _ from: String, _ to: String) -> String {
    let days = "julianday(\(to)) - julianday(\(from))"
    // A julian day is a binary fraction of a day; rounding to milliseconds gives whole hours back.
    return switch measure {
    case .days: "round(\(days), 8)"
    case .hours: "round((\(days)) * 24, 6)"
    case .minutes: "round((\(days)) * 1440, 4)"
    }
  }

  // MARK: Functions

  static func aggregate(_ function: Aggregate.Function, _ argument: String?) -> String {
    let value = argument ?? "*"
    return switch function {
    case .sum: "sum(\(value))"
    case .count: "count(\(value))"
    case .countDistinct: "count(DISTINCT \(value))"
    case .average: "avg(\(value))"
    case .minimum: "min(\(value))"
    case .maximum: "max(\(value))"
    case .median: "\(AddedFunction.median)(\(value))"
    case .standardDeviation: "\(AddedFunction.standardDeviation)(\(value))"
    case .discretePercentile(let p): "\(AddedFunction.discretePercentile)(\(value), \(p))"
    case .percentile(let p): "\(AddedFunction.percentile)(\(value), \(p))"
    }
  }

  /// A real quotient; SQLite itself gives null for a zero divisor, other databases do not.
  static func quotient(_ a: String, _ b: String, divisorIsConstant: Bool) -> String {
    divisorIsConstant ? "\(a) / \(b).0" : "1.0 * \(a) / nullif(\(b), 0)"
  }

  /// A `LIKE` pattern; SQLite compares Latin letters without case.
  static func pattern(_ match: TextMatch, _ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    return switch match {
    case .contains: "%\(escaped)%"
    case .starts: "\(escaped)%"
    case .ends: "%\(escaped)"
    }
  }

  // MARK: Values

  /// A value as a literal.
  package static func literal(_ cell: Cell) -> String {
    switch cell {
    case .null: "NULL"
    case .integer(let value): String(value)
    case .decimal(let units, _): String(units)
    case .real(let value): String(value)
    case .boolean(let value): value ? "1" : "0"
    case .text(let text): "'" + text.replacing("'", with: "''") + "'"
    }
  }

  /// Puts values in place of `?`, outside quotes and comments.
  static func inlined(_ query: SQLQuery) -> String {
    var text = ""
    var arguments = query.arguments.makeIterator()
    var quote: Character?
    var isComment = false
    var previous: Character = " "
    for character in query.text {
      if isComment {
        isComment = character != "\n"
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "-", previous == "-" {
        isComment = true
      } else if character == "?", let argument = arguments.next() {
        text += literal(argument)
        previous = character
        continue
      }
      text.append(character)
      previous = character
    }
    return text
  }
}
