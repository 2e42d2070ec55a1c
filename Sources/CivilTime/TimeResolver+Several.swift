/// Several units taken as one: May and June, Q1 and Q3.
extension TimeResolver {
  /// A unit named without its year follows the one before it, so that all lie in the latest run in which the last has begun:
  /// 12月和1月 are of two years, 6月和5月 of one.
  /// - Throws: `TimeFailure.noSuchTime` for units that overlap or have an open end.
  func several(_ units: [TimeExpression]) throws(TimeFailure) -> ResolvedTime {
    var assumptions: [TimeAssumption] = []
    var grains: [Grain] = []
    var stretches: [Period] = []
    for resolved in try placed(units) {
      guard resolved.period.start != nil, resolved.period.end != nil, resolved.only == nil, resolved.stretches.isEmpty
      else { throw .noSuchTime }
      stretches.append(resolved.period)
      if let grain = resolved.grain { grains.append(grain) }
      for assumption in resolved.assumptions where !assumptions.contains(assumption) { assumptions.append(assumption) }
    }
    let joined = try Self.joined(stretches)
    guard let first = joined.first, let last = joined.last else { throw .noSuchTime }
    var result = ResolvedTime(period: Period(first.start, last.end), grain: grains.min(), assumptions: assumptions)
    if joined.count > 1 { result.stretches = joined }
    return result
  }

  /// Each unit with its year; in the order they were named, or turned round where that is the shorter run.
  private func placed(_ units: [TimeExpression]) throws(TimeFailure) -> [ResolvedTime] {
    guard units.contains(where: \.isFloating) else {
      var all: [ResolvedTime] = []
      for unit in units { all.append(try resolve(unit)) }
      return all
    }
    let said = try? run(units)
    // A year named with one of them says the order.
    guard units.allSatisfy(\.isFloating), let turned = try? run(units.reversed()) else {
      guard let said else { throw .noSuchTime }
      return said
    }
    guard let said else { return turned }
    return Self.length(turned) < Self.length(said) ? turned : said
  }

  private func run(_ units: [TimeExpression]) throws(TimeFailure) -> [ResolvedTime] {
    guard let first = units.first, let last = units.last, units.count > 1 else { throw .noSuchTime }
    let ends = try rangeEnds(first, last)
    var all = [ends.0]
    for unit in units.dropFirst().dropLast() {
      all.append(unit.isFloating ? try next(unit, from: all[all.count - 1].period.end) : try resolve(unit))
    }
    return all + [ends.1]
  }

  private static func length(_ run: [ResolvedTime]) -> Int {
    let starts = run.compactMap { $0.period.start?.number }
    return (starts.max() ?? 0) - (starts.min() ?? 0)
  }

  /// In the order of time, those that meet made one.
  private static func joined(_ stretches: [Period]) throws(TimeFailure) -> [Period] {
    var result: [Period] = []
    for stretch in stretches.sorted(by: { $0.start! < $1.start! }) {
      guard let last = result.last else { result.append(stretch); continue }
      if last.end! > stretch.start! { throw .noSuchTime }
      if last.end! == stretch.start! { result[result.count - 1] = Period(last.start, stretch.end) } else { result.append(stretch) }
    }
    return result
  }
}
