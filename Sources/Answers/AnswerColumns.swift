import CivilTime
import Metrics
import Planning
import Questions
import SourceText
import Tables

/// The columns of an answer, raw and in words, and the operands that its formulas put in.
struct AnswerColumns {
  private(set) var columns: [AnswerColumn] = []
  private(set) var rows: [[Cell]]
  private(set) var texts: [[String]]
  private(set) var inputColumns: [AnswerColumn] = []
  private(set) var inputs: [[Cell]] = []
  /// For an answer of one row: the numbers of each measure's operands.
  private(set) var operands: [Measure: [(formula: Formula, text: String)]] = [:]
  /// No row, or no value in any.
  private(set) var hasNoData = false

  let plan: Plan
  /// Whether cells are written as people read them.
  let tellsTexts: Bool
  let names: Names
  let wording: any QuestionWording
  let words: any AnswerWords
  /// The cells of every plan column, in plan order.
  let cells: [[Cell]]

  init(plan: Plan, result: ResultTable, names: Names, tellsTexts: Bool = true) {
    self.plan = plan
    self.tellsTexts = tellsTexts
    self.names = names
    wording = QuestionWords(names.dictionary, in: names.language).wording
    words = names.language.answerWords
    let places = plan.columns.enumerated().map { result.index(of: $1.name) ?? $0 }
    cells = places.map { place in result.rows.map { place < $0.count ? $0[place] : .null } }
    let shown = zip(plan.columns, places).filter { !$0.0.isHidden }.map(\.1)
    rows = shown == Array(result.columns.indices)
      ? result.rows : result.rows.map { row in shown.map { $0 < row.count ? row[$0] : .null } }
    texts = tellsTexts ? rows.map { _ in [] } : []
    for (index, column) in plan.columns.enumerated() where !column.isHidden { add(column, cells[index]) }
    addInputs(count: result.rows.count)
    let values = zip(plan.columns, cells).filter { if case .value = $0.0.role { true } else { false } }
    hasNoData = result.rows.isEmpty || (!values.isEmpty && values.allSatisfy { $0.1.allSatisfy(\.isNull) })
  }

  // MARK: Visible columns

  private mutating func add(_ column: PlanColumn, _ cells: [Cell]) {
    let told = self.told(column, cells)
    columns.append(told.column)
    if tellsTexts { for (index, cell) in cells.enumerated() { texts[index].append(told.text(cell)) } }
  }

  private func told(_ column: PlanColumn, _ cells: [Cell]) -> (column: AnswerColumn, text: (Cell) -> String) {
    if case .group(let grouping) = column.role { return group(column, grouping, cells) }
    if case .test = column.role { return test(column) }
    if case .end(_, let grouping) = column.role {
      return (AnswerColumn(name: column.name, title: title(of: column), type: type(of: grouping, cells), role: .value), { member($0, of: grouping) })
    }
    if case .run(let edge, let grain) = column.role, edge != .length {
      let kind: AnswerColumn.Kind = grain == .day ? .date : .period
      return (AnswerColumn(name: column.name, title: title(of: column), type: kind, role: .value), { $0.plainText })
    }
    let format = format(of: column)
    let title = self.title(of: column)
    let header = title + (format.scale?.header(column.unit, names.language) ?? "")
    let isFraction = if case .fraction = format.style { true } else { false }
    let answerColumn = AnswerColumn(
      name: column.name, title: title, header: header, type: AnswerColumns.type(of: cells),
      unit: isFraction ? "%" : column.unit.code(names.language), role: AnswerColumns.role(of: column))
    return (answerColumn, format.text)
  }

  /// Whether a bound holds: yes or no.
  private func test(_ column: PlanColumn) -> (column: AnswerColumn, text: (Cell) -> String) {
    let title = title(of: column)
    return (
      AnswerColumn(name: column.name, title: title, type: .boolean, role: .test),
      { $0.number.map { $0 == 1 ? self.words.yes : self.words.no } ?? NumberFormat.missing }
    )
  }

  private func group(_ column: PlanColumn, _ grouping: Grouping, _ cells: [Cell])
    -> (column: AnswerColumn, text: (Cell) -> String)
  {
    var answerColumn = AnswerColumn(
      name: column.name, title: words.opening(wording.grouping(grouping)), type: type(of: grouping, cells),
      role: .group)
    if case .part(.weekday) = grouping {
      answerColumn.type = .text
      answerColumn.labels = Dictionary(uniqueKeysWithValues: TimePart.weekday.values.map { ($0, wording.partValue(.weekday, $0)) })
    }
    return (answerColumn, { member($0, of: grouping) })
  }

  /// The total that shares divide by, when it is the same in each row: told once, beneath the table.
  mutating func takeOutTotals() -> [String] {
    guard rows.count > 1, let of = plan.question.share?.of, of == .total || of == .running || of == .change else { return [] }
    var lines: [String] = []
    for index in columns.indices where columns[index].role == .whole {
      guard Set(rows.map { $0[index] }).count == 1 else { continue }
      columns[index].isShown = false
      let column = plan.columns.first { $0.name == columns[index].name }
      guard let column, case .whole(let measure) = column.role else { continue }
      let decimals = names.dictionary.metric(measure.metric)?.decimals
      let format = NumberFormat(
        unit: column.unit, decimals: decimals, language: names.language, cells: [rows[0][index]])
      let name = plan.question.share?.of == .change ? words.wholeTitle(plan.question.share, parent: "") : words.opening(wording.measure(measure))
      lines.append(name + " " + format.text(rows[0][index]))
    }
    return lines
  }

  /// Where there is no data in the period, a zero that the dictionary puts in its place is shown as nothing.
  mutating func showNothingForNoData() {
    operands = [:]
    for index in columns.indices {
      switch columns[index].role {
      case .value, .change, .growth: for row in texts.indices { texts[row][index] = NumberFormat.missing }
      case .group, .base, .share, .whole, .input, .multiple, .test: continue
      }
    }
  }

  /// Where what is compared with has no data, neither it nor a change against it is a number.
  mutating func showNoBase() {
    for index in columns.indices {
      switch columns[index].role {
      case .base, .change, .growth, .multiple:
        for row in rows.indices { rows[row][index] = .null }
        for row in texts.indices { texts[row][index] = NumberFormat.missing }
      case .group, .value, .share, .whole, .input, .test: continue
      }
    }
  }

  /// Numbers that the user may not see are told so, and not taken for none.
  mutating func hide(_ hidden: Set<Int>) {
    if hidden.isEmpty { return }
    hasNoData = false
    operands = [:]
    for index in columns.indices where columns[index].role != .group {
      for row in hidden where texts.indices.contains(row) { texts[row][index] = words.hiddenNumber }
    }
  }

  // MARK: Operands

  private mutating func addInputs(count: Int) {
    let hidden = zip(plan.columns, cells).filter { if case .input = $0.0.role { true } else { false } }
    guard !hidden.isEmpty else { return }
    inputs = (0..<count).map { row in hidden.map { $0.1[row] } }
    for (column, cells) in hidden {
      guard case .input(let input) = column.role else { continue }
      inputColumns.append(
        AnswerColumn(
          name: column.name, title: title(of: column), type: AnswerColumns.type(of: cells),
          unit: column.unit.code(names.language), role: .input))
      if count == 1 {
        operands[input.of, default: []].append((input.formula, operandFormat(input, column).text(cells[0])))
      }
    }
  }
}
