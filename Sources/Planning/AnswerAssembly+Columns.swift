import CivilTime
import Metrics
import Questions

// What every output column means.
extension AnswerAssembly {
  // MARK: Output columns

  func outputs() -> [PlanOutput] {
    outputRoles().map { PlanOutput($0.name, $0.value) }
  }

  func outputColumns(_ names: [String]) -> [PlanColumn] {
    outputRoles().map { PlanColumn(name: $0.name, role: $0.role, unit: $0.unit) }
  }

  struct OutputRole {
    var name: String
    var role: PlanColumn.Role
    var unit: MeasureUnit
    var value: PlanValue
  }

  func outputRoles() -> [OutputRole] {
    var names = ColumnNames(keys: [])
    var roles = question.groups.map {
      OutputRole(name: names.unique($0.columnName), role: .group($0), unit: .plain, value: rows.value($0.columnName))
    }
    for measure in question.measures { roles += measureRoles(measure, &names) }
    for (operand, value) in inputs {
      roles.append(inputRole(operand.measure, operand.formula, value, &names))
    }
    for measure in hidden {
      guard let value = values[measure] else { continue }
      roles.append(inputRole(question.measures[0], .metric(measure.metric), value, &names))
    }
    return roles
  }

  func inputRole(
    _ measure: Measure, _ formula: Formula, _ value: PlanValue, _ names: inout ColumnNames
  ) -> OutputRole {
    var wanted = "input"
    var unit = MeasureUnit.plain
    if case .metric(let name) = formula {
      wanted = name
      unit = builder.dictionary.metric(name)?.unit ?? .plain
    } else if case .aggregate(let aggregate) = formula {
      wanted = PlanBuilder.columnName(aggregate)
    }
    return OutputRole(
      name: names.unique(wanted), role: .input(FormulaInput(of: measure, formula: formula)), unit: unit, value: value)
  }

  func measureRoles(_ measure: Measure, _ names: inout ColumnNames) -> [OutputRole] {
    let unit = builder.dictionary.metric(measure.metric)?.unit ?? .plain
    let name = names.unique(PlanBuilder.columnName(measure))
    guard let value = values[measure] else { return [] }
    var roles = [OutputRole(name: name, role: .value(measure), unit: unit, value: value)]
    if let base = bases[measure] {
      roles += [
        OutputRole(name: names.unique(name + "_base"), role: .base(measure), unit: unit, value: base),
        OutputRole(
          name: names.unique(name + "_change"), role: .change(measure), unit: unit, value: .combine(.minus, value, base)),
        OutputRole(
          name: names.unique(name + "_growth"), role: .growth(measure), unit: .percent, value: growth(value, base)),
      ]
    }
    if question.share != nil, let whole = wholes[measure] {
      roles += [
        OutputRole(
          name: names.unique(name + "_share"), role: .share(measure), unit: .percent,
          value: .combine(.dividedBy, value, whole)),
        OutputRole(name: names.unique(name + "_whole"), role: .whole(measure), unit: unit, value: whole),
      ]
    }
    return roles
  }
}
