import CivilTime
import Metrics
import Questions

/// Windows that move day by day, over coarser units of time.
extension PlanBuilder {
  /// Whether an answer is by units of time that have several days.
  func isCoarse(_ cut: Cut) -> Bool {
    cut.groups.contains { $0.isOfTime || calendarColumn($0) != nil } && (cut.timeGroups.min() ?? .year) > .day
  }

  /// The values of each day, then the first one or the mean of each group.
  mutating func readByDay(
    _ key: ReadKey, _ leaves: [Leaf], _ names: [LeafKey: String], _ cut: Cut
  ) throws(Problem) -> FrameInput {
    var daily = cut
    daily.groups.append(.time(.day))
    var input = try read(key, leaves, names, daily)
    let days = input.step
    let columns = days.columns.map(\.name).filter { name in input.columns.values.contains(name) }
    let keys = cut.groups.map { PlanOutput($0.columnName, days.value($0.columnName)) }
    let name = "\(key.table)\(keyName(cut.groups))_of_days\(cut.suffix)"
    if key.overUnits == .average {
      let means = columns.map {
        PlanOutput($0, PlanValue(.aggregate(.average, days.value($0).plain.expression, filter: nil), .real))
      }
      input.step = step(
        name, .averageOverDays(columns, by: cut.groups),
        PlanSelect(columns: keys + means, source: .step(days), groupedBy: keys.count))
      return input
    }
    let day = Grain.day.rawValue
    let first = PlanExpression.aggregate(.minimum, days.value(day).expression, filter: nil)
    let firsts = step(
      "first_days\(cut.suffix)", .firstDay(by: cut.groups),
      PlanSelect(columns: keys + [PlanOutput("first_day", PlanValue(first, .text))], source: .step(days), groupedBy: keys.count))
    let on = same(days, firsts, keys.map(\.name)) + [.comparison(.field(firsts.name, "first_day"), .equal, days.value(day).expression)]
    input.step = step(
      name, .ofFirstDay(columns, by: cut.groups),
      PlanSelect(
        columns: keys + columns.map { PlanOutput($0, days.value($0)) }, source: .step(days), joins: [PlanJoin(.inner, .step(firsts), on: on)]))
    return input
  }
}
