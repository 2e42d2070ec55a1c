import Metrics
import Planning
import Questions
import SQLText
import Tables
import Warehouse

/// Groups that a ranking cut though they have the same value as the last one shown.
struct Ties {
  /// How far behind the last place ties are looked for.
  private static let reach = 50

  let workspace: Workspace
  let plan: (Question) throws(Problem) -> Plan

  /// The notice to give, nil where the cut was clear. Rankings within groups are not looked at: each has its own last place.
  func notice(_ question: Question, _ shown: Plan, _ result: ResultTable) throws(Problem) -> Notice? {
    guard let ranking = question.ranking, ranking.within.isEmpty, result.rows.count == ranking.count,
      let column = Self.column(of: ranking.by ?? .metric(question.measures[0].metric), in: shown),
      let last = result.rows.last, let place = result.index(of: column)
    else { return nil }
    var longer = question
    longer.ranking?.count += Self.reach
    let more = try workspace.database.run(SQLWriter.query(try plan(longer)))
    let tied = more.rows.dropFirst(ranking.count).prefix { $0[place] == last[place] }.count
    return tied > 0 ? .tie(count: tied) : nil
  }

  private static func column(of quantity: Quantity, in plan: Plan) -> String? {
    plan.columns.first { column in
      switch (quantity, column.role) {
      case (.metric(let name), .value(let measure)), (.growth(let name), .growth(let measure)),
        (.change(let name), .change(let measure)), (.share(let name), .share(let measure)):
        measure.metric == name
      default: false
      }
    }?.name
  }
}
