import CivilTime
import SourceText

/// 加起来呢, 一共多少: the rows last shown as one number.
extension FollowUp {
  static func asksTotal(_ clauses: [Clause]) -> Bool {
    clauses.contains { $0.keyword == "together" } && clauses.allSatisfy { ["together", "follow"].contains($0.keyword) }
  }

  /// 涨了多少, after 9月客单价 and 10月呢: the later against the earlier, where the last two turns differ in their time alone.
  func betweenTurns(_ clauses: [Clause], _ thread: Thread) -> Question? {
    guard clauses.allSatisfy({ ["growth", "follow"].contains($0.keyword) }), clauses.contains(where: { $0.keyword == "growth" }),
      var question = thread.last?.question, let before = thread.before?.question, question.comparison == nil,
      let said = question.period, let other = before.period,
      let a = (try? said.resolve(resolver.context))?.period, let b = (try? other.resolve(resolver.context))?.period,
      let start = a.start, let otherStart = b.start, start != otherStart
    else { return nil }
    var same = before
    same.period = question.period
    guard same == question else { return nil }
    question.period = start < otherStart ? other : said
    question.comparison = Comparison(.period(start < otherStart ? said : other))
    return question
  }

  /// 只要下半年的, after 去年每个月: of the year there is.
  ///
  /// - Returns: nil if what was said has a year of its own, or the period before is no whole year
  static func within(_ previous: TimeExpression?, _ said: TimeExpression) -> TimeExpression? {
    switch previous {
    case .unit(.year, offset: _)?, .absolute(.year)?: break
    default: return nil
    }
    guard let previous, case .named(let unit) = said else { return nil }
    switch unit {
    case .month, .quarter, .half: return .inside(previous, unit)
    default: return nil
    }
  }

  /// 去年呢, after 10月 or 双十一: the one of that year, and not the whole year.
  ///
  /// - Returns: nil if no bare year was said, or the period before has no place in another year
  static func inYear(_ said: TimeExpression, _ previous: TimeExpression?) -> TimeExpression? {
    switch said {
    case .unit(.year, offset: _), .absolute(.year): break
    default: return nil
    }
    func moved(_ time: TimeExpression) -> TimeExpression? {
      switch time {
      case .named(let unit), .inside(_, let unit):
        switch unit {
        case .month, .quarter, .half, .date, .lunarDate: return .inside(said, unit)
        default: return nil
        }
      case .absolute(.month(_, let month)): return .inside(said, .month(month))
      case .absolute(.quarter(_, let quarter)): return .inside(said, .quarter(quarter))
      case .absolute(.half(_, let half)): return .inside(said, .half(half))
      case .absolute(.day(let day)): return .inside(said, .date(month: day.month, day: day.dayOfMonth))
      case .holiday(let name, of: _): return .holiday(name, of: said)
      case .third(let count, of: let month): return moved(month).map { .third(count, of: $0) }
      case .halfMonth(let half, of: let month): return moved(month).map { .halfMonth(half, of: $0) }
      case .first(let count, let grain, of: let outer): return moved(outer).map { .first(count, grain, of: $0) }
      case .final(let count, let grain, of: let outer): return moved(outer).map { .final(count, grain, of: $0) }
      case .range(let from, let to):
        guard let a = moved(from), let b = moved(to) else { return nil }
        return .range(a, b)
      case .several(let times):
        let all = times.compactMap(moved)
        return all.count == times.count ? .several(all) : nil
      default: return nil
      }
    }
    return previous.flatMap(moved)
  }

  /// The question before without its cut. The first three of a ranking are not all rows, and two questions not one.
  func total(of previous: Question) throws(Problem) -> Question {
    guard !previous.groups.isEmpty, previous.ranking == nil, previous.thresholds.isEmpty, !previous.isCounted else {
      throw .unsupported("together of what")
    }
    var whole = previous
    (whole.groups, whole.order, whole.share) = ([], [], nil)
    return try resolver.question(from: QuestionText.clauses(of: whole))
  }
}
