/// A stretch of time without some of its days: October without National Day.
extension TimeResolver {
  /// - Throws: `TimeFailure.noSuchTime` where nothing is left, or nothing is taken away.
  func except(_ whole: TimeExpression, _ part: TimeExpression) throws(TimeFailure) -> ResolvedTime {
    let (start, end, outer) = try closed(whole)
    var rest = outer.stretches.isEmpty ? [outer.period] : outer.stretches
    let before = rest
    var assumptions = outer.assumptions
    for taken in try takenOut(part, from: start, to: end) {
      guard taken.only == nil else { throw .noSuchTime }
      for hole in taken.stretches.isEmpty ? [taken.period] : taken.stretches { rest = rest.flatMap { Self.without(hole, $0) } }
      for assumption in taken.assumptions where !assumptions.contains(assumption) { assumptions.append(assumption) }
    }
    guard rest != before, let first = rest.first, let last = rest.last else { throw .noSuchTime }
    var resolved = ResolvedTime(period: Period(first.start, last.end), grain: .day, assumptions: assumptions)
    resolved.only = outer.only
    if rest.count > 1 { resolved.stretches = rest }
    return resolved
  }

  /// The time itself, or every occurrence that reaches into the days given where its year is not said.
  private func takenOut(_ part: TimeExpression, from start: Day, to end: Day) throws(TimeFailure) -> [ResolvedTime] {
    if case .several(let units) = part {
      var all: [ResolvedTime] = []
      for unit in units { all += try takenOut(unit, from: start, to: end) }
      return all
    }
    guard part.isFloating else { return [try resolve(part)] }
    var all: [ResolvedTime] = []
    var day = start.adding(days: -part.cycle)
    while let found = try? next(part, from: day), let first = found.period.start, first < end {
      if let past = found.period.end, past > start { all.append(found) }
      day = first.adding(days: 1)
    }
    return all
  }

  /// What is left of a stretch on both sides of a hole.
  private static func without(_ hole: Period, _ stretch: Period) -> [Period] {
    guard let common = stretch.intersection(hole), let from = common.start, let to = common.end else { return [stretch] }
    return [Period(stretch.start, from), Period(to, stretch.end)].filter { $0.start! < $0.end! }
  }
}
