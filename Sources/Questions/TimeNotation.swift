import CivilTime
import SourceText

/// Time expressions in the one notation: `during month(-1)`, `in(2026, named(month, 3))`; printing and reading.
///
/// Each case of `TimeExpression` names the notation it prints as. Reading takes more than printing gives, because the
/// slots of a rule hold only numbers and times: `unit(month, -1)`, `ahead(2, week)`, `date(17, 3, 5)`, `quarter_of(2026, 3)`,
/// `in(a, b)` with any time as `b`. What can be said in a shorter form is read as that form, so that two ways of saying
/// one thing give one term.
package enum TimeNotation {
  /// Why a term is no time: the term, and what was expected in its place.
  package struct Failure: Error, Hashable, Sendable {
    package let term: Term
    package let expected: String
  }

  /// The notation of a time.
  package static func term(of time: TimeExpression) -> Term {
    switch time {
    case .unit(let grain, let offset): call(grain.rawValue, number(offset))
    case .fiscal(let grain, let offset): call("fiscal_" + grain.rawValue, number(offset))
    case .last(let count, let grain): call("last", number(count), symbol(grain))
    case .lastDays(let count, let kind): call("last", number(count), .symbol(kind.rawValue))
    case .rolling(let count, let grain): call("rolling", number(count), symbol(grain))
    case .next(let count, let grain): call("next", number(count), symbol(grain))
    case .toDate(let grain): call("to_date", symbol(grain))
    case .absolute(let unit): literal(unit)
    case .fiscalNamed(let year, nil): call("fiscal", number(year))
    case .fiscalNamed(let year, .some(let quarter)): call("fiscal", number(year), number(quarter))
    case .named(let unit): named(unit)
    case .inside(let outer, let unit): call("in", term(of: outer), named(unit))
    case .range(let first, let second): call("range", term(of: first), term(of: second))
    case .since(let inner): call("since", term(of: inner))
    case .from(let inner): call("from", term(of: inner))
    case .after(let inner): call("after", term(of: inner))
    case .before(let inner): call("before", term(of: inner))
    case .through(let inner): call("through", term(of: inner))
    case .shifted(let inner, let count, let grain): call("shift", term(of: inner), number(count), symbol(grain))
    case .holiday(let key, nil): call("holiday", .symbol(key))
    case .holiday(let key, .some(let outer)): call("in", term(of: outer), call("holiday", .symbol(key)))
    case .both(let first, let second): call("both", term(of: first), term(of: second))
    case .several(let units): .call("several", units.map { [term(of: $0)] })
    case .except(let whole, let part): call("except", term(of: whole), term(of: part))
    case .about(let inner): call("about", term(of: inner))
    case .all: .symbol("all")
    case .nth, .nthNamed, .first, .final, .third, .vague, .occurrence, .whole, .run, .edgeDays, .halfMonth, .adjoining: partTerm(of: time)
    }
  }

  private static func partTerm(of time: TimeExpression) -> Term {
    switch time {
    case .nth(let count, let grain, let outer): call("nth", number(count), symbol(grain), term(of: outer))
    case .nthNamed(let count, let unit, let outer): call("nth", number(count), named(unit), term(of: outer))
    case .first(let count, let grain, let outer): call("first", number(count), symbol(grain), term(of: outer))
    case .final(let count, let grain, let outer): call("final", number(count), symbol(grain), term(of: outer))
    case .edgeDays(let count, let kind, let outer):
      call(count > 0 ? "first" : "final", number(abs(count)), .symbol(kind.rawValue), term(of: outer))
    case .halfMonth(let index, let outer): call("half_month", number(index), term(of: outer))
    case .adjoining(let count, let grain, let inner): call("adjoining", number(count), symbol(grain), term(of: inner))
    case .third(let index, let outer): call("third", number(index), term(of: outer))
    case .vague(let part, let outer): call(part.rawValue, term(of: outer))
    case .occurrence(let count, let inner, nil): call("occurrence", number(count), term(of: inner))
    case .occurrence(let count, let inner, .some(let from)):
      call("occurrence", number(count), term(of: inner), term(of: from))
    case .whole(let grain, let inner): call("whole", symbol(grain), term(of: inner))
    case .run(let count, let grain, let inner): call("run", number(count), symbol(grain), term(of: inner))
    default: .symbol("all")
    }
  }

  private static func named(_ unit: RecurringUnit) -> Term {
    switch unit {
    case .month(let value): call("named", .symbol("month"), number(value))
    case .quarter(let value): call("named", .symbol("quarter"), number(value))
    case .half(let value): call("named", .symbol("half"), number(value))
    case .week(let value): call("named", .symbol("week"), number(value))
    case .weekday(let value): call("named", .symbol("weekday"), number(value))
    case .weekend: call("named", .symbol("weekend"))
    case .workdays: call("named", .symbol("workdays"))
    case .dayOfMonth(let value): call("named", .symbol("day"), number(value))
    case .date(let month, let day): call("named", .symbol("date"), number(month), number(day))
    case .dateOnWeekday(let month, let day, let weekday):
      call("named", .symbol("date_on_weekday"), number(month), number(day), number(weekday))
    case .lunarDate(let month, let day): call("named", .symbol("lunar"), number(month), number(day))
    case .dayKind(let kind): call("named", .symbol(kind.rawValue))
    case .dayOnWeekday(let day, let weekday): call("named", .symbol("day_on_weekday"), number(day), number(weekday))
    }
  }

  private static func literal(_ unit: CalendarUnit) -> Term {
    if case .year(let year) = unit { number(year) } else { .symbol(unit.description) }
  }

  static func call(_ name: String, _ terms: Term...) -> Term { .call(name, terms.map { [$0] }) }
  static func number(_ value: Int) -> Term { .number(Double(value)) }
  static func symbol(_ grain: Grain) -> Term { .symbol(grain.rawValue) }
}
