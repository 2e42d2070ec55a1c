import Metrics
import SourceText

extension DbtImport {
  /// A plain name of a column, not an expression.
  static func isColumn(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && !["true", "false", "null"].contains(text.lowercased())
  }

  /// What a column holds: as the warehouse says, else as it is used. Texts of the warehouse that are used as times are times.
  func type(_ table: String, _ column: String, used: String) -> String {
    guard let known = types[table]?[column] else { return used }
    switch known {
    case .integer: return "integer"
    case .real: return "real"
    case .decimal(let scale): return "decimal(\(scale))"
    case .date: return "date"
    case .timestamp: return "timestamp"
    case .boolean: return "boolean"
    case .text: return used == "timestamp" ? used : "text"
    }
  }

  mutating func addTables() {
    for model in project.models { addTable(of: model) }
    for spine in project.spines where spine.grain == "day" || spine.grain == "hour" {
      var table = ImportedTable(name: spine.table, key: [spine.column], time: spine.column)
      table.add(spine.column, type(spine.table, spine.column, used: "timestamp"))
      for unit in spine.units { table.add(unit.column, type(spine.table, unit.column, used: "text")) }
      tables.append(table)
    }
    // Finer units are no grain here; their moments are kept as a dimension that can be listed and bounded.
    for spine in project.spines where spine.grain != "day" && spine.grain != "hour" {
      var table = ImportedTable(name: spine.table, key: [spine.column])
      table.add(spine.column, type(spine.table, spine.column, used: "timestamp"))
      tables.append(table)
      lost(
        spine.place, "time spine \(spine.table) of \(spine.grain)s as a unit of time",
        "units of time here are hours, days and coarser ones; its moments are the dimension \(spine.grain)")
    }
    for model in project.models { addJoins(of: model) }
    addCalendarJoins()
  }

  private mutating func addTable(of model: DbtModel) {
    var table = tables.first { $0.name == model.table } ?? ImportedTable(name: model.table)
    tables.removeAll { $0.name == model.table }
    if table.title.isEmpty, model.description != model.name { table.title = model.description }
    for entity in model.entities {
      guard let column = column(entity.expr, "entity \(entity.name)", entity.place) else { continue }
      table.add(column, type(model.table, column, used: "text"))
    }
    for dimension in model.dimensions where Self.isColumn(dimension.expr) {
      table.add(dimension.expr, type(model.table, dimension.expr, used: dimension.isTime ? "timestamp" : "text"))
    }
    for measure in model.measures where Self.isColumn(measure.expr) {
      let used = ["count", "count_distinct"].contains(measure.agg) ? "text" : measure.agg == "sum_boolean" ? "boolean" : "real"
      table.add(measure.expr, type(model.table, measure.expr, used: used))
    }
    // Columns that only stand inside expressions, where the warehouse knows them.
    let texts = model.measures.map(\.expr) + model.dimensions.map(\.expr)
    for name in (types[model.table] ?? [:]).keys.sorted() where texts.contains(where: { $0.contains(name) && !Self.isColumn($0) }) {
      table.add(name, type(model.table, name, used: "text"))
    }
    addKeys(of: model, &table)
    if table.time == nil, let time = model.time.flatMap({ model.dimension($0) }) {
      table.time = column(time.expr, "time of \(model.name)", time.place)
      if ["week", "month", "quarter", "year"].contains(time.grain) { table.spans = time.grain }
    }
    tables.append(table)
  }

  private func addKeys(of model: DbtModel, _ table: inout ImportedTable) {
    let partitions = model.partitions.map(\.expr).filter(Self.isColumn)
    for entity in model.entities where Self.isColumn(entity.expr) {
      switch entity.kind {
      case .primary where table.key.isEmpty: table.key = [entity.expr] + partitions
      case .primary, .unique: table.unique.append([entity.expr] + partitions)
      case .foreign, .natural: continue
      }
    }
  }

  private func column(_ text: String, _ what: String, _ place: SourcePlace) -> String? {
    if Self.isColumn(text) { return text }
    lost(place, "\(what): \(text)", "a join or a time is a column here, no expression")
    return nil
  }

  // MARK: Joins

  /// From each entity of a model to every other model that has it as a key.
  private mutating func addJoins(of model: DbtModel) {
    guard let index = tables.firstIndex(where: { $0.name == model.table }) else { return }
    for entity in model.entities where Self.isColumn(entity.expr) {
      for other in project.models where other.table != model.table {
        guard let key = other.keys.first(where: { $0.name == entity.name }), Self.isColumn(key.expr) else { continue }
        guard var join = join(entity, key, model, other) else { continue }
        if tables[index].joins.contains(where: { $0.role == join.role }) { join.role = "\(entity.name)__\(other.table)" }
        if tables[index].joins.contains(where: { $0.role == join.role }) { continue }
        tables[index].joins.append(join)
      }
    }
  }

  private func join(_ entity: DbtEntity, _ key: DbtEntity, _ model: DbtModel, _ other: DbtModel) -> ImportedJoin? {
    var join = ImportedJoin(role: other.table, table: other.table, entity: entity.name, on: [(entity.expr, key.expr)])
    for partition in other.partitions where Self.isColumn(partition.expr) {
      guard let own = model.partitions.first(where: { $0.name == partition.name }), Self.isColumn(own.expr) else {
        lost(
          entity.place, "join of \(model.name) to \(other.name) by \(entity.name)",
          "\(other.name) has a row for each \(partition.name), which \(model.name) does not say")
        return nil
      }
      join.on.append((own.expr, partition.expr))
    }
    if key.kind == .natural {
      guard let from = other.dimensions.first(where: { $0.validity == .start })?.expr,
        let to = other.dimensions.first(where: { $0.validity == .end })?.expr
      else {
        lost(key.place, "natural key \(key.name) of \(other.name)", "no validity_params say when its rows hold")
        return nil
      }
      join.validity = (from, to)
    }
    return join
  }

  /// Beside each day, the units of the business's own calendar.
  private mutating func addCalendarJoins() {
    guard let spine = daySpine, !spine.units.isEmpty else { return }
    for model in project.models {
      guard let index = tables.firstIndex(where: { $0.name == model.table }), model.table != spine.table else { continue }
      for dimension in model.dimensions where dimension.isTime && dimension.grain == "day" && Self.isColumn(dimension.expr) {
        let role = Self.calendarRole(dimension.expr)
        if tables[index].joins.contains(where: { $0.role == role }) { continue }
        tables[index].joins.append(
          ImportedJoin(role: role, table: spine.table, entity: "", on: [(dimension.expr, spine.column)]))
      }
    }
  }

  static func calendarRole(_ column: String) -> String { "\(column)_calendar" }
}
