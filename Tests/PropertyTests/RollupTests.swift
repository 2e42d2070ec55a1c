import Planning
import Questions
import SQLText
import Tables
import Testing
import Warehouse

/// Any question has the same rows with and without what is kept summed up.
@Suite struct RollupTests {
  private static let dataset = OpenDataset.retail

  private func plan(_ question: Question, _ rollups: RollupCatalog?) throws(Problem) -> Plan {
    try Planner(dictionary: Self.dataset.dictionary, coverage: Self.dataset.workspace.coverage, rollups: rollups)
      .plan(question, context: Self.dataset.context)
  }

  @Test func `random questions have the same rows with and without rollups`() throws {
    var questions = RandomQuestions(Self.dataset, seed: Draw.seed &+ 17)
    let catalog = Self.dataset.workspace.rollups
    #expect(!catalog.rollups.isEmpty)
    let database = Self.dataset.workspace.database
    var (served, asked) = (0, 0)
    while asked < Draw.cases(300) {
      let question = questions.question()
      guard !question.measures.isEmpty else { continue }
      asked += 1
      let (kept, bare) = (try plan(question, catalog), try plan(question, nil))
      if StepOrder.steps(of: kept.root).contains(where: { $0.rollup != nil }) { served += 1 } else { continue }
      let (a, b) = (SQLWriter.query(kept), SQLWriter.query(bare))
      #expect(try database.run(a).rows == database.run(b).rows, "\(question)\n\(a.displayText)\n\(b.displayText)")
      for source in kept.sources {
        let (a, b) = (SQLWriter.countRows(of: source, in: kept), SQLWriter.countRows(of: source, in: bare))
        #expect(try database.run(a).rows == database.run(b).rows, "\(question)\n\(a.displayText)\n\(b.displayText)")
      }
    }
    print("\(served) of \(asked) questions from rollups")
    #expect(served * 4 > asked && served < asked)
  }

  /// Days are read only where months do not tell.
  @Test(arguments: [
    ("measure paid_sales | during 2026-09", "_by_month"), ("measure paid_sales | by month | during year(0)", "_by_month"),
    ("measure paid_sales | during range(2026-09-05, 2026-10-10)", "_by_day"),
  ])
  func `the coarsest unit of time that is exact is read`(_ notation: String, _ unit: String) throws {
    let question = try Resolver(dictionary: Self.dataset.dictionary, context: Self.dataset.context).question(notation: notation)
    let steps = StepOrder.steps(of: try plan(question, Self.dataset.workspace.rollups).root)
    let read = PlanText.text(try plan(question, Self.dataset.workspace.rollups))
    #expect(steps.contains { $0.rollup != nil })
    #expect(read.contains("Read from order_lines\(unit)"), "\(read)")
  }
}
