import CivilTime

/// Times in Chinese: 上月, 2026年3月, 近7天, 本年至今.
enum ChineseTimeWords {
  static func text(_ expression: TimeExpression) -> String {
    switch expression {
    case .unit(let grain, let offset): unit(grain, offset)
    case .fiscal(let grain, let offset): fiscal(grain, offset)
    case .last(let count, let grain): "近" + self.count(count, grain)
    case .lastDays(let count, let kind): "近\(count)个" + self.kind(kind)
    case .rolling(let count, let grain): "近" + self.count(count, grain) + "含今天"
    case .next(let count, let grain): "未来" + self.count(count, grain)
    case .toDate(.year): "本年至今"
    case .toDate(let grain): unit(grain, 0) + (grain == .day ? "" : "至今")
    case .absolute(let calendarUnit): absolute(calendarUnit)
    case .fiscalNamed(let year, let quarter): "\(year)财年" + (quarter.map { "第\($0)季度" } ?? "")
    // 周末 alone is a part of every week.
    case .named(.weekend), .named(.workdays): "最近的" + (expression == .named(.weekend) ? "周末" : "工作日")
    case .named(let unit): recurring(unit)
    case .inside(let outer, let unit): text(outer) + recurring(unit)
    case .nth(let count, let grain, let outer): text(outer) + nth(count, grain)
    case .nthNamed(let count, let unit, let outer): text(outer) + which(count) + "个" + recurring(unit)
    case .occurrence(let count, let inner, let from): occurrence(count, inner, from)
    case .whole(let grain, let inner): text(inner) + "所在的" + self.grain(grain)
    case .run(let count, let grain, let from): text(from) + "起" + self.count(count, grain)
    // 国庆前3天 are the days before it.
    case .first(let count, let grain, .holiday(let name, let outer)):
      text(.holiday(name, of: outer)) + "最初" + self.count(count, grain)
    case .first(let count, let grain, let outer): text(outer) + "前" + self.count(count, grain)
    case .final(let count, let grain, let outer): text(outer) + "最后" + self.count(count, grain)
    case .edgeDays(let count, let kind, let outer):
      text(outer) + (count > 0 ? "前" : "最后") + "\(abs(count))个" + self.kind(kind)
    case .halfMonth(let half, let outer): text(outer) + (half == 1 ? "上半月" : "下半月")
    case .adjoining(let count, let grain, let inner):
      text(inner) + (count < 0 ? "前的" : "后的") + self.count(abs(count), grain)
    case .third(let third, let outer): text(outer) + ["上旬", "中旬", "下旬"][max(0, min(2, third - 1))]
    case .vague(.close, .unit(.quarter, let offset)): unit(.quarter, offset) + "末"
    case .vague(let part, let outer): text(outer) + vague(part)
    case .range(let from, let to): text(from) + "到" + text(to)
    case .since(let from): text(from) + "以来"
    case .from(let from): "从" + text(from) + "开始"
    case .after(let day): text(day) + "之后"
    case .before(let day): text(day) + "之前"
    case .through(let day): "截至" + text(day)
    case .shifted(let inner, let count, let grain):
      text(inner) + (count < 0 ? "往前" : "往后") + self.count(abs(count), grain)
    case .holiday(let name, let outer): (outer.map(text) ?? "") + HolidayWords.chinese(name)
    case .both(let first, .through(let end)): "截至" + text(end) + "的" + text(first)
    case .both(let first, .from(.unit(.day, offset: 0))): text(first) + "剩余时间"
    case .both(let first, let second): text(first) + "且" + text(second)
    case .several(let units): units.map(text).joined(separator: "加")
    case .except(let whole, let part): text(whole) + "除去" + text(part)
    case .about(let inner): few(inner)
    case .all: "全部时间"
    }
  }

  private static func unit(_ grain: Grain, _ offset: Int) -> String {
    let near: [Int: String] =
      switch grain {
      case .hour: [0: "当前小时", -1: "上一小时", 1: "下一小时"]
      case .day: [0: "今天", -1: "昨天", -2: "前天", 1: "明天", 2: "后天"]
      case .week: [0: "本周", -1: "上周", -2: "上上周", 1: "下周"]
      case .month: [0: "本月", -1: "上月", -2: "上上月", 1: "下月"]
      case .quarter: [0: "本季度", -1: "上季度", -2: "上上季度", 1: "下季度"]
      case .half: [0: "本半年", -1: "上个半年", 1: "下个半年"]
      case .year: [0: "今年", -1: "去年", -2: "前年", 1: "明年", 2: "后年"]
      }
    return near[offset] ?? count(abs(offset), grain) + (offset < 0 ? "前" : "后")
  }

  private static func fiscal(_ grain: Grain, _ offset: Int) -> String {
    let word =
      switch grain {
      case .year: "财年"
      case .half: "财半年"
      case .quarter: "财季"
      case .month: "财月"
      case .week: "财周"
      case .day, .hour: self.grain(grain)
      }
    switch offset {
    case 0: return "本" + word
    case -1: return "上" + word
    case 1: return "下" + word
    default: return "\(abs(offset))个\(word)" + (offset < 0 ? "前" : "后")
    }
  }

  private static func absolute(_ unit: CalendarUnit) -> String {
    switch unit {
    case .year(let year): return "\(year)年"
    case .half(let year, let half): return "\(year)年" + (half == 1 ? "上半年" : "下半年")
    case .quarter(let year, let quarter): return "\(year)年第\(quarter)季度"
    case .month(let year, let month): return "\(year)年\(month)月"
    case .week(let year, let week): return "\(year)年第\(week)周"
    case .day(let day):
      let (year, month, dayOfMonth) = day.date
      return "\(year)年\(month)月\(dayOfMonth)日"
    }
  }

  private static func recurring(_ unit: RecurringUnit) -> String {
    switch unit {
    case .month(let month): "\(month)月"
    // 第1季度 would also be the first quarter within something.
    case .quarter(let quarter): ["一", "二", "三", "四"][max(0, min(3, quarter - 1))] + "季度"
    case .half(let half): half == 1 ? "上半年" : "下半年"
    case .week(let week): "第\(week)周"
    case .weekday(let day): weekday(day)
    case .weekend: "周末"
    case .workdays: "工作日"
    case .dayOnWeekday(let day, let weekday): "逢" + self.weekday(weekday) + "的\(day)号"
    case .dateOnWeekday(let month, let day, let weekday): "\(month)月\(day)日" + self.weekday(weekday)
    case .lunarDate(let month, let day): "农历\(month)月\(day)日"
    case .dayKind(let kind): self.kind(kind)
    case .dayOfMonth(let day): "\(day)号"
    case .date(let month, let day): "\(month)月\(day)日"
    }
  }

  private static func nth(_ count: Int, _ grain: Grain) -> String {
    let counter = self.counter(grain)
    return (count < 0 ? "倒数第" : "第") + String(abs(count)) + counter
  }

  private static func which(_ count: Int) -> String {
    (count < 0 ? "倒数第" : "第") + String(abs(count))
  }

  private static func occurrence(_ count: Int, _ inner: TimeExpression, _ from: TimeExpression?) -> String {
    if case .named(.dayKind(let kind)) = inner, from == nil {
      if abs(count) == 1 { return (count < 0 ? "上一个" : "下一个") + self.kind(kind) }
      return "\(abs(count))个" + self.kind(kind) + (count < 0 ? "前" : "后")
    }
    return (from.map(text) ?? "今天") + (count < 0 ? "之前第" : "之后第") + String(abs(count)) + "个" + text(inner)
  }

  static func kind(_ kind: DayKind) -> String {
    switch kind {
    case .workday: "工作日"
    case .tradingDay: "交易日"
    }
  }

  /// 近几天; the number that was taken is in the notice.
  private static func few(_ inner: TimeExpression) -> String {
    switch inner {
    case .last(_, let grain): "近几" + counter(grain)
    case .next(_, let grain): "未来几" + counter(grain)
    default: text(inner)
    }
  }

  private static func vague(_ part: VaguePart) -> String {
    switch part {
    case .start: "初"
    // 3月中 may also be "in March".
    case .mid: "的中期"
    case .close: "底"
    }
  }

  /// `3个月`, `7天`, `2年`.
  static func count(_ count: Int, _ grain: Grain) -> String { String(count) + counter(grain) }

  private static func counter(_ grain: Grain) -> String {
    switch grain {
    case .hour: "小时"
    case .day: "天"
    case .week: "周"
    case .month: "个月"
    case .quarter: "个季度"
    case .half: "个半年"
    case .year: "年"
    }
  }

  static func grain(_ grain: Grain) -> String {
    switch grain {
    case .hour: "小时"
    case .day: "天"
    case .week: "周"
    case .month: "月"
    case .quarter: "季度"
    case .half: "半年"
    case .year: "年"
    }
  }

  static func weekday(_ day: Int) -> String {
    "周" + ["一", "二", "三", "四", "五", "六", "日"][max(0, min(6, day - 1))]
  }
}
