import CivilTime
import Metrics
import Questions

/// Events that followed others of the same subject.
extension PlanBuilder {
  /// The events that a row was the last one before: the same subject later, within the window, with no other row between.
  func events(
    _ follow: Follow, _ key: LeafKey, _ scope: inout TableScope
  ) throws(Problem) -> (table: String, condition: PlanExpression) {
    guard let table = dictionary.schema[follow.to.head], let subject = table.column(follow.to.column), let path = table.time,
      path.parts.count == 2, let time = table.column(path.column), case .column(let from)? = key.aggregate.argument,
      let own = scope.table.column(from.column), from.head == scope.table.name, let ownPath = key.time, ownPath.parts.count == 2,
      let ownTime = scope.table.column(ownPath.column)
    else { throw .unsupported("conversions") }
    func event(_ name: String) -> PlanExpression { .field("event", name) }
    func rival(_ name: String) -> PlanExpression { .field("rival", name) }
    let (start, rowid) = (try scope.time(key.time), "rowid")
    var condition: [PlanExpression] = [
      .comparison(event(subject.physicalName), .equal, try scope.column(from).expression),
      .comparison(event(time.physicalName), .atLeast, start),
    ]
    // Of two rows at the same moment, the one that stands first counts.
    var between: [PlanExpression] = [
      .comparison(rival(own.physicalName), .equal, event(subject.physicalName)),
      .comparison(rival(ownTime.physicalName), .atMost, event(time.physicalName)),
      .any([
        .comparison(rival(ownTime.physicalName), .greater, start),
        .all([
          .comparison(rival(ownTime.physicalName), .equal, start),
          .comparison(rival(rowid), .less, .field(scope.table.name, rowid)),
        ]),
      ]),
    ]
    for pair in follow.same {
      guard let here = scope.table.column(pair.here.column), pair.here.head == scope.table.name,
        let there = table.column(pair.there.column), pair.there.head == table.name
      else { throw .unsupported("conversions") }
      condition.append(.comparison(event(there.physicalName), .equal, try scope.column(pair.here).expression))
      between.append(.comparison(rival(here.physicalName), .equal, event(there.physicalName)))
    }
    if let window = follow.window {
      guard let last = window.days?.upperBound else { throw .unsupported("conversions") }
      condition.append(
        .comparison(event(time.physicalName), .less, .moved(start, days: last + 1, months: 0, fromMonthStart: false)))
    }
    condition.append(.not(.exists(table: scope.table.name, alias: "rival", .all(between))))
    return (table.name, .all(condition))
  }
}
