import CivilTime
import Metrics

struct EnglishFormulaPhrases: FormulaPhrases {
  func aggregate(_ function: Aggregate.Function, _ argument: String, over: (Aggregate.OverTime, Grain)?) -> String {
    let word =
      switch function {
      case .sum: "sum of"
      case .count: "number of"
      case .countDistinct: "number of distinct"
      case .average: "average of"
      case .minimum: "least"
      case .maximum: "greatest"
      case .median: "median of"
      case .standardDeviation: "standard deviation of"
      case .percentile(let fraction), .discretePercentile(let fraction): Numerals.percent(fraction) + " percentile of"
      }
    guard let (snapshot, grain) = over else { return "\(word) \(argument)" }
    let unit = EnglishTimeWords.grain(grain)
    return switch snapshot {
    case .last: "\(word) \(argument) on the last \(unit)"
    case .first: "\(word) \(argument) on the first \(unit)"
    case .average: "\(word) \(argument), averaged over each \(unit)"
    }
  }

  func conversions(_ from: String, _ to: String, _ within: (Int, Grain)?) -> String {
    "number of \(to) after \(from)" + (within.map { " within \(EnglishTimeWords.count($0, $1))" } ?? "")
  }
  func members(_ name: String, _ bound: String) -> String { "\(name) with \(bound)" }
  func allTime(_ text: String) -> String { "(\(text)) since the beginning" }
  func startOf(_ text: String, _ grain: Grain) -> String { "(\(text)) at the start of the \(EnglishTimeWords.grain(grain))" }
  func unit(_ grain: Grain, _ text: String) -> String { "\(EnglishTimeWords.grain(grain)) of \(text)" }
  func each(_ text: String, _ of: String) -> String { "\(text) of each \(of)" }
  func filtered(_ text: String, _ condition: String) -> String { "\(text) where \(condition)" }
  func rolling(_ text: String, _ count: Int, _ grain: Grain) -> String {
    "(\(text)) over the last \(EnglishTimeWords.count(count, grain))"
  }
  func toDate(_ text: String, _ grain: Grain) -> String { "\(EnglishTimeWords.grain(grain)) to date of (\(text))" }
  func shifted(_ text: String, _ count: Int, _ grain: Grain) -> String {
    "(\(text)) \(EnglishTimeWords.count(count, grain)) before"
  }
  func conversion(_ from: String, _ to: String, _ window: FollowWindow) -> String {
    switch window {
    case .within(let count, let grain): "part of \(from) that became \(to) within \(EnglishTimeWords.count(count, grain))"
    case .onDay(let day): "part of \(from) that became \(to) on day \(day) after, itself"
    }
  }
  func quoted(_ text: String) -> String { "\"\(text)\"" }
  func between(_ measure: TimeMeasure, _ from: String, _ to: String) -> String {
    switch measure {
    case .days: "days from \(from) to \(to)"
    case .hours: "hours from \(from) to \(to)"
    case .minutes: "minutes from \(from) to \(to)"
    }
  }
  func choice(_ condition: String, _ yes: String, _ no: String) -> String { "\(yes) if \(condition), else \(no)" }
  func coalesced(_ parts: [String]) -> String { parts.joined(separator: ", if empty ") }
  func oneOf(_ text: String, _ values: [String], _ negated: Bool) -> String {
    text + (negated ? " not in " : " in ") + values.joined(separator: ", ")
  }
  func missing(_ text: String, _ negated: Bool) -> String { text + (negated ? " is not empty" : " is empty") }
  func matches(_ text: String, _ match: TextMatch, _ part: String) -> String {
    switch match {
    case .contains: "\(text) contains \"\(part)\""
    case .starts: "\(text) starts with \"\(part)\""
    case .ends: "\(text) ends with \"\(part)\""
    }
  }
  func all(_ parts: [String]) -> String { parts.joined(separator: " and ") }
  func any(_ parts: [String]) -> String { parts.joined(separator: " or ") }
  func not(_ part: String) -> String { "not (\(part))" }
}
