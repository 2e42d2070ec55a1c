/// A period as people say it, before today is known: "last month", "the first two weeks of March".
///
/// Each case names the notation it prints as (see `TimeNotation` in Questions) and, where it is not plain, its bounds.
/// `resolve(_:)` in `TimeExpression+Resolving.swift` gives the days for a given today.
package indirect enum TimeExpression: Hashable, Sendable {
  /// `month(-1)`: the whole unit that lies `offset` units from the current one; offset 0 is the current unit,
  /// whole. `ago(3, month)` is read as `month(-3)`.
  case unit(Grain, offset: Int)
  /// `fiscal_year(0)`, `fiscal_quarter(-1)`: likewise, counted from the calendar's fiscal start.
  case fiscal(Grain, offset: Int)
  /// `last(7, day)`: the N complete units before the current one.
  case last(Int, Grain)
  /// `last(5, workday)`: from the first to the last of the N latest such days before today; only those days count.
  case lastDays(Int, DayKind)
  /// `rolling(7, day)`: N units ending with today; the last day is today.
  case rolling(Int, Grain)
  /// `next(2, week)`: the N complete units after the current one.
  case next(Int, Grain)
  /// `to_date(month)`: the start of the current unit through today, or the last loaded day if that is earlier.
  case toDate(Grain)
  /// `2026`, `2026-H1`, `2026-Q3`, `2026-03`, `2026-W05`, `2026-03-05`: a unit named in full.
  case absolute(CalendarUnit)
  /// `fiscal(2025)`, `fiscal(2025, 3)`: fiscal year, or a quarter of it; the year is that in which it ends.
  case fiscalNamed(year: Int, quarter: Int?)
  /// `named(month, 3)`, `named(weekday, 1)`, `named(date, 3, 5)`: named without its year; the latest one not in the future.
  case named(RecurringUnit)
  /// `in(year(-1), named(month, 3))`: the one inside an outer period.
  case inside(TimeExpression, RecurringUnit)
  /// `nth(2, week, month(0))`: the second week of; negative counts from the end.
  case nth(Int, Grain, of: TimeExpression)
  /// `nth(2, named(weekday, 1), month(1))`: the second Monday of; negative counts from the end.
  case nthNamed(Int, RecurringUnit, of: TimeExpression)
  /// `occurrence(1, named(month, 3))`: the first March that begins after today; -1 the latest before it. With a third
  /// item counted from that time instead of today: `occurrence(3, named(weekday, 2), in(2014, holiday(christmas)))`.
  case occurrence(Int, of: TimeExpression, from: TimeExpression?)
  /// `whole(week, 2026-02-04)`: the unit that holds the first day of a time.
  case whole(Grain, holding: TimeExpression)
  /// `run(2, week, 2026-05-20)`: N units from the first day of a time on.
  case run(Int, Grain, from: TimeExpression)
  /// `first(2, week, named(month, 3))` and `final(5, day, month(-1))`.
  case first(Int, Grain, of: TimeExpression)
  case final(Int, Grain, of: TimeExpression)
  /// `first(3, workday, month(0))`, `final(3, workday, month(-1))`: its first or, with a negative count, last days of a kind.
  case edgeDays(Int, DayKind, of: TimeExpression)
  /// `third(1, month(0))`: 上旬 1–10, 中旬 11–20, 下旬 21–end; only of a month.
  case third(Int, of: TimeExpression)
  /// `half_month(2, 2026-03)`: 上半月 1–15, 下半月 16–end.
  case halfMonth(Int, of: TimeExpression)
  /// `adjoining(-7, day, holiday(spring_festival))`: the N units of days right before a time; positive right behind it.
  case adjoining(Int, Grain, to: TimeExpression)
  /// `start(month(0))`, `mid(…)`, `close(…)`: 月初, 年中, 年底 and the like; always an assumption that is said.
  case vague(VaguePart, of: TimeExpression)
  /// `range(2026-01, 2026-03)`: both in.
  case range(TimeExpression, TimeExpression)
  /// `since(month(-3))`: from its first day up to today.
  case since(TimeExpression)
  /// `from(2026-03)`: from its first day, open end.
  case from(TimeExpression)
  /// `after(2026-03)`: from the day behind it.
  case after(TimeExpression)
  /// `before(2026-03)`: up to the day before it.
  case before(TimeExpression)
  /// `through(2026-03)`: up to and with its last day.
  case through(TimeExpression)
  /// `shift(month(-1), -1, year)`: the same stretch, moved.
  case shifted(TimeExpression, Int, Grain)
  /// `holiday(national_day)`: the latest not in the future; inside an outer period `in(2026, holiday(national_day))`.
  case holiday(String, of: TimeExpression?)
  /// `both(year(0), through(2026-09))`: the days that are in both.
  case both(TimeExpression, TimeExpression)
  /// `several(2026-05, 2026-07)`: all these units taken as one, also where days lie between them.
  case several([TimeExpression])
  /// `except(month(-1), holiday(national_break))`: the first without the second, of which all that lie in the first are meant
  /// where its year is not said.
  case except(TimeExpression, TimeExpression)
  /// `about(last(3, day))`: a few of them; that many were taken, and it is said.
  case about(TimeExpression)
  /// `all`: all days there are.
  case all
}

/// A calendar unit named in full.
package enum CalendarUnit: Hashable, Sendable {
  case year(Int)
  case half(Int, Int)
  case quarter(Int, Int)
  case month(Int, Int)
  /// ISO week year and week number.
  case week(Int, Int)
  case day(Day)
}

/// A unit named without its year.
package enum RecurringUnit: Hashable, Sendable {
  case month(Int)
  case quarter(Int)
  case half(Int)
  case week(Int)
  case weekday(Int)
  case weekend
  /// Monday to Friday.
  case workdays
  case dayOfMonth(Int)
  case date(month: Int, day: Int)
  /// Friday the 13th: this month's if it is a Friday, else the latest not in the future.
  case dayOnWeekday(day: Int, weekday: Int)
  /// Monday, February 18: the nearest year in which they agree.
  case dateOnWeekday(month: Int, day: Int, weekday: Int)
  /// 农历八月十五.
  case lunarDate(month: Int, day: Int)
  /// A working day, a trading day.
  case dayKind(DayKind)
}

/// Days that a calendar tells apart from others.
package enum DayKind: String, Hashable, Sendable, CaseIterable, Codable {
  case workday
  case tradingDay = "trading_day"

  package var part: TimePart { self == .workday ? .workday : .tradingDay }
}

package enum VaguePart: String, Hashable, Sendable, CaseIterable {
  case start, mid, close
}

/// What a time expression is measured against. Nothing below the shell reads a clock: today is given.
package struct TimeContext: Hashable, Sendable {
  package var today: Day
  package var calendar: BusinessCalendar
  /// The newest day with data, for `to date` and for saying that data stops inside a period.
  package var lastLoadedDay: Day?

  package init(today: Day, calendar: BusinessCalendar = BusinessCalendar(), lastLoadedDay: Day? = nil) {
    self.today = today
    self.calendar = calendar
    self.lastLoadedDay = lastLoadedDay
  }
}

/// The days a time expression stands for.
package struct ResolvedTime: Hashable, Sendable {
  package var period: Period
  /// The grain it was said in: month for `month(-1)`, day for `2026-03-05`; nil for open or odd runs.
  package var grain: Grain?
  /// Set where only some of the days count: the working days from the first to the last.
  package var only: DayKind?
  /// Set where days between these stretches do not count; the period is from the first of them to the last.
  package var stretches: [Period] = []
  /// Set when the period is the current unit cut at today: the whole unit, for fair comparison.
  package var wholeUnit: Period?
  /// What was taken for granted, to be said in the answer.
  package var assumptions: [TimeAssumption]

  package init(period: Period, grain: Grain?, wholeUnit: Period? = nil, assumptions: [TimeAssumption] = []) {
    self.period = period
    self.grain = grain
    self.wholeUnit = wholeUnit
    self.assumptions = assumptions
  }
}

package enum TimeAssumption: Hashable, Sendable {
  /// 月初, 年底: where the vague part was cut.
  case vaguePart(VaguePart)
  /// A year, month or week was not named; the latest not in the future was taken.
  case latestNotInFuture
  /// 近7天 was read as the complete days before today.
  case todayLeftOut
  /// 2月18日星期一: the nearest year in which the weekday is right.
  case nearestOnWeekday
  /// 最近几天: how many were taken.
  case few(Int)
  /// A break whose official notice is not in the table: the statutory days alone.
  case unannouncedBreak
  /// Working days, where the calendar names no holidays: Monday to Friday.
  case workdaysAreWeekdays
}

package enum TimeFailure: Error, Hashable, Sendable {
  /// A fiscal term, but the dataset sets no fiscal year.
  case noFiscalYear
  /// No such date: 30 February, the 6th week of February.
  case noSuchTime
  case unknownHoliday(String)
  /// Trading days, but the dataset's calendar has none.
  case noTradingDays
}
