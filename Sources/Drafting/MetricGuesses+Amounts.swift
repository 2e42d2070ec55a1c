import Metrics
import SourceText

/// Money and pieces: what is summed, and what is multiplied first.
extension MetricGuesses {
  // MARK: Pieces

  mutating func quantities(of fact: DraftTable) {
    for column in fact.columns where column.role == .quantity || column.role == .stock {
      let isStock = column.role == .stock
      if isStock, fact.time == nil || fact.time!.contains(".") { continue }
      var metric = DraftMetric(
        name: column.concept?.name ?? column.name,
        formula: isStock ? "last(\(fact.name).\(column.name) over day)" : "sum(\(fact.name).\(column.name))")
      metric.means = means("sum", column.title)
      metric.evidence = column.evidence
      metric.confirm += column.confirm
      metric.noun = column.entity.flatMap(lexicon.entity)?.unit ?? LocalText()
      if isStock { metric.confirm.append("a stock: the last day counts, days are not added up") }
      if let entity = column.entity.flatMap(lexicon.entity), column.concept == nil {
        // A count of orders that somebody made before.
        let nouns = titles.nouns(entity)
        (metric.name, metric.title) = (entity.plural, titles.fill(lexicon.naming["count"], nouns))
        metric.synonyms = titles.fill(lexicon.namingWords["count_synonyms"], nouns)
        add(metric, words: lexicon.metrics[entity.plural], part: entity.plural, header: column)
      } else if column.reading.isExact, column.concept?.isGeneric != true, let words = lexicon.metrics[metric.name] {
        add(metric, words: words, part: metric.name, header: column)
      } else {
        metric.title = column.title
        let isPlain = column.reading.isExact && column.concept?.isGeneric != true
        metric.name = isPlain ? metric.name : Names.identifier(column.header)
        if isPlain, let concept = column.concept { metric.synonyms = concept.words } else { metric.title = titles.header(column) }
        add(metric, header: column)
      }
    }
  }

  // MARK: Money

  mutating func amounts(of fact: DraftTable) throws(DiagnosticsError) {
    let known = fact.columns.filter { $0.role == .amount }
    let concepts = Set(known.filter(\.reading.isExact).compactMap { $0.concept?.name })
    let product = self.product(of: fact)
    // The main amount: what is called sales; else what was really paid; else the total; else quantity times price.
    let main = ["sales", "paid_amount", "order_total"].first { concepts.contains($0) }
    var done: Set<String> = []
    for column in known {
      var name = column.concept?.name ?? column.name
      var metric = DraftMetric(name: name, formula: "sum(\(fact.name).\(column.name))")
      metric.evidence = column.evidence
      metric.means = means("sum", column.title)
      money(&metric)
      let isPlain = column.reading.isExact && done.insert(name).inserted
      if !isPlain { (name, metric.name, metric.title) = ("", Names.identifier(column.header), titles.header(column)) }
      if isPlain, name == main {
        try check(column, fact, product, &metric)
        addMain(&metric, lexicon.metrics[name], fact, column)
        parts[name] = parts["sales"]
      } else if isPlain, let words = lexicon.metrics[name] {
        add(metric, words: words, part: name, header: column)
      } else {
        if metric.title.isEmpty { metric.title = column.concept?.title ?? column.title }
        metric.synonyms = column.concept.map { isPlain ? $0.words : LocalWords() } ?? LocalWords()
        if let added = add(metric, header: column), isPlain, parts[name] == nil { parts[name] = added }
      }
    }
    if main == nil, parts["sales"] == nil {
      if let product { computed(product, fact) } else { priced(fact) }
    }
    costs(of: fact, product)
  }

  /// The main amount bears the usual words for sales, whatever it is called.
  private mutating func addMain(_ metric: inout DraftMetric, _ words: DraftLexicon.Words?, _ fact: DraftTable, _ column: DraftColumn?) {
    metric.synonyms = joined(words?.synonyms ?? LocalWords(), lexicon.mainAmount)
    metric.verbs = lexicon.mainVerbs
    if let words, words.title != lexicon.metrics["sales"]?.title {
      metric.confirm.append("taken for what people call \(lexicon.mainAmount[.english].first ?? "sales")")
    }
    if parts["sales"] != nil {
      if metric.title.isEmpty { metric.title = words?.title ?? LocalText() }
      // A second table of events: its own name before the amount.
      metric.title = titles.fill(lexicon.naming["qualified"], ["qualifier": fact.title, "column": metric.title])
      (metric.synonyms, metric.verbs) = (LocalWords(), LocalWords())
      metric.name = fact.name + "_" + metric.name
      add(metric)
    } else {
      add(metric, words: words, part: "sales", header: column)
    }
  }

  // MARK: Quantity times price

  /// Columns that make an amount together.
  struct Product {
    var quantity: DraftColumn
    var price: (path: String, column: DraftColumn)
    var discount: DraftColumn?
  }

  private func product(of fact: DraftTable) -> Product? {
    guard let quantity = fact.columns.first(where: { $0.role == .quantity && $0.concept?.name == "quantity" }),
      let price = nearest(.price, from: fact)
    else { return nil }
    let discount = fact.columns.first { column in
      column.role == .rate && column.concept?.name == "discount" && (column.profile.least ?? -1) >= 0 && (column.profile.most ?? 2) <= 1
    }
    return Product(quantity: quantity, price: price, discount: discount)
  }

  /// A column of the table itself, else of the nearest it joins to.
  private func nearest(_ role: DraftColumn.Role, from fact: DraftTable) -> (path: String, column: DraftColumn)? {
    for way in schema.ways(from: fact.name) {
      guard let table = schema[way.table], way.joins.isEmpty || kind(table) != "event" else { continue }
      guard let column = table.columns.first(where: { $0.role == role }) else { continue }
      let plain = way.joins.isEmpty || (way.joins.count == 1 && way.joins[0].role == table.name)
      return (plain ? "\(table.name).\(column.name)" : ([fact.name] + way.joins.map(\.role) + [column.name]).joined(separator: "."), column)
    }
    return nil
  }

  /// Says whether an amount is quantity times price, which makes it trustworthy.
  private func check(_ column: DraftColumn, _ fact: DraftTable, _ product: Product?, _ metric: inout DraftMetric) throws(DiagnosticsError) {
    guard let product, product.price.path == "\(fact.name).\(product.price.column.name)" else { return }
    let (amount, quantity, price) = ("CAST(c\(column.index) AS REAL)", "c\(product.quantity.index)", "c\(product.price.column.index)")
    let same = try schema.number("SELECT count(*) FROM \(fact.stage) WHERE abs(\(amount) - \(quantity) * \(price)) <= 0.011 + abs(\(amount)) * 0.001")
    let share = Int((same * 100 / Double(max(1, fact.staged.sampled))).rounded(.down))
    metric.evidence.append("it is \(product.quantity.header) times \(product.price.column.header) in \(share) % of rows")
    if share < 90, share > 5 { metric.confirm.append("which of the two holds") }
  }

  private mutating func computed(_ product: Product, _ fact: DraftTable) {
    let gross = "\(fact.name).\(product.quantity.name) * \(product.price.path)"
    let title = LocalText([
      .chinese: (product.quantity.title.texts[.chinese] ?? product.quantity.header) + " × " + (product.price.column.title.texts[.chinese] ?? product.price.column.header),
      .english: product.quantity.title[.english] + " × " + product.price.column.title[.english],
    ])
    func metric(_ name: String, _ row: String, _ more: String) -> DraftMetric {
      var metric = DraftMetric(name: name, formula: "sum(\(row))")
      money(&metric)
      metric.means = means("product", LocalText(title.texts.mapValues { $0 + more }))
      metric.evidence = ["no column holds the amount: \(product.quantity.header) times \(product.price.column.header)" + (product.discount.map { ", less " + $0.header } ?? "")]
      if product.price.path != "\(fact.name).\(product.price.column.name)" { metric.confirm.append("the price is that of today's list, not of the day of sale") }
      return metric
    }
    guard let discount = product.discount else {
      var sales = metric("sales", gross, "")
      addMain(&sales, lexicon.metrics["sales"], fact, nil)
      return
    }
    let factor = "\(fact.name).\(discount.name)"
    var net = metric("net_sales", "\(gross) * (1 - \(factor))", " × (1 - \(discount.header))")
    net.confirm.append("\(discount.header) (\(discount.profile.text(samples: 0))) is taken for the part that is taken off")
    addMain(&net, lexicon.metrics["net_sales"], fact, nil)
    add(metric("gross_sales", gross, ""), words: lexicon.metrics["gross_sales"], part: "gross_sales")
    add(metric("discount_amount", "\(gross) * \(factor)", " × \(discount.header)"), words: lexicon.metrics["discount_amount"], part: "discount_amount")
  }

  /// Without a quantity each row is one piece, and its price is the amount.
  private mutating func priced(_ fact: DraftTable) {
    guard let price = fact.columns.first(where: { $0.role == .price }), orderKey(of: fact) != nil, !fact.columns.contains(where: { $0.role == .quantity }) else { return }
    var metric = DraftMetric(name: "sales", formula: "sum(\(fact.name).\(price.name))")
    money(&metric)
    metric.means = means("sum", price.title)
    metric.evidence = ["no quantity: each row is taken for one piece, and \(price.header) for its amount"]
    metric.confirm = ["that a row is one piece"]
    addMain(&metric, lexicon.metrics["sales"], fact, nil)
  }

  // MARK: Cost and profit

  private mutating func costs(of fact: DraftTable, _ product: Product?) {
    if parts["cost"] == nil, let quantity = product?.quantity ?? fact.columns.first(where: { $0.role == .quantity }), let unit = nearest(.costPrice, from: fact) {
      var metric = DraftMetric(name: "cost", formula: "sum(\(fact.name).\(quantity.name) * \(unit.path))")
      money(&metric)
      metric.evidence = ["\(quantity.header) times \(unit.column.header)"]
      metric.means = means("product", LocalText([.chinese: "\(quantity.header) × \(unit.column.header)", .english: "\(quantity.header) × \(unit.column.header)"]))
      add(metric, words: lexicon.metrics["cost"], part: "cost")
    }
    guard let sales = parts["sales"] else { return }
    if parts["profit"] == nil, let cost = parts["cost"] {
      derived("profit", sales, cost)
    } else if parts["cost"] == nil, let profit = parts["profit"] {
      derived("cost", sales, profit)
    }
  }

  private mutating func derived(_ name: String, _ whole: String, _ part: String) {
    var metric = DraftMetric(name: name, formula: "\(whole) - \(part)")
    money(&metric)
    metric.confirm.append("the definition: \(metric.formula)")
    func title(_ name: String) -> LocalText { metrics.first { $0.name == name }?.title ?? LocalText() }
    metric.means = titles.fill(lexicon.means["minus"], ["column": title(whole), "noun": title(part)])
    add(metric, words: lexicon.metrics[name], part: name)
  }
}
