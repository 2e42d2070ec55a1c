import CivilTime
import Metrics
import SourceText

/// Hours of the day and kinds of days, as conditions.
extension Resolver {
  /// `hours(20, 22)`, `hours(hour(pm, 8), hour(pm, 10))`: from the first hour up to the second, which is out; over midnight
  /// where the second is the smaller.
  func hours(_ items: [Term.Item]) throws(Problem) -> Condition {
    let ends = items.compactMap { $0.first.flatMap(Self.hour) }
    guard items.count == 2, ends.count == 2, (0...23).contains(ends[0]), (0...24).contains(ends[1]) else {
      throw .badNotation(offset: 0, expected: "two hours of the day")
    }
    let field = Field.part(.hourOfDay)
    func between(_ low: Int, _ high: Int) -> Condition { .between(field, .number(Double(low)), .number(Double(high - 1))) }
    if ends[0] + 1 == ends[1] { return .comparison(field, .equal, .number(Double(ends[0]))) }
    if ends[0] < ends[1] { return between(ends[0], ends[1]) }
    if ends[1] == 0 { return between(ends[0], 24) }
    return .any([between(ends[0], 24), between(0, ends[1])])
  }

  /// `clock(from, 2026-10-01, hour(am, 8))`, `clock(until, named(date, 10, 3), 12)`: of a period that begins or ends within a
  /// day, the bound; the hour said last is out, as 12 o'clock ends the twelfth hour.
  func clock(_ items: [Term.Item]) throws(Problem) -> Condition {
    guard items.count == 3, let side = items[0].first?.plainText, ["from", "until"].contains(side),
      let hour = items[2].first.flatMap(Self.hour), (0...24).contains(hour)
    else { throw .badNotation(offset: 0, expected: "from or until, a day and an hour") }
    let said = try time(items[1])
    let period: Period
    do throws(TimeFailure) { period = try said.resolve(context).period } catch { throw .time(error, text: "") }
    guard let day = period.start, period.days == 1 else { throw .unsupported("hour of several days") }
    return .comparison(.hour, side == "from" ? .atLeast : .less, .text(ClockHour(day, hour: hour).description))
  }

  /// `hour >= "2026-10-01 08"` and its like, brought to at least the first hour and below the one behind the last.
  func clockHour(_ items: Term.Item) throws(Problem) -> Condition {
    func bound(_ term: Term, past: Bool) throws(Problem) -> Value {
      guard let hour = ClockHour(term.plainText) else { throw .badNotation(offset: 0, expected: "an hour such as \"2026-10-01 08\"") }
      return .text((past ? hour.next : hour).description)
    }
    func run(_ first: Term, _ last: Term) throws(Problem) -> Condition {
      .all([.comparison(.hour, .atLeast, try bound(first, past: false)), .comparison(.hour, .less, try bound(last, past: true))])
    }
    if items.count == 2, items[0].plainText == "between", case .call("", let ends) = items[1], ends.count == 2,
      let first = ends[0].first, let last = ends[1].first
    {
      return try run(first, last)
    }
    guard items.count == 2, let comparator = Comparator(rawValue: items[0].plainText) else {
      throw .badNotation(offset: 0, expected: "hour >= , < or between")
    }
    switch comparator {
    case .equal: return try run(items[1], items[1])
    case .atLeast: return .comparison(.hour, .atLeast, try bound(items[1], past: false))
    case .greater: return .comparison(.hour, .atLeast, try bound(items[1], past: true))
    case .less: return .comparison(.hour, .less, try bound(items[1], past: false))
    case .atMost: return .comparison(.hour, .less, try bound(items[1], past: true))
    case .notEqual: throw .unsupported("where hour")
    }
  }

  /// A number, or one with its part of the day: 8 in the evening is 20, 12 at night 24; nil if it is no whole hour.
  static func hour(_ term: Term) -> Int? {
    if case .call("next", let items) = term { return items.first?.first.flatMap(hour).map { $0 + 1 } }
    guard case .call("hour", let items) = term, items.count == 2, case .symbol(let part)? = items[0].first else {
      return term.arithmeticValue.flatMap(Int.init(exactly:))
    }
    guard let hour = items[1].first?.arithmeticValue.flatMap(Int.init(exactly:)), (0...24).contains(hour) else { return nil }
    switch part {
    case "pm": return hour < 12 ? hour + 12 : hour
    case "night": return hour < 5 ? hour + 24 : hour <= 12 ? hour + 12 : hour
    case "noon": return hour <= 3 ? hour + 12 : hour
    case "am": return hour == 12 ? 0 : hour < 12 ? hour : nil
    default: return hour
    }
  }

  /// Set against weekends, working days are the other days of the week: 工作日和周末对比 leaves no day out and takes none twice.
  /// Days off that are weekends (休息日，周末) stay both.
  static func besideWeekends(_ clauses: [Clause]) -> [Clause] {
    clauses.map { clause in
      guard clause.items.contains(where: { isTrue($0, .weekend) }) else { return clause }
      return Clause(
        clause.keyword,
        clause.items.map { item in
          guard isTrue(item, .workday) else { return item }
          return [.call("member", [[.symbol(TimePart.weekend.rawValue)], [.number(0)]])]
        })
    }
  }

  /// Whether it is `member(weekend, 1)`; days that are no weekends (平日，工作日) are set against nothing.
  private static func isTrue(_ item: Term.Item, _ part: TimePart) -> Bool {
    guard item.count == 1, case .call("member", let inner) = item[0], inner.count == 2, case .symbol(part.rawValue)? = inner[0].first
    else { return false }
    return inner[1].first?.arithmeticValue == 1
  }
}
