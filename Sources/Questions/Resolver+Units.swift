import CivilTime
import Metrics
import SourceText

/// Units that were said beside a metric: those of its numbers, or of what it counts.
extension Resolver {
  /// Sales in yuan; in percent, a share where nothing else is in percent. In another currency there are no numbers.
  func checkUnits(_ parts: Parts, _ question: inout Question) throws(Problem) {
    for item in Self.unique(parts.units) {
      guard let unit = item.first?.plainText, item.count == 1 else { throw .badNotation(offset: 0, expected: "a unit") }
      let units = question.measures.compactMap { dictionary.metric($0.metric)?.unit }
      if unit == "money" {
        guard units.contains(where: { if case .money = $0 { true } else { false } }) else { throw .unsupported("money against another unit") }
      } else if MeasureUnit(keyword: unit)?.minutes != nil {
        guard units.contains(where: { $0.minutes != nil }) else { throw .unsupported("asked in another unit") }
      } else if unit != "percent", !Self.isCurrency(unit) {
        try checkNoun(unit, question)
      } else if unit != "percent" {
        guard units.contains(.money(unit)) else { throw .unsupported("money against another unit") }
      } else if question.share == nil, question.comparison == nil, !units.contains(.percent) {
        question.share = Share(.total)
      }
    }
  }

  /// An ISO 4217 code, as templates write it.
  private static func isCurrency(_ word: String) -> Bool { word.count == 3 && word.utf8.allSatisfy { (65...90).contains($0) } }

  /// 订单数是多少单: the noun of what is measured, or of what it counts. 件 beside orders asks for another number.
  private func checkNoun(_ noun: String, _ question: Question) throws(Problem) {
    let fits = question.measures.contains { measure in
      guard let metric = dictionary.metric(measure.metric) else { return false }
      if case .count(let own) = metric.unit, Language.allCases.contains(where: { own[$0] == noun }) { return true }
      return metric.counts.all.contains(noun)
    }
    if !fits { throw .unsupported("asked in another unit") }
  }

  /// Month on month since January: each month against the one before it, and not ten months against ten.
  func step(_ parts: Parts, _ question: inout Question) {
    guard let step = parts.steps.first, question.comparison?.base == .previous, question.ranking == nil, question.thresholds.isEmpty,
      !question.groups.contains(where: \.isTime), let period = question.period, let days = (try? period.resolve(context))?.period.days,
      days > longest(step)
    else { return }
    question.groups.insert(.time(step), at: 0)
  }

  /// The most days a unit has.
  private func longest(_ grain: Grain) -> Int {
    switch grain {
    case .hour, .day: 1
    case .week: 7
    case .month: 31
    case .quarter: 92
    case .half: 184
    case .year: 366
    }
  }

  /// Orders over 300 yuan: an order is worth what the one number of its table says, where the metric counts its rows.
  func worth(_ item: Term.Item, beside all: [Term.Item]) throws(Problem) -> (Measure, Condition)? {
    // Between 100 and 200 yuan: both ends are money.
    let other = all.first { $0.count == 3 && $0[0] == item.first && Self.money($0[2]) != nil }
    guard item.count == 3, let comparator = Comparator(rawValue: item[1].plainText),
      let money = Self.money(item[2]) ?? other.flatMap({ [[item[2]]] + (Self.money($0[2]) ?? []).dropFirst() }),
      case .number(let value)? = money.first?.first, case .metric(let name) = try quantity(item[0]), let number = worth(countedBy: name)
    else { return nil }
    if let currency = money.dropFirst().first?.first?.plainText {
      guard dictionary.metrics.contains(where: { $0.unit == .money(currency) }) else { return nil }
    }
    return (Measure(name), .comparison(.dimension(number), comparator, .number(value)))
  }

  /// The one number of the table whose rows a metric counts: what each of them is worth.
  func worth(countedBy metric: String) -> String? {
    guard case .aggregate(let aggregate)? = dictionary.metric(metric)?.formula, aggregate.function == .count, aggregate.argument == nil
    else { return nil }
    let numbers = dictionary.dimensions.filter { dimension in
      guard dimension.kind == .number, case .column(let path) = dimension.source else { return false }
      return path.parts.count == 2 && path.head == aggregate.table
    }
    return numbers.count == 1 ? numbers[0].name : nil
  }

  /// The number and perhaps the currency of `money(300, CNY)`.
  private static func money(_ term: Term) -> [Term.Item]? {
    if case .call("money", let items) = term { items } else { nil }
  }
}
