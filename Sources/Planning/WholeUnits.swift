import CivilTime
import Metrics
import Questions

extension Condition {
  /// The metric by which a ranking of its own decides who is let through.
  fileprivate var ranked: String? { if case .among(_, _, _, let metric) = self { metric } else { nil } }

  /// The same inside alternatives and exclusions.
  var decidingMetric: String? {
    switch self {
    case .not(let inner): inner.decidingMetric
    case .any(let parts), .all(let parts): parts.lazy.compactMap(\.decidingMetric).first
    default: ranked
    }
  }
}

/// Keeps metrics whose rows stand for whole units of time, such as monthly targets, to whole units.
///
/// A month's target lies on its first day in the table, so half a month would get all of it or nothing.
struct WholeUnits {
  /// The metric that is named in messages, and its unit.
  let metric: String
  let grain: Grain
  /// Nothing is set against it that could be of fewer days.
  var isAlone = false

  /// The coarsest unit that any of the metrics' tables declares, with the metric nearest to it; nil if none does.
  init?(_ metrics: [String], in dictionary: MetricDictionary) {
    let found = metrics.flatMap { Self.parts(of: $0, dictionary, []) }
    guard let widest = found.max(by: { $0.grain < $1.grain }) else { return nil }
    (metric, grain) = (widest.metric, widest.grain)
  }

  /// The metrics that aggregate such tables themselves.
  private static func parts(of name: String, _ dictionary: MetricDictionary, _ path: [String]) -> [(metric: String, grain: Grain)] {
    guard !path.contains(name), let formula = dictionary.metric(name)?.formula else { return [] }
    let own = formula.aggregates.compactMap { dictionary.schema[$0.table]?.spans }.max().map { [(name, $0)] } ?? []
    return own + formula.metrics.flatMap { parts(of: $0, dictionary, path + [name]) }
  }

  /// - Throws: `wholeUnits` if the question cuts or keeps less than a whole unit.
  func check(_ question: Question) throws(Problem) {
    let groups = question.groups + question.measures.flatMap { $0.fold?.allOver ?? [] }
    for group in groups {
      switch group {
      case .time(let grain) where !isWhole(grain): throw problem
      case .part(let part) where !isWhole(part): throw problem
      case .dimension, .bucket, .ranges, .time, .part: continue
      }
    }
    for field in (question.conditions + question.measures.flatMap(\.conditions)).compactMap(\.field) {
      switch field {
      case .part(let part): if !isWhole(part) { throw problem }
      case .hour: throw problem
      case .dimension: continue
      }
    }
  }

  /// What is to be said of days that are read; an end that lies where the data stops is no cut that anybody made.
  ///
  /// - Throws: `wholeUnits` if they begin or end inside a unit.
  func notices(_ resolved: ResolvedTime?, _ context: TimeContext, lastDay: Day) throws(Problem) -> [Notice] {
    let (today, weekStart) = (context.today, context.calendar.weekStart)
    if resolved?.only != nil { throw problem }
    let period = resolved?.period ?? Period(nil, nil)
    // A month's target without the days of a holiday is no target.
    for stretch in resolved?.stretches ?? [] {
      for edge in [stretch.start, stretch.end] where edge != period.start && edge != period.end {
        if let edge, unit(of: edge, weekStart).start != edge { throw problem }
      }
    }
    if let start = period.start, unit(of: start, weekStart).start != start { throw problem }
    let past = min(today, lastDay.adding(days: 1))
    if let end = period.end, unit(of: end, weekStart).start != end, end != past, end != today, end != today.adding(days: 1),
      end != context.lastLoadedDay?.adding(days: 1)
    { throw problem }
    let last = unit(of: past, weekStart)
    // The unit that the data stops in, if the days read reach into it.
    guard !isAlone, last.start != past, period.start.map({ $0 < past }) ?? true, period.end.map({ $0 > last.start! }) ?? true else { return [] }
    return [.wholeUnitRuns(metric: metric, unit: last, lastDay: lastDay)]
  }

  private var problem: Problem { .wholeUnits(metric: metric, grain: grain) }

  private func unit(of day: Day, _ weekStart: Int) -> Period {
    let start = grain.start(of: day, weekStart: weekStart)
    return Period(start, grain.advance(start, by: 1))
  }

  /// Whether a unit of time is made of whole ones: quarters of months, no months of weeks.
  private func isWhole(_ other: Grain) -> Bool {
    if other == grain || grain == .day && other > .day { return true }
    guard let own = grain.months, let months = other.months else { return false }
    return months % own == 0
  }

  private func isWhole(_ part: TimePart) -> Bool {
    switch part {
    case .hourOfDay: false
    case .weekday, .weekend, .workday, .tradingDay, .dayOfMonth, .dayOfYear: grain == .day
    case .monthOfYear: grain == .day || grain == .month
    case .quarterOfYear: grain == .day || grain == .month || grain == .quarter
    }
  }
}
