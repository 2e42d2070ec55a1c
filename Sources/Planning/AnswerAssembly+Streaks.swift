import CivilTime
import Metrics
import Questions

// Runs of units of time in which conditions held, and the places of members.
extension AnswerAssembly {
  /// For each group its longest run of enough units, the latest among equals: where it begins and ends, and how long it is.
  ///
  /// Units that follow on, and hold, are all as far from their own place among those that hold.
  mutating func runs(_ streak: Streak) throws(Problem) -> PlanStep {
    let grain = streak.grain.rawValue
    let members = question.groups.filter { $0 != .time(streak.grain) }
    let names = members.map(\.columnName)
    let (units, all) = try units(streak)
    let least = streak.count ?? all
    let held = builder.step(
      "held", .held(streak.grain),
      PlanSelect(
        columns: (names + [grain]).map { PlanOutput($0, rows.value($0)) } + [PlanOutput("place", units.value("place"))],
        source: .step(rows),
        joins: [PlanJoin(.inner, .step(units), on: [.same(.field(units.name, grain), .field(rows.name, grain))])],
        conditions: streak.conditions.map(condition) + names.map { .missing(rows.value($0).expression, negated: true) }))
    func outputs(_ step: PlanStep, _ columns: [String]) -> [PlanOutput] { columns.map { PlanOutput($0, step.value($0)) } }
    func partition(_ step: PlanStep) -> [PlanExpression] { names.map { step.value($0).expression } }
    let place = held.value("place").expression
    let number = PlanExpression.rowNumber(within: partition(held), order: [PlanOrder(place, mayBeNull: false)])
    let streaks = builder.step(
      "streaks", .streaks,
      PlanSelect(
        columns: outputs(held, names)
          + [PlanOutput("streak", PlanValue(.arithmetic(.minus, place, number), .number(scale: 0))), PlanOutput(grain, held.value(grain))],
        source: .step(held)))
    let label = streaks.value(grain).expression
    func edge(_ function: Aggregate.Function) -> PlanValue { PlanValue(.aggregate(function, label, filter: nil), .text) }
    let count = PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0))
    let found = builder.step(
      "runs", .runs,
      PlanSelect(
        columns: outputs(streaks, names + ["streak"])
          + [PlanOutput("run_from", edge(.minimum)), PlanOutput("run_to", edge(.maximum)), PlanOutput("run_length", count)],
        source: .step(streaks), groupedBy: names.count + 1))
    let runColumns = ["run_from", "run_to", "run_length"]
    let length = found.value("run_length").expression
    let pick = PlanExpression.rowNumber(
      within: partition(found),
      order: [length, found.value("run_to").expression].map { PlanOrder($0, descending: true, mayBeNull: false) })
    let longest = builder.step(
      "longest", .longest(streak.grain, atLeast: streak.count),
      PlanSelect(
        columns: outputs(found, names + runColumns) + [PlanOutput("pick", PlanValue(pick, .number(scale: 0)))],
        source: .step(found), conditions: [.comparison(length, .atLeast, .constant(Int64(least)))]))
    columns = members.map { PlanColumn(name: $0.columnName, role: .group($0)) }
      + zip(runColumns, PlanColumn.RunEdge.allCases).map { PlanColumn(name: $0, role: .run($1, streak.grain)) }
    let order = [PlanOrder(longest.value("run_length").expression, descending: true, mayBeNull: false)]
      + ["run_to"].map { PlanOrder(longest.value($0).expression, descending: true, mayBeNull: false) }
      + names.map { PlanOrder(longest.value($0).expression) }
    let answer = builder.step(
      "answer", .longestRun(by: members),
      PlanSelect(
        columns: outputs(longest, names + runColumns), source: .step(longest),
        conditions: [.comparison(longest.value("pick").expression, .equal, .constant(1))], order: order))
    return question.isCounted ? counted(answer, members) : answer
  }

  /// The whole units of the period that are over, each with its place, and how many they are.
  private mutating func units(_ streak: Streak) throws(Problem) -> (PlanStep, Int) {
    if !stretches.isEmpty { throw .unsupported("window over several stretches") }
    let extent = dataDays
    let period = periods.resolved?.period ?? Period(nil, nil)
    guard let first = period.start ?? extent?.start else { throw .unsupported("window without period") }
    let past = min(period.end ?? builder.lastDay, builder.lastDay)
    var unit = streak.grain.start(of: first, weekStart: builder.weekStart)
    if unit < first { unit = streak.grain.advance(unit, by: 1) }
    var rows: [[PlanLiteral]] = []
    while case let next = streak.grain.advance(unit, by: 1), next <= past {
      rows.append([.text(streak.grain.label(of: unit)), .integer(Int64(rows.count))])
      if rows.count > 8000 { throw .outOfBudget(.timePoints(8000)) }
      unit = next
    }
    guard rows.count >= streak.count ?? 1 else { throw .unsupported("run longer than its period") }
    let step = PlanStep(
      name: builder.names.unique("units"), note: .unitsOver(streak.grain),
      operation: .rows(rows), columns: [StepColumn(streak.grain.rawValue, .text), StepColumn("place", .number(scale: 0))])
    return (step, rows.count)
  }

  // MARK: Places

  /// Gives every group its place, the highest value first, how many there are, and how many share the place.
  mutating func placeAll() {
    guard question.placement != nil, let measure = question.measures.first, let value = values[measure]?.expression else { return }
    let within = question.groups.filter(\.isTime).map { rows.value($0.columnName).expression }
    let rank = PlanExpression.rank(within: within, order: [PlanOrder(value, descending: true, mayBeNull: false)])
    let tied = PlanExpression.arithmetic(.minus, .groupSize(within: within + [value]), .constant(1))
    let added: [(String, PlanExpression)] = [("place", rank), ("place_of", .groupSize(within: within)), ("place_tied", tied)]
    let keys = question.groups.map { PlanExpression.missing(rows.value($0.columnName).expression, negated: true) }
    replaceRows(
      PlanSelect(
        columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) }
          + added.map { PlanOutput($0.0, PlanValue($0.1, .number(scale: 0))) },
        source: .step(rows), conditions: [.missing(value, negated: true)] + keys),
      "placed", .place)
  }

  func placed(_ placement: Placement) -> PlanExpression {
    let key = rows.value(placement.dimension)
    let literals = placement.values.map { value -> PlanExpression in
      switch value {
      case .text(let text): .literal(key.type.isNumeric ? Int64(text).map(PlanLiteral.integer) ?? .text(text) : .text(text))
      case .number(let number): .literal(Int64(exactly: number).map(PlanLiteral.integer) ?? .real(number))
      }
    }
    return .oneOf(key.expression, literals, negated: false)
  }

  func placeRoles() -> [OutputRole] {
    guard question.placement != nil else { return [] }
    return zip(["place", "place_of", "place_tied"], PlanColumn.PlaceEdge.allCases).map { name, edge in
      OutputRole(name: name, role: .place(edge), unit: .plain, value: rows.value(name))
    }
  }

  // MARK: Means within parents

  static func meanName(_ threshold: Threshold, within parent: String) -> String { "mean_\(threshold.quantity.metric)_of_\(parent)" }

  /// Puts beside each group the mean of the groups of its parent.
  mutating func meanWithinParents() {
    var added: [PlanOutput] = []
    for threshold in question.thresholds {
      guard case .averageWithin(let parent) = threshold.bound else { continue }
      let name = Self.meanName(threshold, within: parent)
      guard !added.contains(where: { $0.name == name }) else { continue }
      // Within each unit of time too: a month's stores against that month's.
      let within = question.groups.filter { $0.isTime || $0 == .dimension(parent) }.map { rows.value($0.columnName).expression }
      added.append(PlanOutput(name, PlanValue(.groupMean(value(threshold.quantity).plain.expression, within: within), .real)))
    }
    if added.isEmpty { return }
    replaceRows(
      PlanSelect(columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) } + added, source: .step(rows)),
      "with_means", .means)
  }

  // MARK: Adding up by value

  /// Puts beside each group what it and all with higher values have together.
  mutating func addUpByValue() {
    guard question.share?.of == .running, let measure = question.measures.first, let value = values[measure] else { return }
    let order = [PlanOrder(value.expression, descending: true, mayBeNull: false)] + keyOrders(keys)
    let sum = PlanValue(.runningSum(value.expression, within: [], order: order), value.type)
    replaceRows(
      PlanSelect(
        columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) } + [PlanOutput("so_far", sum)],
        source: .step(rows), conditions: [.missing(value.expression, negated: true)]),
      "added_up", .addUpFromHighest)
  }

  /// The highest that together make up so many of a hundred: those before which that much is not reached.
  func makingUp(_ ranking: Ranking) -> PlanExpression {
    let measure = question.measures[0]
    guard let value = values[measure], let whole = wholes[measure] else { return .any([]) }
    let before = PlanValue.combine(.minus, rows.value("so_far"), value)
    let (a, b) = PlanValue.aligned(before, whole)
    return .comparison(
      .arithmetic(.times, a.expression, .constant(100)), .less, .arithmetic(.times, b.expression, .constant(Int64(ranking.count))))
  }
}
