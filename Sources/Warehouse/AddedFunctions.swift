import GRDB
import SQLText

/// Aggregates that SQLite lacks, added to every connection.
enum AddedFunctions {
  static func add(to db: GRDB.Database) {
    MemberSet.addFunction(to: db)
    db.add(function: DatabaseFunction(SQLiteDialect.AddedFunction.median, argumentCount: 1, pure: true, aggregate: Median.self))
    db.add(
      function: DatabaseFunction(SQLiteDialect.AddedFunction.percentile, argumentCount: 2, pure: true, aggregate: Percentile.self))
    db.add(
      function: DatabaseFunction(
        SQLiteDialect.AddedFunction.discretePercentile, argumentCount: 2, pure: true, aggregate: DiscretePercentile.self))
    db.add(
      function: DatabaseFunction(
        SQLiteDialect.AddedFunction.standardDeviation, argumentCount: 1, pure: true, aggregate: StandardDeviation.self))
  }

  /// The value at fraction `p` of sorted values, between two neighbours by straight line (as `percentile_cont`).
  static func percentile(_ values: [Double], _ p: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let position = min(1, max(0, p)) * Double(sorted.count - 1)
    let low = Int(position.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (position - Double(low))
  }
}

private struct Median: DatabaseAggregate {
  private var values: [Double] = []

  mutating func step(_ arguments: [DatabaseValue]) {
    if let value = Double.fromDatabaseValue(arguments[0]) { values.append(value) }
  }

  func finalize() -> (any DatabaseValueConvertible)? { AddedFunctions.percentile(values, 0.5) }
}

private struct Percentile: DatabaseAggregate {
  private var values: [Double] = []
  private var fraction = 0.5

  mutating func step(_ arguments: [DatabaseValue]) {
    if let value = Double.fromDatabaseValue(arguments[0]) { values.append(value) }
    fraction = Double.fromDatabaseValue(arguments[1]) ?? fraction
  }

  func finalize() -> (any DatabaseValueConvertible)? { AddedFunctions.percentile(values, fraction) }
}

/// The least value that at least the fraction `p` of the values does not exceed (as `percentile_disc`).
private struct DiscretePercentile: DatabaseAggregate {
  private var values: [Double] = []
  private var fraction = 0.5

  mutating func step(_ arguments: [DatabaseValue]) {
    if let value = Double.fromDatabaseValue(arguments[0]) { values.append(value) }
    fraction = Double.fromDatabaseValue(arguments[1]) ?? fraction
  }

  func finalize() -> (any DatabaseValueConvertible)? {
    guard !values.isEmpty else { return nil }
    // 0.1 × 30 is 3.0000000000000004 in binary; a part of a value is none.
    let place = Int((min(1, max(0, fraction)) * Double(values.count) - 1e-9).rounded(.up))
    return values.sorted()[max(1, place) - 1]
  }
}

/// Of a sample (divided by n − 1), by Welford's method; null below two values.
private struct StandardDeviation: DatabaseAggregate {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  mutating func step(_ arguments: [DatabaseValue]) {
    guard let value = Double.fromDatabaseValue(arguments[0]) else { return }
    count += 1
    let delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
  }

  func finalize() -> (any DatabaseValueConvertible)? { count < 2 ? nil : (squares / (count - 1)).squareRoot() }
}
