import CivilTime
import Metrics
import SourceText

/// Prints a Question in the one notation, clauses in canonical order; `Resolver` reads it back.
///
/// Example: `measure net_sales | by city | where region = 华东 | during month(-1) | top 3`.
package enum QuestionText {
  package static func text(of question: Question) -> String {
    clauses(of: question).map(\.description).joined(separator: " | ")
  }

  package static func clauses(of question: Question) -> [Clause] {
    [subject(question.subject), by(question.groups)].compactMap { $0 }
      + wheres(question.conditions)
      + [
        question.period.map { Clause("during", [[TimeNotation.term(of: $0)]]) },
        question.comparison.map { compare($0, question.further) },
        question.thresholds.isEmpty ? nil : Clause("having", question.thresholds.map(threshold)),
        question.streak.map(streak),
        question.share.map(share), question.ranking.map(ranking), sort(question.order),
        question.tests.isEmpty ? nil : Clause("test", question.tests.map(threshold)),
        question.placement.map(placement),
        question.isCounted ? count(question.countedWithin) : nil,
        question.asOf.map { Clause("as", [[.symbol("of"), TimeNotation.term(of: .absolute(.day($0)))]]) },
        question.showsEnds ? Clause("ends") : nil,
      ].compactMap { $0 }
  }

  private static func subject(_ subject: Subject) -> Clause {
    switch subject {
    case .measures(let measures): Clause("measure", measures.map(measure))
    case .about(let aspect, let names): Clause("about", aboutItems(aspect, names))
    case .list(.metrics): Clause("list", [[.symbol("metrics")]])
    case .list(.metricsOf(let trait)):
      Clause("list", [[.symbol("metrics"), .symbol("of"), .symbol(trait.words.kind), Term.value(trait.words.value)]])
    case .list(.dimensions): Clause("list", [[.symbol("dimensions")]])
    case .list(.values(let name)): Clause("list", [[.symbol("values"), .symbol(name)]])
    }
  }

  /// `about definition gmv, aov`
  private static func aboutItems(_ aspect: Aspect, _ names: [String]) -> [Term.Item] {
    var items: [Term.Item] = names.map { [.symbol($0)] }
    items[0].insert(.symbol(aspect.rawValue), at: 0)
    return items
  }

  package static func measure(_ measure: Measure) -> Term.Item {
    var inner: Term.Item = [.symbol(measure.metric)]
    if !measure.conditions.isEmpty {
      var items = measure.conditions.map(condition)
      items[0].insert(.symbol("where"), at: 0)
      inner = [.call(measure.metric, items)]
    }
    if let beside = measure.beside { inner = [.call(beside.operation.rawValue, [inner, [.symbol(beside.metric)]])] }
    if measure.folded == nil, let fold = measure.fold { inner = folded(inner, fold) }
    if let moving = measure.moving {
      return [.call("moving", [inner, [.number(Double(moving.count))], [.symbol(moving.grain.rawValue)]])]
    }
    return measure.isRunning ? [.call("running", [inner])] : inner
  }

  private static func folded(_ item: Term.Item, _ fold: Fold) -> Term.Item {
    let inner = fold.inner.first.map { folded(item, $0) } ?? item
    let percent: [Term.Item] = fold.percent.map { [[.number(Double($0))]] } ?? []
    return [.call(fold.function.rawValue, [inner + [.symbol("per")] + fold.over.map(grouping)] + percent)]
  }

  package static func grouping(_ grouping: Grouping) -> Term {
    switch grouping {
    case .dimension(let name): .symbol(name)
    case .time(let grain): .symbol(grain.rawValue)
    case .part(let part): .symbol(part.rawValue)
    case .ranges(let name, let edges):
      .call("bucket", [[.symbol(name)], [.symbol("edges"), .number(edges[0])]] + edges.dropFirst().map { [.number($0)] })
    case .bucket(let name, let width): .call("bucket", [[.symbol(name)]] + (width.map { [[.number($0)]] } ?? []))
    }
  }

  private static func by(_ groups: [Grouping]) -> Clause? {
    groups.isEmpty ? nil : Clause("by", groups.map { [grouping($0)] })
  }

  private static func wheres(_ conditions: [Condition]) -> [Clause] {
    conditions.isEmpty ? [] : [Clause("where", conditions.map(condition))]
  }

  package static func condition(_ condition: Condition) -> Term.Item {
    switch condition {
    case .comparison(let field, let comparator, let value):
      [name(field), .symbol(comparator.rawValue), term(value)]
    case .oneOf(let field, let values, let negated):
      [name(field)] + (negated ? [.symbol("not")] : []) + [.symbol("in"), .call("", values.map { [term($0)] })]
    case .between(let field, let low, let high):
      [name(field), .symbol("between"), .call("", [[term(low)], [term(high)]])]
    case .matches(let field, let match, let text, let negated):
      [name(field)] + (negated ? [.symbol("not")] : []) + [.symbol(match.rawValue), .text(text)]
    case .missing(let field, let negated):
      [name(field), .symbol("is")] + (negated ? [.symbol("not")] : []) + [.symbol("null")]
    case .among(let dimension, let direction, let count, let metric):
      [
        .symbol(dimension), .symbol("among"),
        .call(direction.rawValue, [[.number(Double(count))], [.symbol(metric)]]),
      ]
    case .selected(let dimension, let question, let negated):
      [.symbol(dimension)] + (negated ? [.symbol("not")] : []) + [.call("from", selection(question))]
    case .any(let parts): [.call("any", parts.map(self.condition))]
    case .all(let parts): [.call("all", parts.map(self.condition))]
    case .not(let part): [.call("not", [self.condition(part)])]
    }
  }

  /// `measure orders, having orders > 100`: the clauses of a question as items, without what it is cut by.
  private static func selection(_ question: Question) -> [Term.Item] {
    clauses(of: question).filter { $0.keyword != "by" }.flatMap { clause -> [Term.Item] in
      let items = clause.items.isEmpty ? [[]] : clause.items
      return items.map { [.symbol(clause.keyword)] + $0 }
    }
  }

  private static func name(_ field: Field) -> Term {
    switch field {
    case .dimension(let name): .symbol(name)
    case .part(let part): .symbol(part.rawValue)
    case .hour: .symbol(Grain.hour.rawValue)
    }
  }

  private static func term(_ value: Value) -> Term {
    switch value {
    case .text(let text): Term.value(text)
    case .number(let number): .number(number)
    }
  }

  static func compare(_ comparison: Comparison, _ further: Comparison? = nil) -> Clause {
    if case .members(let conditions) = comparison.base {
      var items = conditions.map(condition)
      items[0].insert(.symbol("where"), at: 0)
      return Clause("compare", items)
    }
    return Clause("compare", ([comparison] + (further.map { [$0] } ?? [])).map(base))
  }

  private static func base(_ comparison: Comparison) -> Term.Item {
    var item: Term.Item
    switch comparison.base {
    case .yearBefore: item = [.symbol("yoy")]
    case .previous: item = [.symbol("previous")]
    case .shifted(let count, let grain): item = [.symbol("shift"), .number(Double(count)), .symbol(grain.rawValue)]
    case .period(let time): item = [.symbol("with"), TimeNotation.term(of: time)]
    case .members: item = []
    }
    if !comparison.fair { item.append(.symbol("full")) }
    return item
  }

  package static func quantity(_ quantity: Quantity) -> Term {
    switch quantity {
    case .metric(let name): .symbol(name)
    case .share(let name): .call("share", [[.symbol(name)]])
    case .growth(let name): .call("growth", [[.symbol(name)]])
    case .change(let name): .call("change", [[.symbol(name)]])
    }
  }

  private static func threshold(_ threshold: Threshold) -> Term.Item {
    let bound: Term =
      switch threshold.bound {
      case .number(let value): .number(value)
      case .average: .symbol("average")
      case .overall: .symbol("overall")
      case .averageWithin(let name): .call("average", [[.symbol(name)]])
      case .member(let name, let value): .call("of", [[.symbol(name), .symbol(Comparator.equal.rawValue), term(value)]])
      }
    return [threshold.isOfValue ? .symbol(Resolver.anyMetric) : quantity(threshold.quantity), .symbol(threshold.comparator.rawValue), bound]
  }

  /// `place city = 上海`
  private static func placement(_ placement: Placement) -> Clause { Clause("place", [condition(placement.condition)]) }

  /// `run 3 month growth(net_sales) < 0, orders > 100`, `run all month net_sales > 5000`
  private static func streak(_ streak: Streak) -> Clause {
    var items = streak.conditions.map(threshold)
    let count = streak.count.map { Term.number(Double($0)) } ?? .symbol("all")
    items[0].insert(contentsOf: [count, .symbol(streak.grain.rawValue)], at: 0)
    return Clause("run", items)
  }

  private static func share(_ share: Share) -> Clause {
    switch share.of {
    case .total: return Clause("share")
    case .running: return Clause("share", [[.symbol("running")]])
    case .change: return Clause("share", [[.symbol("in"), .symbol("change")]])
    case .parent(let name): return Clause("share", [[.symbol("of"), .symbol(name)]])
    case .matching(let conditions):
      var items = conditions.map(condition)
      items[0].insert(.symbol("where"), at: 0)
      return Clause("share", items)
    }
  }

  private static func ranking(_ ranking: Ranking) -> Clause {
    var item: Term.Item = [.number(Double(ranking.count))]
    if ranking.kind == .percent { item.append(.symbol("percent")) }
    if ranking.kind == .share { item.append(.symbol("share")) }
    if ranking.kind == .timeEnds { item.append(.symbol("both")) }
    if ranking.skip > 0 { item += [.symbol("skip"), .number(Double(ranking.skip))] }
    if let by = ranking.by { item += [.symbol("by"), quantity(by)] }
    var items = [item]
    for (index, group) in ranking.within.enumerated() {
      if index == 0 { items[0] += [.symbol("in"), grouping(group)] } else { items.append([grouping(group)]) }
    }
    return Clause(ranking.keyword, items)
  }

  /// `count`, `count in region, month`
  private static func count(_ within: [Grouping]) -> Clause {
    var items: [Term.Item] = within.map { [grouping($0)] }
    if !items.isEmpty { items[0].insert(.symbol("in"), at: 0) }
    return Clause("count", items)
  }

  private static func sort(_ order: [Ordering]) -> Clause? {
    guard !order.isEmpty else { return nil }
    return Clause(
      "sort",
      order.map { ordering in
        let key: Term =
          switch ordering.key {
          case .quantity(let quantity): self.quantity(quantity)
          case .group(let group): grouping(group)
          }
        return [key, .symbol(ordering.descending ? "desc" : "asc")]
      })
  }
}

extension Ranking {
  /// Its clause: in time the top is the earliest.
  var keyword: String {
    kind.isInTime ? (direction == .top ? "first" : "last") : direction.rawValue
  }
}

extension Question: CustomStringConvertible {
  package var description: String { QuestionText.text(of: self) }
}
