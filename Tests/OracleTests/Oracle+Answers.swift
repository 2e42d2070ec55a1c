import CivilTime
import Metrics
import Questions

/// The upper half: sides beside each other, what is derived from them, which rows are shown, and in which order.
extension Oracle {
  /// What a column of an answer shows.
  enum Figure: Hashable {
    case value(Measure), base(Measure), change(Measure), growth(Measure), multiple(Measure)
    indirect case further(Figure)
    case share(Measure), whole(Measure)
    case test(Threshold)
    case input(Measure, Formula)
  }

  /// One row of an answer.
  struct Line {
    var key: [Datum]
    var this: [Measure: Datum] = [:]
    var base: [Measure: Datum]?
    var further: [Measure: Datum]?
    var whole: [Measure: Datum]?
    /// Where another side gave it its row.
    var hasOwnRow = true
  }

  struct Answer {
    var groups: [Grouping]
    var lines: [Line]
    /// Set where groups are counted instead of shown.
    var count: Int?
    var figure: (Line, Figure) throws -> Datum
    /// Conditions on values that were decided by a hair.
    var doubts: Set<String>
  }

  func answer(_ asked: Question) throws -> Answer {
    var question = asked
    if case .measures(let named) = question.subject { question.subject = .measures(named.map(unfolded)) }
    addParent(&question)
    let measures = Oracle.measures(of: question).map(unfolded)
    let days = try days(question, tablesRead(measures))
    return try answer(question, measures, days)
  }

  // MARK: What is measured

  /// A metric that is an aggregate of aggregates, taken apart: the metric within, and what is made of its values.
  func unfolded(_ measure: Measure) -> Measure {
    guard measure.isPlain, case .folded(let formula)? = dictionary.metric(measure.metric)?.formula else { return measure }
    var result = measure
    result.fold = Fold(formula)
    result.folded = formula.metric
    return result
  }

  /// The measures shown, then those that only thresholds, rankings and orders name.
  static func measures(of question: Question) -> [Measure] {
    var names = (question.thresholds + question.tests).map(\.quantity.metric) + [question.ranking?.by?.metric].compactMap { $0 }
    names += question.order.compactMap { if case .quantity(let quantity) = $0.key { quantity.metric } else { nil } }
    var measures = question.measures
    for name in names where !measures.contains(where: { $0.metric == name }) { measures.append(Measure(name)) }
    return measures
  }

  private func addParent(_ question: inout Question) {
    guard case .parent(let parent)? = question.share?.of, !question.groups.contains(.dimension(parent)) else { return }
    let place = question.groups.firstIndex { $0.isMember } ?? question.groups.count
    question.groups.insert(.dimension(parent), at: place)
  }

  func tablesRead(_ measures: [Measure]) throws -> [Timed] {
    try measures.flatMap { try tree($0).parts.map { Timed(table: $0.aggregate.table, time: $0.time) } }
  }

  // MARK: Sides

  private func answer(_ question: Question, _ measures: [Measure], _ days: Days) throws -> Answer {
    var main = Side(groups: question.groups, conditions: question.conditions, period: days.this, target: days.this)
    if let only = days.only { main.conditions.append(.comparison(.part(only.part), .equal, .number(1))) }
    try choose(&main, question, days)
    var wholeSide: Side?
    let share = question.share ?? (Oracle.namesShare(question) ? Share(.total) : nil)
    let times = main.grains.count < main.groups.count ? main.grains.map(Grouping.time) : []
    var partsOfGroups = false
    switch share?.of {
    case .total?: wholeSide = side(main, by: times)
    case .parent(let name)?: wholeSide = side(main, by: times + [.dimension(name)])
    case .matching(let part)?:
      wholeSide = main
      main.conditions += part
      partsOfGroups = true
    case .running?, .change?: throw Refusal(reason: "share")
    case nil: break
    }
    let this = try values(measures, main)
    var base: Values?
    if let period = days.base {
      var side = main
      (side.period, side.back) = (period, days.back)
      base = try values(measures, side)
    }
    if let comparison = question.comparison, case .members(let others) = comparison.base {
      var side = main
      let fields = Set(others.compactMap(\.field))
      side.conditions = side.conditions.filter { condition in condition.field.map { !fields.contains($0) } ?? true } + others
      base = try values(measures, side)
    }
    var further: Values?
    if let period = days.furtherBase {
      var side = main
      (side.period, side.back) = (period, days.furtherBack)
      further = try values(measures, side)
    }
    let whole = try wholeSide.map { try values(measures, $0) }
    let lines = try beside(question, measures, main, this, base, further, whole, wholeSide, partsOfGroups, days)
    return try finish(question, measures, lines, main)
  }

  private func side(_ side: Side, by groups: [Grouping]) -> Side {
    var whole = side
    whole.groups = groups
    return whole
  }

  static func namesShare(_ question: Question) -> Bool {
    var quantities = question.thresholds.map(\.quantity) + [question.ranking?.by].compactMap { $0 }
    quantities += question.order.compactMap { if case .quantity(let quantity) = $0.key { quantity } else { nil } }
    return quantities.contains { if case .share = $0 { true } else { false } }
  }

  /// The members that rankings of their own and inner questions let through.
  private func choose(_ side: inout Side, _ question: Question, _ outer: Days) throws {
    var conditions = question.conditions + question.measures.flatMap(\.conditions)
    if case .matching(let part)? = question.share?.of { conditions += part }
    for condition in conditions.flatMap(Oracle.choices) {
      let others = question.conditions.filter { Oracle.choices($0).isEmpty }
      switch condition {
      case .among(let name, let direction, let count, let metric):
        let conditions = side.conditions.filter { Oracle.choices($0).isEmpty }
        let own = Side(groups: [.dimension(name)], conditions: conditions, period: side.period, target: side.target)
        let values = try values([Measure(metric)], own)
        let ranked = values.keys.filter { !$0[0].isNull && !(values.of[$0]![Measure(metric)]!.isNull) }.sorted { a, b in
          let (x, y) = (values.of[a]![Measure(metric)]!, values.of[b]![Measure(metric)]!)
          return ordered([(x, y, direction == .top), (a[0], b[0], false)])
        }
        side.members[condition] = Set(ranked.prefix(count).map { $0[0] })
      case .selected(let name, let inner, _):
        var asked = inner
        let fields = Set(inner.conditions.compactMap(\.field))
        asked.conditions += others.filter { condition in condition.field.map { !fields.contains($0) } ?? true }
        asked.groups = [.dimension(name)]
        if asked.period == nil { asked.period = question.period }
        let innerMeasures = Oracle.measures(of: asked)
        let days = asked.period == question.period && asked.comparison == nil
          ? Days(this: side.period, only: outer.only) : try days(asked, tablesRead(innerMeasures))
        side.members[condition] = Set(try answer(asked, innerMeasures, days).lines.map { $0.key[0] }.filter { !$0.isNull })
      default: break
      }
    }
  }

  static func choices(_ condition: Condition) -> [Condition] {
    switch condition {
    case .among, .selected: [condition]
    case .any(let parts), .all(let parts): parts.flatMap(choices)
    case .not(let inner): choices(inner)
    default: []
    }
  }

  // MARK: Values

  struct Values {
    var keys: [[Datum]] = []
    var of: [[Datum]: [Measure: Datum]] = [:]
  }

  /// Every measure in every group that one of them has rows in; each measure by itself is what it is beside others.
  func values(_ measures: [Measure], _ side: Side) throws -> Values {
    let plain = measures.filter { $0.fold.map { $0.over.allSatisfy(side.groups.contains) } ?? true }
    let frame = try frame(try plain.map(tree), side)
    var values = Values(keys: frame.keys)
    var seen = Set(frame.keys)
    for key in frame.keys { values.of[key] = Dictionary(zip(plain, frame.values[key]!), uniquingKeysWith: { a, _ in a }) }
    for measure in measures where !plain.contains(measure) {
      var inner = side
      inner.groups += measure.fold!.over.filter { !side.groups.contains($0) }
      inner.own = side.groups.count
      var cells: Frame
      if let deeper = measure.fold?.inner.first {
        let own = Measure(measure.source, conditions: measure.conditions, beside: measure.beside, fold: deeper)
        let values = try self.values([own], inner)
        cells = Frame(keys: values.keys, values: values.of.mapValues { [$0[own] ?? .null] })
      } else {
        cells = try self.frame([try tree(measure)], inner)
      }
      if measure.fold!.inner.isEmpty, let units = try foldedUnits(measure, side, inner) { fillUnits(&cells, units, side, inner) }
      // Rows without a day are of none.
      let timed = inner.groups.indices.filter { $0 >= side.groups.count && inner.groups[$0].isOfTime }
      cells.keys = cells.keys.filter { key in timed.allSatisfy { !key[$0].isNull } }
      var lists: [[Datum]: [Amount]] = [:]
      for key in cells.keys {
        let outer = Array(key.prefix(side.groups.count))
        lists[outer, default: []] += [cells.values[key]![0].amount].compactMap { $0 }
        if seen.insert(outer).inserted { values.keys.append(outer) }
      }
      for key in values.keys { values.of[key, default: [:]][measure] = Oracle.folded(measure.fold!.function, lists[key] ?? []) }
    }
    // A group that only one fold has.
    for key in values.keys {
      for measure in measures where values.of[key]?[measure] == nil {
        values.of[key, default: [:]][measure] = measure.fold != nil && !plain.contains(measure) ? .null : withoutRows(try tree(measure))
      }
    }
    return values
  }

  /// A measure where only another one has rows.
  func withoutRows(_ tree: Tree) -> Datum {
    func value(_ tree: Tree) -> Datum {
      switch tree {
      case .part(let part): part.fill == .never ? .null : .number(0)
      case .number(let amount): .amount(amount)
      case .binary(let sign, let a, let b): Oracle.combined(sign, value(a), value(b))
      case .negated(let a): value(a).amount.map { .amount($0.negated) } ?? .null
      }
    }
    return value(tree)
  }

  private static func folded(_ function: Fold.Function, _ values: [Amount]) -> Datum {
    switch function {
    case .average: mean(values)
    case .maximum: aggregate(.maximum, values)
    case .minimum: aggregate(.minimum, values)
    case .median: aggregate(.median, values)
    case .deviation: aggregate(.standardDeviation, values)
    // Drawn by no question yet.
    case .percentile: .null
    case .variance: variance(values).map { .amount(Amount(inexact: $0)) } ?? .null
    }
  }

  /// One line a group, all sides of it.
  private func beside(
    _ question: Question, _ measures: [Measure], _ main: Side, _ this: Values, _ base: Values?, _ further: Values?, _ whole: Values?,
    _ wholeSide: Side?, _ partsOfGroups: Bool, _ days: Days
  ) throws -> [Line] {
    var keys = this.keys
    var seen = Set(keys)
    for side in [base, further, partsOfGroups ? whole : nil] {
      for key in side?.keys ?? [] where seen.insert(key).inserted { keys.append(key) }
    }
    var isSpread = false
    if question.groups.count == 1, case .bucket(_, let width?) = question.groups[0] {
      // Empty ranges between the ends are shown.
      let starts = this.keys.compactMap { $0[0].amount }.sorted { $0.compared(to: $1) < 0 }
      if var start = starts.first, let last = starts.last {
        isSpread = true
        while start.compared(to: last) <= 0 {
          if seen.insert([.amount(start)]).inserted { keys.append([.amount(start)]) }
          start = start + Amount(written: width)
        }
      }
    }
    let hasSides = base != nil || further != nil || partsOfGroups || isSpread
    func filled(_ value: Datum?, _ measure: Measure, _ fills: Bool) throws -> Datum {
      let own = value ?? .null
      guard own.isNull, fills, hasSides, !question.groups.isEmpty, main.grains.isEmpty, measure.fold == nil,
        try tree(measure).isZeroWithoutRows
      else { return own }
      return .number(0)
    }
    return try keys.map { key in
      var line = Line(key: key, hasOwnRow: this.of[key] != nil)
      for measure in measures {
        line.this[measure] = try filled(this.of[key]?[measure], measure, true)
        if let base {
          line.base = line.base ?? [:]
          line.base![measure] = try filled(base.of[key]?[measure], measure, try hasData(days.base, measures))
        }
        if let further {
          line.further = line.further ?? [:]
          line.further![measure] = try filled(further.of[key]?[measure], measure, try hasData(days.furtherBase, measures))
        }
        if let whole, let wholeSide {
          let wholeKey = wholeSide.groups.map { key[main.groups.firstIndex(of: $0)!] }
          line.whole = line.whole ?? [:]
          line.whole![measure] = whole.of[wholeKey]?[measure] ?? .null
        }
      }
      return line
    }
  }

  /// Days without any data are no days of zeros.
  private func hasData(_ period: Period?, _ measures: [Measure]) throws -> Bool {
    guard let period, let extent = extent(of: try tablesRead(measures)) else { return true }
    return period.intersection(extent) != nil
  }
}

extension Grouping {
  var isMember: Bool { if case .dimension = self { true } else { false } }
}
