import CivilTime
import GRDB
import GRDBSQLite
import Metrics
import Planning
import SQLText

/// Writes what a pass has filled into the tables of its rollups.
struct RollupWriting {
  let base: RollupBase
  let schema: Schema
  let db: GRDB.Database
  let filled: RollupBuilder.Filled

  /// Which of the pass's keys each of the base's keys is.
  private var places: [Int: Int] { Dictionary(uniqueKeysWithValues: filled.pass.keyPlaces.enumerated().map { ($1, $0) }) }

  /// The table of a rollup: `_wenshu_rollup_order_lines_month_region`.
  static func tableName(_ name: String) -> String { "_wenshu_rollup_" + name }

  /// `order_lines_by_month_region`
  static func name(_ base: RollupBase, _ shape: RollupShape, isDefaultTime: Bool) -> String {
    let time = isDefaultTime ? "" : "_" + base.time.column
    return base.table + time + "_by_" + ([shape.grain.rawValue] + shape.keys.map { base.keys[$0].name }).joined(separator: "_")
      + (shape.hasMembers ? "_members" : "")
  }

  struct Written {
    var rows = 0
    var bytes = 0
  }

  /// The measures that a rollup of a shape has.
  func measures(_ shape: RollupShape) -> [Int] {
    base.measures.indices.filter { shape.hasMembers || base.measures[$0].kind != .members }
  }

  // MARK: Tables

  func createTable(_ table: String, _ shape: RollupShape, _ keys: [Int]) throws {
    let tree = JoinTree(base, schema)
    var columns = [SQLiteDialect.name(RollupBase.period) + " TEXT"]
    for key in keys {
      // A column converts what it is compared with by its type, an expression does not.
      var type = ""
      if case .field(let alias, let column) = base.keys[key].value.expression { type = tree.type(alias, column).map { " " + $0 } ?? "" }
      columns.append(SQLiteDialect.name(base.keys[key].name) + type)
    }
    for measure in measures(shape) {
      columns.append(SQLiteDialect.name(base.measures[measure].column) + (base.measures[measure].kind == .members ? " BLOB" : " INTEGER"))
    }
    let name = SQLiteDialect.name(table)
    try db.execute(sql: "DROP TABLE IF EXISTS \(name); CREATE TABLE \(name) (\(columns.joined(separator: ", ")))")
  }

  func createIndex(_ table: String) throws {
    try db.execute(
      sql: "CREATE INDEX \(SQLiteDialect.name(table + "_period")) ON \(SQLiteDialect.name(table)) (\(SQLiteDialect.name(RollupBase.period)))")
  }

  // MARK: Rows

  /// Inserts the cells of a shape, in the order of time.
  /// - Parameter keys: the columns of the table: those of the shape, and those that follow from one of them.
  /// - Throws: `RollupDoubt` if a key does not follow any more.
  func insert(_ shape: RollupShape, into table: String, keys: [Int]) throws -> Written {
    let cube = cube(shape)
    let columns = try keys.map { try keyColumn($0, shape) }
    let own = measures(shape)
    let lanes = own.map { lane(base.measures[$0]) }
    let sets = own.map { base.measures[$0].kind == .members ? set(base.measures[$0]) : nil }
    let members = filled.filling.cells(of: shape)
    let marks = Array(repeating: "?", count: 1 + keys.count + own.count).joined(separator: ", ")
    let statement = try db.makeStatement(sql: "INSERT INTO \(SQLiteDialect.name(table)) VALUES (\(marks))")
    let handle = statement.sqliteStatement
    var written = Written()
    for (unit, codes, place) in cube.sorted() {
      var bytes = 4
      if let day = RollupShape.day(of: unit) { bytes += Self.bind(.text(Day(number: Int(day)).description), handle, 1) } else {
        sqlite3_bind_null(handle, 1)
      }
      for (index, column) in columns.enumerated() {
        let code = RollupShape.code(in: codes, at: column.index, of: shape.keys.count)
        bytes += Self.bind(column.values[column.following.map { Int($0[code]) } ?? code], handle, Int32(2 + index))
      }
      for (index, measure) in own.enumerated() {
        let parameter = Int32(2 + keys.count + index)
        if base.measures[measure].kind == .members {
          // A cell without any member has the empty set.
          let first = members.flatMap { members in members.table.find(unit, codes).map { members.sets[$0] } }
          let blob = sets[index].flatMap { set in first.map { filled.filling.gathering.blob($0 + set) } } ?? MemberSet.blob([])
          bytes += Self.bind(blob, handle, parameter)
        } else if let value = value(cube, place, lanes[index]) {
          bytes += Self.bind(.integer(value), handle, parameter)
        } else {
          sqlite3_bind_null(handle, parameter)
        }
      }
      let code = sqlite3_step(handle)
      sqlite3_reset(handle)
      if code != SQLITE_DONE { throw DatabaseError(resultCode: ResultCode(rawValue: code & 0xFF)) }
      written.rows += 1
      written.bytes += bytes + 3 + keys.count + own.count
    }
    return written
  }

  /// Gives how many bytes it takes.
  private static func bind(_ value: KeyValue, _ handle: OpaquePointer, _ parameter: Int32) -> Int {
    switch value {
    case .null:
      sqlite3_bind_null(handle, parameter)
      return 0
    case .integer(let number):
      sqlite3_bind_int64(handle, parameter, number)
      return number == 0 ? 0 : (64 - number.magnitude.leadingZeroBitCount) / 8 + 1
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { _ = sqlite3_bind_text(handle, parameter, $0.baseAddress ?? Self.empty, Int32($0.count), transient) }
        return bytes.count
      }
    }
  }

  private static func bind(_ blob: [UInt8], _ handle: OpaquePointer, _ parameter: Int32) -> Int {
    blob.withUnsafeBytes { _ = sqlite3_bind_blob(handle, parameter, $0.baseAddress, Int32($0.count), transient) }
    return blob.count
  }

  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
  nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
    let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    byte.pointee = 0
    return UnsafePointer(byte)
  }()

  // MARK: Cells

  /// From the filled cells of the shape, or of the smallest that it can be put together from.
  private func cube(_ shape: RollupShape) -> RollupCube {
    let cubes = filled.filling.cubes
    if let own = cubes.first(where: { $0.shape == shape.plain }) { return own }
    return cubes.filter { shape.isCoarser(than: $0.shape) }.min { $0.count < $1.count }!.coarser(shape.plain)
  }

  private struct KeyColumn {
    var values: [KeyValue]
    /// Place in the shape's keys.
    var index: Int
    /// By the code there, the code here; nil for a key of the shape.
    var following: [UInt16]?
  }

  private func keyColumn(_ key: Int, _ shape: RollupShape) throws -> KeyColumn {
    let place = places[key]!
    if let index = shape.keys.firstIndex(of: key) { return KeyColumn(values: filled.pass.values(place), index: index) }
    for (index, other) in shape.keys.enumerated() {
      if let following = filled.pass.following(place, from: places[other]!) {
        return KeyColumn(values: filled.pass.values(place), index: index, following: following)
      }
    }
    throw RollupDoubt("a key that followed from another does no more")
  }

  /// The column of cubes that a measure stands in; for sums also that of the number of its values.
  private func lane(_ measure: RollupBase.Measure) -> (lane: Int, count: Int?) {
    let pass = filled.pass, filling = filled.filling
    let argument = measure.argument.flatMap { pass.argument($0) } ?? 0
    func sum(_ kind: RollupPass.Lane.Kind) -> Int? {
      pass.sums.firstIndex(of: .init(kind: kind, argument: argument, filter: measure.filter)).map(filling.column)
    }
    switch measure.kind {
    case .rows: return (filling.column(pass.sums.firstIndex(of: .init(kind: .rows, argument: 0, filter: measure.filter))!), nil)
    case .count: return (sum(.count)!, nil)
    case .sum: return (sum(.sum)!, sum(.count))
    case .least, .greatest:
      let end = RollupPass.Lane(kind: measure.kind == .least ? .least : .greatest, argument: argument, filter: measure.filter)
      return (filling.cubes[0].sums + pass.ends.firstIndex(of: end)!, sum(.count))
    case .members: return (0, nil)
    }
  }

  /// Null where no row of the cell has a value.
  private func value(_ cube: RollupCube, _ place: Int, _ lane: (lane: Int, count: Int?)) -> Int64? {
    if let count = lane.count, cube.value(place, count) == 0 { return nil }
    return cube.value(place, lane.lane)
  }

  /// Which of the sets of a cell is a measure's.
  private func set(_ measure: RollupBase.Measure) -> Int? {
    let pass = filled.pass
    guard let argument = measure.argument.flatMap({ pass.argument($0) }) else { return nil }
    var first = 0
    for own in pass.sets {
      if own.argument == argument, let place = own.filters.firstIndex(of: measure.filter) { return first + place }
      first += own.filters.count
    }
    return nil
  }
}
