import CivilTime
import SourceText

extension FormulaReader {
  /// `name(…)`: an aggregate, a window, a conversion or a score.
  mutating func call() throws(FormulaFailure) -> Formula {
    let name = next
    advance()
    try expect("(")
    if let function = FoldFunction(rawValue: name.text), isFold { return try folded(function, name) }
    let formula = try inside(name)
    try expect(")")
    return formula
  }

  /// Whether a metric with `per` behind it stands next, or a fold of one.
  private var isFold: Bool {
    let (first, second) = (token(ahead: 0), token(ahead: 1))
    if second == "per" { return first.contains { $0.isLetter } && !first.contains(".") }
    return second == "(" && FoldFunction(rawValue: first) != nil
  }

  /// Behind the bracket, up to the one that closes it.
  private mutating func folded(_ function: FoldFunction, _ name: FormulaToken) throws(FormulaFailure) -> Formula {
    let of: Formula
    if let inner = FoldFunction(rawValue: next.text), token(ahead: 1) == "(" {
      let inside = next
      advance()
      try expect("(")
      of = try folded(inner, inside)
    } else {
      let token = try self.name("a metric")
      of = try metric(token)
    }
    try expect("per")
    var over: [String] = []
    var percent: Int?
    repeat {
      let place = next
      if function == .percentile, !over.isEmpty, let value = Int(place.text) {
        guard (1...99).contains(value) else { throw FormulaFailure("bad-formula", at: place.offset, found: place.text, expected: "a percentile from 1 to 99") }
        advance()
        percent = value
        break
      }
      let group = try self.name("a dimension or a unit of time")
      if Grain(rawValue: group.text) == nil, TimePart(rawValue: group.text) == nil {
        mentions.append(Mention(kind: .dimension, name: group.text, offset: group.offset))
      }
      over.append(group.text)
    } while take(",")
    if function == .percentile, percent == nil { throw unexpected("a percentile from 1 to 99", hint: "write percentile(gmv per store, 90)") }
    try expect(")")
    return .folded(FormulaFold(function, of: of, over: over, percent: percent))
  }

  private mutating func inside(_ name: FormulaToken) throws(FormulaFailure) -> Formula {
    switch name.text {
    case "sum": return try aggregate(.sum)
    case "avg": return try aggregate(.average, over: .average)
    case "min": return try aggregate(.minimum)
    case "max": return try aggregate(.maximum)
    case "median": return try aggregate(.median)
    case "stddev": return try aggregate(.standardDeviation)
    case "count": return try count()
    case "percentile": return try percentile()
    case "last": return try snapshot(.last, name)
    case "first": return try snapshot(.first, name)
    case "rolling": return try windowed { .rolling($0, $1, $2) }
    case "shift": return try windowed { .shifted($0, $1, $2) }
    case "to_date": return try toDate()
    case "convert": return try conversion()
    case "score": return try score()
    case "start_of": return try startOf()
    case "conversions": return try conversions()
    case "variance": throw unexpected("a metric with per behind it", hint: "write variance(gmv per day)")
    default:
      if take("where") { return try filtered(name) }
      throw FormulaFailure(
        "unknown-function", at: name.offset, found: name.text, expected: "a function of the formula language",
        hint: .didYouMean(name.text, among: FormulaReader.functions))
    }
  }

  static let functions = [
    "sum", "avg", "min", "max", "median", "stddev", "count", "percentile", "last", "first", "rolling", "to_date", "shift",
    "convert", "conversions", "score", "start_of", "variance",
  ]

  // MARK: Aggregates

  private mutating func aggregate(
    _ function: Aggregate.Function, over: Aggregate.OverTime? = nil
  ) throws(FormulaFailure) -> Formula {
    columns = []
    let start = next.offset
    var aggregate = Aggregate(function: function, table: "", argument: try row())
    let argumentColumns = columns.map(\.path)
    if isNext("over") {
      guard let over else { throw unexpected("where or )", hint: "over … stands with last, first and avg") }
      advance()
      // The mean of the daily sums: what is averaged over time is summed within each day.
      (aggregate.function, aggregate.overTime) = (.sum, over)
      aggregate.overGrain = try grain()
    }
    return try finish(&aggregate, start, argumentColumns)
  }

  private mutating func snapshot(_ over: Aggregate.OverTime, _ name: FormulaToken) throws(FormulaFailure) -> Formula {
    columns = []
    let start = next.offset
    var aggregate = Aggregate(function: .sum, table: "", argument: try row(), overTime: over)
    let argumentColumns = columns.map(\.path)
    guard take("over") else { throw unexpected("over", hint: "write \(name.text)(… over day)") }
    aggregate.overGrain = try grain()
    if take("per") { aggregate.overPer = try row() }
    return try finish(&aggregate, start, argumentColumns)
  }

  private mutating func percentile() throws(FormulaFailure) -> Formula {
    columns = []
    let start = next.offset
    var aggregate = Aggregate(function: .median, table: "", argument: try row())
    let argumentColumns = columns.map(\.path)
    try expect(",")
    let place = next
    let part = try number("a part between 0 and 1")
    guard (0...1).contains(part) else {
      throw FormulaFailure("bad-formula", at: place.offset, found: place.text, expected: "a part between 0 and 1")
    }
    aggregate.function = .percentile(part)
    if take(",") {
      try expect("discrete")
      aggregate.function = .discretePercentile(part)
    }
    return try finish(&aggregate, start, argumentColumns)
  }

  private mutating func count() throws(FormulaFailure) -> Formula {
    columns = []
    let start = next
    if take("distinct") {
      var aggregate = Aggregate(function: .countDistinct, table: "", argument: try row())
      return try finish(&aggregate, start.offset, columns.map(\.path))
    }
    let table = try name("a table or distinct").text
    if schema[table] == nil {
      failures.append(
        FormulaFailure(
          "unknown-table", at: start.offset, found: table, expected: "a table",
          hint: table.contains(".")
            ? "write count(distinct \(table))" : .didYouMean(table, among: schema.tables.map(\.name))))
    }
    var aggregate = Aggregate(function: .count, table: table)
    return try finish(&aggregate, start.offset, [])
  }

  /// The condition, if there is one, then the table and the checks of both.
  private mutating func finish(
    _ aggregate: inout Aggregate, _ start: Int, _ argumentColumns: [ColumnPath]
  ) throws(FormulaFailure) -> Formula {
    if take("where") { aggregate.condition = try condition() }
    settle(&aggregate, argumentOffset: start, argumentColumns: argumentColumns)
    return .aggregate(aggregate)
  }

  // MARK: Windows, conversion, score

  private mutating func windowed(_ make: (Formula, Int, Grain) -> Formula) throws(FormulaFailure) -> Formula {
    let inner = try formula()
    try expect(",")
    let (count, grain) = try length()
    return make(inner, count, grain)
  }

  private mutating func toDate() throws(FormulaFailure) -> Formula {
    let inner = try formula()
    try expect(",")
    if take("all") { return .allTime(inner) }
    return .toDate(inner, try grain())
  }

  private mutating func startOf() throws(FormulaFailure) -> Formula {
    let inner = try formula()
    try expect(",")
    return .startOf(inner, try grain())
  }

  /// `gmv(where channel = '线上')`, behind the `where`.
  private mutating func filtered(_ name: FormulaToken) throws(FormulaFailure) -> Formula {
    let metric = try metric(name)
    columns = []
    let condition = try condition()
    for column in columns { checkColumn(column.path, at: column.offset) }
    return .filtered(metric, condition)
  }

  private mutating func conversion() throws(FormulaFailure) -> Formula {
    let from = try conversionColumn()
    try expect("->")
    let to = try conversionColumn()
    if take("on") {
      try expect("day")
      let place = next
      let day = try number("a number of days, as in on day 7")
      guard let whole = Int(exactly: day), (0...10_000).contains(whole) else {
        throw FormulaFailure("bad-formula", at: place.offset, found: place.text, expected: "a whole number of days")
      }
      return .conversion(from: from, to: to, .onDay(whole))
    }
    guard take("within") else { throw unexpected("within 7 days or on day 7", hint: "") }
    let (count, grain) = try length()
    return .conversion(from: from, to: to, .within(count, grain))
  }

  private mutating func conversions() throws(FormulaFailure) -> Formula {
    let from = try conversionColumn()
    try expect("->")
    var events = Conversions(from: from, to: try conversionColumn(), within: nil, grain: .day)
    if take("within") {
      let (count, grain) = try length()
      (events.within, events.grain) = (count, grain)
    }
    if take("same") {
      repeat {
        let here = try conversionColumn()
        try expect("=")
        events.same.append(ColumnPair(here: here, there: try conversionColumn()))
      } while take(",")
    }
    return .conversions(events)
  }

  private mutating func conversionColumn() throws(FormulaFailure) -> ColumnPath {
    let token = try name("table.column")
    let path = ColumnPath(token.text)
    checkColumn(path, at: token.offset)
    return path
  }

  private mutating func score() throws(FormulaFailure) -> Formula {
    var parts: [WeightedMetric] = []
    repeat {
      let weight = try number("a weight such as 0.6")
      try expect("*")
      let token = try name("a metric")
      _ = try metric(token)
      parts.append(WeightedMetric(weight: weight, metric: token.text))
    } while take(",")
    return .score(parts)
  }

  /// `30 days`
  private mutating func length() throws(FormulaFailure) -> (Int, Grain) {
    let place = next
    let value = try number("a number of units, as in 30 days")
    guard value == value.rounded(), abs(value) < 1e6, value != 0 else {
      throw FormulaFailure("bad-formula", at: place.offset, found: place.text, expected: "a whole number of units")
    }
    return (Int(value), try grain())
  }

  private mutating func grain() throws(FormulaFailure) -> Grain {
    let token = try name("a unit of time")
    let singular = token.text.hasSuffix("s") ? String(token.text.dropLast()) : token.text
    if let grain = Grain(rawValue: singular) { return grain }
    let names = Grain.allCases.map(\.rawValue)
    throw FormulaFailure(
      "bad-formula", at: token.offset, found: token.text, expected: names.joined(separator: ", "),
      hint: .didYouMean(singular, among: names))
  }
}
