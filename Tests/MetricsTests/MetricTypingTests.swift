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
    ("money / money", .known(.percent)),
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

  @Test func ingredientsGoThroughFormulas() {
    let dictionary = Sample.dictionary(
      "metrics:\n  a: {formula: b / c}\n  b: {formula: c * 2}\n  c: {formula: count(visits)}")
    #expect(dictionary.ingredients(of: "a") == ["a", "b", "c"])
    #expect(dictionary.tables(of: "a") == ["visits"])
  }
}
