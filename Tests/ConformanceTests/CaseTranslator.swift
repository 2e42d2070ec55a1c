import CivilTime
import Interchange
import Metrics
import SourceText

/// Why a request cannot be written in the notation.
struct Untranslatable: Error { let reason: String }

/// Turns a request of the suite into notation, by general rules: no case is known by its name.
struct CaseTranslator {
  let model: MetricFlowModel

  struct Output {
    var notation: String
    /// For each column the suite expects that is a group: the group it comes from.
    var groups: [(name: String, group: String)]
  }

  private var dictionary: MetricDictionary { model.dictionary }

  func translate(_ test: MetricFlowCase) throws -> Output {
    var metrics = test.metrics ?? []
    var objects = test.group_by_objs ?? []
    objects += (test.group_bys ?? []).map { .init(name: $0) }
    var filters = test.where_filter.map { [$0] } ?? []
    if let name = test.saved_query_name { try addSaved(name, &metrics, &objects, &filters) }
    if test.apply_group_by == false { throw Untranslatable(reason: "rows that are not put together") }
    for metric in metrics where dictionary.metric(metric) == nil {
      throw Untranslatable(reason: "metric not imported: " + (model.imported.notes.first { $0.found.contains(metric) }?.description ?? metric))
    }
    let groups = try objects.map { try group($0, metrics) }
    var conditions = clockBounds(test, groups.map(\.notation))
    var period = conditions.isEmpty || groups.contains { $0.notation == "hour" } ? try self.period(test, metrics, groups.map(\.notation)) : Days()
    var stretches: [Days] = []
    for filter in filters {
      guard let fragment = SQLFragment(filter) else { throw Untranslatable(reason: "filter \(filter)") }
      let parts: [SQLFragment] = if case .all(let parts) = fragment { parts } else { [fragment] }
      for part in parts {
        if let bound = try timeBound(part, metrics) {
          period.limit(bound)
        } else if case .any(let choices) = part, period.notation == nil, let all = try timeBounds(choices, metrics) {
          stretches = all
        } else { conditions.append(try condition(part, metrics, negated: false)) }
      }
    }
    var clauses: [String] = []
    var shown = unique(groups.map(\.notation))
    if metrics.isEmpty {
      guard !shown.isEmpty else { throw Untranslatable(reason: "nothing asked") }
      clauses.append("list values " + shown.removeFirst())
    } else {
      clauses.append("measure " + metrics.joined(separator: ", "))
    }
    if !shown.isEmpty { clauses.append("by " + shown.joined(separator: ", ")) }
    if !conditions.isEmpty { clauses.append("where " + conditions.joined(separator: ", ")) }
    if let text = period.notation { clauses.append("during " + text) }
    if !stretches.isEmpty {
      guard period.notation == nil else { throw Untranslatable(reason: "days that are no one stretch") }
      clauses.append("during several(\(stretches.compactMap(\.notation).joined(separator: ", ")))")
    }
    clauses += try order(test, metrics)
    if test.min_max_only == true { clauses.append("ends") }
    return Output(notation: clauses.joined(separator: " | "), groups: groups.map { ($0.column, $0.notation) })
  }

  private func unique(_ items: [String]) -> [String] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0).inserted }
  }

  // MARK: Groups

  struct Group {
    /// As the suite names its column; behind another date it may add the unit of time.
    var column: String
    var notation: String
  }

  private func group(_ object: MetricFlowCase.GroupObject, _ metrics: [String]) throws -> Group {
    let parts = object.name.components(of: "__")
    var grain = object.grain
    var base = object.name
    if parts.count > 1, let last = parts.last, Self.units.contains(last) || isCustom(last) {
      grain = grain ?? last
      base = parts.dropLast().joined(separator: "__")
    }
    if isMetricTime(base, metrics) {
      let unit = try unit(grain, object.date_part, metrics)
      return Group(column: "\(base)__\(object.date_part.map { "extract_" + $0 } ?? unit)", notation: unit)
    }
    if object.date_part != nil { throw Untranslatable(reason: "a part of another date") }
    if let grain, dictionary.dimension("\(base)__\(grain)") != nil { return Group(column: object.name, notation: "\(base)__\(grain)") }
    return Group(column: object.name, notation: try dimension(base))
  }

  private static let units: Set<String> = [
    "nanosecond", "microsecond", "millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year",
  ]

  /// A unit of the business's own calendar.
  private func isCustom(_ name: String) -> Bool {
    dictionary.dimension(name) != nil && dictionary.days.flatMap { dictionary.schema[$0.head] }?.column(name) != nil
  }

  /// Whether a name is the time that all metrics of the request are counted by.
  private func isMoment(_ name: String) -> Bool { Self.units.contains(name) && dictionary.dimension(name) != nil }

  private func isMetricTime(_ name: String, _ metrics: [String]) -> Bool {
    if name == "metric_time" { return true }
    guard !metrics.isEmpty, case .expression(.unit(_, .column(let path)))? = dictionary.dimension(name)?.source else { return false }
    return metrics.allSatisfy { metric in
      let times = model.times(of: metric)
      return !times.isEmpty && times.allSatisfy { $0 == path }
    }
  }

  private func unit(_ grain: String?, _ part: String?, _ metrics: [String]) throws -> String {
    if let part {
      switch part {
      case "year": return "year"
      case "quarter": return "quarter_of_year"
      case "month": return "month_of_year"
      case "dow": return "weekday"
      case "day": return "day_of_month"
      case "doy": return "day_of_year"
      default: throw Untranslatable(reason: "part \(part) of a date")
      }
    }
    guard let grain else { return model.grain(of: metrics).rawValue }
    if Grain(rawValue: grain) != nil || isCustom(grain) { return grain }
    // Finer units are moments that can be listed; a metric is not counted by them.
    if metrics.isEmpty, isMoment(grain) { return grain }
    throw Untranslatable(reason: "units of time below an hour: \(grain)")
  }

  /// A dimension by its name, also with the entity of its own table in front.
  private func dimension(_ name: String) throws -> String {
    if dictionary.dimension(name) != nil { return name }
    let parts = name.components(of: "__")
    if parts.count == 2, dictionary.dimension(parts[1]) != nil { return parts[1] }
    throw Untranslatable(reason: "no dimension \(name)")
  }

  // MARK: Order

  private func order(_ test: MetricFlowCase, _ metrics: [String]) throws -> [String] {
    let orders = try (test.order_bys ?? []).map { text -> (key: String, descending: Bool) in
      let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
      return (metrics.contains(name) ? name : try group(.init(name: name), metrics).notation, text.hasPrefix("-"))
    }
    guard let first = orders.first else { return [] }
    var clauses: [String] = []
    if let limit = test.limit { clauses.append("\(first.descending ? "top" : "bottom") \(limit) by \(first.key)") }
    return clauses + ["sort " + orders.map { "\($0.key) \($0.descending ? "desc" : "asc")" }.joined(separator: ", ")]
  }

  // MARK: Time

  /// Days from the first until before the last; nil = open.
  struct Days {
    var start: Day?
    var end: Day?

    mutating func limit(_ other: Days) {
      if let day = other.start { start = max(start ?? day, day) }
      if let day = other.end { end = min(end ?? day, day) }
    }

    var notation: String? {
      switch (start, end) {
      case (nil, nil): nil
      case (let start?, nil): "from(\(start))"
      case (nil, let end?): "through(\(end.adding(days: -1)))"
      case (let start?, let end?): start.adding(days: 1) == end ? "\(start)" : "range(\(start), \(end.adding(days: -1)))"
      }
    }
  }

  /// The suite widens a range of time to whole units of the request's time.
  private func period(_ test: MetricFlowCase, _ metrics: [String], _ groups: [String]) throws -> Days {
    guard let range = test.time_constraint, range.count == 2 else { return Days() }
    guard let first = Day(iso: String(range[0].prefix(10))), let last = Day(iso: String(range[1].prefix(10))) else {
      throw Untranslatable(reason: "a range of time")
    }
    if range.contains(where: { day($0) == nil }), !groups.contains("hour") { throw Untranslatable(reason: "a range of hours") }
    let grain = groups.compactMap { Grain(rawValue: $0) }.min() ?? model.grain(of: metrics)
    return Days(start: grain.start(of: first), end: grain.advance(grain.start(of: last), by: 1))
  }

  /// A range that begins or ends within a day, widened to whole hours or to the moments that are listed.
  private func clockBounds(_ test: MetricFlowCase, _ groups: [String]) -> [String] {
    guard let range = test.time_constraint, range.count == 2, range.contains(where: { day($0) == nil }) else { return [] }
    if groups.contains("hour") { return ["hour >= \"\(range[0].prefix(13))\"", "hour <= \"\(range[1].prefix(13))\""] }
    return groups.filter(isMoment).flatMap { ["\($0) >= \"\(range[0])\"", "\($0) <= \"\(range[1])\""] }
  }

  private func day(_ text: String) -> Day? {
    let parts = text.split(separator: " ")
    guard parts.count == 1 || parts[1] == "00:00:00" else { return nil }
    return parts.first.flatMap { Day(iso: String($0)) }
  }

  /// Days of which any counts, all with both ends.
  private func timeBounds(_ fragments: [SQLFragment], _ metrics: [String]) throws -> [Days]? {
    let all = try fragments.compactMap { try timeBound($0, metrics) }
    return all.count == fragments.count && all.allSatisfy { $0.start != nil && $0.end != nil } ? all : nil
  }

  private func timeBound(_ fragment: SQLFragment, _ metrics: [String]) throws -> Days? {
    guard case .binary(let sign, let a, let b) = fragment, isTime(a.uncast, metrics), case .text(let text) = b.uncast else { return nil }
    guard let day = day(text) else { throw Untranslatable(reason: "a bound within a day") }
    switch sign {
    case ">=": return Days(start: day)
    case ">": return Days(start: day.adding(days: 1))
    case "<": return Days(end: day)
    case "<=": return Days(end: day.adding(days: 1))
    case "=": return Days(start: day, end: day.adding(days: 1))
    default: return nil
    }
  }

  private func isTime(_ fragment: SQLFragment, _ metrics: [String]) -> Bool {
    switch fragment {
    case .template(let template):
      guard let name = template.arguments.first, isMetricTime(name, metrics) else { return false }
      return template.arguments.count < 2 || template.arguments[1] == "day"
    case .name(let name):
      guard name.hasSuffix("__day") else { return false }
      return isMetricTime(String(name.dropLast(5)), metrics)
    default: return false
    }
  }

  // MARK: Conditions

  private static let opposites = ["=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"]

  private func condition(_ fragment: SQLFragment, _ metrics: [String], negated: Bool) throws -> String {
    switch fragment {
    case .not(let inner): return try condition(inner, metrics, negated: !negated)
    case .all(let parts): return try joined(negated ? "any" : "all", parts, metrics, negated)
    case .any(let parts): return try joined(negated ? "all" : "any", parts, metrics, negated)
    case .missing(let inner, let isNot): return "\(try field(inner, metrics)) is \(isNot != negated ? "not " : "")null"
    case .template: return "\(try field(fragment, metrics)) = \(negated ? 0 : 1)"
    case .binary(let sign, let a, let b):
      guard let sign = negated ? Self.opposites[sign] : sign else { break }
      if case .template(let template) = a, template.kind == "Metric" { return try having(template, sign, b) }
      let name = try field(a.uncast, metrics)
      let text = "\(name) \(sign) \(try value(b.uncast))"
      return sign == "!=" ? "all(\(text), \(name) is not null)" : text
    case .oneOf(let inner, let values, let isNot):
      let list = try values.map { try value($0.uncast) }.joined(separator: ", ")
      let name = try field(inner, metrics)
      return isNot != negated ? "all(\(name) not in (\(list)), \(name) is not null)" : "\(name) in (\(list))"
    default: break
    }
    throw Untranslatable(reason: "a condition")
  }

  private func joined(_ word: String, _ parts: [SQLFragment], _ metrics: [String], _ negated: Bool) throws -> String {
    "\(word)(\(try parts.map { try condition($0, metrics, negated: negated) }.joined(separator: ", ")))"
  }

  /// `listing from(measure bookings, having bookings > 2)`
  private func having(_ template: SQLTemplate, _ sign: String, _ bound: SQLFragment) throws -> String {
    guard template.arguments.count == 2, case .number(let number) = bound else { throw Untranslatable(reason: "a metric by several groups") }
    let (metric, member) = (template.arguments[0], try dimension(template.arguments[1]))
    return "\(member) from(measure \(metric), having \(metric) \(sign) \(Term.numberText(number)))"
  }

  private func field(_ fragment: SQLFragment, _ metrics: [String]) throws -> String {
    guard case .template(let template) = fragment, let name = template.arguments.first else { throw Untranslatable(reason: "a column") }
    if template.kind == "TimeDimension", let grain = template.arguments.dropFirst().first {
      if isMetricTime(name, metrics), isCustom(grain) { return grain }
      if dictionary.dimension("\(name)__\(grain)") != nil { return "\(name)__\(grain)" }
    }
    if isMetricTime(name, metrics) { throw Untranslatable(reason: "days that are no one stretch") }
    return try dimension(name)
  }

  private func value(_ fragment: SQLFragment) throws -> String {
    switch fragment {
    case .number(let number): return Term.numberText(number)
    case .text(let text): return "\"\(text)\""
    default: throw Untranslatable(reason: "a value")
    }
  }

  // MARK: Saved queries

  private func addSaved(
    _ name: String, _ metrics: inout [String], _ objects: inout [MetricFlowCase.GroupObject], _ filters: inout [String]
  ) throws {
    let queries = MetricFlowModel.members(model.manifest, "saved_queries")
    guard let query = queries.first(where: { MetricFlowModel.text($0, "name") == name }), case .mapping(let entries) = query.content,
      let parameters = entries.first(where: { $0.key == "query_params" })?.value
    else { throw Untranslatable(reason: "no saved query \(name)") }
    func texts(_ key: String) -> [String] {
      MetricFlowModel.members(parameters, key).compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
    }
    metrics += texts("metrics")
    for text in texts("group_by") {
      guard case .template(let template)? = SQLFragment("{{ \(text) }}"), let name = template.arguments.first else { continue }
      objects.append(.init(name: name, grain: template.arguments.dropFirst().first))
    }
    filters += texts("where")
  }
}

extension String {
  fileprivate func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
