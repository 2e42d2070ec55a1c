import Planning
import Questions
import SQLText
import Tables
import Warehouse

extension Pipeline {
  /// The rows of an answer, and how many of each table went in. Counting takes nearly as long as the answer: where tables are large
  /// and a core is free, it is done beside it.
  func read(
    _ question: Question, _ plan: Plan, _ query: SQLQuery
  ) throws(Problem) -> ((ResultTable, Notice?), [String: Int]) {
    let ties = Ties(workspace: workspace, plan: { (question) throws(Problem) in try self.plan(question) })
    let size = Set(plan.sources.map(\.table)).reduce(0) { $0 + (workspace.coverage.tables[$1]?.rows ?? 0) }
    if options.isOneOfMany || size < Self.countedBeside {
      let rows = try ties.rows(question, plan, query)
      return (rows, try sourceRows(plan) { (query) throws(Problem) in try workspace.database.run(query) })
    }
    let (rows, counts) = Concurrently.both(
      { Result<(ResultTable, Notice?), Problem> { () throws(Problem) in try ties.rows(question, plan, query) } },
      { Result<[String: Int], Problem> { () throws(Problem) in try sourceRows(plan) { (query) throws(Problem) in try workspace.database.runAside(query) } } })
    return (try rows.get(), try counts.get())
  }

  /// In rows: counting fewer takes less than starting a thread and opening a connection.
  private static let countedBeside = 100_000

  private func sourceRows(_ plan: Plan, _ run: (SQLQuery) throws(Problem) -> ResultTable) throws(Problem) -> [String: Int] {
    var rows: [String: Int] = [:]
    for source in plan.sources where rows[source.table] == nil {
      let count = try run(SQLWriter.countRows(of: source, in: plan))
      if case .integer(let value)? = count.rows.first?.first { rows[source.table] = Int(value) }
    }
    return rows
  }
}
