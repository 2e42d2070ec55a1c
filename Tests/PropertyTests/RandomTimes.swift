import CivilTime
import Questions
import SampleData

/// Draws times of every kind that people say, in canonical form.
enum RandomTimes {
  static func time(_ random: inout SplitMix64) -> TimeExpression {
    while true {
      let raw = random.chance(perMille: 650) ? common(&random) : rare(&random)
      if let time = canonical(raw) { return time }
    }
  }

  /// A period with a beginning and an end, such as a comparison's base.
  static func plain(_ random: inout SplitMix64) -> TimeExpression {
    while true {
      if let time = canonical(unit(&random)) { return time }
    }
  }

  static func canonical(_ time: TimeExpression) -> TimeExpression? { try? TimeNotation.time(TimeNotation.term(of: time)) }

  private static let grains = Grain.allCases.filter { $0 != .hour }

  private static func one<T>(_ items: [T], _ random: inout SplitMix64) -> T { items[random.below(items.count)] }

  private static func common(_ random: inout SplitMix64) -> TimeExpression {
    let grain = one(grains, &random)
    switch random.below(12) {
    case 11: return .several((0...1 + random.below(2)).map { _ in unit(&random) })
    case 10:
      return .inside(.unit(.week, offset: -random.below(4)), one([.weekend, .workdays, .weekday(1 + random.below(7))], &random))
    case 0: return .last(1 + random.below(30), grain)
    case 1: return .rolling(1 + random.below(30), grain)
    case 2: return .toDate(one([.week, .month, .quarter, .year], &random))
    case 3: return .range(unit(&random), unit(&random))
    case 4: return .since(unit(&random))
    case 5: return .named(named(&random))
    case 6: return .inside(.unit(.year, offset: -1 - random.below(2)), one([.month(3), .quarter(2), .half(1), .date(month: 5, day: 4)], &random))
    default: return unit(&random)
    }
  }

  /// A calendar unit, relative or named in full.
  private static func unit(_ random: inout SplitMix64) -> TimeExpression {
    let year = 2011 + random.below(16)
    switch random.below(8) {
    case 0: return .absolute(.year(year))
    case 1: return .absolute(.half(year, 1 + random.below(2)))
    case 2: return .absolute(.quarter(year, 1 + random.below(4)))
    case 3: return .absolute(.month(year, 1 + random.below(12)))
    case 4: return .absolute(.week(year, 1 + random.below(52)))
    case 5: return .absolute(.day(Day(unchecked: year, 1 + random.below(12), 1 + random.below(28))))
    default: return .unit(one(grains, &random), offset: random.below(7) - 5)
    }
  }

  private static func named(_ random: inout SplitMix64) -> RecurringUnit {
    switch random.below(10) {
    case 0: .month(1 + random.below(12))
    case 1: .quarter(1 + random.below(4))
    case 2: .half(1 + random.below(2))
    case 3: .week(1 + random.below(52))
    case 4: .weekday(1 + random.below(7))
    case 5: .weekend
    case 6: .workdays
    case 7: .dayOfMonth(1 + random.below(28))
    case 8: .dayOnWeekday(day: 13, weekday: 5)
    default: .date(month: 1 + random.below(12), day: 1 + random.below(28))
    }
  }

  private static func rare(_ random: inout SplitMix64) -> TimeExpression {
    let grain = one(grains, &random)
    let finer = one([Grain.day, .week, .month], &random)
    switch random.below(19) {
    case 17: return .except(larger(than: .week, &random), one([.holiday(one(HolidayTable.keys, &random), of: nil), .named(named(&random)), unit(&random)], &random))
    case 0: return .fiscal(one([.year, .quarter], &random), offset: random.below(4) - 2)
    case 1: return .fiscalNamed(year: 2020 + random.below(7), quarter: random.below(2) == 0 ? nil : 1 + random.below(4))
    case 2: return .next(1 + random.below(9), grain)
    case 3: return .holiday(one(HolidayTable.keys, &random), of: random.below(2) == 0 ? nil : .absolute(.year(2011 + random.below(16))))
    case 4: return .nth(1 + random.below(3), finer, of: larger(than: finer, &random))
    case 5: return .nth(-1 - random.below(2), finer, of: larger(than: finer, &random))
    case 6: return .nthNamed(1 + random.below(4), .weekday(1 + random.below(7)), of: larger(than: .week, &random))
    case 7: return .occurrence(one([1, -1], &random), of: .named(one([.weekday(2), .month(3), .weekday(7)], &random)), from: nil)
    case 8: return .whole(one([.week, .month], &random), holding: .absolute(.day(Day(unchecked: 2024, 1 + random.below(12), 5))))
    case 9: return .run(1 + random.below(5), one([.day, .week, .month], &random), from: .absolute(.day(Day(unchecked: 2024, 3, 5))))
    case 10: return .first(1 + random.below(3), finer, of: larger(than: finer, &random))
    case 11: return .final(1 + random.below(3), finer, of: larger(than: finer, &random))
    case 12: return .third(1 + random.below(3), of: larger(than: .week, &random, only: .month))
    case 13: return .vague(one(VaguePart.allCases, &random), of: larger(than: .week, &random))
    case 14:
      let unit = unit(&random)
      return one([.from(unit), .after(unit), .before(unit), .through(unit)], &random)
    case 15: return .shifted(unit(&random), one([-1, -2, 1], &random), one([.day, .week, .month, .year], &random))
    case 16: return .inside(larger(than: .week, &random, only: .month), .dayOfMonth(1 + random.below(28)))
    default: return .all
    }
  }

  /// A unit that others can lie in.
  private static func larger(than grain: Grain, _ random: inout SplitMix64, only: Grain? = nil) -> TimeExpression {
    let unit = only ?? one([Grain.month, .quarter, .year].filter { $0 > grain }, &random)
    let year = 2015 + random.below(12)
    switch (unit, random.below(3)) {
    case (_, 0): return .unit(unit, offset: -random.below(3))
    case (.month, 1): return .named(.month(1 + random.below(12)))
    case (.month, _): return .absolute(.month(year, 1 + random.below(12)))
    case (.quarter, _): return .absolute(.quarter(year, 1 + random.below(4)))
    default: return .absolute(.year(year))
    }
  }
}
