import CivilTime
import SourceText

extension DbtImport {
  /// Under every name that dbt knows a dimension by: its own entity's, and through one more join.
  mutating func addDimensions() {
    addEntities()
    for model in project.models {
      for dimension in model.dimensions {
        for prefix in model.prefixes { add(dimension, of: model, named: "\(prefix)__\(dimension.name)", at: model.table) }
      }
    }
    for model in project.models { addThroughJoins(of: model) }
    addCalendarUnits()
    for dimension in units { add(dimension) }
    units = []
  }

  private mutating func add(_ dimension: ImportedDimension) {
    func key(_ name: String) -> String { name.filter { $0 != "_" }.lowercased() }
    guard let same = dimensions.first(where: { key($0.name) == key(dimension.name) }) else { return dimensions.append(dimension) }
    if same.name != dimension.name {
      lost(nil, "dimension \(dimension.name)", "people could not tell it from \(same.name)")
    }
  }

  /// An entity is a dimension: its column in every table that has it, those that it is the key of first.
  private mutating func addEntities() {
    let all = project.models.flatMap { model in model.entities.map { (model, $0) } }.filter { Self.isColumn($0.1.expr) }
    for (_, entity) in all {
      let same = all.filter { $0.1.name == entity.name }
      let ordered = same.filter { $0.1.isKey } + same.filter { !$0.1.isKey }
      var columns: [String] = []
      for (model, own) in ordered where !columns.contains("\(model.table).\(own.expr)") { columns.append("\(model.table).\(own.expr)") }
      add(ImportedDimension(name: entity.name, columns: columns))
    }
  }

  /// What lies behind a model's own entities, said from a third one: `listing__user__home_state`.
  private mutating func addThroughJoins(of model: DbtModel) {
    guard let table = tables.first(where: { $0.name == model.table }) else { return }
    for key in model.keys {
      for entity in model.entities where entity.name != key.name && Self.isColumn(entity.expr) {
        add(ImportedDimension(name: "\(key.name)__\(entity.name)", columns: ["\(model.table).\(entity.expr)"]))
        for join in table.joins where join.entity == entity.name {
          guard let other = project.models.first(where: { $0.table == join.table }) else { continue }
          let (start, path) = ("\(key.name)__\(entity.name)__", "\(model.table).\(join.role)")
          for dimension in other.dimensions { add(dimension, of: other, named: start + dimension.name, at: path) }
          for far in other.entities where far.name != entity.name && Self.isColumn(far.expr) {
            add(ImportedDimension(name: start + far.name, columns: ["\(path).\(far.expr)"]))
          }
        }
      }
    }
  }

  /// A dimension where a path leads to its table, and for times the coarser units.
  private mutating func add(_ dimension: DbtDimension, of model: DbtModel, named name: String, at path: String) {
    guard Self.isColumn(dimension.expr) else { return addExpression(dimension, model, name, path) }
    let column = "\(path).\(dimension.expr)"
    guard dimension.isTime else {
      let type = tables.first { $0.name == model.table }?.columns.first { $0.name == dimension.expr }?.type ?? "text"
      let isNumber = type == "integer" || type == "real" || type.hasPrefix("decimal")
      return add(ImportedDimension(name: name, title: dimension.label, columns: [column], isNumber: isNumber))
    }
    let own = Grain(rawValue: dimension.grain)
    // Units below an hour are taken as they are stored.
    if let own {
      add(ImportedDimension(name: name, title: dimension.label, expression: "\(own.rawValue)(\(column))"))
    } else {
      add(ImportedDimension(name: name, title: dimension.label, columns: [column]))
    }
    for grain in Grain.allCases where own.map({ grain > $0 }) ?? true {
      units.append(ImportedDimension(name: "\(name)__\(grain.rawValue)", expression: "\(grain.rawValue)(\(column))"))
    }
    guard let spine = daySpine, dimension.grain == "day" else { return }
    for unit in spine.units {
      add(ImportedDimension(name: "\(name)__\(unit.name)", columns: ["\(path).\(Self.calendarRole(dimension.expr)).\(unit.column)"]))
    }
  }

  private mutating func addExpression(_ dimension: DbtDimension, _ model: DbtModel, _ name: String, _ path: String) {
    let columns = Set(tables.first { $0.name == model.table }?.columns.map(\.name) ?? [])
    let writer = DbtExpressions(column: { columns.contains($0) ? "\(path).\($0)" : nil }, template: { _ in nil })
    guard let text = SQLFragment(dimension.expr).flatMap(writer.row) else {
      return lost(dimension.place, "dimension \(dimension.name): \(dimension.expr)", "the formula language cannot say it")
    }
    add(ImportedDimension(name: name, title: dimension.label, expression: text))
  }

  /// Units of the business's own calendar, by each table's own time.
  private mutating func addCalendarUnits() {
    for spine in project.spines where spine.grain != "day" && spine.grain != "hour" {
      add(ImportedDimension(name: spine.grain, columns: ["\(spine.table).\(spine.column)"]))
    }
    guard let spine = daySpine else { return }
    for unit in spine.units {
      var columns: [String] = ["\(spine.table).\(unit.column)"]
      for model in project.models {
        guard let time = model.time.flatMap({ model.dimension($0) }), time.grain == "day", Self.isColumn(time.expr) else { continue }
        let column = "\(model.table).\(Self.calendarRole(time.expr)).\(unit.column)"
        if !columns.contains(column) { columns.append(column) }
      }
      add(ImportedDimension(name: unit.name, columns: columns))
    }
  }
}
