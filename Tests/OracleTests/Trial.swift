import CivilTime
import Metrics
import Planning
import Questions
import SQLText
import Tables
import Warehouse

/// One question put to the program and to the oracle.
struct Trial {
  enum Verdict {
    case agrees
    /// The program would not answer, with the kind of its reason.
    case refused(String)
    /// They differ where the design leaves it open, with what is open.
    case open(String)
    case differs(String)
  }

  /// How many of the program's steps were read from a rollup, of those that read a table.
  final class Reads {
    var served = 0
    var all = 0
  }
  let reads = Reads()

  let dataset: OpenedDataset
  let question: Question

  func verdict() -> Verdict {
    let oracle = dataset.oracle()
    let expected: Result<Oracle.Answer, any Error> = Result { try oracle.answer(question) }
    let plan: Plan
    let found: ResultTable
    var sql = ""
    do throws(Problem) {
      plan = try planned()
      let query = SQLWriter.query(plan)
      sql = query.displayText
      found = try dataset.database.run(query)
      // Read row by row, every cell is the same to the last bit.
      let bare = SQLWriter.query(try planned(usesRollups: false))
      let same = try dataset.database.run(bare)
      if same.rows != found.rows { return .differs("another answer without rollups: \(found.rows)\n\(sql)\n\(same.rows)\n\(bare.displayText)") }
      let sources = Set(plan.sources.map(\.step)), steps = StepOrder.steps(of: plan.root).filter { sources.contains($0.name) }
      (reads.served, reads.all) = (steps.count { $0.rollup != nil }, steps.count)
      for source in plan.sources {
        let (a, b) = (SQLWriter.countRows(of: source, in: plan), SQLWriter.countRows(of: source, in: try planned(usesRollups: false)))
        let (kept, counted) = (try dataset.database.run(a), try dataset.database.run(b))
        if kept.rows != counted.rows { return .differs("\(source.table): \(kept.rows) rows by rollup, \(counted.rows) counted\n\(a.displayText)\n\(b.displayText)") }
      }
    } catch {
      if case .warehouse(let message) = error { return .differs("the warehouse failed: \(message)\n\(sql)") }
      return .refused(Trial.name(error))
    }
    do {
      let answer = try expected.get()
      guard let difference = try compare(answer, plan, found) else { return .agrees }
      if let doubt = oracle.notebook.doubts.sorted().first { return .open(doubt) }
      return .differs(difference + "\n" + sql)
    } catch { return .differs("should be refused: \(error)\n" + sql) }
  }

  /// What the program shows, a line a row.
  func rows() throws -> [String] {
    let plan = try planned()
    let shown = plan.columns.indices.filter { !plan.columns[$0].isHidden }
    return try dataset.database.run(SQLWriter.query(plan)).rows.map { row in
      shown.map { index in
        if case .real(let value) = row[index] { return String(value) }
        return row[index].isNull ? "–" : row[index].plainText
      }.joined(separator: " | ")
    }
  }

  static func name(_ problem: Problem) -> String {
    switch problem {
    case .unsupported(let what): "unsupported " + what
    case .time(let failure, _): "time \(failure)"
    default: String("\(problem)".prefix { $0.isLetter })
    }
  }

  private func planned(usesRollups: Bool = true) throws(Problem) -> Plan {
    let rollups = usesRollups ? dataset.rollups : nil
    let planner = Planner(dictionary: dataset.dictionary, coverage: try dataset.database.coverage(), rollups: rollups)
    var ranges: [String: ClosedRange<Double>] = [:]
    for case .bucket(let name, _) in question.groups where ranges[name] == nil {
      let step = try planner.extent(of: name, in: question, context: dataset.context)
      let ends = try dataset.database.run(SQLWriter.statement(step)).rows.first ?? []
      if ends.count == 2, let low = ends[0].number, let high = ends[1].number, low <= high { ranges[name] = low...high }
    }
    return try Planner(dictionary: dataset.dictionary, coverage: try dataset.database.coverage(), ranges: ranges, rollups: rollups)
      .plan(question, context: dataset.context)
  }

  // MARK: Comparing

  private func compare(_ answer: Oracle.Answer, _ plan: Plan, _ found: ResultTable) throws -> String? {
    if let count = answer.count {
      return found.rows.count == 1 && Trial.same(found.rows[0][0], .number(count)) ? nil : "expected \(count) groups, found \(found.rows)"
    }
    var expected: [[Datum]] = []
    for line in answer.lines {
      expected.append(
        try plan.columns.map { column in
          if case .group(let group) = column.role { return group.place(in: answer.groups).map { line.key[$0] } ?? .null }
          return try answer.figure(line, Trial.figure(column.role))
        })
    }
    let isInput = plan.columns.map(\.isHidden)
    // How many units of time there are is told by tests of their own.
    let isCount = plan.columns.map { if case .units = $0.role { true } else { false } }
    let agree = expected.count == found.rows.count && zip(expected, found.rows).enumerated().allSatisfy { index, rows in
      zip(zip(rows.0, rows.1), zip(isInput, isCount)).allSatisfy { cells, kind in
        let (isInput, isCount) = kind
        return isCount || Trial.same(cells.1, cells.0) || isInput && (cells.1.isNull || !answer.lines[index].hasOwnRow)
      }
    }
    if agree { return nil }
    let names = plan.columns.map(\.name).joined(separator: " | ")
    func text(_ rows: [String]) -> String {
      rows.prefix(12).map { "\n    " + $0 }.joined() + (rows.count > 12 ? "\n    … \(rows.count) rows" : "")
    }
    return "  \(names)\n  expected:" + text(expected.map { $0.map(\.description).joined(separator: " | ") }) + "\n  found:"
      + text(found.rows.map { $0.map { $0.isNull ? "–" : $0.plainText }.joined(separator: " | ") })
  }

  /// Exact numbers must be the same to the last digit; quotients to nine.
  static func same(_ cell: Cell, _ datum: Datum) -> Bool {
    switch (cell, datum) {
    case (.null, .null): return true
    case (.text(let a), .text(let b)): return a == b
    case (.integer(let value), .amount(let amount)):
      return amount.isExact ? Amount(Int128(value)) == amount : close(Double(value), amount.double)
    case (.decimal(let units, let scale), .amount(let amount)):
      var power: Int128 = 1
      for _ in 0..<scale { power *= 10 }
      return amount.isExact ? Amount(Int128(units), over: power) == amount : close(cell.number!, amount.double)
    case (.real(let value), .amount(let amount)): return close(value, amount.double)
    case (.boolean(let value), .amount(let amount)): return amount == Amount(value ? 1 : 0)
    default: return false
    }
  }

  private static func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(a), abs(b)) + 1e-9 }

  private static func figure(_ role: PlanColumn.Role) -> Oracle.Figure {
    switch role {
    case .value(let measure): .value(measure)
    case .base(let measure): .base(measure)
    case .change(let measure): .change(measure)
    case .growth(let measure): .growth(measure)
    case .multiple(let measure): .multiple(measure)
    case .further(let inner): .further(figure(inner))
    case .share(let measure): .share(measure)
    case .whole(let measure): .whole(measure)
    case .test(let threshold): .test(threshold)
    case .input(let input): .input(input.of, input.formula)
    case .group, .count, .run, .place, .runningShare, .end, .units: .test(Threshold(.metric(""), .equal, .average))
    }
  }
}

extension Grouping {
  func place(in groups: [Grouping]) -> Int? { groups.firstIndex(of: self) }
}
