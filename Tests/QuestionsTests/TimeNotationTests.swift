import CivilTime
import Questions
import SourceText
import Testing

private func read(_ text: String) throws -> TimeExpression { try TimeNotation.time(try TermReader.items(text)[0][0]) }

@Suite struct TimeNotationTests {
  /// One text for every case of `TimeExpression`, `CalendarUnit` and `RecurringUnit`.
  @Test(arguments: [
    "month(-1)", "day(0)", "fiscal_year(0)", "fiscal_quarter(-1)", "last(7, day)", "rolling(7, day)", "next(2, week)",
    "to_date(month)", "2026", "2026-H1", "2026-Q3", "2026-03", "2026-W05", "2026-03-05", "fiscal(2025)",
    "fiscal(2025, 3)", "named(month, 3)", "named(quarter, 2)", "named(half, 1)", "named(week, 31)",
    "named(weekday, 1)", "named(weekend)", "named(workdays)", "named(day, 15)", "named(date, 3, 5)",
    "named(day_on_weekday, 13, 5)", "in(year(-1), named(month, 3))", "nth(2, week, month(0))", "nth(-1, day, 2026-02)",
    "nth(2, named(weekday, 1), month(1))", "first(2, week, named(month, 3))", "final(5, day, month(-1))",
    "third(1, month(0))", "start(year(0))", "mid(month(0))", "close(2025)", "range(2026-01, 2026-03)",
    "since(month(-3))", "from(2026-03)", "after(2026-03)", "before(2026-03)", "through(2026-03)",
    "shift(month(-1), -1, year)", "holiday(national_day)", "in(2026, holiday(spring_festival))",
    "occurrence(1, named(month, 3))", "occurrence(3, named(weekday, 2), in(2014, holiday(christmas)))",
    "whole(week, 2026-02-04)", "run(2, week, 2026-05-20)", "all", "last(5, workday)", "first(3, workday, month(0))",
    "final(3, trading_day, month(-1))", "named(workday)", "named(lunar, 8, 15)", "named(date_on_weekday, 2, 18, 1)",
    "half_month(2, 2026-03)", "adjoining(-7, day, holiday(spring_festival))", "both(year(0), through(2026-09))",
    "about(last(3, day))",
  ])
  func roundTrip(_ text: String) throws {
    #expect(TimeNotation.term(of: try read(text)).description == text)
  }

  @Test(arguments: [
    ("unit(month, -1)", "month(-1)"), ("ahead(2, week)", "week(2)"), ("ago(3, month)", "month(-3)"),
    ("in(fiscal(2025), named(quarter, 3))", "fiscal(2025, 3)"),
    ("ago(1.5, year)", "month(-18)"), ("last(0.5, month)", "last(15, day)"), ("final(1, week, 2026-03)", "nth(-1, week, 2026-03)"),
    ("shift_from(named(weekday, 2), 3, day)", "shift(occurrence(1, named(weekday, 2)), 3, day)"),
    ("on_weekday(named(date, 2, 18), 1)", "named(date_on_weekday, 2, 18, 1)"), 
    ("from_now(3, week)", "shift(day(0), 3, week)"), ("date(17)", "2017"),
    ("date(89, 9)", "1989-09"), ("date(2017, 3, 5)", "2017-03-05"), ("quarter_of(2026, 3)", "2026-Q3"),
    ("half_of(26, 1)", "2026-H1"), ("week_of(2026, 5)", "2026-W05"), ("fiscal(25)", "fiscal(2025)"),
    ("numeric(3, 5)", "named(date, 3, 5)"), ("numeric(22, 4)", "named(date, 4, 22)"),
    ("numeric(10, 31, 74)", "1974-10-31"), ("numeric(3, 5, 2017)", "2017-03-05"),
    ("nth_last(3, week, 2018)", "nth(-3, week, 2018)"), ("shift_back(month(0), 1, year)", "shift(month(0), -1, year)"),
    ("in(2026, named(month, 3))", "2026-03"), ("in(2026, named(date, 3, 5))", "2026-03-05"),
    ("in(named(month, 3), named(day, 5))", "named(date, 3, 5)"),
    ("in(year(-1), in(named(month, 3), named(day, 5)))", "in(year(-1), named(date, 3, 5))"),
    ("in(year(-1), third(1, named(month, 3)))", "third(1, in(year(-1), named(month, 3)))"),
    ("in(2026, range(named(month, 3), named(month, 5)))", "range(2026-03, named(month, 5))"),
    ("in(2026, close(named(month, 3)))", "close(2026-03)"),
    ("in(2026-03, named(day, 31))", "2026-03-31"), ("nth(3, month, 2021)", "2021-03"),
    ("nth(2, day, month(-1))", "in(month(-1), named(day, 2))"), ("nth(1, quarter, year(0))", "in(year(0), named(quarter, 1))"),
  ])
  func shorterForms(_ long: String, _ short: String) throws {
    #expect(TimeNotation.term(of: try read(long)).description == short)
  }

  @Test(arguments: [
    "gmv", "month(1.5)", "last(0, day)", "last(3)", "date(2017, 2, 30)", "date(2017, 13)", "quarter_of(2017, 5)",
    "named(month, 13)", "named(season, 1)", "in(2026-02, named(day, 30))", "in(2026, 2025)", "1", "holiday(3)", "0", "12345",
    "nth(0, week, 2026)", "first(2, week)", "numeric(13, 32)",
    "on_weekday(2026-03-03, 1)", "last(1.3, year)", "named(lunar, 13, 1)", "last(2015, year)", "ago(2015, year)", "nth(13, month, 2021)", "\"2026\"", "range(2026)",
  ])
  func refused(_ text: String) throws {
    #expect(throws: TimeNotation.Failure.self) { try read(text) }
  }
}
