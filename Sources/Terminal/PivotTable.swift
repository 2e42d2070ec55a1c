import Answers
import CivilTime
import Tables

/// A table of two groupings with the last one across: a column for each of its members.
///
/// Only of one number a row, and of so many members as one still reads beside each other.
struct PivotTable {
  /// The same answer, turned.
  let answer: Answer
  private static let mostColumns = 60

  init?(_ answer: Answer) {
    let shown = answer.columns.indices.filter { answer.columns[$0].isShown }
    let groups = shown.filter { answer.columns[$0].role == .group }
    guard groups.count >= 2, let across = groups.last,
      let number = shown.first(where: { answer.columns[$0].role != .group && answer.columns[$0].isNumeric })
    else { return nil }
    let down = Array(groups.dropLast())
    var (members, labels, order): ([String], [String: String], [String]) = ([], [:], [])
    var rows: [String: (keys: [Cell], texts: [String], cells: [String: (Cell, String)])] = [:]
    for (row, texts) in zip(answer.rows, answer.texts) {
      let member = texts[across]
      if labels.updateValue(member, forKey: member) == nil { members.append(member) }
      let key = down.map { texts[$0] }.joined(separator: "\u{0}")
      if rows[key] == nil {
        rows[key] = (down.map { row[$0] }, down.map { texts[$0] }, [:])
        order.append(key)
      }
      rows[key]?.cells[member] = (row[number], texts[number])
    }
    guard members.count <= Self.mostColumns else { return nil }
    if [.period, .date].contains(answer.columns[across].type) { members.sort() }
    var turned = answer
    let value = answer.columns[number]
    turned.columns = down.map { answer.columns[$0] } + members.map { member in
      AnswerColumn(name: member, title: member, type: value.type, unit: value.unit, role: .value)
    }
    turned.rows = order.compactMap { rows[$0] }.map { row in row.keys + members.map { row.cells[$0]?.0 ?? .null } }
    turned.texts = order.compactMap { rows[$0] }.map { row in row.texts + members.map { row.cells[$0]?.1 ?? "—" } }
    self.answer = turned
  }
}
