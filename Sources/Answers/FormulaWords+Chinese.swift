import CivilTime
import Metrics

struct ChineseFormulaPhrases: FormulaPhrases {
  func aggregate(_ function: Aggregate.Function, _ argument: String, over: (Aggregate.OverTime, Grain)?) -> String {
    let word =
      switch function {
      case .sum: "求和"
      case .count: "计数"
      case .countDistinct: "去重计数"
      case .average: "平均"
      case .minimum: "最小值"
      case .maximum: "最大值"
      case .median: "中位数"
      case .standardDeviation: "标准差"
      case .percentile(let fraction), .discretePercentile(let fraction): Numerals.percent(fraction) + "分位数"
      }
    guard let (snapshot, grain) = over else { return "\(word)(\(argument))" }
    let unit = ChineseTimeWords.grain(grain)
    let when =
      switch snapshot {
      case .last: "取最后一\(unit)"
      case .first: "取第一\(unit)"
      case .average: "按\(unit)平均"
      }
    return "\(word)(\(argument)，\(when))"
  }

  func conversions(_ from: String, _ to: String, _ within: (Int, Grain)?) -> String {
    "\(from) 之后\(within.map { "\(ChineseTimeWords.count($0, $1))内" } ?? "")的 \(to) 数"
  }
  func members(_ name: String, _ bound: String) -> String { "\(bound) 的\(name)" }
  func allTime(_ text: String) -> String { "历史累计(\(text))" }
  func startOf(_ text: String, _ grain: Grain) -> String { "\(ChineseTimeWords.grain(grain))初的(\(text))" }
  func unit(_ grain: Grain, _ text: String) -> String { "\(text) 所在的\(ChineseTimeWords.grain(grain))" }
  func each(_ text: String, _ of: String) -> String { "每个 \(of) 各自的\(text)" }
  func filtered(_ text: String, _ condition: String) -> String { "\(text)（限 \(condition)）" }
  func rolling(_ text: String, _ count: Int, _ grain: Grain) -> String {
    "滚动\(ChineseTimeWords.count(count, grain))(\(text))"
  }
  func toDate(_ text: String, _ grain: Grain) -> String { "\(ChineseTimeWords.grain(grain))初至今累计(\(text))" }
  func shifted(_ text: String, _ count: Int, _ grain: Grain) -> String {
    "\(ChineseTimeWords.count(count, grain))前的(\(text))"
  }
  func conversion(_ from: String, _ to: String, _ window: FollowWindow) -> String {
    switch window {
    case .within(let count, let grain): "\(from) 在\(ChineseTimeWords.count(count, grain))内转化为 \(to) 的比例"
    case .onDay(let day): "\(from) 在之后第 \(day) 天当天成为 \(to) 的比例"
    }
  }
  func quoted(_ text: String) -> String { "“\(text)”" }
  func between(_ measure: TimeMeasure, _ from: String, _ to: String) -> String {
    switch measure {
    case .days: "\(from)到\(to)的天数"
    case .hours: "\(from)到\(to)的小时数"
    case .minutes: "\(from)到\(to)的分钟数"
    }
  }
  func choice(_ condition: String, _ yes: String, _ no: String) -> String { "若 \(condition) 则 \(yes) 否则 \(no)" }
  func coalesced(_ parts: [String]) -> String { parts.joined(separator: "，空时取 ") }
  func oneOf(_ text: String, _ values: [String], _ negated: Bool) -> String {
    text + (negated ? " 不属于 " : " 属于 ") + values.joined(separator: "、")
  }
  func missing(_ text: String, _ negated: Bool) -> String { text + (negated ? " 不为空" : " 为空") }
  func matches(_ text: String, _ match: TextMatch, _ part: String) -> String {
    switch match {
    case .contains: "\(text) 包含“\(part)”"
    case .starts: "\(text) 以“\(part)”开头"
    case .ends: "\(text) 以“\(part)”结尾"
    }
  }
  func all(_ parts: [String]) -> String { parts.joined(separator: " 且 ") }
  func any(_ parts: [String]) -> String { parts.joined(separator: " 或 ") }
  func not(_ part: String) -> String { "不满足(\(part))" }
}
