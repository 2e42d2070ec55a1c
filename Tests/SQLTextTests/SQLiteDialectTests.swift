import Planning
import Tables
import Testing

@testable import SQLText

@Suite struct SQLiteDialectTests {
  @Test func namesAreQuotedWhereTheyMust() {
    #expect(SQLiteDialect.name("region") == "region")
    #expect(SQLiteDialect.name("order") == "\"order\"")
    #expect(SQLiteDialect.name("订单 ID") == "\"订单 ID\"")
    #expect(SQLiteDialect.name("a\"b") == "\"a\"\"b\"")
    #expect(SQLiteDialect.name("2nd") == "\"2nd\"")
  }

  @Test func patternsMatchTheirTextOnly() {
    #expect(SQLiteDialect.pattern(.contains, "100%_") == "%100\\%\\_%")
    #expect(SQLiteDialect.pattern(.ends, "省") == "%省")
  }

  @Test func displayedValuesStandInTheirPlace() {
    let query = SQLQuery(
      text: "-- why?\nSELECT '?' WHERE a = ? AND b = ?", arguments: [.text("it's"), .real(0.5)])
    #expect(query.displayText == "-- why?\nSELECT '?' WHERE a = 'it''s' AND b = 0.5")
  }

  @Test func bracketsKeepTheMeaning() {
    var writer = ExpressionWriter()
    let a = PlanExpression.field("t", "a"), b = PlanExpression.field("t", "b")
    #expect(writer.text(.arithmetic(.minus, a, .arithmetic(.minus, b, a))) == "t.a - (t.b - t.a)")
    #expect(writer.text(.arithmetic(.times, .arithmetic(.plus, a, b), b)) == "(t.a + t.b) * t.b")
    #expect(writer.text(.all([.any([.missing(a, negated: false), .same(a, b)]), .same(b, a)])) == "(t.a IS NULL OR t.a IS t.b) AND t.b IS t.a")
    #expect(writer.text(.not(.any([.same(a, b), .same(b, a)]))) == "(t.a IS t.b OR t.b IS t.a) IS NOT TRUE")
  }
}
