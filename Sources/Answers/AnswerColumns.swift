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

  private let plan: Plan
  /// Whether cells are written as people read them.
  private let tellsTexts: Bool
  private let names: Names
  private let wording: any QuestionWording
  private let words: any AnswerWords
  /// The cells of every plan column, in plan order.
  private let cells: [[Cell]]

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

  /// A group key in words: a value's title, a weekday's name; time labels as they are.
  private func member(_ cell: Cell, of grouping: Grouping) -> String {
    let text = cell.plainText
    if cell.isNull { return words.missingMember }
    if text.isEmpty { return words.blankMember }
    switch grouping {
    case .time: return text
    case .part(let part): return cell.number.map { partText(part, Int($0)) } ?? text
    case .dimension(let name): return value(text, of: name)
    case .ranges: return text
    case .bucket(_, let width): return range(cell, width ?? 1)
    }
  }

  /// `[100, 200)`: from here, up to but not with the start of the next.
  private func range(_ start: Cell, _ width: Double) -> String {
    func told(_ number: Double) -> String { ExactDecimal(number)?.fullText(grouped: true) ?? Term.numberText(number) }
    guard case .decimal(let units, let scale) = start else {
      let low = start.number ?? 0
      return "[\(told(low)), \(told(low + width)))"
    }
    let high = Double(units) + (width * Cell.power(scale)).rounded()
    return "[\(told(Double(units) / Cell.power(scale))), \(told(high / Cell.power(scale))))"
  }

  private func value(_ stored: String, of dimension: String) -> String {
    let title = names.value(stored, of: dimension)
    guard title == stored, let known = names.dictionary.dimension(dimension) else { return title }
    guard known.kind == .flag || known.type == .boolean else { return title }
    switch stored {
    case "1", "true": return words.yes
    case "0", "false": return words.no
    default: return title
    }
  }

  /// Weekdays are short in English tables: `Mon`.
  private func partText(_ part: TimePart, _ value: Int) -> String {
    let text = wording.partValue(part, value)
    return part == .weekday && names.language == .english ? String(text.prefix(3)) : text
  }

  // MARK: Titles

  private func title(of column: PlanColumn) -> String {
    title(of: column, base: plan.comparison?.kind.base ?? plan.question.comparison?.base)
  }

  private func title(of column: PlanColumn, base: Comparison.Base?) -> String {
    let share = plan.question.share
    let parent = if case .parent(let name)? = share?.of { names.dimension(name) } else { "" }
    switch column.role {
    case .group(let grouping): return words.opening(wording.grouping(grouping))
    case .value(let measure): return words.labelled(words.opening(wording.measure(measure)), part(share))
    case .base(let measure): return derived(measure, base.map(baseTitle) ?? column.name)
    case .change(let measure): return derived(measure, words.labelled(words.changeTitle(base), sides(base)))
    case .growth(let measure): return derived(measure, words.growthTitle(base))
    case .multiple(let measure): return derived(measure, words.multipleTitle)
    case .further(let role):
      let base = plan.question.further?.base
      return words.furtherTitle(title(of: PlanColumn(name: column.name, role: role), base: base), base.map(baseTitle) ?? "")
    case .test(let threshold): return words.opening(wording.threshold(threshold))
    case .end(let end, let grouping): return words.opening(words.endTitle(end, wording.grouping(grouping)))
    case .count(let groups): return words.countTitle(wording.list(groups.map(wording.grouping)))
    case .run(let edge, let grain): return words.runTitle(edge, wording.grouping(.time(grain)))
    case .place(let edge): return words.placeTitle(edge)
    case .runningShare(let measure): return derived(measure, words.runningShareTitle)
    case .share(let measure): return derived(measure, words.shareTitle(share, parent: parent))
    case .whole(let measure): return derived(measure, words.wholeTitle(share, parent: parent))
    case .units: return column.name
    case .input(let input): return words.opening(FormulaWords(names.dictionary, in: names.language).text(input.formula))
    }
  }

  private func baseTitle(_ base: Comparison.Base) -> String {
    guard case .members(let conditions) = base else { return words.baseTitle(base) }
    return conditions.map { wording.condition($0, bare: true) }.joined(separator: " · ")
  }

  /// 10月 − 9月, 上海 − 北京: which of two that were named is taken from which; empty where the base has a name of its own.
  private func sides(_ base: Comparison.Base?) -> String {
    switch base {
    case .period(let other)?:
      guard let this = plan.question.period else { return "" }
      return wording.time(this) + " − " + wording.time(other)
    case .members(let others)?:
      let fields = others.map(\.field)
      let own = plan.question.conditions.filter { condition in condition.field.map { fields.contains($0) } ?? false }
      return own.isEmpty ? "" : own.map { wording.condition($0, bare: true) }.joined(separator: " · ") + " − " + baseTitle(.members(others))
    case .yearBefore?, .previous?, .shifted?, nil: return ""
    }
  }

  /// 销售额（线上）: beside a share of some rows in all, the value is that of those rows.
  private func part(_ share: Share?) -> String {
    guard case .matching(let conditions)? = share?.of else { return "" }
    return conditions.map { wording.condition($0, bare: true) }.joined(separator: " · ")
  }

  /// With several measures, a derived column also says of which.
  private func derived(_ measure: Measure, _ title: String) -> String {
    plan.question.measures.count > 1 ? words.combined(words.opening(wording.measure(measure)), title) : title
  }

  // MARK: Formats

  private func format(of column: PlanColumn) -> NumberFormat {
    switch column.role {
    case .group, .multiple, .test, .count, .run, .place, .end, .units: return NumberFormat(unit: .plain, language: names.language, cells: own(column))
    case .further(let role): return format(of: PlanColumn(name: column.name, role: role, unit: column.unit))
    case .growth: return NumberFormat(unit: column.unit, style: .fraction(signed: true), language: names.language)
    case .share, .runningShare: return NumberFormat(unit: column.unit, style: .fraction(signed: false), language: names.language)
    case .input(let input): return operandFormat(input, column)
    case .value(let measure), .base(let measure), .whole(let measure):
      return amount(measure, column, style: .plain)
    case .change(let measure): return amount(measure, column, style: .change)
    }
  }

  /// The cells of a column, as far as its format is made for them.
  private func own(_ column: PlanColumn) -> [Cell] {
    if !tellsTexts { return [] }
    return plan.columns.firstIndex(of: column).map { cells[$0] } ?? []
  }

  /// Value, base, whole and change of a measure share decimals and scale.
  private func amount(_ measure: Measure, _ column: PlanColumn, style: NumberFormat.Style) -> NumberFormat {
    var amounts: [Cell] = []
    var changes: [Cell] = []
    for (other, cells) in zip(plan.columns, cells) where tellsTexts {
      switch other.role {
      case .value(measure), .base(measure), .whole(measure), .further(.base(measure)): amounts += cells
      case .change(measure), .further(.change(measure)): changes += cells
      default: break
      }
    }
    let scale =
      rows.count > 1
      ? NumberScale.choose(for: amounts, changes: changes, unit: column.unit, language: names.language) : nil
    return NumberFormat(
      unit: column.unit, style: style, decimals: names.dictionary.metric(measure.metric)?.decimals, scale: scale,
      language: names.language, cells: amounts + changes)
  }

  private func operandFormat(_ input: FormulaInput, _ column: PlanColumn) -> NumberFormat {
    let decimals: Int? =
      if case .metric(let name) = input.formula { names.dictionary.metric(name)?.decimals } else { nil }
    return NumberFormat(unit: column.unit, decimals: decimals, language: names.language, cells: own(column))
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
    for index in columns.indices {
      switch columns[index].role {
      case .value, .change, .growth: for row in texts.indices { texts[row][index] = NumberFormat.missing }
      case .group, .base, .share, .whole, .input, .multiple, .test: continue
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

  // MARK: Types

  private static func role(of column: PlanColumn) -> AnswerColumn.Role {
    switch column.role {
    case .group: .group
    case .value: .value
    case .base: .base
    case .change: .change
    case .growth: .growth
    case .multiple: .multiple
    case .test: .test
    case .count, .run, .place, .end, .units: .value
    case .runningShare: .share
    case .further(let role): self.role(of: PlanColumn(name: column.name, role: role))
    case .share: .share
    case .whole: .whole
    case .input: .input
    }
  }

  private func type(of grouping: Grouping, _ cells: [Cell]) -> AnswerColumn.Kind {
    switch grouping {
    case .time(.day): return .date
    case .time: return .period
    case .part: return .integer
    case .ranges: return .text
    case .bucket: return AnswerColumns.type(of: cells)
    case .dimension(let name):
      switch names.dictionary.dimension(name)?.type {
      case .date: return .date
      case .boolean: return .boolean
      case .integer, .real, .decimal: return AnswerColumns.type(of: cells)
      case .text, .timestamp, nil: return .text
      }
    }
  }

  private static func type(of cells: [Cell]) -> AnswerColumn.Kind {
    var found: AnswerColumn.Kind?
    for cell in cells {
      switch cell {
      case .null: continue
      case .integer: found = found ?? .integer
      case .decimal: if found != .real { found = .decimal }
      case .real: found = .real
      case .text: return .text
      case .boolean: return .boolean
      }
    }
    return found ?? .real
  }
}
