import Intake
import Metrics
import SourceText

/// Reads the fields of one row into values and checks them against the rules of their columns.
final class RowChecking {
  let table: Table
  let mapping: ColumnMapping
  private let readers: [ValueReader]
  private let rules: [RuleCheck?]
  private let places: [Int]
  private let isKey: [Bool]
  private let hasDefault: [Bool]
  /// How many values of each column each rule changed; only of rows that were taken.
  @exclusivity(unchecked) private(set) var changes: [[Int]]
  @exclusivity(unchecked) private var pending: [(column: Int, rules: CleaningRules)] = []

  /// - Throws: `DiagnosticsError` for a range or an allowed value that is none of the column's type.
  init(_ table: Table, _ names: [String]) throws(DiagnosticsError) {
    self.table = table
    mapping = ColumnMapping(table, names)
    readers = table.columns.map { column in
      ValueReader(type: column.type, format: column.format, cleaning: column.cleaning) ?? ValueReader(type: column.type, format: nil)!
    }
    var defects: [Diagnostic] = []
    rules = table.columns.map { RuleCheck($0, &defects) }.map { $0?.isSoft == true ? nil : $0 }
    hasDefault = table.columns.map { $0.cleaning.fallback != nil }
    for (column, reader) in zip(table.columns, readers) {
      guard let fallback = column.cleaning.fallback, case .bad = reader.read(fallback) else { continue }
      defects.append(Diagnostic(code: "bad-rule", at: column.place, found: "default: \(fallback) of \(column.name)", expected: reader.expected))
    }
    if !defects.isEmpty { throw DiagnosticsError(defects) }
    places = mapping.places.map { $0 ?? -1 }
    isKey = table.columns.map { table.key.contains($0.name) }
    changes = table.columns.map { _ in Array(repeating: 0, count: CleaningRule.allCases.count) }
  }

  /// Gives each value of the row to `bind`; what is wrong with the row, nil if nothing is.
  func read(_ rows: any InputRows, _ bind: (Int, RawValue) -> Void) -> RejectReason? {
    if let defect = rows.defect { return RejectReason(defect: defect) }
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
    let row = rows.view
    if let total = TotalRow.word(row), !isAllowed(total) { return RejectReason(.total, found: total) }
    for index in 0..<readers.count {
      let place = places[index]
      guard place >= 0 else {
        bind(index, hasDefault[index] ? readers[index].read("") : .null)
        continue
      }
      let reader = readers[index]
      let value = reader.read(row[place])
      if case .bad = value { return reason(.type, index, rows, place, reader.expected) }
      if case .null = value, isKey[index] { return reason(.required, index, rows, place, "") }
      if let check = rules[index], let broken = check.broken(value) { return reason(broken.kind, index, rows, place, broken.expected) }
      if !reader.rules.isEmpty { pending.append((index, reader.rules)) }
      bind(index, value)
    }
    return nil
  }

  /// Whether a column's rules name the word: then it is a value like others.
  private func isAllowed(_ word: String) -> Bool { table.columns.contains { $0.rules.allowed.contains(word) } }

  /// Counts what was changed in the row just read; called once it is in the table.
  func taken() {
    for (column, rules) in pending {
      for rule in rules.each { changes[column][rule.rawValue] += 1 }
    }
  }

  private func reason(_ kind: RejectReason.Kind, _ index: Int, _ rows: any InputRows, _ place: Int, _ expected: String) -> RejectReason {
    RejectReason(kind, column: table.columns[index].name, found: String(rows.text(place).prefix(200)), expected: expected)
  }
}

/// The rules of one column, in terms of its type.
final class RuleCheck {
  private let rules: ColumnRules
  var isSoft: Bool { rules.isSoft }
  private let least: Comparable?
  private let most: Comparable?
  private let allowed: Set<Comparable>
  private let pattern: Regex<AnyRegexOutput>?

  private enum Comparable: Hashable {
    case integer(Int64)
    case real(Double)
    case text(String)

    init?(_ value: RawValue) {
      switch value {
      case .integer(let value): self = .integer(value)
      case .real(let value): self = .real(value)
      case .text(let bytes): self = .text(String(decoding: bytes, as: UTF8.self))
      case .null, .bad: return nil
      }
    }

    /// Whether the first is less; only values of one column are compared.
    static func < (a: Comparable, b: Comparable) -> Bool {
      switch (a, b) {
      case (.integer(let a), .integer(let b)): a < b
      case (.real(let a), .real(let b)): a < b
      case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
      default: false
      }
    }
  }

  /// Nil for a column without rules.
  init?(_ column: Column, _ defects: inout [Diagnostic]) {
    if column.rules.isEmpty { return nil }
    rules = column.rules
    guard let reader = ValueReader(type: column.type, format: column.format) else { return nil }
    func value(_ text: String, _ key: String) -> Comparable? {
      if let value = Comparable(reader.read(text)) { return value }
      defects.append(Diagnostic(code: "bad-rule", at: column.place, found: "\(key): \(text) of \(column.name)", expected: reader.expected))
      return nil
    }
    least = column.rules.least.flatMap { value($0, "at least") }
    most = column.rules.most.flatMap { value($0, "at most") }
    allowed = Set(column.rules.allowed.compactMap { value($0, "allowed") })
    pattern = column.rules.pattern.flatMap { try? Regex($0) }
  }

  /// Which rule the value breaks, and what was expected.
  func broken(_ value: RawValue) -> (kind: RejectReason.Kind, expected: String)? {
    guard let value = Comparable(value) else { return rules.isRequired ? (.required, "") : nil }
    if let least, value < least { return (.range, range) }
    if let most, most < value { return (.range, range) }
    if !rules.allowed.isEmpty, !allowed.contains(value) { return (.allowed, rules.allowed.joined(separator: ", ")) }
    if let pattern, case .text(let text) = value, (try? pattern.wholeMatch(in: text)) == nil { return (.pattern, rules.pattern ?? "") }
    return nil
  }

  private var range: String { "\(rules.least ?? "…")–\(rules.most ?? "…")" }
}
