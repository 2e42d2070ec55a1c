import CivilTime
import Metrics
import Questions

/// Measures that are folded or set against another, members that a question decides, and places of a ranking.
extension ChineseQuestionWords {
  func name(of measure: Measure) -> String {
    let own = names.metric(measure.metric)
    if let moving = measure.moving { return own + "的" + ChineseTimeWords.count(moving.count, moving.grain) + "移动平均" }
    guard let beside = measure.beside else { return measure.isRunning ? "逐期累计" + own : own }
    return own + "与" + names.metric(beside.metric) + (beside.operation == .ratio ? "之比" : "之差")
  }

  /// `日均订单数`, `每个门店每日平均订单数`, `各日订单数的最大值`
  func folded(_ fold: Fold?, _ title: String) -> String {
    guard let fold else { return title }
    if var outer = Optional(fold), let inner = fold.inner.first {
      outer.inner = []
      return folded(outer, folded(inner, title))
    }
    if fold.function == .average {
      if fold.over.count > 1 { return fold.over.map { ($0.isTime ? "每" : "每个") + grouping($0) }.joined() + "平均" + title }
      let mean = averaged(fold.over[0])
      // 每个省份平均退款金额 would be the metric 平均退款金额 by province, where there is one: 各省份退款金额的平均值.
      if names.apart(mean, title) == mean + title { return mean + title }
    }
    let word =
      switch fold.function {
      case .average: "平均值"
      case .maximum: "最大值"
      case .minimum: "最小值"
      case .median: "中位数"
      case .deviation: "标准差"
      case .variance: "方差"
      case .percentile: "\(fold.percent ?? 50)分位数"
      }
    return "各" + names.apart(fold.over.map(grouping).joined(separator: "各"), title) + "的" + word
  }

  /// `门店属于去年销售额前5名`, `门店不属于退款单数超过0者`
  func selected(_ dimension: String, _ question: Question, _ negated: Bool) -> String {
    let time = question.period.map(self.time) ?? ""
    let metric = question.measures.first.map(measure) ?? ""
    var what = question.thresholds.map(threshold).joined(separator: "且")
    if let ranking = question.ranking { what += (what.isEmpty ? metric : "者中" + metric) + places(ranking) } else { what += "者" }
    let own = question.conditions.map { condition($0, bare: true) }.joined()
    return names.dimension(dimension) + (negated ? "不属于" : "属于") + time + own + what
  }

  /// `前5名`, `前10%`, `第3名`, `最早1个`
  func places(_ ranking: Ranking) -> String {
    let isTop = ranking.direction == .top
    switch ranking.kind {
    case .percent: return (isTop ? "前" : "后") + "\(ranking.count)%"
    case .share: return "合计占\(ranking.count)%的前几名"
    case .timeEnds: return "最早和最晚各\(ranking.count)个"
    case .inTime: return (isTop ? "最早" : "最晚") + "\(ranking.count)个"
    case .count:
      if ranking.skip == 0 { return (isTop ? "前" : "后") + "\(ranking.count)名" }
      let places = ranking.count == 1 ? "\(ranking.skip + 1)" : "\(ranking.skip + 1)到\(ranking.skip + ranking.count)"
      return (isTop ? "第" : "倒数第") + places + "名"
    }
  }

  func streak(_ streak: Streak) -> String {
    (streak.count.map { "连续至少" + ChineseTimeWords.count($0, streak.grain) } ?? "全期逐" + ChineseTimeWords.grain(streak.grain) + "都有")
      + streak.conditions.map(threshold).joined(separator: "且")
  }

  func placement(_ placement: Placement) -> String { "（" + condition(placement.condition, bare: false) + "）的名次" }

  func test(_ threshold: Threshold) -> String { "是否" + self.threshold(threshold) }

  /// `有几个`, `每个大区有几个`
  func counted(within groups: [Grouping]) -> String { groups.isEmpty ? "有几个" : "在每个" + list(groups.map(grouping)) + "里有几个" }
  var ends: String { "首尾两端" }
}
