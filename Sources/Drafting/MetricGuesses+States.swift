import Metrics
import SourceText

/// What happened to rows or not: paid, refunded, returned; how long it took; and what describes them.
extension MetricGuesses {
  /// Orders for which something holds, counted as orders are.
  private func orders(_ fact: DraftTable, where condition: String) -> String {
    orderKey(of: fact).map { count(distinct: $0, in: fact, where: condition) } ?? "count(\(fact.name) where \(condition))"
  }

  private func condition(_ column: DraftColumn, _ table: DraftTable) -> String? {
    let path = "\(table.name).\(column.name)"
    switch column.type {
    case .boolean, .integer: return "\(path) = 1"
    case .text:
      guard let yes = column.profile.values.map(\.text).first(where: { lexicon.yes.contains($0.lowercased()) }) else { return nil }
      return "\(path) = '\(yes)'"
    default: return nil
    }
  }

  // MARK: Paid

  mutating func payments(of fact: DraftTable) {
    let time = fact.columns.first { $0.role == .time && $0.concept?.event == "pay" && $0.profile.nulls > 0 && $0.name != fact.time }
    let flag = fact.columns.first { $0.role == .flag && $0.concept?.event == "pay" }
    let amount = fact.columns.first { $0.role == .amount && $0.concept?.name == "paid_amount" }
    var isPaid: String?, isUnpaid: String?, evidence = ""
    if let time {
      (isPaid, isUnpaid) = ("\(fact.name).\(time.name) is not null", "\(fact.name).\(time.name) is null")
      evidence = "\(time.header) is empty in \(time.profile.nulls) of \(time.profile.rows) rows: taken for not paid"
    } else if let flag, let yes = condition(flag, fact) {
      (isPaid, isUnpaid) = (yes, "not (\(yes))")
      evidence = "\(flag.header): \(flag.profile.text())"
    }
    if let amount, amount.profile.least == 0, amount.profile.values.contains(where: { Double($0.text) == 0 }) {
      var metric = DraftMetric(name: "positive_paid_orders", formula: orders(fact, where: "\(fact.name).\(amount.name) > 0"))
      metric.evidence = ["\(amount.header) is 0 in some rows: those do not count where it is averaged"]
      metric.means = means("where", lexicon.metrics["orders"]?.title ?? LocalText())
      if let name = add(metric, words: lexicon.metrics["positive_paid_orders"], part: "positive_paid_orders"), parts["paid_amount"] == parts["sales"] {
        parts["paying_orders"] = name
      }
    }
    guard let isPaid, let isUnpaid else { return }
    for (name, condition) in [("paid_orders", isPaid), ("unpaid_orders", isUnpaid)] {
      var metric = DraftMetric(name: name, formula: orders(fact, where: condition))
      metric.evidence = [evidence]
      metric.confirm.append("what tells a paid order")
      metric.means = means("where", lexicon.metrics["orders"]?.title ?? LocalText())
      add(metric, words: lexicon.metrics[name], part: name)
    }
    if let total = fact.columns.first(where: { $0.role == .amount && $0.concept?.name == "order_total" && $0.reading.isExact }) {
      for (name, condition) in [("paid_order_total", isPaid), ("unpaid_amount", isUnpaid)] {
        var metric = DraftMetric(name: name, formula: "sum(\(fact.name).\(total.name) where \(condition))")
        money(&metric)
        metric.evidence = [evidence]
        metric.means = means("where", total.title)
        add(metric, words: lexicon.metrics[name], part: name)
      }
    }
    states.append(("pay", fact.name, isPaid, evidence))
  }

  // MARK: Sent back

  mutating func refunds(of fact: DraftTable) {
    if let amount = fact.columns.first(where: { $0.role == .amount && $0.concept?.name == "refund_amount" }), (amount.profile.least ?? -1) >= 0 {
      let condition = "\(fact.name).\(amount.name) > 0"
      var metric = DraftMetric(name: "refund_orders", formula: orders(fact, where: condition))
      metric.evidence = ["\(amount.header) above 0"]
      metric.means = means("where", lexicon.metrics["orders"]?.title ?? LocalText())
      add(metric, words: lexicon.metrics["refund_orders"], part: "refund_orders")
      states.append(("refund", fact.name, condition, "\(amount.header) above 0"))
    }
    for (event, name) in [("refund", "refund_orders"), ("return", "returned_orders")] {
      guard let flag = fact.columns.first(where: { $0.role == .flag && $0.concept?.event == event }), let yes = condition(flag, fact) else { continue }
      var metric = DraftMetric(name: name, formula: orders(fact, where: yes))
      metric.evidence = flag.evidence
      metric.means = means("where", lexicon.metrics["orders"]?.title ?? LocalText())
      add(metric, words: lexicon.metrics[name], part: name)
      states.append((event, fact.name, yes, "\(flag.header): \(flag.profile.text())"))
    }
  }

  /// Orders that a list of returns names.
  mutating func returned(of fact: DraftTable) {
    guard let way = schema.ways(from: fact.name).first(where: { !$0.joins.isEmpty && kind(schema[$0.table]!) == "return" }),
      let join = way.joins.last, orderKey(of: fact) != nil
    else { return }
    let path = ([fact.name] + way.joins.map(\.role) + [join.there]).joined(separator: ".")
    var metric = DraftMetric(name: "returned_orders", formula: orders(fact, where: "\(path) is not null"))
    metric.evidence = ["an order counts if \(way.table) has its number; \(join.evidence)"]
    metric.means = means("where", lexicon.metrics["orders"]?.title ?? LocalText())
    add(metric, words: lexicon.metrics["returned_orders"], part: "returned_orders")
    states.append(("return", fact.name, "\(path) is not null", "\(way.table) has its number"))
  }

  /// A table of returns of its own.
  mutating func returns(of fact: DraftTable) {
    if let quantity = fact.columns.first(where: { $0.role == .quantity }) {
      var metric = DraftMetric(name: "return_quantity", formula: "sum(\(fact.name).\(quantity.name))")
      metric.evidence = quantity.evidence
      metric.means = means("sum", quantity.title)
      add(metric, words: lexicon.metrics["return_quantity"], part: "return_quantity", header: quantity)
    }
    if let amount = fact.columns.first(where: { $0.role == .amount }) {
      var metric = DraftMetric(name: "refund_amount", formula: "sum(\(fact.name).\(amount.name))")
      money(&metric)
      metric.evidence = amount.evidence
      metric.means = means("sum", amount.title)
      add(metric, words: lexicon.metrics["refund_amount"], part: "refund_amount", header: amount)
    }
    guard parts["returned_orders"] == nil, parts["orders"] != nil, let key = orderKey(of: fact) else { return }
    var metric = DraftMetric(name: "returned_orders", formula: count(distinct: key, in: fact))
    metric.means = means("distinct", key.title)
    metric.evidence = ["\(fact.name).\(key.name): \(key.profile.text(samples: 0))"]
    metric.confirm.append("a rate sets the returns of a period against the orders of the same period")
    add(metric, words: lexicon.metrics["returned_orders"], part: "returned_orders")
  }

  // MARK: How long it took

  /// - Throws: `DiagnosticsError`
  mutating func intervals(of fact: DraftTable) throws(DiagnosticsError) {
    let times = fact.columns.filter { $0.role == .time && !($0.concept?.event ?? "").isEmpty }
    for start in times {
      for end in times where start.name != end.name {
        let name = "\(start.concept!.event)_to_\(end.concept!.event)"
        guard let words = lexicon.intervals[name], parts[name] == nil else { continue }
        let (a, b) = ("c\(start.index)", "c\(end.index)")
        let pairs = try schema.number("SELECT count(*) FROM \(fact.stage) WHERE \(a) IS NOT NULL AND \(b) IS NOT NULL")
        let forward = try schema.number("SELECT count(*) FROM \(fact.stage) WHERE \(b) >= \(a)")
        guard pairs > 0, forward >= pairs * 0.95 else { continue }
        let mean = try schema.number("SELECT avg(julianday(\(b)) - julianday(\(a))) FROM \(fact.stage)")
        let isClock = start.type == .timestamp && end.type == .timestamp
        let unit = words.unitKey.isEmpty ? (isClock && mean < 0.5 ? "minutes" : isClock && mean < 3 ? "hours" : "days") : words.unitKey
        var metric = DraftMetric(name: name, formula: "avg(\(unit)_between(\(fact.name).\(start.name), \(fact.name).\(end.name)))")
        (metric.unit, metric.decimals, metric.direction) = (unit, 2, "down")
        metric.means = means("between", LocalText())
        if metric.means.isEmpty { metric.means = lexicon.means["between"] ?? LocalText() }
        metric.evidence = ["\(end.header) is not before \(start.header) in \(Int(forward)) of \(Int(pairs)) rows; \(ColumnProfile.short((mean * 100).rounded() / 100)) days on average"]
        add(metric, words: words, part: name)
        if let last = metrics.indices.last, metrics[last].formula == metric.formula { metrics[last].direction = "down" }
      }
    }
    for column in fact.columns where column.role == .time && column.profile.nulls > 0 && column.name != fact.time {
      guard let event = column.concept?.event, lexicon.states[event] != nil, event != "pay", !states.contains(where: { $0.event == event }) else { continue }
      states.append((event, fact.name, "\(fact.name).\(column.name) is not null", "\(column.header) is empty in \(column.profile.nulls) of \(column.profile.rows) rows"))
    }
  }

  // MARK: What describes a row

  /// Means of prices, scores and properties; sums of numbers nobody named; rates of yes and no.
  mutating func describe(_ table: DraftTable) {
    for column in table.columns {
      switch column.role {
      case .price, .costPrice, .rate, .score, .property: average(column, table)
      case .number: sum(column, table)
      case .flag where column.concept?.event.isEmpty ?? true: rate(column, table)
      default: break
      }
    }
  }

  private mutating func average(_ column: DraftColumn, _ table: DraftTable) {
    if column.profile.isConstant { return }
    var metric = DraftMetric(name: "avg_" + (column.reading.isExact ? column.concept?.name ?? column.name : column.name), formula: "avg(\(table.name).\(column.name))")
    metric.title = titles.fill(lexicon.naming["average"], ["column": column.title])
    metric.means = means("average", column.title)
    metric.evidence = column.evidence + ["a mean over rows; never added up"]
    if column.role == .price || column.role == .costPrice || column.concept?.isMoney == true { money(&metric) } else { (metric.unit, metric.decimals) = ("", 2) }
    if column.role == .rate, (column.profile.least ?? -1) >= 0, (column.profile.most ?? 2) <= 1 { (metric.unit, metric.decimals) = ("%", nil) }
    if !table.isFact { metric.confirm.append("a mean over the list, not over what happened") }
    if metric.title.texts.values.allSatisfy({ !claims.isFree($0, for: "") }) {
      metric.title = titles.fill(lexicon.naming["qualified"], ["qualifier": table.title, "column": metric.title])
    }
    add(metric, words: lexicon.metrics[metric.name])
  }

  private mutating func sum(_ column: DraftColumn, _ table: DraftTable) {
    if !table.isFact { return }
    var metric = DraftMetric(name: column.name, title: column.title, formula: "sum(\(table.name).\(column.name))")
    metric.means = means("sum", column.title)
    (metric.evidence, metric.confirm) = (column.evidence, column.confirm)
    (metric.unit, metric.decimals) = ("", column.type == .integer ? 0 : 2)
    add(metric)
    var mean = DraftMetric(name: "avg_" + column.name, title: titles.fill(lexicon.naming["average"], ["column": column.title]), formula: "avg(\(table.name).\(column.name))")
    mean.means = means("average", column.title)
    (mean.unit, mean.decimals) = ("", 2)
    add(mean)
  }

  private mutating func rate(_ column: DraftColumn, _ table: DraftTable) {
    guard let condition = condition(column, table), !column.profile.isConstant else { return }
    let title = flagTitle(column)
    var metric = DraftMetric(name: Names.identifier(column.header) + "_count", title: titles.fill(lexicon.naming["flagged"], ["column": title]), formula: "count(\(table.name) where \(condition))")
    metric.means = means("where", title)
    (metric.evidence, metric.confirm) = (column.evidence, column.confirm)
    metric.noun = lexicon.naming["row"] ?? LocalText()
    guard let flagged = add(metric) else { return }
    guard let rows = rows(of: table) else { return }
    var rate = DraftMetric(name: Names.identifier(column.header) + "_rate", title: titles.fill(lexicon.naming["rate"], ["column": title]), formula: "\(flagged) / \(rows)")
    rate.synonyms = titles.fill(lexicon.namingWords["rate_synonyms"], ["column": title])
    rate.unit = "%"
    rate.means = means("where", title)
    rate.confirm = column.confirm
    add(rate)
  }

  /// Without 是否 or "is" before it.
  private func flagTitle(_ column: DraftColumn) -> LocalText {
    guard column.reading.isFlag, !column.reading.flagged.isEmpty else { return column.title }
    return LocalText([column.reading.text.isChinese ? .chinese : .english: column.reading.flagged])
  }
}
