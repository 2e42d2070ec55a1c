import CivilTime

/// Times in English: last month, March 2026, last 7 days, year to date.
enum EnglishTimeWords {
  static func text(_ expression: TimeExpression) -> String {
    switch expression {
    case .unit(let grain, let offset): unit(grain, offset)
    case .fiscal(let grain, let offset): relative("fiscal " + self.grain(grain), offset)
    case .last(let count, let grain): "last " + self.count(count, grain)
    case .lastDays(let count, let kind): "last \(count) " + plural(self.kind(kind), count)
    case .rolling(let count, let grain): "last " + self.count(count, grain) + " including today"
    case .next(let count, let grain): "next " + self.count(count, grain)
    case .toDate(let grain): grain == .day ? "today" : self.grain(grain) + " to date"
    case .absolute(let calendarUnit): absolute(calendarUnit)
    case .fiscalNamed(let year, let quarter): (quarter.map { "Q\($0) of " } ?? "") + "fiscal \(year)"
    // Weekends alone are a part of every week.
    case .named(.weekend), .named(.workdays): "the current or last " + (expression == .named(.weekend) ? "weekend" : "workdays")
    case .named(let unit): recurring(unit)
    case .inside(let outer, let unit): inside(outer, unit)
    case .nth(let count, let grain, let outer): nth(count, self.grain(grain)) + " of " + text(outer)
    case .nthNamed(let count, let unit, let outer): nth(count, recurring(unit)) + " of " + text(outer)
    case .occurrence(let count, let inner, let from): occurrence(count, inner, from)
    case .whole(let grain, let inner): "the " + self.grain(grain) + " of " + text(inner)
    case .run(let count, let grain, let from): self.count(count, grain) + " starting " + text(from)
    case .first(let count, let grain, let outer): "first " + self.count(count, grain) + " of " + text(outer)
    case .final(let count, let grain, let outer): "final " + self.count(count, grain) + " of " + text(outer)
    case .edgeDays(let count, let kind, let outer):
      (count > 0 ? "first " : "final ") + "\(abs(count)) " + plural(self.kind(kind), abs(count)) + " of " + text(outer)
    case .halfMonth(let half, let outer): ordinal(half) + " half of " + text(outer)
    case .adjoining(let count, let grain, let inner):
      "the " + self.count(abs(count), grain) + " right " + (count < 0 ? "before " : "after ") + text(inner)
    case .third(let third, let outer): ordinal(third) + " third of " + text(outer)
    case .vague(let part, let outer): vague(part) + " of " + text(outer)
    case .range(let from, let to): "from " + text(from) + " to " + text(to)
    case .since(let from): "since " + text(from)
    case .from(let from): text(from) + " and later"
    case .after(let day): "after " + text(day)
    case .before(let day): "before " + text(day)
    case .through(let day): "through " + text(day)
    case .shifted(let inner, let count, let grain):
      text(inner) + (count < 0 ? " shifted back " : " shifted forward ") + self.count(abs(count), grain)
    case .holiday(let name, let outer): HolidayWords.english(name) + (outer.map { " " + text($0) } ?? "")
    case .both(let first, .through(let end)): text(first) + " as of " + text(end)
    case .both(let first, .from(.unit(.day, offset: 0))): "rest of " + text(first)
    case .both(let first, let second): text(first) + " and " + text(second)
    case .several(let units): units.map(text).joined(separator: " plus ")
    case .except(let whole, let part): text(whole) + " except for " + text(part)
    case .about(let inner): few(inner)
    case .all: "all time"
    }
  }

  private static func unit(_ grain: Grain, _ offset: Int) -> String {
    switch (grain, offset) {
    case (.day, 0): "today"
    case (.day, -1): "yesterday"
    case (.day, 1): "tomorrow"
    case (.half, -1...1): relative("half", offset)
    case (.day, 2...): "\(offset) days from now"
    default: relative(self.grain(grain), offset)
    }
  }

  private static func relative(_ word: String, _ offset: Int) -> String {
    switch offset {
    case 0: "this " + word
    case -1: "last " + word
    case 1: "next " + word
    default: "\(abs(offset)) \(plural(word, abs(offset)))" + (offset < 0 ? " ago" : " ahead")
    }
  }

  private static func absolute(_ unit: CalendarUnit) -> String {
    switch unit {
    case .year(let year): return String(year)
    case .half(let year, let half): return "H\(half) \(year)"
    case .quarter(let year, let quarter): return "Q\(quarter) \(year)"
    case .month(let year, let month): return "\(self.month(month)) \(year)"
    case .week(let year, let week): return "week \(week) of \(year)"
    case .day(let day): return day.description
    }
  }

  private static func recurring(_ unit: RecurringUnit) -> String {
    switch unit {
    case .month(let month): self.month(month)
    case .quarter(let quarter): "Q\(quarter)"
    case .half(let half): "H\(half)"
    case .week(let week): "week \(week)"
    case .weekday(let day): weekday(day)
    case .weekend: "weekend"
    case .workdays: "workdays"
    case .dayOnWeekday(let day, let weekday): self.weekday(weekday) + " the " + ordinalFigure(day)
    case .dayOfMonth(let day): "on the " + ordinalFigure(day)
    case .dateOnWeekday(let month, let day, let weekday): self.weekday(weekday) + ", \(self.month(month)) \(day)"
    case .lunarDate(let month, let day): "lunar \(month)/\(day)"
    case .dayKind(let kind): self.kind(kind)
    case .date(let month, let day): "\(self.month(month)) \(day)"
    }
  }

  private static func inside(_ outer: TimeExpression, _ unit: RecurringUnit) -> String {
    if case .absolute(.year(let year)) = outer {
      switch unit {
      case .date: return recurring(unit) + ", \(year)"
      case .month, .quarter, .half: return recurring(unit) + " \(year)"
      default: break
      }
    }
    if case .dayOfMonth(let day) = unit { return "the " + ordinalFigure(day) + " of " + text(outer) }
    return recurring(unit) + " of " + text(outer)
  }

  private static func nth(_ count: Int, _ unit: String) -> String {
    switch count {
    case -1: "final " + unit
    case ..<0: ordinal(-count) + " to last " + unit
    default: ordinal(count) + " " + unit
    }
  }

  private static func occurrence(_ count: Int, _ inner: TimeExpression, _ from: TimeExpression?) -> String {
    if case .named(.dayKind(let kind)) = inner, from == nil {
      if abs(count) == 1 { return (count < 0 ? "latest " : "next ") + self.kind(kind) }
      return "\(abs(count)) " + plural(self.kind(kind), abs(count)) + (count < 0 ? " ago" : " from now")
    }
    return ordinal(abs(count)) + " " + text(inner) + (count < 0 ? " before " : " after ") + (from.map(text) ?? "today")
  }

  static func kind(_ kind: DayKind) -> String {
    switch kind {
    case .workday: "working day"
    case .tradingDay: "trading day"
    }
  }

  /// "last few days"; the number that was taken is in the notice.
  private static func few(_ inner: TimeExpression) -> String {
    switch inner {
    case .last(_, let grain): "last few " + plural(self.grain(grain), 2)
    case .next(_, let grain): "next few " + plural(self.grain(grain), 2)
    default: text(inner)
    }
  }

  private static func vague(_ part: VaguePart) -> String {
    switch part {
    case .start: "start"
    case .mid: "middle"
    case .close: "end"
    }
  }

  private static func ordinal(_ number: Int) -> String {
    let words = ["first", "second", "third", "fourth", "fifth"]
    return (1...5).contains(number) ? words[number - 1] : ordinalFigure(number)
  }

  private static func ordinalFigure(_ number: Int) -> String {
    let suffix =
      switch (number % 10, number % 100) {
      case (_, 11), (_, 12), (_, 13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(number)\(suffix)"
  }

  /// `3 months`, `1 day`.
  static func count(_ count: Int, _ grain: Grain) -> String { "\(count) \(plural(self.grain(grain), count))" }

  private static func plural(_ word: String, _ count: Int) -> String {
    count == 1 ? word : word + "s"
  }

  static func grain(_ grain: Grain) -> String { grain == .half ? "half year" : grain.rawValue }

  static func weekday(_ day: Int) -> String {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][max(0, min(6, day - 1))]
  }

  static func month(_ month: Int) -> String {
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ][max(0, min(11, month - 1))]
  }
}
