import Answers
import CivilTime
import Planning
import Questions
import SourceText

/// What `wenshu quality` says, in one language each.
protocol QualityReportWords {
  static var language: Language { get }
  static func title(_ dataset: String, _ today: Day) -> String
  static func aspect(_ aspect: DataQuality.Aspect) -> String
  static func aside(_ names: Names, _ reason: SetAsideReason, _ table: String) -> String
  static func of(_ all: Int, _ share: String) -> String
  static var table: String { get }
  static var rows: String { get }
  static var total: String { get }
  static var held: String { get }
  static var trend: String { get }
  static var allHold: String { get }
  static var brokenTitle: String { get }
  static var brokenColumns: [String] { get }
  static var historyColumns: [String] { get }
}

extension QualityReportWords {
  static func number(_ value: Int) -> String { EnglishLoadWords.number(value) }
}

enum EnglishQualityReportWords: QualityReportWords {
  static var language: Language { .english }
  static func title(_ dataset: String, _ today: Day) -> String { "Data quality · \(dataset) · \(today)" }
  static func aspect(_ aspect: DataQuality.Aspect) -> String {
    switch aspect {
    case .completeness: "complete"
    case .uniqueness: "unique"
    case .validity: "valid"
    case .consistency: "consistent"
    case .timeliness: "timely"
    }
  }
  static func aside(_ names: Names, _ reason: SetAsideReason, _ table: String) -> String { "set aside: " + names.setAside(reason, of: table) }
  static func of(_ all: Int, _ share: String) -> String { "of \(number(all)) (\(share))" }
  static var table: String { "table" }
  static var rows: String { "rows" }
  static var total: String { "total" }
  static var held: String { "held/checked" }
  static var trend: String { "trend" }
  static var allHold: String { "Every rule holds." }
  static var brokenTitle: String { "Broken:" }
  static var brokenColumns: [String] { ["table", "rule", "aspect", "broken"] }
  static var historyColumns: [String] { ["at", "today"] }
}

enum ChineseQualityReportWords: QualityReportWords {
  static var language: Language { .chinese }
  static func title(_ dataset: String, _ today: Day) -> String { "数据质量 · \(dataset) · \(today)" }
  static func aspect(_ aspect: DataQuality.Aspect) -> String {
    switch aspect {
    case .completeness: "完整性"
    case .uniqueness: "唯一性"
    case .validity: "有效性"
    case .consistency: "一致性"
    case .timeliness: "及时性"
    }
  }
  static func aside(_ names: Names, _ reason: SetAsideReason, _ table: String) -> String { "未入库：" + names.setAside(reason, of: table) }
  static func of(_ all: Int, _ share: String) -> String { "/ \(number(all))（\(share)）" }
  static var table: String { "表" }
  static var rows: String { "行数" }
  static var total: String { "总分" }
  static var held: String { "成立/检查" }
  static var trend: String { "变化" }
  static var allHold: String { "所有规则都成立。" }
  static var brokenTitle: String { "不合规则：" }
  static var brokenColumns: [String] { ["表", "规则", "方面", "行数"] }
  static var historyColumns: [String] { ["时间", "今天"] }
}

enum QualityReportLanguages {
  static func words(_ language: Language) -> any QualityReportWords.Type {
    switch language {
    case .chinese: ChineseQualityReportWords.self
    case .english: EnglishQualityReportWords.self
    }
  }
}
