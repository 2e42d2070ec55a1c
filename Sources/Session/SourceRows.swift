import Answers
import CivilTime
import Governance
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables
import Warehouse

/// The rows of a table that went into an answer, as they stand in the warehouse.
package struct SourceRows: Sendable {
  package var answer: Answer
  /// How many there are in all; nil if they were not counted.
  package var count: Int?
}

extension Pipeline {
  /// The source rows of each table behind a question, at most `limit` of each.
  ///
  /// Under a policy only columns are listed that are time, key, or part of what the user may ask for, and none at all where small groups are hidden:
  /// single rows are the smallest of groups.
  /// - Throws: `Problem`
  package func sourceRows(behind question: Question, limit: Int, language: Language) throws(Problem) -> [SourceRows] {
    let admitted = try admit(question)
    if !workspace.admission.isOpen, admitted.smallestGroup != nil { throw .notGranted(["rows"]) }
    let plan = try plan(admitted.question)
    var lists: [SourceRows] = []
    var seen: Set<String> = []
    for source in plan.sources where seen.insert(source.table).inserted {
      guard let table = workspace.dictionary.schema[source.table] else { continue }
      let columns = try shown(of: table)
      guard let query = SQLWriter.rows(of: source, in: plan, schema: workspace.dictionary.schema, columns: columns, limit: limit)
      else { continue }
      let count = try workspace.database.run(SQLWriter.countRows(of: source, in: plan)).rows.first?.first?.number.map { Int($0) }
      lists.append(SourceRows(answer: listing(try workspace.database.run(query), query, table, admitted, language), count: count))
    }
    return lists
  }

  /// All columns, or under a policy those of time, the key, and those of dimensions and metrics that the user may see.
  private func shown(of table: Table) throws(Problem) -> [String] {
    if workspace.admission.isOpen { return table.columns.map(\.name) }
    let visible = Set(try workspace.admission.visibleDimensions(user: options.user))
    func columns(_ dimensions: [Dimension]) -> Set<String> {
      let paths = dimensions.flatMap { dimension in
        if case .column(let path) = dimension.source { [path] + dimension.others } else { dimension.others }
      }
      return Set(paths.filter { $0.head == table.name }.map(\.column))
    }
    let named = columns(workspace.dictionary.dimensions.filter { visible.contains($0.name) })
      .subtracting(columns(workspace.dictionary.dimensions.filter { !visible.contains($0.name) }))
    let granted = Set(try workspace.admission.visibleMetrics(user: options.user))
    func summed(_ metrics: [Metric]) -> Set<String> {
      let paths = metrics.flatMap(\.formula.aggregates).flatMap { $0.argument?.columns ?? [] }
      return Set(paths.filter { $0.head == table.name }.map(\.column))
    }
    // A column that a metric not granted is made of would give that one away.
    let measured = summed(workspace.dictionary.metrics.filter { granted.contains($0.name) })
      .subtracting(summed(workspace.dictionary.metrics.filter { !granted.contains($0.name) }))
    return table.columns.filter { column in
      let name = column.name
      return column.type.isTime && name == table.time?.column || table.key.contains(name) || named.contains(name)
        || column.type.isNumeric && !name.hasSuffix("_id") && measured.contains(name)
    }.map(\.name)
  }

  private func listing(
    _ result: ResultTable, _ query: SQLQuery, _ table: Table, _ admitted: Admission.Admitted, _ language: Language
  ) -> Answer {
    let title = table.title[language].isEmpty ? table.name : table.title[language]
    var answer = Answer(status: .answered, language: language, question: "", headline: title)
    answer.columns = query.columns.map { column in
      let known = table.columns.first { $0.name == column.name }
      let type: AnswerColumn.Kind = switch column.type {
      case .number(0): .integer
      case .number: .decimal
      case .real: .real
      case .text: .text
      case .time: .date
      }
      let title = known.map { $0.title[language] } ?? ""
      // A key is a name made of digits: it is not added up, nor is it a number that a picture is of.
      let isKey = table.key.contains(column.name) || column.name.hasSuffix("_id")
      return AnswerColumn(name: column.name, title: title.isEmpty ? column.name : title, type: type, role: isKey ? .group : .value)
    }
    answer.rows = result.rows
    answer.texts = result.rows.map { $0.map { $0.isNull ? NumberFormat.missing : $0.plainText } }
    answer.sql = AnswerSQL(text: query.text, arguments: query.arguments)
    answer.dataAsOf = workspace.lastLoadedDay
    if answer.rows.isEmpty { answer.status = .empty }
    return answer
  }
}
