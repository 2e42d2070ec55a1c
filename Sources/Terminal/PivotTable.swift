import Answers
import CivilTime
import Tables

/// A table of two groupings with one of them across: a column for each of its members.
///
/// Only of one number a row, and of so many members as one still reads beside each other.
struct PivotTable {
  /// The same answer, turned.
  let answer: Answer
  /// For each of its rows the first row of the answer that it was made from.
  let firstRows: [Int]
  /// The columns of the answer that stand across, and whose numbers are in the cells.
  let across: Int
  let number: Int
  /// Which of the groupings stands across.
  let place: Int
  /// The titles of numbers that have no place in it.
  let left: [String]
  private static let mostColumns = 60

  /// The last grouping across; nil if there are not two groupings and a number.
  init?(_ answer: Answer) {
    let groups = Self.groups(answer)
    guard groups.count >= 2, let across = groups.last else { return nil }
    self.init(answer, across: across)
  }

  /// Time across, where that reads better: every number on one screen, and none lost. Of more units of time than fit beside
  /// each other, the other grouping stands across.
  ///
  /// That is a grid of one number by time and one other grouping, nearly full, of at least two by two, that fits the width;
  /// not where the order of the rows was asked for, since it would be lost.
  init?(suiting answer: Answer, width: Int) {
    let groups = Self.groups(answer)
    let times = groups.filter { [.period, .date].contains(answer.columns[$0].type) }
    guard !answer.isRanked, groups.count == 2, times.count == 1, let other = groups.first(where: { $0 != times[0] }),
      answer.columns.filter({ $0.isShown && $0.role != .group }).count == 1,
      Self.isGrid(answer, time: times[0], other: other),
      let turned = [times[0], other].lazy.compactMap({ PivotTable(answer, across: $0) }).first(where: { turned in
        let layout = TableLayout(columns: Self.layoutColumns(turned.answer), rows: turned.answer.shownTexts, width: width)
        // Two columns of one name could not be told apart.
        return layout.isWhole && Set(layout.columns.map(\.header)).count == layout.columns.count
      })
    else { return nil }
    self = turned
  }

  private static func groups(_ answer: Answer) -> [Int] {
    answer.columns.indices.filter { answer.columns[$0].isShown && answer.columns[$0].role == .group }
  }

  static func layoutColumns(_ answer: Answer) -> [TableLayout.Column] {
    answer.shownColumns.map { TableLayout.Column($0.header, flushRight: $0.isNumeric) }
  }

  private init?(_ answer: Answer, across: Int) {
    let numbers = answer.columns.indices.filter { answer.columns[$0].isShown && answer.columns[$0].role != .group && answer.columns[$0].isNumeric }
    guard let number = numbers.first else { return nil }
    let down = Self.groups(answer).filter { $0 != across }
    // By raw values: two members may have one title.
    var (members, titles, order, first): ([Cell], [Cell: String], [[Cell]], [Int]) = ([], [:], [], [])
    var rows: [[Cell]: (texts: [String], cells: [Cell: (Cell, String)])] = [:]
    for (index, (row, texts)) in zip(answer.rows, answer.texts).enumerated() {
      let member = row[across]
      if titles.updateValue(texts[across], forKey: member) == nil { members.append(member) }
      let key = down.map { row[$0] }
      if rows[key] == nil {
        rows[key] = (down.map { texts[$0] }, [:])
        order.append(key)
        first.append(index)
      }
      if rows[key]?.cells.updateValue((row[number], texts[number]), forKey: member) != nil { return nil }
    }
    guard members.count <= Self.mostColumns else { return nil }
    if [.period, .date].contains(answer.columns[across].type) { members.sort { $0.plainText < $1.plainText } }
    var turned = answer
    let value = answer.columns[number]
    turned.columns = down.map { answer.columns[$0] } + members.map { member in
      let title = titles[member] ?? member.plainText
      return AnswerColumn(name: title, title: title, type: value.type, unit: value.unit, role: .value)
    }
    turned.rows = order.map { key in key + members.map { rows[key]?.cells[$0]?.0 ?? .null } }
    turned.texts = order.map { key in (rows[key]?.texts ?? []) + members.map { rows[key]?.cells[$0]?.1 ?? NumberFormat.missing } }
    self.answer = turned
    self.firstRows = first
    self.across = across
    self.number = number
    place = Self.groups(answer).firstIndex(of: across) ?? 0
    left = answer.columns.indices.filter { answer.columns[$0].isShown && answer.columns[$0].role != .group && $0 != number }
      .map { answer.columns[$0].title }
  }

  /// Nearly every member at nearly every time.
  private static func isGrid(_ answer: Answer, time: Int, other: Int) -> Bool {
    let labels = Set(answer.rows.map { $0[time] })
    let members = Set(answer.rows.map { $0[other] })
    return labels.count >= 2 && members.count >= 2 && answer.rows.count >= 6 && !labels.contains(.null)
      && answer.rows.count * 10 >= labels.count * members.count * 8
  }
}
