import CivilTime
import Metrics
import Questions

/// One table being read, with the joins that its expressions turned out to need.
struct TableScope {
  let dictionary: MetricDictionary
  let table: Table
  /// Whose figures are read, for messages.
  let metric: String
  /// The days that are read, where they are known: exceptions of the calendar outside them need not be written down.
  var period: Period?
  /// The time of what is measured, by which rows that hold for a time are found; nil = the table's own.
  var moment: ColumnPath?
  /// Dimensions that stand for something else than what the row has: units of the calendar where a window looks from another
  /// day than the row's own, nothing where the table knows nothing of them.
  var stated: [String: PlanValue] = [:]
  /// The moment that rows are of where there are none yet: units of time that are counted out.
  var statedTime: PlanExpression?
  /// Columns that no table has: totals in a rule.
  private var statedColumns: [ColumnPath: PlanValue] = [:]
  private(set) var joins: [PlanJoin] = []
  private var aliases: [[String]: String] = [:]
  private var used: Set<String>

  /// - Throws: `Problem.unsupported` if the schema has no such table.
  init(_ name: String, metric: String, dictionary: MetricDictionary) throws(Problem) {
    guard let table = dictionary.schema[name] else { throw .unsupported("table \(name)") }
    self.dictionary = dictionary
    self.table = table
    self.metric = metric
    used = [name]
    aliases[[]] = name
  }

  /// The column at the end of a path, joined where it must be.
  /// - Throws: `Problem.unreachable`, `Problem.conflicting` if several ways lead there.
  mutating func column(_ path: ColumnPath, named dimension: String? = nil) throws(Problem) -> PlanValue {
    if let stated = statedColumns[path] { return stated }
    let roles = try roles(path, named: dimension)
    let (alias, table) = try join(roles)
    guard let column = table.column(path.column) else { throw unreachable(dimension ?? path.description) }
    return PlanValue(.field(alias, column.physicalName), PlanType(column.type))
  }

  /// The type a path's column is declared with.
  func declaredType(_ path: ColumnPath) throws(Problem) -> ColumnType {
    var current = table
    for role in try roles(path, named: nil) {
      if let join = current.join(role), let next = dictionary.schema[join.table] { current = next }
    }
    return current.column(path.column)?.type ?? .text
  }

  private func roles(_ path: ColumnPath, named dimension: String?) throws(Problem) -> [String] {
    do throws(JoinPath.Failure) {
      return try JoinPath(dictionary.schema).roles(from: table.name, to: path)
    } catch {
      switch error {
      case .unreachable: throw unreachable(dimension ?? path.description)
      case .ambiguous(let ways):
        throw .conflicting("join", ways.map { .name("\(table.name).\($0).\(path.column)") })
      }
    }
  }

  private func unreachable(_ name: String) -> Problem {
    .unreachable(metric: metric, dimension: name, reachable: Reachability(dictionary).dimensions(from: [table.name]))
  }

  /// Joins along roles, each prefix once, and gives the alias at the end.
  private mutating func join(_ roles: [String]) throws(Problem) -> (String, Table) {
    var current = table
    var alias = table.name
    var prefix: [String] = []
    for role in roles {
      prefix.append(role)
      guard let join = current.join(role), let next = dictionary.schema[join.table] else { break }
      if let known = aliases[prefix] {
        alias = known
      } else {
        let name = unique(role)
        var on = join.on.map { pair in
          PlanExpression.comparison(
            .field(name, next.column(pair.there)?.physicalName ?? pair.there), .equal,
            .field(alias, current.column(pair.here)?.physicalName ?? pair.here))
        }
        if let validity = join.validity { on += try holding(validity, next, name) }
        joins.append(PlanJoin(.left, .table(next.name, alias: name), on: on))
        aliases[prefix] = name
        alias = name
      }
      current = next
    }
    return (alias, current)
  }

  /// A row that holds at the time of what is measured: from its first moment until before its last.
  private mutating func holding(_ validity: Join.Validity, _ other: Table, _ alias: String) throws(Problem) -> [PlanExpression] {
    let time = try time(moment ?? table.time)
    func field(_ name: String) -> PlanExpression { .field(alias, other.column(name)?.physicalName ?? name) }
    return [
      .comparison(time, .atLeast, field(validity.from)),
      .any([.missing(field(validity.to), negated: false), .comparison(time, .less, field(validity.to))]),
    ]
  }

  /// Lets a column stand for a value of another relation, joined so that it cannot multiply rows.
  mutating func state(_ path: ColumnPath, as value: PlanValue, by join: PlanJoin) {
    statedColumns[path] = value
    joins.append(join)
  }

  private mutating func unique(_ role: String) -> String {
    var name = role
    var count = 2
    while !used.insert(name).inserted {
      name = "\(role)_\(count)"
      count += 1
    }
    return name
  }
}

extension PlanType {
  package init(_ type: ColumnType) {
    switch type {
    case .integer, .boolean: self = .number(scale: 0)
    case .decimal(let scale): self = .number(scale: scale)
    case .real: self = .real
    case .text: self = .text
    case .date, .timestamp: self = .time
    }
  }
}

/// Which dimensions can stand beside every row of some tables.
package struct Reachability: Sendable {
  private let dictionary: MetricDictionary
  private let paths: JoinPath

  package init(_ dictionary: MetricDictionary) {
    self.dictionary = dictionary
    paths = JoinPath(dictionary.schema)
  }

  /// Names of the dimensions reached from all of `tables`, in dictionary order.
  package func dimensions(from tables: [String]) -> [String] {
    dictionary.dimensions.filter { dimension in
      tables.allSatisfy { table in
        columns(of: dimension.source).allSatisfy { paths.reaches($0, from: table) }
          || dimension.others.contains { paths.reaches($0, from: table) }
      }
    }.map(\.name)
  }

  /// Names of the dimensions a metric can be cut by: those its tables reach and it allows.
  package func dimensions(of metric: Metric) -> [String] {
    let reached = dimensions(from: Array(FormulaTables.tables(of: metric.formula, in: dictionary)))
    guard let allowed = metric.allowedDimensions else { return reached }
    return reached.filter(allowed.contains)
  }

  private func columns(of source: Dimension.Source) -> [ColumnPath] {
    switch source {
    case .column(let path): [path]
    case .expression(let expression): expression.columns(dictionary)
    case .flag(let condition): condition.columns(dictionary)
    }
  }
}

extension RowExpression {
  /// Every column it names, also those of dimensions it tests.
  func columns(_ dictionary: MetricDictionary) -> [ColumnPath] {
    switch self {
    case .column(let path): [path]
    case .number, .text: []
    case .binary(_, let a, let b), .between(_, let a, let b): a.columns(dictionary) + b.columns(dictionary)
    case .negated(let a), .absolute(let a), .unit(_, let a): a.columns(dictionary)
    case .choice(let test, let a, let b):
      test.columns(dictionary) + a.columns(dictionary) + b.columns(dictionary)
    case .coalesce(let items): items.flatMap { $0.columns(dictionary) }
    }
  }
}

extension RowCondition {
  func columns(_ dictionary: MetricDictionary) -> [ColumnPath] {
    switch self {
    case .comparison(let a, _, let b): a.columns(dictionary) + b.columns(dictionary)
    case .oneOf(let a, _, _), .missing(let a, _), .matches(let a, _, _): a.columns(dictionary)
    case .dimension(let name, _, _), .dimensionOneOf(let name, _, _), .dimensionMissing(let name, _), .members(let name, _, _, _):
      if case .column(let path)? = dictionary.dimension(name)?.source { [path] } else { [] }
    case .all(let items), .any(let items): items.flatMap { $0.columns(dictionary) }
    case .not(let inner): inner.columns(dictionary)
    }
  }
}
