import CivilTime
import Metrics
import Questions

// Moving averages: each unit of time with those before it.
extension AnswerAssembly {
  /// What all moving averages of the question have in common; nil without any.
  var moving: Moving? { question.measures.compactMap(\.moving).first }

  /// Puts averages in the place of the values, a row for each unit of the period in each group, also for units without rows.
  ///
  /// Where no rows mean zero, the sum is divided by all units that it looks at; of other values only those that there are count.
  /// Units before the data begins are none.
  mutating func moveAverages() throws(Problem) {
    guard let moving else { return }
    let label = moving.grain.rawValue
    let units = try movingUnits(moving)
    let others = question.groups.filter { $0 != .time(moving.grain) }.map(\.columnName)
    let numbered = builder.step(
      "numbered", .placed(moving.grain),
      PlanSelect(
        columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) } + [PlanOutput("place", units.value("place"))],
        source: .step(rows),
        joins: [PlanJoin(.inner, .step(units), on: [.same(.field(units.name, label), .field(rows.name, label))])]))
    var joins: [PlanJoin] = []
    var keySource = units
    if !others.isEmpty {
      let members = builder.step(
        "members", .membersWithRows(question.groups.filter { $0 != .time(moving.grain) }),
        PlanSelect(columns: others.map { PlanOutput($0, rows.value($0)) }, source: .step(rows), groupedBy: others.count))
      joins.append(PlanJoin(.cross, .step(members)))
      keySource = members
    }
    func field(_ step: PlanStep, _ name: String) -> PlanExpression { .field(step.name, name) }
    let (place, own) = (field(numbered, "place"), field(units, "place"))
    joins.append(
      PlanJoin(
        .left, .step(numbered),
        on: others.map { .same(field(numbered, $0), field(keySource, $0)) } + [
          .comparison(place, .atMost, own),
          .comparison(place, .greater, .arithmetic(.minus, own, .constant(Int64(moving.count)))),
        ]))
    let keys = question.groups.map { group in
      PlanOutput(group.columnName, (group == .time(moving.grain) ? units : keySource).value(group.columnName))
    }
    let averaged = Dictionary(uniqueKeysWithValues: question.measures.filter { $0.moving != nil }.compactMap { measure in
      values[measure].map { (columnName($0), measure) }
    })
    let span = PlanValue(.aggregate(.maximum, field(units, "span"), filter: nil), .number(scale: 0))
    var outputs = keys
    for column in rows.columns where !keys.contains(where: { $0.name == column.name }) {
      let value = numbered.value(column.name)
      guard let measure = averaged[column.name] else {
        let here = PlanExpression.aggregate(.maximum, value.expression, filter: .comparison(place, .equal, own))
        outputs.append(PlanOutput(column.name, PlanValue(here, value.type)))
        continue
      }
      if try builder.expander.expand(measure).isZeroWithoutRows {
        let sum = PlanValue(.coalesce([.aggregate(.sum, value.expression, filter: nil), .constant(0)]), value.type)
        outputs.append(PlanOutput(column.name, .combine(.dividedBy, sum, span)))
      } else {
        outputs.append(PlanOutput(column.name, PlanValue(.aggregate(.average, value.plain.expression, filter: nil), .real)))
      }
    }
    replaceRows(
      PlanSelect(
        columns: outputs, source: .step(units), joins: joins,
        conditions: [.comparison(field(units, "shown"), .equal, .constant(1))], groupedBy: keys.count),
      "moving", .moving(moving.grain, before: moving.count - 1))
  }

  /// The units that averages look at, each with its place, how many of those it looks at lie in the data, and whether it is shown.
  private mutating func movingUnits(_ moving: Moving) throws(Problem) -> PlanStep {
    if !stretches.isEmpty { throw .unsupported("window over several stretches") }
    guard let data = dataDays, let begins = data.start, let last = data.last else { throw .unsupported("window without period") }
    let grain = moving.grain
    let firstData = grain.start(of: begins, weekStart: builder.weekStart)
    let firstShown = grain.start(of: periods.this?.start ?? begins, weekStart: builder.weekStart)
    let past = min(periods.this?.end ?? last.adding(days: 1), last.adding(days: 1))
    var unit = max(firstData, grain.advance(firstShown, by: 1 - moving.count))
    var literals: [[PlanLiteral]] = []
    while unit < past {
      let place = Int64(literals.count)
      let isShown = unit >= firstShown
      literals.append([
        .text(grain.label(of: unit)), .integer(place), .integer(min(Int64(moving.count), place + 1)), .integer(isShown ? 1 : 0),
      ])
      if literals.count > 8000 { throw .outOfBudget(.timePoints(8000)) }
      unit = grain.advance(unit, by: 1)
    }
    let number = { (name: String) in StepColumn(name, .number(scale: 0)) }
    if literals.isEmpty { literals = [[.null, .null, .null, .integer(0)]] }
    return PlanStep(
      name: builder.names.unique("units"), note: .unitsAveraged(grain),
      operation: .rows(literals), columns: [StepColumn(grain.rawValue, .text), number("place"), number("span"), number("shown")])
  }
}
