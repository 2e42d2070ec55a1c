import Metrics
import SourceText

/// Bounds that are another member's value: cities that sold more than Shanghai.
extension Resolver {
  /// `of(city = 上海)`, in templates `of(member(city, 上海))`
  func member(_ items: [Term.Item]) throws(Problem) -> Threshold.Bound {
    let conditions = Self.canonical(try conditions(items))
    guard conditions.count == 1, case .comparison(.dimension(let name), .equal, let value) = conditions[0] else {
      throw .unsupported("bound of several members")
    }
    return .member(name, value)
  }

  /// `average(region)`: a level above what the answer is cut by.
  func averageWithin(_ parent: Term) throws(Problem) -> Threshold.Bound {
    guard case .dimension(let name) = try grouping([parent]) else { throw .unsupported("average within time") }
    return .averageWithin(name)
  }

  /// `overall`, what a rate comes to over all groups together; in templates also `overall_average`, which of a sum is the mean
  /// of the groups. Each group's sum stands below that of all, so a sum has no such bound.
  func overall(_ quantity: Quantity, _ word: String) throws(Problem) -> Threshold.Bound {
    guard case .metric(let name) = quantity else { throw .unsupported("bound of another kind") }
    if isMean(name) { return .overall }
    if word == "overall_average" { return .average }
    throw .unsupported("sum against the whole")
  }

  /// The mean of a region's stores needs the region beside each store, and each store in one region.
  func addParents(_ question: inout Question) throws(Problem) {
    for threshold in question.thresholds {
      guard case .averageWithin(let name) = threshold.bound, !question.groups.contains(.dimension(name)) else { continue }
      question.groups.insert(.dimension(name), at: 0)
    }
    for threshold in question.thresholds + question.tests {
      guard case .averageWithin(let name) = threshold.bound else { continue }
      guard question.groups.count > 1, question.tests.isEmpty, question.groups.contains(.dimension(name)), question.streak == nil
      else { throw .unsupported("average of the group itself") }
    }
  }

  /// The members that are kept are of the kind that the bound is: stores above Shanghai are no sentence. What the question
  /// is limited to must leave the bound in.
  func checkBounds(_ question: Question) throws(Problem) {
    for threshold in question.thresholds + question.tests {
      if threshold.bound == .overall {
        guard case .metric(let name) = threshold.quantity, isMean(name), !question.groups.isEmpty, question.tests.isEmpty,
          question.groups.count == 1 || !question.groups.contains(where: \.isTime)
        else { throw .unsupported("bound of another kind") }
      }
      guard case .member(let name, _) = threshold.bound else { continue }
      guard case .metric = threshold.quantity, question.tests.isEmpty, question.groups == [.dimension(name)],
        threshold.comparator != .equal, threshold.comparator != .notEqual
      else { throw .unsupported("bound of another kind") }
      let levels = dictionary.hierarchy(of: name)?.hierarchy.levels ?? [name]
      let isLimited = question.conditions.contains { condition in
        guard case .dimension(let field)? = condition.field else { return condition.field == nil }
        return field == name || levels.contains(field)
      }
      if isLimited { throw .unsupported("bound beside a limit") }
    }
  }

  /// `lasting(2, hours)`, said of a metric or dimension in the unit given: 120 of minutes.
  /// - Returns: nil if the unit is none of time
  static func lasting(_ items: [Term.Item], in unit: MeasureUnit?) -> Double? {
    guard items.count == 2, let count = items[0].first.flatMap(signed),
      let said = items[1].first.flatMap({ MeasureUnit(keyword: $0.plainText)?.minutes }), let own = unit?.minutes
    else { return nil }
    return count * said / own
  }

  /// The unit of a dimension that is the time between two columns.
  func unit(of field: Field) -> MeasureUnit? {
    guard case .dimension(let name) = field, case .expression(.between(let measure, _, _))? = dictionary.dimension(name)?.source
    else { return nil }
    return switch measure {
    case .days: .days
    case .hours: .hours
    case .minutes: .minutes
    }
  }
}

extension MeasureUnit {
  /// How many minutes one of it is; nil of what is no time.
  var minutes: Double? {
    switch self {
    case .minutes: 1
    case .hours: 60
    case .days: 1440
    case .money, .count, .percent, .plain: nil
    }
  }
}
