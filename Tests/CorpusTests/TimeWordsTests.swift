import CivilTime
import Questions
import Session
import SourceText
import TestSupport
import Testing

@testable import Answers

/// Every kind of time, printed in words and read again, is the same time: canonical questions can be asked as they stand.
@Suite struct TimeWordsTests {
  private static let day = Day(unchecked: 2026, 3, 5)
  private static let years: [TimeExpression] = [.unit(.year, offset: 0), .unit(.year, offset: -1), .absolute(.year(2025))]
  private static let named: [RecurringUnit] = [
    .month(3), .quarter(3), .half(2), .week(37), .date(month: 3, day: 5), .lunarDate(month: 8, day: 15),
  ]

  private static let times: [TimeExpression] = {
    var times: [TimeExpression] = []
    for grain in Grain.allCases where grain != .hour {
      times += [-3, -2, -1, 0, 1, 2].map { .unit(grain, offset: $0) }
      times += [1, 3, 12].flatMap { [.last($0, grain), .rolling($0, grain), .next($0, grain)] }
      times += grain == .day ? [] : [.toDate(grain)]
    }
    times += [-1, 0, 1].flatMap { [.fiscal(.year, offset: $0), .fiscal(.quarter, offset: $0)] }
    times += [.fiscalNamed(year: 2025, quarter: nil), .fiscalNamed(year: 2025, quarter: 3), .all]
    times += [
      .absolute(.year(2025)), .absolute(.half(2025, 2)), .absolute(.quarter(2025, 3)), .absolute(.month(2025, 9)),
      .absolute(.week(2025, 37)), .absolute(.day(day)),
    ]
    times += named.map { .named($0) }
    times += [
      .named(.weekday(3)), .named(.dayOfMonth(15)), .named(.dateOnWeekday(month: 2, day: 18, weekday: 3)),
      .named(.dayOnWeekday(day: 13, weekday: 5)),
    ]
    for year in years.dropLast() { times += named.map { .inside(year, $0) } + [.holiday("national_break", of: year)] }
    times += [
      .inside(.unit(.week, offset: -1), .weekday(5)), .inside(.unit(.week, offset: -1), .weekend),
      .inside(.unit(.week, offset: -1), .workdays), .inside(.unit(.month, offset: -1), .dayOfMonth(15)),
      .inside(.absolute(.year(2025)), .lunarDate(month: 8, day: 15)),
    ]
    times += HolidayTable.keys.flatMap { key -> [TimeExpression] in
      [.holiday(key, of: nil), .holiday(key, of: .absolute(.year(2025)))]
    }
    times += [.lastDays(5, .workday), .lastDays(1, .tradingDay), .lastDays(10, .tradingDay)]
    let month = TimeExpression.unit(.month, offset: -1), march = TimeExpression.absolute(.month(2026, 3))
    times += [month, march].flatMap { outer -> [TimeExpression] in
      [
        .edgeDays(3, .workday, of: outer), .edgeDays(-3, .tradingDay, of: outer), .nthNamed(2, .dayKind(.workday), of: outer),
        .nthNamed(-1, .dayKind(.workday), of: outer), .nthNamed(2, .weekday(1), of: outer), .nthNamed(-1, .weekday(5), of: outer),
        .nth(2, .week, of: outer), .nth(-1, .week, of: outer), .nth(-2, .day, of: outer), .first(2, .week, of: outer),
        .first(10, .day, of: outer), .final(5, .day, of: outer), .halfMonth(1, of: outer), .halfMonth(2, of: outer),
        .vague(.start, of: outer), .vague(.mid, of: outer), .vague(.close, of: outer), .since(outer), .from(outer),
        .after(outer), .before(outer), .through(outer),
      ]
    }
    times += (1...3).map { .third($0, of: march) }
    times += [
      .occurrence(-1, of: .named(.dayKind(.workday)), from: nil), .occurrence(1, of: .named(.dayKind(.tradingDay)), from: nil),
      .occurrence(-1, of: .holiday("spring_festival", of: nil), from: nil), .occurrence(1, of: .holiday("christmas", of: nil), from: nil),
      .occurrence(-3, of: .named(.dayKind(.workday)), from: nil),
      .adjoining(-7, .day, to: .holiday("spring_festival", of: nil)), .adjoining(3, .day, to: .holiday("national_break", of: nil)),
      .adjoining(-1, .week, to: .holiday("singles_day", of: .absolute(.year(2025)))),
      .both(.unit(.year, offset: 0), .through(.absolute(.month(2026, 9)))),
      .both(.after(.absolute(.year(2010))), .before(.absolute(.year(2018)))),
      .both(.unit(.month, offset: 0), .from(.unit(.day, offset: 0))),
      .about(.last(3, .day)), .about(.last(3, .month)), .about(.next(3, .week)),
      .range(.absolute(.month(2025, 1)), .absolute(.month(2025, 6))), .range(.absolute(.year(2023)), .absolute(.year(2025))),
      .range(.absolute(.day(day)), .absolute(.day(day.adding(days: 9)))), .whole(.week, holding: .absolute(.day(day))),
      .run(2, .week, from: .absolute(.day(day))), .shifted(.unit(.day, offset: 0), -1, .year), .shifted(.absolute(.day(day)), 3, .week),
      .shifted(.absolute(.day(day)), -10, .day), .shifted(.shifted(.unit(.day, offset: 0), -1, .month), -21, .day),
    ]
    // As the notation reads them: two ways to say one time are one.
    return times.compactMap { try? TimeNotation.time(TimeNotation.term(of: $0)) }
  }()

  @Test(arguments: Language.allCases)
  func wordsReadBack(_ language: Language) throws {
    let parser = try ParseOnly(home: Home(path: ProjectFolder.path), dataset: nil, progress: { _ in })
    for time in Self.times {
      let text = language == .chinese ? ChineseTimeWords.text(time) : EnglishTimeWords.text(time)
      let found = parser.parse(text, today: Day(unchecked: 2026, 3, 17)).reading.times
      // What is bound on both sides is reported as its two bounds.
      let notation = TimeNotation.term(of: time).description
      let expected = if case .both(.after, .before) = time { ["after(2010)", "before(2018)"] } else { [notation] }
      #expect(
        found.map(\.term.description) == expected,
        "\(TimeNotation.term(of: time)) is “\(text)”, read as \(found.map { "\($0.term) “\($0.text)”" })")
    }
  }
}
