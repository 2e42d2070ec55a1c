import CivilTime
import Metrics
import Questions

/// One way the data is cut for an answer: the answer itself, the base it is compared with, the whole it is a part of.
struct Cut {
  var groups: [Grouping]
  var conditions: [Condition]
  /// The days read; nil = all.
  var period: Period?
  /// The stretches that count, where days between them do not.
  var stretches: [Period] = []
  /// The answer's own days, whose units of time the rows stand for.
  var target: Period?
  /// Set on the base of a comparison by units of time.
  var shift: TimeShift?
  /// Units of time that keep their own labels beside a shift: those within a group, that are set against none.
  var own: Set<Grouping> = []
  var rankings: [Condition: PlanStep] = [:]
  /// Tells step names apart: `_before`, `_whole`.
  var suffix = ""

  var timeGroups: [Grain] { groups.compactMap { if case .time(let grain) = $0 { grain } else { nil } } }
  var hasTimeGroup: Bool { !timeGroups.isEmpty }
}

/// One row per group with the values of some measures.
struct Frame {
  var step: PlanStep
  var values: [Measure: String]
  /// Of measures folded over all units of time: how many there are in each group, and how many of them have nothing.
  var units: [Measure: (all: String, empty: String)] = [:]
  var operands: [Operand: String] = [:]

  func value(_ measure: Measure) -> PlanValue { step.value(values[measure] ?? "") }
}

/// An operand of a measure's formula that the answer shows.
struct Operand: Hashable {
  var measure: Measure
  var formula: Formula
}

/// Gives names that no other step, table or column of the plan has.
struct NameBook {
  private var used: Set<String>

  init(reserved: some Sequence<String>) { used = Set(reserved.map { $0.lowercased() }) }

  mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var count = 2
    while !used.insert(name.lowercased()).inserted {
      name = "\(wanted)_\(count)"
      count += 1
    }
    return name
  }
}

extension Grouping {
  /// The name of the key column: `region`, `month`, `hour_of_day`.
  package var columnName: String {
    switch self {
    case .dimension(let name): name
    case .time(let grain): grain.rawValue
    case .part(let part): part.rawValue
    case .bucket(let name, _), .ranges(let name, _): name + "_range"
    }
  }
}
