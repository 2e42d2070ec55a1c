import CivilTime
import Metrics
import SourceText

/// Which definitions a question is to be answered by, where it asks for others than those in force: one day, on which they were.
extension Resolver {
  /// 按现行口径: those in force, whatever was asked for before.
  static let currentDefinitions = Clause("as", [[.symbol("of"), .symbol("current")]])

  /// The words behind `as of`: a time, `previous`, `then`, `current`, or `version` and a number.
  func definition(_ clause: Clause) throws(Problem) -> Term.Item {
    guard clause.items.count == 1, let item = clause.items.first, item.count > 1, item[0] == .symbol("of") else {
      throw .badNotation(offset: 0, expected: "as of a day, such as as of 2025-12-31")
    }
    let said = Array(item.dropFirst())
    if said.count == 2, said[0] == .symbol("version"), case .number(let number) = said[1], number >= 1, number < 10_000,
      number == number.rounded()
    {
      return said
    }
    if said.count == 1, ["previous", "then", "current"].contains(said[0].plainText) { return said }
    _ = try time(said)
    return said
  }

  /// - Throws: `Problem.noDefinition`, `.definitionsApart`, `.conflicting`
  func dayOfDefinitions(_ parts: Parts, _ question: Question) throws(Problem) -> Day? {
    var days: [Day?] = []
    for said in Self.unique(parts.definitions) {
      let day = try day(ofDefinitions: said, question)
      if !days.contains(day) { days.append(day) }
    }
    if days.count > 1 {
      throw .conflicting("as", days.map { .time(.absolute(.day($0 ?? context.today))) })
    }
    return days.first ?? nil
  }

  private func day(ofDefinitions said: Term.Item, _ question: Question) throws(Problem) -> Day? {
    let metrics = Self.unique(metricsNamed(by: question))
    if said.count == 2, case .number(let number) = said[1] { return try day(ofVersion: Int(number), metrics) }
    switch said[0] {
    case .symbol("previous"): return try dayBefore(metrics)
    case .symbol("current"): return nil
    case .symbol("then"):
      // Each side of a comparison had its own.
      guard question.comparison == nil else { throw .unsupported("definitions of two periods") }
      guard let period = question.period else { throw .unsupported("definition then without period") }
      return try resolved(period).last ?? context.today
    default: return try resolved(try time(said)).last ?? context.today
    }
  }

  private func resolved(_ time: TimeExpression) throws(Problem) -> Period {
    do throws(TimeFailure) { return try time.resolve(context).period } catch { throw .time(error, text: "") }
  }

  /// 旧口径: the last day of the definition before the one in force. A metric of its own versions is told by them, another by
  /// what it is computed from.
  private func dayBefore(_ metrics: [String]) throws(Problem) -> Day? {
    var before: [DefinitionDay] = []
    for name in metrics {
      let own = dictionary.changes(of: name, through: context.today)
      guard let change = own.first(where: { $0.metric == name }) ?? own.first else { continue }
      before.append(DefinitionDay(metric: name, day: change.from.adding(days: -1)))
    }
    guard let first = before.first else {
      throw .noDefinition(metric: metrics.first ?? "", version: nil, known: [])
    }
    if before.contains(where: { $0.day != first.day }) { throw .definitionsApart(before) }
    return first.day
  }

  /// A day on which a version was in force; nil for the one that is now.
  private func day(ofVersion number: Int, _ metrics: [String]) throws(Problem) -> Day? {
    var found: [DefinitionDay] = []
    for name in metrics {
      guard let metric = dictionary.metric(name)?.inForce(on: context.today) else { continue }
      let all = metric.allVersions
      guard let place = all.firstIndex(where: { $0.number == number }) else {
        throw .noDefinition(metric: name, version: number, known: all.map(\.number).sorted())
      }
      if number == metric.current.number { continue }
      let end = place > 0 ? all[place - 1].validFrom?.adding(days: -1) : all[place].validFrom
      guard let end else { throw .noDefinition(metric: name, version: number, known: [metric.current.number]) }
      found.append(DefinitionDay(metric: name, day: end))
    }
    guard let first = found.first else { return nil }
    if found.contains(where: { $0.day != first.day }) { throw .definitionsApart(found) }
    return first.day
  }

  private func metricsNamed(by question: Question) -> [String] {
    if case .about(_, let names) = question.subject { return names }
    let bounds = (question.thresholds + question.tests + (question.streak?.conditions ?? [])).map(\.quantity.metric)
    return question.measures.flatMap(\.metrics) + bounds
  }
}
