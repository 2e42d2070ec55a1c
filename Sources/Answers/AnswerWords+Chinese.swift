import CivilTime
import Metrics
import Planning
import Questions

struct ChineseAnswerWords: AnswerWords {
  let formulaLabel = "公式"
  let definitionLabel = "口径"
  let sourceLabel = "来源"
  let noticeLabel = "注意"
  let totalLabel = "合计"
  let missingMember = "（空）"
  let blankMember = "（空白）"
  let hiddenNumber = "不公开"
  let yes = "是"
  let no = "否"
  let allTime = "全部时间"

  func days(_ period: Period) -> String {
    switch (period.start, period.last) {
    case (let start?, let last?): start == last ? start.description : "\(start) 至 \(last)"
    case (let start?, nil): "\(start) 起"
    case (nil, let last?): "截至 \(last)"
    case (nil, nil): allTime
    }
  }

  func labelled(_ text: String, _ label: String) -> String { label.isEmpty ? text : "\(text)（\(label)）" }

  func baseTitle(_ base: Comparison.Base) -> String {
    switch base {
    case .yearBefore: "去年同期"
    case .previous: "上期"
    case .shifted(let count, let grain): ChineseTimeWords.count(abs(count), grain) + (count < 0 ? "前" : "后")
    case .period(let expression): ChineseTimeWords.text(expression)
    case .members: "对比"
    }
  }

  func changeTitle(_ base: Comparison.Base?) -> String {
    switch base {
    case .yearBefore: "同比增减"
    case .previous: "环比增减"
    case .members: "相差"
    case .shifted, .period, nil: "增减"
    }
  }

  let multipleTitle = "倍数"
  func endTitle(_ end: PlanColumn.End, _ group: String) -> String { (end == .least ? "最小的" : "最大的") + group }
  func countTitle(_ groups: String) -> String { groups + "个数" }
  func furtherTitle(_ title: String, _ base: String) -> String { title }

  func growthTitle(_ base: Comparison.Base?) -> String {
    switch base {
    case .yearBefore: "同比"
    case .previous: "环比"
    case .members: "相差百分比"
    case .shifted, .period, nil: "增长率"
    }
  }

  func runTitle(_ edge: PlanColumn.RunEdge, _ unit: String) -> String {
    switch edge {
    case .first: "起"
    case .last: "止"
    case .length: "连续\(unit)数"
    }
  }

  func placeTitle(_ edge: PlanColumn.PlaceEdge) -> String {
    switch edge {
    case .place: "名次（由高到低）"
    case .of: "参与排名"
    case .tied: "另有并列"
    }
  }

  let runningShareTitle = "累计占比"

  func shareTitle(_ share: Share?, parent: String) -> String {
    switch share?.of {
    case .parent: "占\(parent)比例"
    case .change: "对变化的贡献"
    case .total, .matching, .running, nil: "占比"
    }
  }

  func wholeTitle(_ share: Share?, parent: String) -> String {
    switch share?.of {
    case .parent: "\(parent)合计"
    case .matching: "全部"
    case .change: "合计增减"
    case .total, .running, nil: "合计"
    }
  }

  func combined(_ measure: String, _ derived: String) -> String { measure + "·" + derived }

  func version(_ number: Int, from day: Day?) -> String { "v\(number)" + (day.map { "（\($0) 起）" } ?? "") }

  func status(_ status: Metric.Status) -> String {
    switch status {
    case .draft: "草稿"
    case .certified: "已认证"
    case .deprecated: "已停用"
    }
  }

  func owner(_ owner: String, department: String) -> String {
    if owner.isEmpty { return department.isEmpty ? "" : "负责人 \(department)" }
    return "负责人 \(owner)" + (department.isEmpty || department == owner ? "" : "（\(department)）")
  }

  func unit(_ unit: MeasureUnit) -> String {
    switch unit {
    case .money(let code):
      CurrencySign.chineseName(code).hasPrefix(" ") ? code : "\(CurrencySign.chineseName(code))（\(code)）"
    case .count(let noun): noun[.chinese].isEmpty ? "个" : noun[.chinese]
    case .percent: "百分比"
    case .days: "天"
    case .hours: "小时"
    case .minutes: "分钟"
    case .plain: "无单位"
    }
  }

  func direction(_ direction: Metric.Direction) -> String {
    switch direction {
    case .up: "越高越好"
    case .down: "越低越好"
    case .none: "无好坏之分"
    }
  }

  func kind(_ kind: Dimension.Kind) -> String {
    switch kind {
    case .category: "类别"
    case .number: "数值"
    case .flag: "是或否"
    }
  }

  func source(_ source: AnswerSource) -> String {
    source.table + (source.rows.map { "（\(Numerals.grouped($0)) 行）" } ?? "")
  }

  func dataAsOf(_ day: Day) -> String { "数据截至 \(day)" }

  /// A full-width bracket brings its own space.
  func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.reduce(into: "") { text, part in
      if !text.isEmpty { text += text.hasSuffix("）") ? "· " : " · " }
      text += part
    }
  }

  func opening(_ text: String) -> String { text }
  func list(_ items: [String]) -> String { items.joined(separator: "、") }
  func about(_ title: String, _ line: String) -> String { "\(title)：\(line)" }

  func label(_ fact: DefinitionFact) -> String {
    switch fact {
    case .meaning: "定义"
    case .formula: "公式"
    case .notation: "写法"
    case .unit: "单位"
    case .direction: "方向"
    case .owner: "归属"
    case .status: "状态"
    case .version: "版本"
    case .history: "历史"
    case .tables: "数据表"
    case .columns: "字段"
    case .upstream: "上游指标"
    case .parent: "上级指标"
    case .drivers: "驱动指标"
    case .usedBy: "被引用"
    case .dimensions: "可用维度"
    case .successor: "替代指标"
    }
  }

  func listingHeadline(_ listing: Listing, names: Names, count: Int) -> String {
    switch listing {
    case .metrics: "指标 · 共 \(count) 个"
    case .metricsOf(let trait):
      switch trait {
      case .category(let name): "“\(name)”类指标 · 共 \(count) 个"
      case .department(let name), .owner(let name): "\(names.owner(name))负责的指标 · 共 \(count) 个"
      case .status(let status): "\(self.status(status))的指标 · 共 \(count) 个"
      }
    case .dimensions: "维度 · 共 \(count) 个"
    case .values(let dimension): "\(names.dimension(dimension)) · 共 \(count) 个"
    }
  }

  func title(_ column: ListColumn) -> String {
    switch column {
    case .name: "代号"
    case .title: "名称"
    case .meaning: "定义"
    case .unit: "单位"
    case .status: "状态"
    case .owner: "归属"
    case .kind: "类型"
    case .level: "层级"
    case .value: "取值"
    }
  }

  func title(_ section: ExplanationSection) -> String {
    switch section {
    case .words: "词语"
    case .tree: "句法"
    case .canonical: "问题"
    case .plan: "计算步骤"
    case .sql: "SQL"
    case .sums: "加总核对"
    }
  }

  func sum(_ title: String, parts: String, count: Int, whole: String?, agree: Bool) -> String {
    let text = "\(title)：\(count) 组之和 = \(parts)"
    guard let whole else { return text }
    return text + (agree ? "，与合计 \(whole) 一致" : "，合计为 \(whole)，差额不在所列各组之内")
  }

  func argument(_ number: Int, _ text: String) -> String { "参数 \(number)：\(text)" }
}
