import Dispatch
import Planning
import Questions
import SQLText
import Tables
import Testing

@testable import Warehouse

/// Asking to stop holds until it is taken back.
@Suite struct InterruptionTests {
  @Test func aQueryBehindAnInterruptDoesNotBegin() throws {
    let shop = try Shop()
    let question = try Resolver(dictionary: shop.dictionary, context: shop.context).question(notation: "measure orders | by city")
    let query = SQLWriter.query(try Planner(dictionary: shop.dictionary, coverage: shop.database.coverage()).plan(question, context: shop.context))
    shop.database.interrupt()
    #expect(throws: Problem.interrupted) { try shop.database.run(query) }
    #expect(shop.database.isInterrupted)
    shop.database.resume()
    #expect(try !shop.database.run(query).rows.isEmpty)
    shop.database.stopAtOnce()
    #expect(try !shop.database.run(query).rows.isEmpty)
  }

  @Test func aQueryThatDoesNotStopIsLeft() throws {
    let queries = LeavableQueries()
    let (began, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    DispatchQueue.global().async {
      began.wait()
      #expect(queries.isBusy)
      queries.leave()
    }
    #expect(throws: Problem.interrupted) {
      try queries.run {
        began.signal()
        mayEnd.wait()
        return .success(ResultTable(columns: [], rows: []))
      }
    }
    #expect(!queries.isBusy)
    mayEnd.signal()
    #expect(try queries.run { .success(ResultTable(columns: ["a"], rows: [])) }.columns == ["a"])
  }
}

/// Ranges of a number against rows counted by hand.
@Suite struct BucketRowsTests {
  let shop = Shop.shared

  private func rows(_ notation: String, ranges: [String: ClosedRange<Double>]) throws -> [String] {
    let question = try Resolver(dictionary: shop.dictionary, context: shop.context).question(notation: notation)
    let plan = try Planner(dictionary: shop.dictionary, coverage: shop.database.coverage(), ranges: ranges).plan(question, context: shop.context)
    let shown = plan.columns.indices.filter { !plan.columns[$0].isHidden }
    return try shop.database.run(SQLWriter.query(plan)).rows.map { row in shown.map { Shop.text(row[$0]) }.joined(separator: " | ") }
  }

  @Test func aRangeStartsAtAMultipleOfItsWidth() throws {
    #expect(
      try rows("measure orders | by bucket(freight_amount, 5)", ranges: [:])
        == shop.hand("SELECT (CAST(freight / 500 AS INTEGER) * 5) || '.00', count(*) FROM orders GROUP BY 1 ORDER BY min(freight)"))
  }

  @Test func rangesOfEdgesAreOpenAtBothEnds() throws {
    #expect(
      try rows("measure orders | by bucket(freight_amount, edges 5, 8, 900)", ranges: [:])
        == shop.hand(
          """
          SELECT '< 5', count(*) FROM orders WHERE freight < 500 UNION ALL
          SELECT '[5, 8)', count(*) FROM orders WHERE freight >= 500 AND freight < 800 UNION ALL
          SELECT '[8, 900)', count(*) FROM orders WHERE freight >= 800 AND freight < 90000 UNION ALL
          SELECT '>= 900', count(*) FROM orders WHERE freight >= 90000
          """))
  }

  @Test func emptyRangesCountZeroRows() throws {
    let found = try rows("measure orders | by bucket(freight_amount, 1)", ranges: ["freight_amount": 0...10])
    let full = try shop.hand("SELECT CAST(freight / 100 AS INTEGER) || '.00', count(*) FROM orders GROUP BY 1")
    #expect(found.count >= 11)
    #expect(found.filter { !$0.hasSuffix("| 0") }.sorted() == full.sorted())
  }

  @Test func tooManyRangesAreRefused() {
    #expect(throws: Problem.unsupported("too many ranges")) {
      try rows("measure orders | by bucket(freight_amount, 0.01)", ranges: ["freight_amount": 0...1000])
    }
  }

  @Test func theEndsAreThoseOfTheQuestion() throws {
    let question = try Resolver(dictionary: shop.dictionary, context: shop.context)
      .question(notation: "measure orders | by bucket(freight_amount) | where channel = app")
    let planner = Planner(dictionary: shop.dictionary, coverage: try shop.database.coverage())
    let step = try planner.extent(of: "freight_amount", in: question, context: shop.context)
    let ends = try shop.database.run(SQLWriter.statement(step)).rows.map { $0.map(Shop.text).joined(separator: " | ") }
    #expect(ends == (try shop.hand("SELECT printf('%.2f', min(freight) / 100.0), printf('%.2f', max(freight) / 100.0) FROM orders WHERE channel = 'app'")))
  }
}
