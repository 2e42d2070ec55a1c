import SourceText

/// Checks of how metrics are kept and used: owners, versions, times, dimensions.
extension DictionaryChecks {
  // MARK: Upkeep

  func withoutOwner() -> [Diagnostic] {
    dictionary.metrics.filter { $0.owner.isEmpty && $0.department.isEmpty }.map {
      warning("no-owner", $0.place, "\($0.name) without an owner", "owner: a person or a team")
    }
  }

  func withoutDefinition() -> [Diagnostic] {
    dictionary.metrics.filter(\.meaning.isEmpty).map {
      warning("no-definition", $0.place, "\($0.name) without a definition", "means: what it counts and what it leaves out")
    }
  }

  func deprecatedWithoutSuccessor() -> [Diagnostic] {
    dictionary.metrics.filter { $0.status == .deprecated && $0.successor == nil }.map {
      warning("no-successor", place($0, "status"), "\($0.name), deprecated, without a successor", "successor: a metric")
    }
  }

  /// A metric that calls itself certified, with a formula that nobody certified.
  func certificationsLost() -> [Diagnostic] {
    dictionary.metrics.filter(\.hasLostCertification).map {
      warning(
        "certification-lost", place($0, "certified"), "\($0.name), certified as \($0.certification?.formula ?? "")",
        "the formula that was certified, or wenshu dictionary certify \($0.name)", "until then it is a draft")
    }
  }

  /// Versions stand newest first, numbers and days both falling.
  func historyOutOfOrder() -> [Diagnostic] {
    dictionary.metrics.flatMap { metric -> [Diagnostic] in
      zip(metric.versions, metric.versions.dropFirst()).compactMap { newer, older in
        let days = newer.validFrom.flatMap { new in older.validFrom.map { new > $0 } }
        if older.number < newer.number, days ?? true { return nil }
        return error(
          "history-out-of-order", place(metric, "history"),
          "version \(older.number) of \(metric.name) behind version \(newer.number)",
          "older versions behind newer ones, with falling valid_from")
      }
    }
  }

  // MARK: Time

  /// `time:` must lead to a date or timestamp from every table the metric reads.
  func unusableTimes() -> [Diagnostic] {
    dictionary.metrics.compactMap { metric in
      guard let path = metric.time else { return nil }
      for table in dictionary.tables(of: metric.name) {
        do throws(PathFailure) {
          let type = try dictionary.schema.find(path, from: table).column.type
          if !type.isTime {
            return error(
              "time-of-wrong-type", place(metric, "time"), "\(path), a \(RowType(type).rawValue)",
              "a date or timestamp as time column")
          }
        } catch {
          let failure = FormulaFailure(path, error, at: 0)
          return self.error(failure.code, place(metric, "time"), failure.found, failure.expected, failure.hint)
        }
      }
      return nil
    }
  }

  /// A metric that cannot be asked about in time.
  func missingTimes() -> [Diagnostic] {
    dictionary.metrics.compactMap { metric in
      guard metric.time == nil else { return nil }
      let without = metric.formula.tables.filter { dictionary.schema[$0]?.time == nil }
      guard let table = without.first(where: { !$0.isEmpty }) else { return nil }
      return warning(
        "no-time", metric.place, "\(metric.name) over \(table), which has no time column",
        "time: in the metric or the table")
    }
  }

  /// The attainment of a target is something over that target, so that 1 means reached.
  func attainments() -> [Diagnostic] {
    dictionary.metrics.compactMap { metric in
      guard let name = metric.attainment, let attainment = dictionary.metric(name) else { return nil }
      if case .binary(.dividedBy, .metric, .metric(metric.name)) = attainment.formula { return nil }
      return error(
        "attainment-of-another", place(metric, "attainment"), "\(name) as the attainment of \(metric.name)",
        "a metric whose formula is another metric / \(metric.name)")
    }
  }

  func withoutTables() -> [Diagnostic] {
    dictionary.schema.tables.filter(\.columns.isEmpty).map {
      error("no-columns", $0.place, "table \($0.name) without columns", "columns: name: type")
    }
  }

  // MARK: Dimensions

  /// An allowed or required dimension that one of the metric's tables does not reach.
  func unreachableDimensions() -> [Diagnostic] {
    var reaches = ReachCache(dictionary.schema)
    return source.uses.filter { $0.relation == .dimensions || $0.relation == .required }.compactMap { use in
      guard let dimension = dictionary.dimension(use.name) else { return nil }
      for table in dictionary.tables(of: use.by) where !reaches.reaches(dimension, from: table) {
        return error(
          "unreachable-dimension", use.place, "\(use.name) for \(use.by), whose rows are in \(table)",
          "a dimension that rows of \(table) reach by joins")
      }
      return nil
    }
  }

  /// A dimension in a formula's condition that the aggregate's table does not reach.
  func unreachableConditions() -> [Diagnostic] {
    var reaches = ReachCache(dictionary.schema)
    return dictionary.metrics.flatMap { metric in
      metric.formula.aggregates.flatMap { aggregate in
        (aggregate.condition?.dimensions ?? []).compactMap { name in
          guard let dimension = dictionary.dimension(name), !reaches.reaches(dimension, from: aggregate.table) else {
            return nil
          }
          let use = source.uses.first { $0.by == metric.name && $0.relation == .formula && $0.name == name }
          return error(
            "unreachable-dimension", use?.place ?? metric.place, "\(name) in a condition over \(aggregate.table)",
            "a dimension that rows of \(aggregate.table) reach by joins")
        }
      }
    }
  }

  /// A dimension that stands in two hierarchies, or twice in one: drilling down would not know where to go.
  func repeatedLevels() -> [Diagnostic] {
    var first: [String: String] = [:]
    return source.uses.filter { $0.relation == .hierarchy }.compactMap { use in
      defer { first[use.name] = first[use.name] ?? use.by }
      guard let earlier = first[use.name] else { return nil }
      return earlier == use.by
        ? error("repeated-level", use.place, "\(use.name) twice in hierarchy \(use.by)", "each level once")
        : warning(
          "repeated-level", use.place, "\(use.name) in hierarchies \(earlier) and \(use.by)", "each dimension in one hierarchy",
          "drilling down goes along \(earlier)")
    }
  }
}

extension Dimension {
  /// The columns its values are computed from.
  package var columns: [ColumnPath] {
    switch source {
    case .column(let path): [path]
    case .expression(let row): row.columns
    case .flag(let condition): condition.columns
    }
  }
}

/// Reaches of tables, each walked once.
package struct ReachCache {
  private let schema: Schema
  private var known: [String: [Schema.Reach]] = [:]

  package init(_ schema: Schema) { self.schema = schema }

  package mutating func reach(from table: String) -> [Schema.Reach] {
    if let reach = known[table] { return reach }
    let reach = schema.reach(from: table)
    known[table] = reach
    return reach
  }

  /// Whether every row of `table` has at most one value of the dimension.
  package mutating func reaches(_ dimension: Dimension, from table: String) -> Bool {
    let reach = reach(from: table)
    func isReached(_ path: ColumnPath) -> Bool { (try? schema.find(path, from: table, within: reach)) != nil }
    return dimension.columns.allSatisfy(isReached) || dimension.others.contains(where: isReached)
  }
}
