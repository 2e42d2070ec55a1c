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
      OutputRole(name: names.unique($0.columnName), role: .group(builder.sized($0)), unit: .plain, value: rows.value($0.columnName))
    }
    for measure in question.measures { roles += measureRoles(measure, &names) }
    roles += placeRoles()
    for test in question.tests {
      roles.append(OutputRole(name: names.unique("holds"), role: .test(test), unit: .plain, value: outcome(of: test)))
    }
    for (operand, value) in inputs {
      roles.append(inputRole(operand.measure, operand.formula, value, &names))
    }
    for measure in question.measures {
      guard let units = units[measure] else { continue }
      for (edge, value) in [(PlanColumn.UnitCount.all, units.all), (.empty, units.empty)] {
        let name = names.unique("\(PlanBuilder.columnName(measure))_\(edge == .all ? "units" : "empty")")
        roles.append(OutputRole(name: name, role: .units(edge, measure), unit: .plain, value: value))
      }
    }
    for measure in hidden {
      guard let value = values[measure] else { continue }
      roles.append(inputRole(question.measures[0], .metric(measure.metric), value, &names))
    }
    return roles
  }

  /// 1 where a bound holds, 0 where it does not, null where there is no value.
  func outcome(of test: Threshold) -> PlanValue {
    let value = value(test.quantity).expression
    let branches = [
      PlanBranch(.missing(value, negated: false), .literal(.null)), PlanBranch(condition(test), .constant(1)),
    ]
    return PlanValue(.choice(branches, otherwise: .constant(0)), .number(scale: 0))
  }

  /// A ratio of two alike is a part of a hundred; of unlike ones, so much of the one for each of the other.
  func unit(of measure: Measure) -> MeasureUnit {
    let own = builder.dictionary.metric(measure.metric)?.unit ?? .plain
    guard let beside = measure.beside, beside.operation == .ratio else { return own }
    return own == builder.dictionary.metric(beside.metric)?.unit ? .percent : own
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
    let unit = unit(of: measure)
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
      if question.comparison?.isOfMembers == true {
        roles.append(
          OutputRole(
            name: names.unique(name + "_multiple"), role: .multiple(measure), unit: .plain,
            value: .combine(.dividedBy, value, base)))
      }
    }
    if let base = furtherBases[measure] {
      roles += [
        OutputRole(name: names.unique(name + "_base"), role: .further(.base(measure)), unit: unit, value: base),
        OutputRole(
          name: names.unique(name + "_change"), role: .further(.change(measure)), unit: unit,
          value: .combine(.minus, value, base)),
        OutputRole(
          name: names.unique(name + "_growth"), role: .further(.growth(measure)), unit: .percent, value: growth(value, base)),
      ]
    }
    if let share = question.share, let whole = wholes[measure] {
      let part = share.of == .change ? bases[measure].map { PlanValue.combine(.minus, value, $0) } ?? value : value
      roles.append(
        OutputRole(
          name: names.unique(name + "_share"), role: .share(measure), unit: .percent, value: .combine(.dividedBy, part, whole)))
      if share.of == .running {
        roles.append(
          OutputRole(
            name: names.unique(name + "_running_share"), role: .runningShare(measure), unit: .percent,
            value: .combine(.dividedBy, PlanValue(rows.value("so_far").expression, value.type), whole)))
      }
      roles += [
        OutputRole(name: names.unique(name + "_whole"), role: .whole(measure), unit: unit, value: whole),
      ]
    }
    return roles
  }
}
