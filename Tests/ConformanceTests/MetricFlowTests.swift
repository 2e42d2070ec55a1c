import CivilTime
import Foundation
import Metrics
import Planning
import Questions
import SQLText
import SourceText
import Tables
import TestSupport
import Testing
import Warehouse

/// A peer's test suite of what metrics mean: its manifests imported, its requests asked in the notation, its rows compared.
@Suite struct MetricFlowTests {
  static let folder = ProjectFolder.shared + "/conformance/metricflow"

  struct Outcome {
    var test: MetricFlowCase
    var notation = ""
    var sql = ""
    /// Nil: the peer's rows exactly.
    var reason: String?
  }

  @Test func `the peer's rows are ours`() throws {
    guard FileManager.default.fileExists(atPath: Self.folder) else {
      return print("skipped: no ../shared/conformance/metricflow here")
    }
    let cache = ProjectFolder.cache + "/metricflow"
    let warehouse = try MetricFlowWarehouse(tables: Self.folder + "/tables", path: cache + "/metricflow.sqlite")
    let cases = try MetricFlowCase.all(in: Self.folder)
    var models: [String: MetricFlowModel] = [:]
    for name in Set(cases.map(\.model)) {
      models[name] = try MetricFlowModel(name: name, folder: Self.folder, warehouse: warehouse.path, cache: cache)
    }
    let outcomes = cases.map { Self.outcome($0, models[$0.model]!, warehouse) }
    Self.tell(outcomes, models)
    let passed = outcomes.count { $0.reason == nil }
    let floor = try Self.floor("metricflow.passed")
    #expect(passed >= floor, "metricflow.passed fell to \(passed), below the floor of \(floor)")
  }

  private static func floor(_ name: String) throws -> Int {
    let text = try String(contentsOfFile: ProjectFolder.path + "/.ci/floors", encoding: .utf8)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == name, let number = Int(words[1]) { return number }
    }
    return 0
  }

  // MARK: One case

  static func outcome(_ test: MetricFlowCase, _ model: MetricFlowModel, _ warehouse: MetricFlowWarehouse) -> Outcome {
    var outcome = Outcome(test: test)
    do {
      let translated = try CaseTranslator(model: model).translate(test)
      outcome.notation = translated.notation
      // Long after the last day of the suite's calendar, so that nothing lies ahead.
      let context = TimeContext(today: Day(unchecked: 2041, 1, 1), calendar: model.dictionary.calendar)
      let question = try Resolver(dictionary: model.dictionary, context: context).question(notation: translated.notation)
      let plan = try Planner(dictionary: model.dictionary, coverage: model.coverage).plan(question, context: context)
      let query = SQLWriter.query(plan)
      outcome.sql = query.displayText
      let table = try model.database.run(query)
      let found = try rows(table, plan, test, translated)
      var expected = test.rows.map { $0.map(\.text) }
      if expected.count < test.row_count { expected = try warehouse.rows(test.check_sql) }
      outcome.reason = difference(found, expected, ordered: test.check_order == true)
    } catch let error as Untranslatable {
      outcome.reason = error.reason
    } catch {
      outcome.reason = "\(error)"
    }
    return outcome
  }

  /// The rows found, with the columns the suite expects.
  private static func rows(
    _ table: ResultTable, _ plan: Plan, _ test: MetricFlowCase, _ translated: CaseTranslator.Output
  ) throws -> [[String]] {
    let indices = try test.columns.map { name -> (index: Int, part: Bool) in
      let group = translated.groups.first { $0.name == name } ?? translated.groups.first { name.hasPrefix($0.name + "__") }
      for (index, column) in plan.columns.enumerated() {
        switch column.role {
        case .value(let measure) where measure.metric == name: return (index, false)
        case .end(let end, _) where name.hasSuffix(end == .least ? "__min" : "__max"): return (index, false)
        case .group(let own):
          if let group, QuestionText.grouping(own).description == group.group { return (index, name.contains("__extract_")) }
        default: continue
        }
      }
      throw Untranslatable(reason: "no column for \(name)")
    }
    return table.rows.map { row in indices.map { text(row[$0.index], plan.columns[$0.index].role, isPart: $0.part) } }
  }

  private static func text(_ cell: Cell, _ role: PlanColumn.Role, isPart: Bool) -> String {
    if case .text(let text) = cell {
      if isPart, let number = Double(text) { return MetricFlowCell.text(number) }
      if case .end(_, let group) = role, isUnit(group) { return MetricFlowCell.text(start(of: text)) }
      if case .group(let group) = role, isUnit(group) { return MetricFlowCell.text(start(of: text)) }
      return MetricFlowCell.text(text)
    }
    return cell.number.map { MetricFlowCell.text($0) } ?? MetricFlowCell.null
  }

  private static func isUnit(_ group: Grouping) -> Bool {
    switch group {
    case .time: true
    case .dimension(let name): name.contains("__")
    default: false
    }
  }

  /// The first moment of the unit that a label names: `2020-03` is `2020-03-01`.
  private static func start(of label: String) -> String {
    let parts = label.split(separator: "-").map(String.init)
    if parts.count == 1, let year = Int(label), label.count == 4 { return "\(year)-01-01" }
    if parts.count == 2, let year = Int(parts[0]), label.count <= 8 {
      if parts[1].hasPrefix("Q"), let quarter = Int(parts[1].dropFirst()) { return Day(unchecked: year, quarter * 3 - 2, 1).description }
      if parts[1].hasPrefix("W"), let week = Int(parts[1].dropFirst()), let period = WeekNumber.period(year: year, week: week) {
        return period.start!.description
      }
      if label.count == 7, let month = Int(parts[1]), (1...12).contains(month) { return Day(unchecked: year, month, 1).description }
    }
    if label.count == 13, parts.count == 3, label.contains(" ") { return label + ":00:00" }
    return label
  }

  private static func difference(_ found: [[String]], _ expected: [[String]], ordered: Bool) -> String? {
    if found == expected { return nil }
    if !ordered {
      let a = found.map { $0.joined(separator: "\t") }.sorted(), b = expected.map { $0.joined(separator: "\t") }.sorted()
      if a == b { return nil }
      let (extra, lacking) = (Set(a).subtracting(b).sorted(), Set(b).subtracting(a).sorted())
      return "other rows: \(a.count) for \(b.count); found \(extra.prefix(2)), expected \(lacking.prefix(2))"
    }
    let index = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(found.count, expected.count)
    return "other order from row \(index + 1): \(found.dropFirst(index).first ?? []) for \(expected.dropFirst(index).first ?? [])"
  }

  // MARK: What is told

  private static func tell(_ outcomes: [Outcome], _ models: [String: MetricFlowModel]) {
    let passed = outcomes.count { $0.reason == nil }
    print("metricflow: \(passed) of \(outcomes.count)")
    for (title, keys) in [("file", { [$0.file] }), ("feature", { $0.features }), ("kind", { $0.metric_kinds })] as [(String, (MetricFlowCase) -> [String])] {
      let names = Set(outcomes.flatMap { keys($0.test) }).sorted()
      let counts = names.map { name -> String in
        let of = outcomes.filter { keys($0.test).contains(name) }
        return "\(name) \(of.count { $0.reason == nil })/\(of.count)"
      }
      print("  by \(title): " + counts.joined(separator: ", "))
    }
    for outcome in outcomes { if let reason = outcome.reason { print("  - \(outcome.test.id): \(reason)") } }
    guard let path = ProcessInfo.processInfo.environment["WENSHU_CONFORMANCE_LOG"] else { return }
    var text = models.values.flatMap { $0.imported.notes }.map(\.description).joined(separator: "\n") + "\n"
    for outcome in outcomes {
      text += "\n## \(outcome.reason == nil ? "ok" : "FAILED") \(outcome.test.id)\n\(outcome.notation)\n\(outcome.reason ?? "")\n\(outcome.sql)\n"
    }
    for (name, model) in models { for file in model.imported.files { text += "\n### \(name) \(file.name)\n\(file.text)" } }
    try? text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
