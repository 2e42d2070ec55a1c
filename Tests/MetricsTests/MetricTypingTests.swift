import Metrics
import SourceText
import Testing

@Suite struct MetricTypingTests {
  @Test(arguments: [
    ("sum(orders.amount)", Additivity.additive),
    ("count(orders)", .additive),
    ("count(distinct orders.buyer_id)", .nonAdditive),
    ("avg(orders.amount)", .nonAdditive),
    ("last(orders.amount over day)", .semiAdditive),
    ("avg(orders.amount over day)", .nonAdditive),
    ("sum(orders.amount) - sum(orders.freight)", .additive),
    ("sum(orders.amount) / 100", .additive),
    ("sum(orders.amount) / count(orders)", .nonAdditive),
    ("base * 2", .additive),
    ("base - last(orders.amount over day)", .semiAdditive),
    ("rolling(base, 7 days)", .semiAdditive),
    ("shift(base, 1 year)", .additive),
    ("convert(visits.visitor -> orders.buyer_id within 7 days)", .nonAdditive),
  ])
  func derivesAdditivity(formula: String, additivity: Additivity) {
    let dictionary = Sample.dictionary(
      "metrics:\n  base: {formula: sum(orders.amount), unit: CNY}\n  m: {formula: \"\(formula)\"}")
    #expect(MetricTyping(dictionary).additivity(of: "m") == additivity)
  }

  @Test(arguments: [
    ("sum(orders.amount)", DerivedUnit.unknown),
    ("count(orders)", .known(.count(LocalText()))),
    ("money", .known(.money("CNY"))),
    ("money / money", .quotient(.money("CNY"), .money("CNY"))),
    ("money / pieces", .quotient(.money("CNY"), .count(LocalText([.chinese: "单"])))),
    ("money * 2", .known(.money("CNY"))),
    ("1 - rate", .known(.percent)),
    ("avg(days_between(orders.ordered_on, orders.shipped_on))", .known(.days)),
  ])
  func derivesUnits(formula: String, unit: DerivedUnit) throws {
    let dictionary = Sample.dictionary(
      """
      metrics:
        money: {formula: sum(orders.amount), unit: CNY}
        pieces: {formula: count(orders), unit: 单}
        rate: {formula: count(orders) / count(visits), unit: "%"}
        m: {formula: "\(formula)"}
      """)
    #expect(try MetricTyping(dictionary).unit(of: dictionary.metric("m")!.formula) == unit)
  }

  @Test(arguments: [
    (MeasureUnit.percent, DerivedUnit.quotient(.money("CNY"), .money("CNY")), true),
    (.percent, .quotient(.money("CNY"), .money("USD")), false),
    (.percent, .quotient(.money("CNY"), .count(LocalText())), false),
    (.money("CNY"), .quotient(.money("CNY"), .count(LocalText())), true),
    (.money("CNY"), .quotient(.money("CNY"), .money("CNY")), false),
    (.money("CNY"), .known(.count(LocalText())), false),
    (.count(LocalText("次", in: .chinese)), .quotient(.money("CNY"), .money("CNY")), true),
    (.count(LocalText("分", in: .chinese)), .known(.plain), true),
    (.percent, .known(.plain), true),
    (.days, .known(.hours), false),
    (.money("CNY"), .unknown, true),
  ])
  func comparesDeclaredWithDerived(declared: MeasureUnit, derived: DerivedUnit, fits: Bool) {
    #expect(MetricTyping.fits(declared, derived) == fits)
  }

  @Test func aUnitThatIsNotDeclaredIsTheFormulas() {
    let dictionary = Sample.dictionary(
      """
      metrics:
        twice: {formula: difference * 2}
        difference: {formula: money - money}
        money: {formula: sum(orders.amount), unit: CNY}
        lead: {formula: "avg(days_between(orders.ordered_on, orders.shipped_on))"}
        wait: {formula: "avg(days_between(orders.ordered_on, orders.shipped_on))", unit: {zh: 天, en: days}}
      """)
    #expect(dictionary.metrics.map(\.unit) == [.money("CNY"), .money("CNY"), .money("CNY"), .days, .days])
  }

  @Test func ingredientsGoThroughFormulas() {
    let dictionary = Sample.dictionary(
      "metrics:\n  a: {formula: b / c}\n  b: {formula: c * 2}\n  c: {formula: count(visits)}")
    #expect(dictionary.ingredients(of: "a") == ["a", "b", "c"])
    #expect(dictionary.tables(of: "a") == ["visits"])
  }
}
