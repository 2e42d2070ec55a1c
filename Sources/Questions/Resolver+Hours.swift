import CivilTime
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
