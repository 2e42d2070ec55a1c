import CivilTime
import Metrics
import Questions
import Testing

@testable import Planning

/// Monthly targets keep to whole months; asked on 2026-10-20 with data up to the day before.
@Suite struct WholeUnitsTests {
  private static let dictionary: MetricDictionary = {
    var targets = Table(name: "targets")
    targets.spans = .month
    func total(_ name: String, _ table: String) -> Metric {
      Metric(name: name, versions: [MetricVersion(number: 1, formula: .aggregate(Aggregate(function: .count, table: table)))])
    }
    let ratio = Formula.binary(.dividedBy, .metric("sales"), .metric("target"))
    return MetricDictionary(
      name: "aims", schema: Schema(tables: [targets, Table(name: "orders")]),
      metrics: [total("sales", "orders"), total("target", "targets"), Metric(name: "attainment", versions: [MetricVersion(number: 1, formula: ratio)])])
  }()

  private func planned(_ period: TimeExpression?, by groups: [Grouping] = [], where conditions: [Condition] = []) throws -> [Notice] {
    let today = Day(2026, 10, 20)!
    let context = TimeContext(today: today, lastLoadedDay: today.adding(days: -1))
    var planner = PeriodPlanner(
      context: context, extent: Period(Day(2024, 1, 1)!, today), quietDays: 0, grain: nil)
    planner.wholeUnits = WholeUnits(["attainment"], in: Self.dictionary)
    let question = Question(subject: .measures([Measure("attainment")]), groups: groups, conditions: conditions, period: period)
    return try planner.plan(question).notices
  }

  private let refusal = Problem.wholeUnits(metric: "target", grain: .month)

  @Test func metricsWithoutSuchTablesAreFree() { #expect(WholeUnits(["sales"], in: Self.dictionary) == nil) }

  @Test(arguments: [TimeExpression.unit(.month, offset: -1), .unit(.quarter, offset: -1), .unit(.year, offset: -1), .last(3, .month)])
  func wholeMonthsHaveNumbers(_ period: TimeExpression) throws { #expect(try planned(period).isEmpty) }

  @Test(arguments: [
    TimeExpression.unit(.week, offset: -1), .unit(.day, offset: -1), .last(30, .day), .rolling(7, .day), .last(1, .week),
    .absolute(.week(2026, 37)),
  ])
  func partsOfMonthsHaveNone(_ period: TimeExpression) { #expect(throws: refusal) { try planned(period) } }

  /// A month that runs gets a word: its target is whole, what is set against it is not.
  @Test(arguments: [TimeExpression.unit(.month, offset: 0), .toDate(.month), .toDate(.year), .unit(.quarter, offset: 0)])
  func aRunningMonthIsSaid(_ period: TimeExpression) throws {
    let month = Period(Day(2026, 10, 1)!, Day(2026, 11, 1)!)
    #expect(try planned(period).contains(.wholeUnitRuns(metric: "target", unit: month, lastDay: Day(2026, 10, 19)!)))
  }

  @Test func unitsAreMadeOfMonths() throws {
    let last = TimeExpression.unit(.year, offset: -1)
    for group in [Grouping.time(.month), .time(.quarter), .time(.year), .part(.monthOfYear)] { #expect(try planned(last, by: [group]).isEmpty) }
    for group in [Grouping.time(.day), .time(.week), .time(.hour), .part(.weekday), .part(.dayOfMonth)] {
      #expect(throws: refusal) { try planned(last, by: [group]) }
    }
    #expect(throws: refusal) { try planned(last, where: [.comparison(.part(.weekend), .equal, .number(1))]) }
  }
}
