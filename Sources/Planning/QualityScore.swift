import CivilTime
import Metrics
import Questions

/// Of so many checks, so many hold.
package struct QualityScore: Hashable, Sendable {
  package var held: Int
  package var checked: Int

  package init(held: Int = 0, checked: Int = 0) { (self.held, self.checked) = (held, checked) }

  /// Nil where nothing was checked.
  package var share: Double? { checked == 0 ? nil : Double(held) / Double(checked) }

  mutating func add(checked: Int, broken: Int) {
    self.checked += checked
    held += checked - broken
  }
}

/// How a table stands, aspect by aspect. A score is the share of checks that hold: each rule is checked at each row that it says
/// anything of, and a row that was set aside is one more check, which failed.
package struct TableQuality: Hashable, Sendable {
  package var table: String
  package var rows: Int
  package var scores: [DataQuality.Aspect: QualityScore] = [:]
  /// Every check that was made, those of the day included.
  package var checks: [DataQuality.Check]
  package var setAside: [SetAsideReason]

  /// All aspects together.
  package var total: QualityScore {
    scores.values.reduce(into: QualityScore()) { $0.add(checked: $1.checked, broken: $1.checked - $1.held) }
  }

  package var isBroken: Bool { !setAside.isEmpty || checks.contains { $0.broken > 0 } }
}

extension DataQuality {
  /// How every table stands on a day.
  package func tables(of schema: Schema, on today: Day, _ extents: DataCoverage) -> [TableQuality] {
    schema.tables.map { table in
      let checks = checks.filter { $0.table == table.name } + timeliness(of: table, on: today, last: extents.tables[table.name]?.last)
      let reasons = setAside.filter { $0.table == table.name }.map(\.reason)
      var quality = TableQuality(table: table.name, rows: rows[table.name] ?? 0, checks: checks, setAside: reasons)
      for check in checks { quality.scores[check.aspect, default: QualityScore()].add(checked: check.checked, broken: check.broken) }
      for reason in reasons {
        // Whatever was let in had been read as what it should be; the other rules count it themselves.
        let kept = reason.kind == .type || reason.kind == .unreadable ? rows[table.name] ?? 0 : 0
        quality.scores[reason.kind.aspect, default: QualityScore()].add(checked: kept + reason.rows, broken: reason.rows)
      }
      return quality
    }
  }
}

extension SetAsideReason.Kind {
  /// What a row that was set aside fails in.
  fileprivate var aspect: DataQuality.Aspect {
    switch self {
    case .empty: .completeness
    case .repeated: .uniqueness
    case .type, .value, .unreadable: .validity
    case .reference, .rule: .consistency
    }
  }
}
