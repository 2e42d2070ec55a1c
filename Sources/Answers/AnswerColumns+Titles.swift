import Planning
import Questions
import SourceText

/// What stands above each column.
extension AnswerColumns {
  func title(of column: PlanColumn) -> String {
    title(of: column, base: plan.comparison?.kind.base ?? plan.question.comparison?.base)
  }

  private func title(of column: PlanColumn, base: Comparison.Base?) -> String {
    let share = plan.question.share
    let parent = if case .parent(let name)? = share?.of { names.dimension(name) } else { "" }
    switch column.role {
    case .group(let grouping): return words.opening(wording.grouping(grouping))
    case .value(let measure): return words.labelled(words.opening(wording.measure(measure)), part(share))
    case .base(let measure): return derived(measure, base.map(baseTitle) ?? column.name)
    case .change(let measure): return derived(measure, words.labelled(words.changeTitle(base), sides(base)))
    case .growth(let measure): return derived(measure, words.growthTitle(base))
    case .multiple(let measure): return derived(measure, words.multipleTitle)
    case .further(let role):
      let base = plan.question.further?.base
      return words.furtherTitle(title(of: PlanColumn(name: column.name, role: role), base: base), base.map(baseTitle) ?? "")
    case .test(let threshold): return words.opening(wording.threshold(threshold))
    case .end(let end, let grouping): return words.opening(words.endTitle(end, wording.grouping(grouping)))
    case .count(let groups): return words.countTitle(wording.list(groups.map(wording.grouping)))
    case .run(let edge, let grain): return words.runTitle(edge, wording.grouping(.time(grain)))
    case .place(let edge): return words.placeTitle(edge)
    case .runningShare(let measure): return derived(measure, words.runningShareTitle)
    case .share(let measure): return derived(measure, words.shareTitle(share, parent: parent))
    case .whole(let measure): return derived(measure, words.wholeTitle(share, parent: parent))
    case .units: return column.name
    case .input(let input): return words.opening(FormulaWords(names.dictionary, in: names.language).text(input.formula))
    }
  }

  private func baseTitle(_ base: Comparison.Base) -> String {
    guard case .members(let conditions) = base else { return words.baseTitle(base) }
    return conditions.map { wording.condition($0, bare: true) }.joined(separator: " · ")
  }

  /// 10月 − 9月, 上海 − 北京: which of two that were named is taken from which; empty where the base has a name of its own.
  private func sides(_ base: Comparison.Base?) -> String {
    switch base {
    case .period(let other)?:
      guard let this = plan.question.period else { return "" }
      return wording.time(this) + " − " + wording.time(other)
    case .members(let others)?:
      let fields = others.map(\.field)
      let own = plan.question.conditions.filter { condition in condition.field.map { fields.contains($0) } ?? false }
      return own.isEmpty ? "" : own.map { wording.condition($0, bare: true) }.joined(separator: " · ") + " − " + baseTitle(.members(others))
    case .yearBefore?, .previous?, .shifted?, nil: return ""
    }
  }

  /// 销售额（线上）: beside a share of some rows in all, the value is that of those rows.
  private func part(_ share: Share?) -> String {
    guard case .matching(let conditions)? = share?.of else { return "" }
    return conditions.map { wording.condition($0, bare: true) }.joined(separator: " · ")
  }

  /// With several measures, a derived column also says of which.
  private func derived(_ measure: Measure, _ title: String) -> String {
    plan.question.measures.count > 1 ? words.combined(words.opening(wording.measure(measure)), title) : title
  }
}
