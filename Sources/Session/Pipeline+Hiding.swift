import Governance
import Planning
import Questions
import SQLText
import Tables
import Warehouse

/// What a policy hides of an answer.
extension Pipeline {
  /// Groups too small to be shown lose their numbers; which rows they are, also where there was nothing to lose.
  func masked(_ table: ResultTable, _ plan: Plan, _ admitted: Admission.Admitted) -> (table: ResultTable, hidden: Set<Int>) {
    let masking = Masking(smallestGroup: admitted.smallestGroup)
    if masking.isEmpty { return (table, []) }
    let keys = plan.columns.compactMap { column in if case .group = column.role { column.name } else { nil } }
    let masked = masking.masked(table, keys: keys, sizes: sizes(table, plan, keys, admitted.question))
    return (masked.table, masked.rows)
  }

  /// The source rows of each row; not known where they cannot be counted, so that it is hidden rather than shown.
  private func sizes(_ table: ResultTable, _ plan: Plan, _ keys: [String], _ admitted: Question) -> [Int?] {
    guard let asked = GroupSizes(dictionary: governing(admitted), question: plan.question).asked,
      let counting = try? self.plan(asked.question, asked.dictionary, reaching: admitted),
      let counted = try? workspace.database.run(SQLWriter.query(counting))
    else { return table.rows.map { _ in nil } }
    return GroupSizes.sizes(of: table, keys: keys, counted: counted, counting)
  }

  func hiding(_ hidden: Set<Int>, _ admitted: Admission.Admitted) -> [Notice] {
    hidden.isEmpty ? [] : [.hiddenGroups(rows: hidden.count, least: admitted.smallestGroup ?? 1)]
  }
}
