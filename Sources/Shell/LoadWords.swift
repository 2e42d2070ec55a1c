import Intake
import SourceText
import Warehouse

/// What loading says, in one language each.
protocol LoadWords {
  static func loaded(_ record: LoadRecord, form: String) -> String
  static func unchanged(_ record: LoadRecord) -> String
  static func form(_ form: FileForm) -> String
  static func changes(_ column: String, _ rules: [(rule: String, count: Int)]) -> String
  static func missing(_ columns: [String]) -> String
  static func ignored(_ columns: [String]) -> String
  static func setAside(_ reasons: LoadedWarehouse.Reasons) -> String
  static func seeRejects(_ dataset: String) -> String
  static func reason(_ reason: RejectReason) -> String
  static func rule(_ name: String) -> String
  static func mode(_ mode: LoadMode) -> String
  static var loadColumns: [String] { get }
  static var rejectColumns: [String] { get }
  static var noLoads: String { get }
  static var noRejects: String { get }
}

extension LoadWords {
  /// `1,234`
  static func number(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(value.magnitude).reversed().enumerated() { text = String(digit) + (index > 0 && index % 3 == 0 ? "," : "") + text }
    return (value < 0 ? "-" : "") + text
  }
}

enum EnglishLoadWords: LoadWords {
  static func loaded(_ record: LoadRecord, form: String) -> String {
    var parts = ["\(number(record.read)) \(record.read == 1 ? "row" : "rows") read", "\(number(record.loaded)) loaded"]
    if record.mode == .upsert { parts.append("\(number(record.updated)) brought up to date") }
    if record.setAside > 0 { parts.append("\(number(record.setAside)) set aside") }
    return "\(record.file) → \(record.table): \(parts.joined(separator: ", "))\(form.isEmpty ? "" : " (\(form))")"
  }

  static func unchanged(_ record: LoadRecord) -> String { "\(record.file) → \(record.table): loaded before, nothing changed" }

  static func form(_ form: FileForm) -> String {
    var parts: [String] = []
    if let encoding = form.encoding { parts.append(encoding.rawValue) }
    switch form.kind {
    case .delimited(let separator):
      parts.append(["\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"][separator] ?? "separator \(separator.unicodeScalars.first!.value)")
    case .jsonLines: parts.append("JSON")
    case .sheet(let name): parts.append("sheet \(name)")
    }
    if !form.hasHeader { parts.append("no header") }
    if form.preamble > 0 { parts.append("\(form.preamble) rows above the header left out") }
    if form.endsInLine { parts.append("no line end at the end") }
    if form.mergedRuns > 0 { parts.append("\(form.mergedRuns) merged cells hold for all their rows") }
    return parts.joined(separator: ", ")
  }

  static func changes(_ column: String, _ rules: [(rule: String, count: Int)]) -> String {
    "\(column): " + rules.map { "\(rule($0.rule)) \(number($0.count))" }.joined(separator: ", ")
  }

  static func missing(_ columns: [String]) -> String { "not in the file, left empty: \(columns.joined(separator: ", "))" }
  static func ignored(_ columns: [String]) -> String { "not in tables.yaml, not loaded: \(columns.joined(separator: ", "))" }

  static func setAside(_ reasons: LoadedWarehouse.Reasons) -> String {
    "set aside \(number(reasons.count)) × \(reason(reasons.reason)), first on line \(reasons.line)"
  }

  static func seeRejects(_ dataset: String) -> String { "see wenshu rejects --dataset \(dataset)" }

  static func reason(_ reason: RejectReason) -> String {
    let (column, found, expected) = (reason.column, "“\(reason.found)”", reason.expected)
    return switch reason.kind {
    case .type: "\(column) \(found) is not \(expected)"
    case .required: "\(column) is empty"
    case .range: "\(column) \(found) is outside \(expected)"
    case .allowed: "\(column) \(found) is none of \(expected)"
    case .pattern: "\(column) \(found) does not match \(expected)"
    case .key: "\(column) \(found) is there already"
    case .repeated: "the same as an earlier row in every column"
    case .reference: "\(column) \(found) is nowhere there: \(expected)"
    case .rule: "\(column) \(found) breaks the rule \(expected)"
    case .fields: "\(reason.found) fields instead of \(expected)"
    case .header: "the header once more"
    case .quote: "text behind a closing quote"
    case .nul: "a byte 0 in a text"
    case .json: "no JSON object: \(reason.found)"
    case .newKey: "a key that no object before had: \(reason.found)"
    case .formula: "\(column) holds a formula without its value"
    case .total: "a row of totals: \(found)"
    }
  }

  static func rule(_ name: String) -> String {
    switch name {
    case "trim": "spaces trimmed"
    case "full-width": "full width"
    case "currency": "money sign"
    case "thousands": "thousands separators"
    case "brackets": "brackets as minus"
    case "percent": "percent"
    case "myriads": "万 or 亿"
    case "exponent": "exponent"
    case "minus-behind": "minus behind"
    case "decimal-comma": "decimal comma"
    case "empty-word": "word for nothing"
    case "date-form": "date rewritten"
    case "zone": "time zone left out"
    case "yes-no": "yes or no"
    case "short-year": "year of two digits"
    case "case": "upper or lower case"
    case "map": "mapped to another"
    case "unit": "unit converted"
    case "default": "default filled in"
    case "older-row": "rows that made way for a newer one"
    default: name
    }
  }

  static func mode(_ mode: LoadMode) -> String { mode.rawValue }
  static var loadColumns: [String] { ["#", "at", "by", "file", "table", "mode", "read", "loaded", "updated", "set aside", "changed"] }
  static var rejectColumns: [String] { ["#", "table", "file", "line", "reason"] }
  static var noLoads: String { "nothing was loaded yet" }
  static var noRejects: String { "no rows are set aside" }
}

enum ChineseLoadWords: LoadWords {
  static func loaded(_ record: LoadRecord, form: String) -> String {
    var parts = ["读 \(number(record.read)) 行", "载入 \(number(record.loaded)) 行"]
    if record.mode == .upsert { parts.append("更新 \(number(record.updated)) 行") }
    if record.setAside > 0 { parts.append("搁置 \(number(record.setAside)) 行") }
    return "\(record.file) → \(record.table)：\(parts.joined(separator: "，"))\(form.isEmpty ? "" : "（\(form)）")"
  }

  static func unchanged(_ record: LoadRecord) -> String { "\(record.file) → \(record.table)：已载入过，没有变化" }

  static func form(_ form: FileForm) -> String {
    var parts: [String] = []
    if let encoding = form.encoding { parts.append(encoding.rawValue) }
    switch form.kind {
    case .delimited(let separator):
      parts.append(["\t": "制表符分隔", ",": "逗号分隔", ";": "分号分隔", "|": "竖线分隔"][separator] ?? "分隔符 \(separator.unicodeScalars.first!.value)")
    case .jsonLines: parts.append("JSON")
    case .sheet(let name): parts.append("工作表 \(name)")
    }
    if !form.hasHeader { parts.append("没有表头") }
    if form.preamble > 0 { parts.append("略去表头上面 \(form.preamble) 行") }
    if form.endsInLine { parts.append("末行没有换行") }
    if form.mergedRuns > 0 { parts.append("\(form.mergedRuns) 处合并单元格，各行同值") }
    return parts.joined(separator: "，")
  }

  static func changes(_ column: String, _ rules: [(rule: String, count: Int)]) -> String {
    "\(column)：" + rules.map { "\(rule($0.rule)) \(number($0.count))" }.joined(separator: "，")
  }

  static func missing(_ columns: [String]) -> String { "文件里没有，留空：\(columns.joined(separator: "、"))" }
  static func ignored(_ columns: [String]) -> String { "tables.yaml 里没有，未载入：\(columns.joined(separator: "、"))" }

  static func setAside(_ reasons: LoadedWarehouse.Reasons) -> String {
    "搁置 \(number(reasons.count)) × \(reason(reasons.reason))，首见第 \(reasons.line) 行"
  }

  static func seeRejects(_ dataset: String) -> String { "详见 wenshu rejects --dataset \(dataset)" }

  static func reason(_ reason: RejectReason) -> String {
    let (column, found, expected) = (reason.column, "“\(reason.found)”", reason.expected)
    return switch reason.kind {
    case .type: "\(column) \(found) 不是\(kind(expected))"
    case .required: "\(column) 为空"
    case .range: "\(column) \(found) 超出 \(expected)"
    case .allowed: "\(column) \(found) 不在允许的值里（\(expected)）"
    case .pattern: "\(column) \(found) 不合 \(expected)"
    case .key: "\(column) \(found) 已经有了"
    case .repeated: "与前面的一行完全相同"
    case .reference: "\(column) \(found) 没有对应（\(expected)）"
    case .rule: "\(column) \(found) 不合规则 \(expected)"
    case .fields: "有 \(reason.found) 个字段，应有 \(expected) 个"
    case .header: "又是表头"
    case .quote: "引号后面还有文字"
    case .nul: "文字里有字节 0"
    case .json: "不是 JSON 对象：\(reason.found)"
    case .newKey: "前面的对象没有的键：\(reason.found)"
    case .formula: "\(column) 是公式，文件里没有它的值"
    case .total: "合计行：\(found)"
    }
  }

  /// What a type is called; what was expected is kept in English.
  private static func kind(_ expected: String) -> String {
    if expected.hasPrefix("an integer") { return "整数" }
    if expected.hasPrefix("a number with at most ") { return "最多\(expected.split(separator: " ")[5])位小数的数" }
    if expected.hasPrefix("a number") { return "数" }
    if expected.hasPrefix("a day") { return "日期" }
    if expected.hasPrefix("a moment") { return "时间" }
    return expected.hasPrefix("1 or 0") ? "是或否" : " " + expected
  }

  static func rule(_ name: String) -> String {
    switch name {
    case "trim": "去空格"
    case "full-width": "全角"
    case "currency": "货币符号"
    case "thousands": "千分位"
    case "brackets": "括号为负"
    case "percent": "百分号"
    case "myriads": "万、亿"
    case "exponent": "科学计数"
    case "minus-behind": "后置负号"
    case "decimal-comma": "小数逗号"
    case "empty-word": "表示空的字"
    case "date-form": "日期改写"
    case "zone": "略去时区"
    case "yes-no": "是否"
    case "short-year": "两位年份"
    case "case": "大小写"
    case "map": "值替换"
    case "unit": "单位换算"
    case "default": "填默认值"
    case "older-row": "让位给更新行的旧行"
    default: name
    }
  }

  static func mode(_ mode: LoadMode) -> String {
    switch mode {
    case .replace: "替换"
    case .append: "追加"
    case .upsert: "更新"
    }
  }

  static var loadColumns: [String] { ["#", "时间", "操作人", "文件", "表", "方式", "读", "载入", "更新", "搁置", "改写"] }
  static var rejectColumns: [String] { ["#", "表", "文件", "行", "原因"] }
  static var noLoads: String { "还没有载入过" }
  static var noRejects: String { "没有搁置的行" }
}


enum LoadLanguages {
  static func words(_ language: Language) -> any LoadWords.Type {
    switch language {
    case .chinese: ChineseLoadWords.self
    case .english: EnglishLoadWords.self
    }
  }
}
