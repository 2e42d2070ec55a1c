import Metrics
import Parsing
import Questions
import SQLText
import SourceText

/// Members that were counted by the asker: these three stores, our five channels.
extension Pipeline {
  /// Where as many members were named as there are not: the number chooses none of them, so the answer says so.
  ///
  /// Counted are the members with data under the question's conditions and period, before any are chosen by rank or bound.
  func otherCounts(_ reading: Reading?, _ question: Question) -> [Notice] {
    (reading?.clauses ?? []).filter { $0.keyword == Resolver.soMany }.compactMap { clause in
      guard clause.items.count == 2, case .number(let said)? = clause.items[0].first, let dimension = clause.items[1].first?.plainText,
        workspace.dictionary.dimension(dimension) != nil, let found = members(of: dimension, question), Double(found) != said
      else { return nil }
      return .otherCount(said: Int(said), found: found, of: .dimension(dimension))
    }
  }

  private func members(of dimension: String, _ question: Question) -> Int? {
    guard let measure = question.measures.first, measure.fold == nil else { return nil }
    let part = if case .matching(let conditions)? = question.share?.of { conditions } else { [Condition]() }
    var all = Question(
      subject: .measures([Measure(measure.metric)]), groups: [.dimension(dimension)], conditions: question.conditions + part, period: question.period)
    all.asOf = question.asOf
    guard let plan = try? plan(all), let result = try? workspace.database.run(SQLWriter.query(plan)),
      let key = result.index(of: dimension)
    else { return nil }
    return result.rows.count { !$0[key].isNull }
  }
}
