import CivilTime
import Metrics
import SourceText

/// `drill down`, `drill up` (下钻, 上卷): one level of the hierarchy, or one unit of time, down or up.
extension FollowUp {
  /// - Throws: `.unsupported("drill down")` or `("drill up")` where there is no further level.
  func drill(_ clauses: [Clause], _ question: inout Question) throws(Problem) {
    for clause in clauses where clause.keyword == "drill" {
      if clause.items.first?.first?.plainText == "up" { try drillUp(&question) } else { try drillDown(&question) }
      question.order = []
      if let ranking = question.ranking, !ranking.within.allSatisfy(question.groups.contains) { question.ranking = nil }
    }
  }

  private func drillDown(_ question: inout Question) throws(Problem) {
    guard let last = question.groups.last else {
      question.groups = [try opening(question)]
      return
    }
    guard let finer = finer(last) else { throw .unsupported("drill down") }
    question.groups[question.groups.count - 1] = finer
    question.ranking = nil
  }

  /// What a question without groups is opened by: the level below the one it is kept to, else the top of the first hierarchy.
  private func opening(_ question: Question) throws(Problem) -> Grouping {
    let levels = question.conditions.compactMap { condition -> (hierarchy: Hierarchy, level: Int)? in
      guard case .dimension(let name)? = condition.field else { return nil }
      return dictionary.hierarchy(of: name)
    }
    for place in levels where place.level + 1 < place.hierarchy.levels.count {
      return .dimension(place.hierarchy.levels[place.level + 1])
    }
    guard levels.isEmpty, let top = dictionary.hierarchies.first?.levels.first else { throw .unsupported("drill down") }
    return .dimension(top)
  }

  private func drillUp(_ question: inout Question) throws(Problem) {
    guard let last = question.groups.last else {
      // 华东, as a whole: of everything there is.
      guard let index = question.conditions.lastIndex(where: { condition in
        if case .dimension(let name)? = condition.field { dictionary.hierarchy(of: name) != nil } else { false }
      }) else { throw .unsupported("drill up") }
      question.conditions.remove(at: index)
      return
    }
    question.ranking = nil
    if let coarser = coarser(last) {
      question.groups[question.groups.count - 1] = coarser
      liftPicked(coarser, &question)
    } else {
      question.groups.removeLast()
    }
  }

  /// Up from the cities of 华东 to the regions means all of them: one alone is no cut.
  private func liftPicked(_ group: Grouping, _ question: inout Question) {
    guard case .dimension(let name) = group else { return }
    question.conditions.removeAll { condition in
      guard case .comparison(.dimension(let own), .equal, _) = condition else { return false }
      return own == name
    }
  }

  private func finer(_ group: Grouping) -> Grouping? {
    switch group {
    case .dimension(let name): level(name, by: 1).map(Grouping.dimension)
    case .time(.year): .time(.quarter)
    case .time(.half), .time(.quarter): .time(.month)
    case .time(.month), .time(.week): .time(.day)
    case .time(.day), .time(.hour), .part, .bucket, .ranges: nil
    }
  }

  private func coarser(_ group: Grouping) -> Grouping? {
    switch group {
    case .dimension(let name): level(name, by: -1).map(Grouping.dimension)
    case .time(.hour): .time(.day)
    case .time(.day), .time(.week): .time(.month)
    case .time(.month): .time(.quarter)
    case .time(.quarter), .time(.half): .time(.year)
    case .time(.year), .part, .bucket, .ranges: nil
    }
  }

  private func level(_ dimension: String, by step: Int) -> String? {
    guard let place = dictionary.hierarchy(of: dimension), place.hierarchy.levels.indices.contains(place.level + step) else { return nil }
    return place.hierarchy.levels[place.level + step]
  }
}
