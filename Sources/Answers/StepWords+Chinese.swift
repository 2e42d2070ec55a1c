import CivilTime
import Metrics
import Planning
import Questions

/// Steps in Chinese, by the titles of the dictionary: 求和(订单.金额)，按大区，2026-10-01 至 2026-10-31。
struct ChineseStepWords: StepWords {
  let names: Names
  private let formulas: FormulaWords
  private let words = ChineseAnswerWords()
  private var wording: ChineseQuestionWords { ChineseQuestionWords(names: names) }

  init(names: Names) {
    self.names = names
    formulas = FormulaWords(names.dictionary, in: .chinese)
  }

  func text(_ note: StepNote) -> String {
    switch note {
    case .none: ""
    case .aggregates(let aggregates, let groups, let period, let stretches, let windows):
      aggregates.map(aggregate).joined(separator: "、") + by(groups) + during(period, stretches) + self.windows(windows) + "。"
    case .edge(let over, let grain, let table, let groups, let period):
      names.table(table) + (over == .first ? "的第一" : "的最后一") + ChineseTimeWords.grain(grain) + by(groups) + during(period) + "。"
    case .read(let note, let rollup): text(note) + "从汇总表 \(rollup) 读取。"
    case .countRows(let table): "数出用到的\(names.table(table))行数。"
    case .sourceRows(let table): "用到的\(names.table(table))明细行。"
    case .values(let dimension): "\(names.dimension(dimension))的取值。"
    case .daysAndRows(let table): "\(names.table(table))的日期和行数。"
    case .days(let table): "\(names.table(table))的日期。"
    case .rowsByDay(let table): "\(names.table(table))每天的行数。"
    case .extent(let dimension): "\(names.dimension(dimension))从多少到多少。"
    case .every(let grain, let period): "每一\(ChineseTimeWords.grain(grain))\(during(period))。"
    case .unitsOfTime(let period): "日历上的每个时间单位\(during(period))。"
    case .calendarUnits: "每天所在的日历单位。"
    case .windows(.hour): "每小时，以及它的窗口要看的各小时。"
    case .windows(let grain): "每\(ChineseTimeWords.grain(grain))，以及它的窗口要看的各天。"
    case .unitsThatCount(let units, let groups): "每个计入的\(list(units))\(by(groups))。"
    case .numberOfUnits(let groups): "数出一共有多少个\(by(groups))。"
    case .allUnits: "各自的全部时间单位。"
    case .compute(let columns, let groups, let isAlone):
      "\(isAlone ? "计算" : "把各来源并排放置，计算")\(columns.map(names.metric).joined(separator: "、"))\(by(groups))。"
    case .allGroups: "任一来源里有的全部分组。"
    case .sideBySide(let sides): "把\(sides.map(side).joined(separator: "、"))并排放置。"
    case .fold(let function, let metrics, let over, let groups, let rule):
      "各\(list(over))的\(metrics.map(names.metric).joined(separator: "、"))，\(self.function(function))\(by(groups))；\(self.rule(rule))。"
    case .inAll(let members, let groups): "每个\(list(members))合计多少\(by(groups))。"
    case .haveRows(let members): members.isEmpty ? "只要有数据就取一行。" : "有数据的\(list(members))。"
    case .averageOver(let name, let groups): "在各\(unit(name))上取平均\(by(groups))。"
    case .averageOverDays(let columns, let groups): "\(columns.map(names.metric).joined(separator: "、"))取各天的平均\(by(groups))。"
    case .firstDay(let groups): "有数的第一天\(by(groups))。"
    case .ofFirstDay(let columns, let groups): "取第一天的\(columns.map(names.metric).joined(separator: "、"))\(by(groups))。"
    case .ranges(let name, let hasStarts): "\(names.dimension(name))的各档\(hasStarts ? "，以起点表示" : "")。"
    case .answer(let metrics, let groups, let isBounded, let ranking):
      "列出\(metrics.map(names.metric).joined(separator: "、"))\(by(groups))\(isBounded ? "，只留满足条件的" : "")\(ranking.map(self.ranking) ?? "")。"
    case .best(let direction, let count, let dimension, let metric, let period):
      "\(names.metric(metric))\(direction == .top ? "最高" : "最低")的 \(count) 个\(names.dimension(dimension))\(during(period))。"
    case .count(let groups): "数出有多少个\(list(groups))。"
    case .countWithin(let members, let groups): "数出每个\(list(groups))里留下多少个\(list(members))。"
    case .number(let outer): outer.isEmpty ? "给各组排名次。" : "在每个\(list(outer))里给各组排名次。"
    case .keep(let direction, let count): "只留\(direction == .top ? "前" : "后") \(count) 名。"
    case .addUpBefore: "累加到每个时间单位为止。"
    case .addUpFromHighest: "从高到低累加。"
    case .place: "给每组排名次，最高的在前。"
    case .means: "在每组旁边放上它所属那一类的平均值。"
    case .list(let groups, let ofCalendar): "列出\(ofCalendar ? "日历上的" : "")每个\(groups.first.map(wording.grouping) ?? "")。"
    case .ends: "取最小的和最大的。"
    case .members(let dimensions): "列出满足条件的\(dimensions.map(names.dimension).joined(separator: "、"))。"
    case .allMembers: "全部成员，包括没有数据的。"
    case .membersInTime: "每个成员配上每个时间单位。"
    case .placed(let grain): "给有数据的每\(ChineseTimeWords.grain(grain))编上次序。"
    case .membersWithRows(let groups): "有数据的\(list(groups))。"
    case .moving(let grain, let before): "每\(ChineseTimeWords.grain(grain))与此前 \(ChineseTimeWords.count(before, grain))一起取平均。"
    case .unitsAveraged(let grain): "取平均要看的每\(ChineseTimeWords.grain(grain))，编上次序。"
    case .held(let grain): "留下满足条件的每\(ChineseTimeWords.grain(grain))，并记下它在时间段里的次序。"
    case .streaks: "连续的各段：次序与留下的序号之差相同。"
    case .runs: "每段连续从何时到何时。"
    case .longest(let grain, let least?): "连续 \(ChineseTimeWords.count(least, grain))及以上的各段，最长的在前。"
    case .longest(let grain, nil): "只留每\(ChineseTimeWords.grain(grain))都满足的。"
    case .longestRun(let groups): "列出最长的一段连续\(by(groups))。"
    case .unitsOver(let grain): "时间段里已经结束的每\(ChineseTimeWords.grain(grain))，编上次序。"
    }
  }

  // MARK: Parts

  private func list(_ groups: [Grouping]) -> String { wording.list(groups.map(wording.grouping)) }
  private func by(_ groups: [Grouping]) -> String { groups.isEmpty ? "" : "，" + wording.groups(groups) }
  private func unit(_ name: String) -> String {
    let grain = Grain(rawValue: name.hasPrefix("each_") ? String(name.dropFirst(5)) : name)
    return grain.map(ChineseTimeWords.grain) ?? names.dimension(name)
  }

  private func during(_ period: Period?, _ stretches: [Period] = []) -> String {
    if !stretches.isEmpty { return "，" + stretches.map(words.days).joined(separator: "、") }
    guard let period, period.start != nil || period.end != nil else { return "" }
    return "，" + words.days(period)
  }

  private func aggregate(_ aggregate: Aggregate) -> String {
    var bare = aggregate
    (bare.condition, bare.overTime, bare.overPer) = (nil, nil, nil)
    return formulas.text(.aggregate(bare))
  }

  private func ranking(_ ranking: Ranking) -> String {
    "，" + (ranking.within.isEmpty ? "" : "每个\(list(ranking.within))") + (ranking.direction == .top ? "前" : "后") + " \(ranking.count) 名"
  }

  private func function(_ function: FoldFunction) -> String {
    switch function {
    case .average: "取平均"
    case .maximum: "取最大值"
    case .minimum: "取最小值"
    case .median: "取中位数"
    case .percentile: "取分位数"
    case .deviation: "取标准差"
    case .variance: "取方差"
    }
  }

  private func rule(_ rule: StepNote.FoldRule) -> String {
    switch rule {
    case .onlyRows: "只算有数据的组"
    case .emptyIsZero: "没有数据的时间单位按零算"
    }
  }

  private func side(_ side: StepNote.Side) -> String {
    switch side {
    case .answer: "本期"
    case .base(let period): "对比期\(bracketed(period))"
    case .further(let period): "另一对比期\(bracketed(period))"
    case .groupRows: "该组的全部数据"
    case .whole: "总体"
    }
  }

  private func bracketed(_ period: Period?) -> String { period.map { "（\(words.days($0))）" } ?? "" }

  private func windows(_ read: ReadWindows) -> String {
    let unit = ChineseTimeWords.grain(read.overGrain)
    let over =
      switch read.over {
      case .last: "，取最后一\(unit)"
      case .first: "，取第一\(unit)"
      case .average: "，按\(unit)平均"
      case nil: ""
      }
    return read.windows.reduce(over) { text, window in
      switch window {
      case .rolling(let count, let grain): text + "，滚动\(ChineseTimeWords.count(count, grain))"
      case .toDate(let grain): text + "，\(ChineseTimeWords.grain(grain))初至今累计"
      case .allTime: text + "，含此前全部"
      case .startOf(let grain): text + "，\(ChineseTimeWords.grain(grain))初的数"
      case .shifted(let count, let grain): text + "，前移\(ChineseTimeWords.count(count, grain))"
      }
    }
  }
}
