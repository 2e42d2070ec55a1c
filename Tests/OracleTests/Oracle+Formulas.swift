import CivilTime
import Metrics
import Questions

/// Metrics, down to aggregates over rows.
extension Oracle {
  // MARK: Trees

  func tree(_ measure: Measure) throws -> Tree {
    let own = try tree(of: measure.source, measure.conditions, [], nil)
    guard let beside = measure.beside else { return own }
    return .binary(beside.operation == .ratio ? .dividedBy : .minus, own, try tree(of: beside.metric, measure.conditions, [], nil))
  }

  /// What a measure's formula puts in.
  func tree(_ formula: Formula, in measure: Measure) throws -> Tree {
    guard let metric = dictionary.metric(measure.metric) else { throw Refusal(reason: "unknownName") }
    return try tree(formula, metric, measure.conditions, [], nil)
  }

  private func tree(of name: String, _ conditions: [Condition], _ windows: [Part.Window], _ nulls: Metric.NullPolicy?) throws -> Tree {
    guard let metric = dictionary.metric(name) else { throw Refusal(reason: "unknownName") }
    return try tree(metric.formula, metric, conditions, windows, metric.nulls ?? nulls)
  }

  private func tree(
    _ formula: Formula, _ owner: Metric, _ conditions: [Condition], _ windows: [Part.Window], _ nulls: Metric.NullPolicy?
  ) throws -> Tree {
    func inner(_ formula: Formula, _ window: Part.Window? = nil) throws -> Tree {
      try tree(formula, owner, conditions, windows + (window.map { [$0] } ?? []), nulls)
    }
    func part(_ aggregate: Aggregate, _ follow: Part.Follow? = nil) -> Tree {
      .part(
        Part(
          aggregate: aggregate, follow: follow, time: owner.time ?? schema[aggregate.table]?.time, conditions: conditions,
          windows: windows, nulls: owner.nulls ?? nulls))
    }
    switch formula {
    case .aggregate(let aggregate): return part(aggregate)
    case .metric(let name): return try tree(of: name, conditions, windows, nulls)
    case .number(let number): return .number(Amount(written: number))
    case .binary(let sign, let a, let b): return .binary(sign, try inner(a), try inner(b))
    case .negated(let a): return .negated(try inner(a))
    case .rolling(let a, let count, let grain): return try inner(a, .rolling(count, grain))
    case .toDate(let a, let grain): return try inner(a, .toDate(grain))
    case .shifted(let a, let count, let grain): return try inner(a, .shifted(count, grain))
    case .conversion(let from, let to, let window):
      let all = Aggregate(function: .countDistinct, table: from.head, argument: .column(from))
      let days: ClosedRange<Int> =
        switch window {
        case .within(let count, let grain): 0...count * (grain == .week ? 7 : 1)
        case .onDay(let day): day...day
        }
      let follow = Part.Follow(to: to, days: days)
      return .binary(.dividedBy, part(all, follow), part(all))
    case .score(let weighted):
      var sum = Tree.number(Amount(0))
      for (index, item) in weighted.enumerated() {
        let term = Tree.binary(.times, .number(Amount(written: item.weight)), try tree(of: item.metric, conditions, windows, nulls))
        sum = index == 0 ? term : .binary(.plus, sum, term)
      }
      return sum
    // Kinds that the oracle does not know yet.
    case .conversions, .filtered, .allTime, .startOf, .folded: throw Refusal(reason: "formula")
    }
  }

  // MARK: Frames

  struct Frame {
    var keys: [[Datum]] = []
    var values: [[Datum]: [Datum]] = [:]
  }

  /// The values of some formulas in every group that one of their aggregates has a row in.
  func frame(_ trees: [Tree], _ side: Side) throws -> Frame {
    var rows: [Part: [[Datum]: [Place]]] = [:]
    var labels: [Part: [[Datum]: [String?]]] = [:]
    var frame = Frame(keys: side.groups.isEmpty ? [[]] : [])
    var seen = Set<[Datum]>(frame.keys)
    // A week across two months, cut by both, has two windows of its own; the oracle knows one.
    let times = side.groups.filter(\.isTime)
    if times.count > 1, times.contains(.time(.week)), trees.flatMap(\.parts).contains(where: { !$0.windows.isEmpty }) {
      doubt("weeks across units")
    }
    for part in trees.flatMap(\.parts) where rows[part] == nil {
      rows[part] = [:]
      for hit in try hits(part, side) {
        rows[part]![hit.key, default: []].append(hit.place)
        labels[part, default: [:]][hit.key, default: []].append(hit.label)
        if seen.insert(hit.key).inserted { frame.keys.append(hit.key) }
      }
    }
    let isEmpty = rows.values.allSatisfy(\.isEmpty)
    for key in frame.keys {
      frame.values[key] = try trees.map { tree in
        try value(tree) { part in
          let own = rows[part]![key] ?? []
          return filled(try aggregate(part, own, labels[part]?[key] ?? []), part, hasRows: !own.isEmpty, isEmpty && side.groups.isEmpty, isGrouped: !side.groups.isEmpty)
        }
      }
    }
    return frame
  }

  private func value(_ tree: Tree, _ part: (Part) throws -> Datum) throws -> Datum {
    switch tree {
    case .part(let leaf): try part(leaf)
    case .number(let amount): .amount(amount)
    case .binary(let sign, let a, let b): Oracle.combined(sign, try value(a, part), try value(b, part))
    case .negated(let a): try value(a, part).amount.map { .amount($0.negated) } ?? .null
    }
  }

  /// What a missing value shows.
  private func filled(_ value: Datum, _ part: Part, hasRows: Bool, _ isEmptyAnswer: Bool, isGrouped: Bool) -> Datum {
    switch part.fill {
    case .never:
      // `nulls: null`: a group that only another source has is of nothing, not of none.
      guard part.nulls == .null, !hasRows, isGrouped else { return value }
      doubt("a count of nothing")
      return .null
    case .always: return value.isNull ? .number(0) : value
    case .gaps:
      if !value.isNull { return value }
      // A sum over rows without a single value is missing alone, and zero beside another source.
      if hasRows { doubt("only nulls") }
      if isEmptyAnswer { doubt("empty answer") }
      return hasRows || isEmptyAnswer ? .null : .number(0)
    }
  }

  // MARK: Rows of an aggregate

  struct Hit {
    var place: Place
    var key: [Datum]
    /// The unit of a snapshot.
    var label: String?
  }

  /// The rows an aggregate is over, each with the group it is in; under a window a row is in several.
  func hits(_ part: Part, _ side: Side) throws -> [Hit] {
    let table = part.aggregate.table
    var found: [Hit] = []
    let units = try windowUnits(part, side)
    let period = try readPeriod(part, side)
    for record in tables[table] ?? [] {
      let place = Place(table: table, record: record)
      let needsTime = units != nil || period != nil || !side.grains.isEmpty || part.aggregate.overTime != nil
      let moment = needsTime ? try self.moment(part.time, place) : nil
      let day = moment.flatMap { Day(iso: $0) }
      if let period, !(day.map(period.contains) ?? (period.start == nil && period.end == nil)) { continue }
      let label = part.aggregate.overTime == nil ? nil : day.map { self.label(part.aggregate.overGrain ?? .day, $0) }
      if let units {
        for unit in units where moment.map(unit.looks) ?? false {
          if let key = try key(part, side, place, moment, unit) { found.append(Hit(place: place, key: key, label: label)) }
        }
      } else if let key = try key(part, side, place, moment, nil) {
        found.append(Hit(place: place, key: key, label: label))
      }
    }
    found = onlySnapshots(found, part, side)
    return try found.filter { hit in
      try (side.conditions + part.conditions).allSatisfy { try holds($0, hit.place, side, part.time) }
        && (try part.aggregate.condition.map { try holds($0, hit.place) } ?? true)
        && (try part.follow.map { try isFollowed(hit.place, part, $0) } ?? true)
    }
  }

  /// The days read where no unit has days of its own.
  private func readPeriod(_ part: Part, _ side: Side) throws -> Period? {
    if part.windows.isEmpty { return side.period }
    if side.groups.contains(where: \.isOfTime) { return nil }
    var period = try closed(side.period, part)
    for window in part.windows { period = Oracle.applied(window, to: period, weekStart) }
    return period
  }

  private func key(_ part: Part, _ side: Side, _ place: Place, _ moment: String?, _ unit: Unit?) throws -> [Datum]? {
    var key: [Datum] = []
    for (index, group) in side.groups.enumerated() {
      switch group {
      case .dimension(let name): key.append(try dimension(name, place))
      case .part(let timePart):
        key.append(try unit.flatMap { timePart == .hourOfDay ? nil : try self.timePart(timePart, at: $0.day.description) } ?? self.timePart(timePart, part.time, place))
      case .ranges(let name, let edges):
        guard let amount = try dimension(name, place).amount else {
          key.append(.null)
          continue
        }
        let place = edges.firstIndex { amount.compared(to: Amount(written: $0)) < 0 } ?? edges.count
        key.append(.text(Grouping.rangeLabels(edges)[place]))
      case .bucket(let name, let width):
        guard let amount = try dimension(name, place).amount else {
          key.append(.null)
          continue
        }
        let step = Amount(written: width ?? 1)
        key.append(.amount((amount / step)!.floor * step))
      case .time(let grain):
        if let unit {
          key.append(.text(unit.labels[grain]!))
        } else if let moment, let day = Day(iso: moment) {
          guard let label = try label(grain, part, place, moment, day, index < side.own ?? .max ? side.back : nil) else { return nil }
          key.append(.text(label))
        } else {
          key.append(.null)
        }
      }
    }
    return key
  }

  private func label(_ grain: Grain, _ part: Part, _ place: Place, _ moment: String, _ day: Day, _ back: Back?) throws -> String? {
    if let back { return back.label(grain, of: day, weekStart: weekStart) }
    if grain != .hour { return label(grain, day) }
    if let path = part.time, try column(path, from: place.table).column.type != .timestamp { throw Refusal(reason: "unsupported") }
    return String(moment.prefix(10)) + " " + moment.dropFirst(11).prefix(2)
  }

  /// Of a snapshot only the rows of the last or first unit, that of the whole table within each unit of time.
  private func onlySnapshots(_ hits: [Hit], _ part: Part, _ side: Side) -> [Hit] {
    guard let over = part.aggregate.overTime else { return hits }
    let dated = hits.filter { $0.label != nil }
    if over == .average { return dated }
    func times(_ key: [Datum]) -> [Datum] {
      zip(side.groups, key).compactMap { group, value in
        switch group {
        case .time, .part: value
        case .dimension, .bucket, .ranges: nil
        }
      }
    }
    var edges: [[Datum]: String] = [:]
    for hit in dated {
      let known = edges[times(hit.key)] ?? hit.label!
      edges[times(hit.key)] = over == .last ? max(known, hit.label!) : min(known, hit.label!)
    }
    return dated.filter { edges[times($0.key)] == $0.label }
  }

  /// Whether the same subject did the other thing, then or so many days later.
  private func isFollowed(_ place: Place, _ part: Part, _ follow: Part.Follow) throws -> Bool {
    guard case .column(let from)? = part.aggregate.argument, let start = try moment(part.time, place), let day = Day(iso: start)
    else { return false }
    let subject = try value(from, place)
    let other = follow.to.head
    return try (tables[other] ?? []).contains { record in
      let later = Place(table: other, record: record)
      guard !subject.isNull, try value(follow.to, later) == subject, let moment = try self.moment(schema[other]?.time, later),
        let laterDay = Day(iso: moment)
      else { return false }
      // A day without a clock may be before or after a moment of it; it counts.
      let isNotBefore = moment.count == start.count ? moment >= start : laterDay >= day
      return isNotBefore && follow.days.contains(laterDay.number - day.number)
    }
  }

  // MARK: Aggregating

  private func aggregate(_ part: Part, _ rows: [Place], _ labels: [String?]) throws -> Datum {
    let aggregate = part.aggregate
    guard let argument = aggregate.argument else { return .number(rows.count) }
    if aggregate.overTime == .average {
      var days: [String: [Amount]] = [:]
      for (place, label) in zip(rows, labels) {
        days[label!, default: []] += [try value(argument, place).amount].compactMap { $0 }
      }
      return Oracle.mean(days.values.compactMap(Oracle.sum))
    }
    let values = try rows.map { try value(argument, $0) }.filter { !$0.isNull }
    if aggregate.function == .countDistinct { return .number(Set(values).count) }
    return Oracle.aggregate(aggregate.overTime == nil ? aggregate.function : .sum, values.compactMap(\.amount))
  }

  static func sum(_ values: [Amount]) -> Amount? { values.isEmpty ? nil : values.reduce(Amount(0), +) }

  static func mean(_ values: [Amount]) -> Datum {
    guard let sum = sum(values), let mean = sum / Amount(values.count) else { return .null }
    return .amount(mean)
  }

  static func aggregate(_ function: Aggregate.Function, _ values: [Amount]) -> Datum {
    let sorted = values.sorted { $0.compared(to: $1) < 0 }
    switch function {
    case .sum: return sum(values).map { .amount($0) } ?? .null
    case .count: return .number(values.count)
    case .countDistinct: return .number(Set(values).count)
    case .average: return mean(values)
    case .minimum: return sorted.first.map { .amount($0) } ?? .null
    case .maximum: return sorted.last.map { .amount($0) } ?? .null
    case .median: return percentile(sorted, 0.5)
    case .percentile(let part): return percentile(sorted, part)
    case .discretePercentile(let part):
      let place = sorted.indices.first { Amount(written: part).compared(to: (Amount($0 + 1) / Amount(sorted.count))!) <= 0 }
      return place.map { .amount(sorted[$0]) } ?? .null
    case .standardDeviation:
      guard values.count > 1, let variance = variance(values) else { return .null }
      return .amount(Amount(inexact: variance.squareRoot()))
    }
  }

  /// Of a sample.
  static func variance(_ values: [Amount]) -> Double? {
    guard values.count > 1, let mean = mean(values).amount else { return nil }
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(Amount(0), +)
    return squares.double / Double(values.count - 1)
  }

  /// Between two neighbours by straight line.
  private static func percentile(_ sorted: [Amount], _ part: Double) -> Datum {
    guard !sorted.isEmpty else { return .null }
    let position = Amount(written: part) * Amount(sorted.count - 1)
    let low = Int(position.floor.double)
    let high = min(low + 1, sorted.count - 1)
    return .amount(sorted[low] + (sorted[high] - sorted[low]) * (position - Amount(low)))
  }
}
