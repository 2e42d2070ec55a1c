import CivilTime
import Metrics
import Questions

// The quantities of a row, and the select that filters, ranks and shows the rows.
extension AnswerAssembly {
  // MARK: Quantities

  /// The measure a quantity speaks of: the first of that metric.
  func measure(_ name: String) -> Measure { measures.first { $0.metric == name } ?? Measure(name) }

  func value(_ quantity: Quantity) -> PlanValue {
    let measure = measure(quantity.metric)
    let missing = PlanValue(.literal(.null), .real)
    let value = values[measure] ?? missing
    switch quantity {
    case .metric: return value
    case .change: return .combine(.minus, value, bases[measure] ?? missing)
    case .growth: return growth(value, bases[measure] ?? missing)
    case .share: return .combine(.dividedBy, value, wholes[measure] ?? missing)
    }
  }

  func growth(_ value: PlanValue, _ base: PlanValue) -> PlanValue {
    .combine(.dividedBy, .combine(.minus, value, base), base)
  }

  // MARK: The last select

  mutating func finish() throws(Problem) -> PlanStep {
    if let streak = question.streak { return try runs(streak) }
    meanWithinParents()
    placeAll()
    var select = PlanSelect(columns: [], source: .step(rows))
    if question.isCounted, !question.countedWithin.isEmpty { return countedWithin() }
    for threshold in question.thresholds { select.conditions.append(condition(threshold)) }
    if let placement = question.placement { select.conditions.append(placed(placement)) }
    if let ranking = question.ranking, ranking.kind == .share {
      select.conditions.append(makingUp(ranking))
    } else if let ranking = question.ranking {
      select.conditions += namedGroups(ranking)
      if ranking.isOneCut {
        select.order = rankingOrder(ranking)
        select.limit = ranking.count
        select.conditions.append(.missing(rankedValue(ranking).expression, negated: true))
      } else {
        try rankWithin(ranking, &select)
      }
    }
    if !question.order.isEmpty {
      if question.ranking.map(\.isOneCut) == true { cutBeforeOrder(&select) }
      select.order = try explicitOrder()
    } else if question.share?.of == .running {
      select.order = [PlanOrder(rows.value("so_far").expression, mayBeNull: false)] + keyOrders(keys)
    } else if question.ranking == nil {
      select.order = defaultOrder()
    }
    select.columns = outputs()
    columns = outputColumns(select.columns.map(\.name))
    let answer = builder.step("answer", answerNote(), select)
    return question.isCounted ? counted(answer) : answer
  }

  /// How many groups an answer has; rows without a member are no group.
  mutating func counted(_ answer: PlanStep, _ members: [Grouping]? = nil) -> PlanStep {
    let groups = members ?? question.groups
    columns = [PlanColumn(name: "count", role: .count(groups), unit: .plain)]
    let count = PlanValue(.aggregate(.count, nil, filter: nil), .number(scale: 0))
    return builder.step(
      "counted", .count(groups),
      PlanSelect(
        columns: [PlanOutput("count", count)], source: .step(answer),
        conditions: groups.map(\.columnName).map { .missing(answer.value($0).expression, negated: true) }, groupedBy: 0))
  }

  /// How many of the other groups are kept in each of those they are counted in, also where none is.
  private mutating func countedWithin() -> PlanStep {
    let within = question.countedWithin
    let members = question.groups.filter { !within.contains($0) }
    let named = members.map { PlanExpression.missing(rows.value($0.columnName).expression, negated: true) }
    let kept = PlanExpression.all(named + question.thresholds.map(condition))
    let count = PlanValue(.aggregate(.count, nil, filter: kept), .number(scale: 0))
    columns = within.map { PlanColumn(name: $0.columnName, role: .group($0)) } + [PlanColumn(name: "count", role: .count(members), unit: .plain)]
    let outputs = within.map { PlanOutput($0.columnName, rows.value($0.columnName)) } + [PlanOutput("count", count)]
    let times = within.filter(isOrdered)
    let order = groupOrders(times) + (times.isEmpty ? [PlanOrder(count.expression, descending: true, mayBeNull: false)] : [])
      + keyOrders(within.filter { !times.contains($0) }.map(\.columnName))
    return builder.step(
      "counted", .countWithin(members, within: within),
      PlanSelect(columns: outputs, source: .step(rows), groupedBy: within.count, order: order))
  }

  func answerNote() -> StepNote {
    .answer(question.measures.map(\.metric), by: question.groups, isBounded: !question.thresholds.isEmpty, question.ranking)
  }

  func condition(_ threshold: Threshold) -> PlanExpression {
    let value = value(threshold.quantity)
    switch threshold.bound {
    case .number(let number):
      let (a, b) = PlanValue.aligned(value, .number(number))
      return .comparison(a.expression, threshold.comparator, b.expression)
    case .member, .overall:
      // The one row there is.
      guard let frame = boundFrames[threshold] else { return .any([]) }
      return .comparison(value.expression, threshold.comparator, .mean(frame.value(measure(threshold.quantity.metric)).expression, of: frame.step))
    case .averageWithin(let name):
      let mean = PlanValue(rows.value(Self.meanName(threshold, within: name)).expression, .real)
      let (a, b) = PlanValue.aligned(value, mean)
      return .comparison(a.expression, threshold.comparator, b.expression)
    case .average:
      return .comparison(value.expression, threshold.comparator, .mean(value.expression, of: rows))
    }
  }

  // MARK: Ranking

  func rankedValue(_ ranking: Ranking) -> PlanValue {
    value(ranking.by ?? .metric(question.measures[0].metric))
  }

  func rankingOrder(_ ranking: Ranking) -> [PlanOrder] {
    if ranking.kind.isInTime {
      let times = groupOrders(question.groups.filter(\.isTime))
      return times.map { PlanOrder($0.value, descending: ranking.direction == .bottom) } + keyOrders(keys)
    }
    return [PlanOrder(rankedValue(ranking).expression, descending: ranking.direction == .top, mayBeNull: false)] + keyOrders(keys)
  }

  /// Which age group spent the most: those of whom no age is known are none.
  func namedGroups(_ ranking: Ranking) -> [PlanExpression] {
    question.groups.filter { if case .dimension = $0 { !ranking.within.contains($0) } else { false } }
      .map { .missing(rows.value($0.columnName).expression, negated: true) }
  }

  func keyOrders(_ names: [String]) -> [PlanOrder] { names.map { PlanOrder(rows.value($0).expression) } }

  /// Numbers the groups within each outer group and keeps the first; the outer groups come in their own order.
  mutating func rankWithin(_ ranking: Ranking, _ select: inout PlanSelect) throws(Problem) {
    let outer = ranking.within.map(\.columnName)
    guard outer.allSatisfy(keys.contains) else { throw .unsupported("rank in a group that the answer is not cut by") }
    let place = PlanExpression.rowNumber(
      within: outer.map { rows.value($0).expression },
      order: rankingOrder(ranking))
    select.conditions.append(.missing(rankedValue(ranking).expression, negated: true))
    let size = PlanExpression.groupSize(within: outer.map { rows.value($0).expression })
    var added = [PlanOutput("place", PlanValue(place, .number(scale: 0)))]
    if ranking.kind == .percent || ranking.kind == .timeEnds { added.append(PlanOutput("group_size", PlanValue(size, .number(scale: 0)))) }
    replaceRows(PlanSelect(
      columns: rows.columns.map { PlanOutput($0.name, rows.value($0.name)) } + added, source: .step(rows),
      conditions: select.conditions), "ranked", .number(within: ranking.within))
    select.source = .step(rows)
    select.conditions = places(ranking)
    select.order = groupOrders(ranking.within) + [PlanOrder(rows.value("place").expression, mayBeNull: false)]
  }

  /// The places a ranking keeps; a part of a hundred is rounded up, so that there is always a first.
  func places(_ ranking: Ranking) -> [PlanExpression] {
    let place = rows.value("place").expression
    if ranking.kind == .percent {
      let before = PlanExpression.arithmetic(.times, .arithmetic(.minus, place, .constant(1)), .constant(100))
      return [.comparison(before, .less, .arithmetic(.times, .constant(Int64(ranking.count)), rows.value("group_size").expression))]
    }
    if ranking.kind == .timeEnds {
      let count = PlanExpression.constant(Int64(ranking.count))
      return [.any([
        .comparison(place, .atMost, count), .comparison(.arithmetic(.plus, place, count), .greater, rows.value("group_size").expression),
      ])]
    }
    let last = PlanExpression.comparison(place, .atMost, .constant(Int64(ranking.skip + ranking.count)))
    return ranking.skip == 0 ? [last] : [.comparison(place, .greater, .constant(Int64(ranking.skip))), last]
  }

  /// Keeps the first of a ranking in a step of its own, so that they can be put in another order.
  mutating func cutBeforeOrder(_ select: inout PlanSelect) {
    var inner = select
    inner.columns = rows.columns.map { PlanOutput($0.name, rows.value($0.name)) }
    replaceRows(inner, "ranked", .keep(question.ranking!.direction, question.ranking!.count))
    select = PlanSelect(columns: [], source: .step(rows))
  }

  mutating func replaceRows(_ select: PlanSelect, _ name: String, _ note: StepNote) {
    let old = rows
    rows = builder.step(name, note, select)
    func moved(_ value: PlanValue) -> PlanValue {
      guard case .field(old.name, let column) = value.expression else { return value }
      return rows.value(column)
    }
    values = values.mapValues(moved)
    bases = bases.mapValues(moved)
    furtherBases = furtherBases.mapValues(moved)
    wholes = wholes.mapValues(moved)
    units = units.mapValues { (moved($0.all), moved($0.empty)) }
    inputs = inputs.map { ($0.0, moved($0.1)) }
  }
}
