import CivilTime
import Metrics
import Questions

/// Measures that are folded or set against another, members that a question decides, and places of a ranking.
extension EnglishQuestionWords {
  func name(of measure: Measure) -> String {
    let own = names.metric(measure.metric)
    if let moving = measure.moving { return "\(moving.count)-\(EnglishTimeWords.grain(moving.grain)) moving average of " + own }
    guard let beside = measure.beside else { return measure.isRunning ? "running total of " + own : own }
    return beside.operation == .ratio
      ? "ratio of \(own) to \(names.metric(beside.metric))" : "\(own) minus \(names.metric(beside.metric))"
  }

  /// `daily average orders`, `average per store per day of orders`, `maximum of orders per day`
  func folded(_ fold: Fold?, _ title: String) -> String {
    guard let fold else { return title }
    if var outer = Optional(fold), let inner = fold.inner.first {
      outer.inner = []
      return folded(outer, folded(inner, title))
    }
    if fold.function == .average {
      if fold.over.count == 1 { return averaged(fold.over[0]) + title }
      return "average " + fold.over.map { "per " + grouping($0) }.joined(separator: " ") + " of " + title
    }
    let word =
      switch fold.function {
      case .average: "average"
      case .maximum: "maximum"
      case .minimum: "minimum"
      case .median: "median"
      case .deviation: "standard deviation"
      case .variance: "variance"
      case .percentile: "percentile \(fold.percent ?? 50)"
      }
    return word + " of " + title + fold.over.map { " per " + grouping($0) }.joined()
  }

  /// `store among the top 5 by net sales last year`, `store not among those with refunds above 0`
  func selected(_ dimension: String, _ question: Question, _ negated: Bool) -> String {
    let metric = question.measures.first.map(measure) ?? ""
    var what = question.thresholds.isEmpty ? "" : " those with " + question.thresholds.map(threshold).joined(separator: " and ")
    if let ranking = question.ranking { what += " the \(places(ranking)) by \(metric)" }
    let own = question.conditions.map { " where " + condition($0, bare: false) }.joined()
    let time = question.period.map { " " + self.time($0) } ?? ""
    return names.dimension(dimension) + (negated ? " not among" : " among") + what + own + time
  }

  /// `top 5`, `top 10%`, `ranked 3`, `earliest 1`
  func places(_ ranking: Ranking) -> String {
    let isTop = ranking.direction == .top
    switch ranking.kind {
    case .percent: return (isTop ? "top " : "bottom ") + "\(ranking.count)%"
    case .share: return "the first that make up \(ranking.count)%"
    case .timeEnds: return "earliest \(ranking.count) and latest \(ranking.count)"
    case .inTime: return (isTop ? "earliest " : "latest ") + "\(ranking.count)"
    case .count:
      if ranking.skip == 0 { return (isTop ? "top " : "bottom ") + "\(ranking.count)" }
      let places = ranking.count == 1 ? "\(ranking.skip + 1)" : "\(ranking.skip + 1) to \(ranking.skip + ranking.count)"
      return (isTop ? "ranked " : "ranked from the bottom ") + places
    }
  }

  func streak(_ streak: Streak) -> String {
    (streak.count.map { "at least " + EnglishTimeWords.count($0, streak.grain) + " in a row with " }
      ?? "in each and every " + EnglishTimeWords.grain(streak.grain) + " with ")
      + streak.conditions.map(threshold).joined(separator: " and ")
  }

  func placement(_ placement: Placement) -> String { "rank of (" + condition(placement.condition, bare: false) + ")" }

  func test(_ threshold: Threshold) -> String { "whether " + self.threshold(threshold) }

  /// `how many`, `how many in each region`
  func counted(within groups: [Grouping]) -> String { groups.isEmpty ? "how many" : "how many in each " + list(groups.map(grouping)) }
  var ends: String { "both ends" }
}
