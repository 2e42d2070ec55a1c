/// A half-open run of days: `start` is in, `end` is out; nil leaves that side open.
///
/// Example: October 2026 is `2026-10-01 ..< 2026-11-01`.
package struct Period: Hashable, Sendable, CustomStringConvertible {
  package var start: Day?
  package var end: Day?

  package init(_ start: Day?, _ end: Day?) {
    self.start = start
    self.end = end
  }

  /// The run from `first` to `last`, both in.
  package init(first: Day, last: Day) { self.init(first, last.adding(days: 1)) }

  /// Length in days, nil if a side is open.
  package var days: Int? { start.flatMap { s in end.map { $0.number - s.number } } }

  /// The last day in it.
  package var last: Day? { end?.adding(days: -1) }

  package func contains(_ day: Day) -> Bool {
    (start.map { $0 <= day } ?? true) && (end.map { day < $0 } ?? true)
  }

  /// The days in both; empty runs come back as nil.
  package func intersection(_ other: Period) -> Period? {
    let s = [start, other.start].compactMap { $0 }.max()
    let e = [end, other.end].compactMap { $0 }.min()
    if let s, let e, s >= e { return nil }
    return Period(s, e)
  }

  package var description: String { "\(start?.description ?? "…")..<\(end?.description ?? "…")" }
}
