import CivilTime
import Metrics
import Questions

/// Questions in Chinese: 上月，大区为华东，按城市，净销售额，前3名.
struct ChineseQuestionWords: QuestionWording {
  let names: Names

  func measure(_ measure: Measure) -> String {
    let title = measure.folded == nil ? folded(measure.fold, name(of: measure)) : name(of: measure)
    if measure.conditions.isEmpty { return title }
    return title + "（" + measure.conditions.map { condition($0, bare: false) }.joined(separator: "且") + "）"
  }

  func averaged(_ grouping: Grouping) -> String {
    switch grouping {
    case .time(.hour): "逐小时平均"
    case .time(.day): "日均"
    case .time(.week): "周均"
    case .time(.month): "月均"
    case .time(.quarter): "季均"
    case .time(.half): "每半年平均"
    case .time(.year): "年均"
    case .dimension(let name): "每个" + names.dimension(name) + "平均"
    case .part, .bucket, .ranges: "每个" + self.grouping(grouping) + "平均"
    }
  }

  func grouping(_ grouping: Grouping) -> String {
    switch grouping {
    case .dimension(let name): names.dimension(name)
    // 按小时 is the hour of the day, whichever day it was.
    case .time(.hour): "逐小时"
    case .time(let grain): ChineseTimeWords.grain(grain)
    case .part(.hourOfDay): "时段"
    case .part(.weekday): "星期几"
    case .part(.weekend): "周末与平日"
    case .part(.workday): "工作日与休息日"
    case .part(.tradingDay): "是否交易日"
    case .part(.dayOfMonth): "几号"
    case .part(.dayOfYear): "年内第几天"
    case .part(.monthOfYear): "几月"
    case .part(.quarterOfYear): "第几季度"
    case .ranges(let name, let edges): names.dimension(name) + "以" + edges.map { Numerals.text($0, .chinese) }.joined(separator: "、") + "为界分档"
    case .bucket(let name, nil): names.dimension(name) + "分档"
    case .bucket(let name, let width?): names.dimension(name) + "每" + Numerals.text(width, .chinese) + "为一档"
    }
  }

  func groups(_ groupings: [Grouping]) -> String { "按" + list(groupings.map(grouping)) }

  func condition(_ condition: Condition, bare: Bool) -> String {
    switch condition {
    case .comparison(.part(let part), .equal, .number(let value)) where part.values == 0...1: return partValue(part, Int(value))
    case .comparison(let field, .equal, let value) where bare && standsAlone(field, [value]):
      return self.value(value, of: field)
    case .oneOf(let field, let values, negated: false) where bare && standsAlone(field, values):
      return list(values.map { self.value($0, of: field) })
    case .comparison(.hour, let comparator, .text(let text)):
      return ClockHour(text).map { "\($0.day) \($0.hour)点" + (comparator == .less ? "之前" : "起") } ?? text
    case .comparison(let field, let comparator, let value):
      return self.field(field) + ChineseQuestionWords.comparator(comparator) + named(value, of: field)
    case .oneOf(let field, let values, let negated):
      return self.field(field) + (negated ? "不是" : "为") + values.map { named($0, of: field) }.joined(separator: "、")
    case .between(.part(.hourOfDay), .number(let low), .number(let high)): return "\(Int(low))点到\(Int(high) + 1)点"
    case .between(let field, let low, let high):
      return self.field(field) + "在" + value(low, of: field) + "到" + value(high, of: field) + "之间"
    case .matches(let field, let match, let text, let negated):
      return self.field(field) + (negated ? "不" : "") + matching(match, quoted(text))
    case .missing(let field, let negated): return self.field(field) + (negated ? "不为空" : "为空")
    case .among(let dimension, let direction, let count, let metric):
      return names.dimension(dimension) + "属于" + names.metric(metric) + (direction == .top ? "前" : "后") + String(count) + "名"
    case .selected(let dimension, let question, let negated): return selected(dimension, question, negated)
    case .any(let parts): return grouped(parts, "或者")
    case .all(let parts): return grouped(parts, "并且")
    case .not(let part): return "不满足（" + self.condition(part, bare: false) + "）"
    }
  }

  private func grouped(_ parts: [Condition], _ word: String) -> String {
    "（" + parts.map { condition($0, bare: false) }.joined(separator: word) + "）"
  }

  private func field(_ field: Field) -> String {
    switch field {
    case .dimension(let name): names.dimension(name)
    case .part(let part): grouping(.part(part))
    case .hour: grouping(.time(.hour))
    }
  }

  private static func comparator(_ comparator: Comparator) -> String {
    switch comparator {
    case .equal: "为"
    case .notEqual: "不是"
    case .less: "低于"
    case .atMost: "至多"
    case .greater: "超过"
    case .atLeast: "至少"
    }
  }

  private func matching(_ match: TextMatch, _ text: String) -> String {
    switch match {
    case .contains: "包含" + text
    case .starts: "以" + text + "开头"
    case .ends: "以" + text + "结尾"
    }
  }

  func quoted(_ text: String) -> String { "“" + Self.doublingQuotes(text) + "”" }

  func time(_ expression: TimeExpression) -> String { ChineseTimeWords.text(expression) }

  func comparison(_ comparison: Comparison) -> String {
    let words =
      switch comparison.base {
      case .yearBefore: "同比"
      case .previous: "环比"
      case .shifted(let count, let grain):
        "比" + ChineseTimeWords.count(abs(count), grain) + (count < 0 ? "前" : "后") + "同期"
      case .period(let expression): "对比期为" + time(expression)
      case .members(let conditions): "与" + conditions.map { condition($0, bare: false) }.joined(separator: "、") + "的相差多少"
      }
    return comparison.fair ? words : words + "（整期）"
  }

  func comparison(_ comparison: Comparison, days: String) -> String {
    let full = comparison.fair ? "" : "（整期）"
    return switch comparison.base {
    case .yearBefore: "同比 " + days + full
    case .previous: "环比 " + days + full
    case .shifted(let count, let grain):
      "对比 " + days + "（" + ChineseTimeWords.count(abs(count), grain) + (count < 0 ? "前" : "后") + "）" + full
    case .period(let expression): "对比 " + days + "（" + time(expression) + "）" + full
    case .members: self.comparison(comparison)
    }
  }

  func threshold(_ threshold: Threshold) -> String {
    let bound =
      switch threshold.bound {
      case .number(let number): self.bound(number, of: threshold.quantity)
      case .average: "平均值"
      case .overall: "整体的数值"
      case .averageWithin(let name): "所属" + names.dimension(name) + "的平均值"
      case .member(let name, let value): "（" + condition(.comparison(.dimension(name), .equal, value), bare: false) + "）的数值"
      }
    let comparator =
      switch threshold.comparator {
      case .equal: "等于"
      case .notEqual: "不等于"
      default: ChineseQuestionWords.comparator(threshold.comparator)
      }
    return (threshold.isOfValue ? "数值" : quantity(threshold.quantity)) + comparator + bound
  }

  private func quantity(_ quantity: Quantity) -> String {
    switch quantity {
    case .metric(let name): names.metric(name)
    case .share(let name): names.apart(names.metric(name), "占比")
    case .growth(let name): names.metric(name) + "增长率"
    case .change(let name): names.metric(name) + "增长额"
    }
  }

  func share(_ share: Share) -> String {
    switch share.of {
    case .total: "占比"
    case .running: "累计占比"
    case .change: "对变化的贡献"
    case .parent(let name): "占所属" + names.dimension(name) + "的比例"
    case .matching(let conditions): "其中" + conditions.map { condition($0, bare: false) }.joined(separator: "且") + "的占比"
    }
  }

  func ranking(_ ranking: Ranking, overall: Bool) -> String {
    if ranking.kind == .share { return places(ranking) }
    return (ranking.by.map { "按" + quantity($0) + "排名" } ?? "")
      + (ranking.within.isEmpty ? (overall ? "总排名" : "") : "每个" + list(ranking.within.map(grouping)))
      + places(ranking)
  }

  func ordering(_ ordering: Ordering) -> String {
    // A group may have the name of a metric: 客户数 of 客户.
    let key =
      switch ordering.key {
      case .quantity(let quantity): "按" + self.quantity(quantity)
      case .group(let grouping): "以" + self.grouping(grouping)
      }
    return key + (ordering.descending ? "降序" : "升序")
  }

  func about(_ aspect: Aspect, _ metrics: [String]) -> String {
    let word =
      switch aspect {
      case .definition: "口径"
      case .formula: "公式写法"
      case .owner: "负责人"
      case .lineage: "血缘"
      case .version: "版本"
      case .unit: "单位"
      }
    return list(metrics.map(names.metric)) + "的" + word
  }

  func asOf(_ day: Day) -> String { "按\(day)的口径" }

  func listing(_ listing: Listing) -> String {
    switch listing {
    case .metrics: "有哪些指标"
    case .metricsOf(let trait):
      switch trait {
      case .category(let name): "“\(name)”类有哪些指标"
      case .department(let name), .owner(let name): "\(names.owner(name))负责哪些指标"
      case .status(.draft): "有哪些草稿指标"
      case .status(.certified): "有哪些已认证的指标"
      case .status(.deprecated): "有哪些已停用的指标"
      }
    case .dimensions: "有哪些维度"
    case .values(let dimension): "有哪些" + names.dimension(dimension)
    }
  }

  func partValue(_ part: TimePart, _ value: Int) -> String {
    switch part {
    case .hourOfDay: "\(value)点"
    case .weekday: ChineseTimeWords.weekday(value)
    case .weekend: value == 1 ? "周末" : "平日"
    case .workday: value == 1 ? "工作日" : "休息日"
    case .tradingDay: value == 1 ? "交易日" : "非交易日"
    case .dayOfMonth: "\(value)号"
    case .dayOfYear: "第\(value)天"
    case .monthOfYear: "\(value)月"
    case .quarterOfYear: "第\(value)季度"
    }
  }

  func list(_ items: [String]) -> String { items.joined(separator: "、") }

  func arranged(subject: String, conditions: [String], groups: [String], period: [String], rest: [String]) -> [String] {
    period + conditions + groups + [subject] + rest
  }

  var clauseSeparator: String { "，" }
}
