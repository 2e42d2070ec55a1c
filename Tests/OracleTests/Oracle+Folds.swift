import CivilTime
import Metrics
import Questions

/// Folds over units of time: of sums and counts every unit counts as far as there is data, also those without rows.
extension Oracle {
  /// A unit of time that counts: its labels by the place of the group that they are of.
  typealias CountedUnit = [Int: Datum]

  /// The units that are folded over; nil where only those with rows count.
  ///
  /// - Parameter inner: the groups of the side, then those that are folded over.
  func foldedUnits(_ measure: Measure, _ side: Side, _ inner: Side) throws -> [CountedUnit]? {
    let own = side.groups.count
    guard inner.groups.dropFirst(own).contains(where: \.isOfTime) else { return nil }
    let tree = try tree(measure)
    guard tree.isZeroWithoutRows, tree.parts.allSatisfy({ $0.windows.isEmpty }) else { return nil }
    for part in tree.parts where try saysWhen(part, inner) { return nil }
    guard let days = countedDays(tree.parts.map { Timed(table: $0.aggregate.table, time: $0.time) }, side.period) else { return nil }
    let groups = inner.groups.enumerated().filter { $0.element.isOfTime }
    let isByHour = groups.contains { $0.element == .time(.hour) || $0.element == .part(.hourOfDay) }
    let conditions = (side.conditions + tree.parts[0].conditions).flatMap(Oracle.conjuncts).filter { Oracle.saysOnlyWhen($0, isByHour) }
    var units: Set<CountedUnit> = []
    for number in days.start!.number..<days.end!.number {
      let day = Day(number: number)
      for clock in isByHour ? Array(0..<24) : [0] {
        let moment = "\(day) " + (clock < 10 ? "0\(clock)" : "\(clock)") + ":00:00"
        guard try conditions.allSatisfy({ try holds($0, at: moment) }) else { continue }
        var unit: CountedUnit = [:]
        for (index, group) in groups {
          switch group {
          case .part(let part): unit[index] = try timePart(part, at: moment)
          case .time(.hour): unit[index] = .text(String(moment.prefix(13)))
          case .time(let grain):
            guard let back = side.back, index < own else {
              unit[index] = .text(label(grain, day))
              continue
            }
            unit[index] = back.label(grain, of: day, weekStart: weekStart).map { .text($0) }
          case .dimension, .bucket, .ranges: continue
          }
        }
        if unit.count == groups.count { units.insert(unit) }
      }
    }
    return Array(units)
  }

  /// Puts a zero in every unit of every member that has rows; rows without a day are of no unit.
  func fillUnits(_ cells: inout Frame, _ units: [CountedUnit], _ side: Side, _ inner: Side) {
    let folded = inner.groups.indices.filter { $0 >= side.groups.count && inner.groups[$0].isOfTime }
    let asked = inner.groups.indices.filter { $0 < side.groups.count && inner.groups[$0].isOfTime }
    cells.keys = cells.keys.filter { key in folded.allSatisfy { !key[$0].isNull } }
    var members: Set<[Datum]> = []
    for key in cells.keys {
      var member = key
      for index in folded { member[index] = .null }
      members.insert(member)
      if cells.values[key]![0].isNull { cells.values[key] = [.number(0)] }
    }
    var seen = Set(cells.keys)
    for member in members {
      for unit in units where asked.allSatisfy({ unit[$0] == member[$0] }) {
        var key = member
        for index in folded { key[index] = unit[index]! }
        guard seen.insert(key).inserted else { continue }
        cells.keys.append(key)
        cells.values[key] = [.number(0)]
      }
    }
  }

  /// The days asked for, from the first day of the data through the last that has been loaded.
  private func countedDays(_ tables: [Timed], _ asked: Period?) -> Period? {
    let quiet = tables.compactMap { extent($0)?.quiet }.min() ?? 0
    var days = asked ?? Period(nil, nil)
    if let own = extent(of: tables), let first = own.start, var last = own.last {
      let others = schema.tables.filter { $0.spans == nil }.compactMap { extent($0.name)?.last }.filter { $0 <= context.today }
      if let newest = others.max(), newest > last, newest.number - last.number <= quiet { last = newest }
      days = Period(max(first, days.start ?? first), min(last.adding(days: 1), days.end ?? last.adding(days: 1)))
    }
    guard let start = days.start, let end = days.end, start < end else { return nil }
    return days
  }

  /// Whether a dimension or condition looks at the column that the rows are counted by.
  private func saysWhen(_ part: Part, _ side: Side) throws -> Bool {
    guard let path = part.time, let time = try? column(path, from: part.aggregate.table) else { return true }
    func looks(_ name: String) -> Bool {
      switch dictionary.dimension(name)?.source {
      case .column(let path)?: return isTime(path)
      case .expression(let row)?: return looks(row)
      case .flag(let test)?: return looks(test)
      case nil: return false
      }
    }
    func isTime(_ path: ColumnPath) -> Bool { (try? column(path, from: part.aggregate.table)) == time }
    func looks(_ row: RowExpression) -> Bool {
      switch row {
      case .column(let path): isTime(path)
      case .number, .text: false
      case .binary(_, let a, let b), .between(_, let a, let b): looks(a) || looks(b)
      case .negated(let a), .absolute(let a), .unit(_, let a): looks(a)
      case .choice(let test, let a, let b): looks(test) || looks(a) || looks(b)
      case .coalesce(let items): items.contains { looks($0) }
      }
    }
    func looks(_ test: RowCondition) -> Bool {
      switch test {
      case .comparison(let a, _, let b): looks(a) || looks(b)
      case .missing(_, negated: true): false
      case .oneOf(let a, _, _), .missing(let a, _), .matches(let a, _, _): looks(a)
      case .dimension(let name, _, _), .dimensionOneOf(let name, _, _), .dimensionMissing(let name, _), .members(let name, _, _, _): looks(name)
      case .all(let items), .any(let items): items.contains { looks($0) }
      case .not(let inner): looks(inner)
      }
    }
    let names = side.groups.compactMap(\.dimension) + (side.conditions + part.conditions).flatMap(Oracle.fields).compactMap { field in
      if case .dimension(let name) = field { name } else { nil }
    }
    return names.contains { looks($0) } || part.aggregate.condition.map { looks($0) } ?? false
  }

  private static func conjuncts(_ condition: Condition) -> [Condition] {
    if case .all(let items) = condition { items.flatMap(conjuncts) } else { [condition] }
  }

  private static func saysOnlyWhen(_ condition: Condition, _ isByHour: Bool) -> Bool {
    let fields = fields(condition)
    return !fields.isEmpty && fields.allSatisfy { field in
      if case .part(let part) = field { part != .hourOfDay || isByHour } else { false }
    }
  }

  private static func fields(_ condition: Condition) -> [Field] {
    switch condition {
    case .comparison(let field, _, _), .oneOf(let field, _, _), .between(let field, _, _), .matches(let field, _, _, _), .missing(let field, _): [field]
    case .among(let name, _, _, _), .selected(let name, _, _): [.dimension(name)]
    case .any(let items), .all(let items): items.flatMap(fields)
    case .not(let inner): fields(inner)
    }
  }

  /// A condition on parts of time alone.
  private func holds(_ condition: Condition, at moment: String) throws -> Bool {
    func value(_ field: Field) throws -> Datum { if case .part(let part) = field { try timePart(part, at: moment) } else { .null } }
    switch condition {
    case .comparison(let field, let comparator, let bound):
      let own = try value(field)
      return Oracle.compares(own, comparator, Oracle.literal(bound, beside: own), self)
    case .oneOf(let field, let bounds, let negated):
      let own = try value(field)
      return bounds.contains { own == Oracle.literal($0, beside: own) } != negated
    case .between(let field, let low, let high):
      let own = try value(field)
      return Oracle.compares(own, .atLeast, Oracle.literal(low, beside: own), self) && Oracle.compares(own, .atMost, Oracle.literal(high, beside: own), self)
    case .missing(let field, let negated): return try value(field).isNull != negated
    case .matches(let field, let match, let text, let negated): return Oracle.matches(try value(field), match, text) != negated
    case .any(let items): return try items.contains { try holds($0, at: moment) }
    case .all(let items): return try items.allSatisfy { try holds($0, at: moment) }
    case .not(let inner): return try !holds(inner, at: moment)
    case .among, .selected: return true
    }
  }
}
