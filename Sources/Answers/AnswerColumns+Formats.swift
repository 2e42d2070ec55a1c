import Metrics
import Planning
import Questions
import Tables

/// How numbers are written, and what kind of column they make.
extension AnswerColumns {
  func format(of column: PlanColumn) -> NumberFormat {
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

  func operandFormat(_ input: FormulaInput, _ column: PlanColumn) -> NumberFormat {
    let decimals: Int? =
      if case .metric(let name) = input.formula { names.dictionary.metric(name)?.decimals } else { nil }
    return NumberFormat(unit: column.unit, decimals: decimals, language: names.language, cells: own(column))
  }

  // MARK: Types

  static func role(of column: PlanColumn) -> AnswerColumn.Role {
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

  func type(of grouping: Grouping, _ cells: [Cell]) -> AnswerColumn.Kind {
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

  static func type(of cells: [Cell]) -> AnswerColumn.Kind {
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
