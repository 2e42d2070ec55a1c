import Metrics
import SourceText

/// Keys of several columns, and joins along them: the number of an order that is counted anew in every shop.
struct CompositeKeys {
  let joins: JoinGuesses
  let schema: DraftSchema

  private static let mostColumns = 3
  private static let mostCandidates = 6

  // MARK: Keys

  /// The fewest columns of which no two rows have the same values, one of them a number that tells something apart; declared
  /// ones first. Of a sample only declared ones: two rows that were not looked at may have the same.
  /// - Throws: `DiagnosticsError`
  func key(of table: DraftTable) throws(DiagnosticsError) -> [String] {
    let declared = table.staged.primaryKey.compactMap { header in table.columns.first { $0.header == header }?.name }
    if declared.count > 1, declared.count == table.staged.primaryKey.count { return declared }
    guard table.staged.isWhole, table.rows > 1 else { return [] }
    let able = table.columns.filter { rank($0, table) != nil }
      .sorted { (rank($0, table)!, $0.index) < (rank($1, table)!, $1.index) }.prefix(Self.mostCandidates)
    guard able.contains(where: { $0.role == .key }) else { return [] }
    let rows = try schema.number("SELECT count(*) FROM \(table.stage)")
    for count in 2...Self.mostColumns {
      for columns in Self.choices(Array(able), count) where columns.contains(where: { $0.role == .key }) {
        // Not enough different values to tell all rows apart need no looking.
        guard columns.reduce(1.0, { $0 * Double($1.profile.distinct) }) >= rows else { continue }
        let list = columns.map { "c\($0.index)" }.joined(separator: ", ")
        let different = try schema.number("SELECT count(*) FROM (SELECT DISTINCT \(list) FROM \(table.stage))")
        if different == rows { return columns.sorted { $0.index < $1.index }.map(\.name) }
      }
    }
    return []
  }

  /// How much a column looks like a part of a key; nil for none.
  private func rank(_ column: DraftColumn, _ table: DraftTable) -> Int? {
    guard column.profile.nulls == 0, column.profile.distinct > 1 else { return nil }
    switch column.role {
    case .key: return 0
    case .code: return 1
    case .time: return 2
    case .category, .name: return column.profile.distinct <= 50 && column.profile.distinct * 10 <= table.rows ? 3 : nil
    default: return nil
    }
  }

  private static func choices(_ columns: [DraftColumn], _ count: Int) -> [[DraftColumn]] {
    if count == 0 { return [[]] }
    return columns.indices.flatMap { first in choices(Array(columns[(first + 1)...]), count - 1).map { [columns[first]] + $0 } }
  }

  // MARK: Joins

  /// The join to a table by all columns of its key, if columns here speak of the same and their values are there together.
  /// - Throws: `DiagnosticsError`
  func join(from table: DraftTable, to other: DraftTable) throws(DiagnosticsError) -> DraftJoin? {
    guard other.keys.count > 1 else { return nil }
    var pairs: [(here: DraftColumn, there: DraftColumn)] = []
    for there in other.keys.compactMap({ other.column($0) }) {
      let able = table.columns.filter { here in
        joins.isText(here) == joins.isText(there) && here.isTime == there.isTime && !pairs.contains { $0.here.name == here.name }
          && (joins.score(here, there, table, other) >= 2 || here.header.lowercased() == there.header.lowercased())
      }
      guard let here = able.max(by: { joins.score($0, there, table, other) < joins.score($1, there, table, other) }) else { return nil }
      pairs.append((here, there))
    }
    let (a, b) = (pairs.map { "c\($0.here.index)" }.joined(separator: ", "), pairs.map { "c\($0.there.index)" }.joined(separator: ", "))
    let filled = pairs.map { "c\($0.here.index) IS NOT NULL" }.joined(separator: " AND ")
    let here = "SELECT DISTINCT \(a) FROM \(table.stage) WHERE \(filled)"
    let all = try schema.number("SELECT count(*) FROM (\(here))")
    let known = try schema.number("SELECT count(*) FROM (\(here) INTERSECT SELECT \(b) FROM \(other.stage))")
    // Two tables with the same key say the same of the same things; which of them leads is not told by values.
    guard all > 0, known >= all * 0.9, all < (try schema.number("SELECT count(*) FROM \(table.stage)")) else { return nil }
    let names = pairs.map(\.there.name).joined(separator: ", ")
    let sample = table.staged.isWhole && other.staged.isWhole ? "" : " (in a sample)"
    var join = DraftJoin(
      role: other.name, table: other.name, here: pairs[0].here.name, there: pairs[0].there.name,
      evidence: "\(Int(known)) of \(Int(all)) pairs of values are in \(other.name) (\(names)), none of which is a key alone\(sample)")
    join.isWhole = known == all
    join.more = pairs.dropFirst().map { ($0.here.name, $0.there.name) }
    return join
  }

  /// A key that was found in the values alone is one while nothing needs it only if all its columns are numbers that tell
  /// things apart; of others a person is told.
  static func settle(_ schema: inout DraftSchema) {
    let needed = Set(schema.tables.flatMap(\.joins).filter { !$0.more.isEmpty }.map(\.table))
    for index in schema.tables.indices {
      let table = schema.tables[index]
      if table.keys.isEmpty || !table.staged.primaryKey.isEmpty { continue }
      let names = table.keys.joined(separator: ", ")
      if needed.contains(table.name) || table.keys.allSatisfy({ table.column($0)?.role == .key }) {
        schema.tables[index].evidence.append("confirm: no two rows have the same \(names)")
      } else {
        schema.tables[index].evidence.append("no two rows have the same \(names); key: [\(names)] would keep it so")
        schema.tables[index].keys = []
      }
    }
  }
}
