import CivilTime
import Metrics
import Questions

/// Units of time that have no rows, for metrics that show them.
extension PlanBuilder {
  /// A column of the table of days itself: a unit of the business's own calendar.
  func calendarColumn(_ group: Grouping) -> ColumnPath? {
    guard case .dimension(let name) = group, let days = dictionary.days, let dimension = dictionary.dimension(name),
      case .column(let path) = dimension.source
    else { return nil }
    return ([path] + dimension.others).first { $0.head == days.head && $0.parts.count == 2 }
  }

  private func isUnit(_ group: Grouping) -> Bool { group.isTime || calendarColumn(group) != nil }

  /// The units of time that the steps lack, each once, with nothing under the other keys; nil unless a metric shows gaps.
  ///
  /// They are read from the table that holds the calendar's days. A question that keeps only some members of what it is cut by
  /// has no row for none of them.
  mutating func allUnits(_ leaves: [Leaf], _ steps: [PlanStep], _ cut: Cut) throws(Problem) -> PlanStep? {
    guard leaves.contains(where: \.showsGaps), cut.groups.contains(where: isUnit), cut.shift == nil else { return nil }
    guard let days = cut.timeGroups.contains(.hour) ? dictionary.hours : dictionary.days, let table = dictionary.schema[days.head] else { throw .unsupported("gaps without calendar days") }
    let kept = Set(cut.conditions.compactMap(\.field))
    let others = cut.groups.filter { !isUnit($0) }
    if others.contains(where: { $0.dimension.map { kept.contains(.dimension($0)) } ?? false }) { return nil }
    var scope = try TableScope(table.name, metric: leaves[0].metric, dictionary: dictionary)
    let day = try scope.time(days)
    var outputs: [PlanOutput] = []
    for group in cut.groups {
      if let path = calendarColumn(group) {
        outputs.append(PlanOutput(group.columnName, try scope.column(path)))
        continue
      }
      switch group {
      case .time(let grain): outputs.append(PlanOutput(grain.rawValue, PlanValue(.timeLabel(grain, day, weekStart: weekStart), .text)))
      case .part(let part): outputs.append(PlanOutput(part.rawValue, try scope.timePart(part, days)))
      case .dimension, .bucket, .ranges:
        let type = steps.first?.type(of: group.columnName) ?? .text
        outputs.append(PlanOutput(group.columnName, PlanValue(.literal(.null), type)))
      }
    }
    var conditions: [PlanExpression] = []
    if let start = cut.target?.start { conditions.append(.comparison(day, .atLeast, self.day(start))) }
    if let end = cut.target?.end { conditions.append(.comparison(day, .less, self.day(end))) }
    if !cut.stretches.isEmpty {
      conditions.append(.any(cut.stretches.map { .all([.comparison(day, .atLeast, self.day($0.start!)), .comparison(day, .less, self.day($0.end!))]) }))
    }
    // Units that the question's own conditions leave out are no gaps.
    for condition in cut.conditions.flatMap(\.conjuncts) where condition.saysOnlyWhen(byHour: cut.timeGroups.contains(.hour)) {
      conditions.append(try scope.condition(condition, ConditionContext(time: days, rankings: cut.rankings)))
    }
    let times = zip(cut.groups, outputs).filter { isUnit($0.0) }.map(\.1)
    if !others.isEmpty {
      for step in steps { conditions.append(.not(.memberOf(times[0].value.expression, step, times[0].name))) }
    }
    return step(
      "units_of_time\(cut.suffix)", .unitsOfTime(during: cut.target),
      PlanSelect(columns: outputs, source: .table(table.name, alias: table.name), conditions: conditions, groupedBy: outputs.count))
  }
}
