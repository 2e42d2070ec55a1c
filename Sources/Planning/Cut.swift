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

/// Plain English for steps.
enum Sentence {
  static func by(_ groups: [Grouping]) -> String {
    groups.isEmpty ? "" : " by " + groups.map { $0.columnName.replacing("_", with: " ") }.joined(separator: ", ")
  }

  static func during(_ period: Period?, _ stretches: [Period] = []) -> String {
    if !stretches.isEmpty { return stretches.map { during($0) }.joined(separator: " and") }
    return switch (period?.start, period?.last) {
    case (let first?, let last?): first == last ? " on \(first)" : " from \(first) to \(last)"
    case (let first?, nil): " since \(first)"
    case (nil, let last?): " up to \(last)"
    case (nil, nil): ""
    }
  }

  static func aggregate(_ aggregate: Aggregate) -> String {
    let argument = aggregate.argument.map(row) ?? aggregate.table
    switch aggregate.function {
    case .sum: return "sum \(argument)"
    case .count: return "count \(aggregate.argument == nil ? aggregate.table : argument)"
    case .countDistinct: return "count distinct \(argument)"
    case .average: return "average \(argument)"
    case .minimum: return "take the smallest \(argument)"
    case .maximum: return "take the largest \(argument)"
    case .median: return "take the median of \(argument)"
    case .standardDeviation: return "take the standard deviation of \(argument)"
    case .percentile(let p), .discretePercentile(let p): return "take the \(p) percentile of \(argument)"
    }
  }

  private static func row(_ row: RowExpression) -> String {
    switch row {
    case .column(let path): path.description
    case .number(let number): String(number)
    case .text(let text): text
    case .binary(let operation, let a, let b): "\(self.row(a)) \(operation.rawValue) \(self.row(b))"
    case .negated(let a): "-\(self.row(a))"
    case .between(let measure, let a, let b): "\(measure.rawValue)(\(self.row(a)), \(self.row(b)))"
    case .choice(_, let a, let b): "\(self.row(a)) or \(self.row(b))"
    case .coalesce(let items): items.first.map(self.row) ?? ""
    case .absolute(let a): "|\(self.row(a))|"
    case .unit(let grain, let a): "\(grain.rawValue) of \(self.row(a))"
    }
  }

  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
