import Metrics
import Planning
import Questions
import SQLText
import Tables
import Warehouse

/// Groups that a ranking cut though they have the same value as the last one shown.
struct Ties: Sendable {
  /// How far behind the last place ties are looked for.
  private static let reach = 50

  let workspace: Workspace
  let plan: @Sendable (Question) throws(Problem) -> Plan

  /// The rows of a query, and a notice if the ranking cut through a tie.
  ///
  /// A ranking is run with more places than it shows, and cut here: its first rows are those of the query as shown, since
  /// their order is total. Where the rows are put in another order, the longer ranking stays in its own, and only tells the ties.
  /// Rankings within groups are not looked at: each has its own last place.
  func rows(_ question: Question, _ shown: Plan, _ query: SQLQuery) throws(Problem) -> (ResultTable, Notice?) {
    guard let ranking = question.ranking, ranking.isOneCut, ranking.kind == .count, !question.isCounted,
      let column = Self.column(of: ranking.by ?? .metric(question.measures[0].metric), in: shown)
    else { return (try workspace.database.run(query), nil) }
    var longer = question
    longer.ranking?.count += Self.reach
    longer.order = []
    let all = try workspace.database.run(SQLWriter.query(try plan(longer)))
    let ranked = all.rows.prefix(ranking.count)
    let table = question.order.isEmpty ? ResultTable(columns: all.columns, rows: Array(ranked)) : try workspace.database.run(query)
    guard let place = all.index(of: column), let last = ranked.last, ranked.count == ranking.count else { return (table, nil) }
    let tied = all.rows.dropFirst(ranking.count).prefix { $0[place] == last[place] }.count
    return (table, tied > 0 ? .tie(count: tied) : nil)
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
