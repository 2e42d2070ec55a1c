import Metrics
import SourceText
import Testing

@testable import Interchange

/// dbt's YAML becomes a dictionary that reads without an error, and what is lost is told with its line.
@Suite struct DbtImportTests {
  private static let shop = """
    semantic_models:
      - name: orders
        model: ref('orders')
        defaults: {agg_time_dimension: ordered_on}
        entities:
          - {name: order, type: primary, expr: order_id}
          - {name: customer, type: foreign, expr: customer_id}
        dimensions:
          - {name: ordered_on, type: time, type_params: {time_granularity: day}}
          - {name: is_gift, type: categorical}
          - {name: basket, type: categorical, expr: "case when amount > 100 then 'large' else 'small' end"}
        measures:
          - {name: revenue, agg: sum, expr: amount}
          - {name: order_count, agg: sum, expr: 1, create_metric: true}
          - {name: buyers, agg: count_distinct, expr: customer_id}
          - {name: p90, agg: percentile, expr: amount, agg_params: {percentile: 0.9, use_discrete_percentile: true}}
      - name: customers
        model: ref('customers')
        entities: [{name: customer, type: primary, expr: customer_id}]
        dimensions: [{name: country, type: categorical}]
    metrics:
      - {name: revenue, type: simple, label: Revenue, type_params: {measure: {name: revenue, fill_nulls_with: 0}}}
      - name: gift_revenue
        type: simple
        type_params: {measure: revenue}
        filter: "{{ Dimension('order__is_gift') }} = true AND {{ Dimension('customer__country') }} IN ('FR', 'IT')"
      - {name: p90_amount, type: simple, type_params: {measure: p90}}
      - name: gift_share
        type: ratio
        type_params: {numerator: {name: revenue, filter: "{{ Dimension('order__is_gift') }}"}, denominator: revenue}
      - name: growth
        type: derived
        type_params:
          expr: (revenue - before) / NULLIF(before, 0)
          metrics: [{name: revenue}, {name: revenue, offset_window: 1 month, alias: before}]
      - {name: revenue_28_days, type: cumulative, type_params: {measure: revenue, cumulative_type_params: {window: 28 days}}}
      - {name: revenue_ever, type: cumulative, type_params: {measure: revenue}}
      - {name: odd, type: derived, type_params: {expr: "greatest(revenue, 1)", metrics: [revenue]}}
    saved_queries: [{name: weekly}]
    """

  /// The same in the newer form, where a model of dbt says what it is and simple metrics aggregate by themselves.
  private static let newer = """
    models:
      - name: orders
        semantic_model: {enabled: true}
        agg_time_dimension: ordered_on
        columns:
          - {name: order_id, entity: {name: order, type: primary}}
          - {name: customer_id, data_type: integer, entity: {name: customer, type: foreign}}
          - {name: ordered_on, granularity: day, dimension: {type: time}}
          - {name: is_gift, dimension: categorical}
          - {name: amount}
        derived_semantics:
          dimensions: [{name: basket, type: categorical, expr: "case when amount > 100 then 'large' else 'small' end"}]
        metrics:
          - {name: revenue, type: simple, label: Revenue, agg: sum, expr: amount, fill_nulls_with: 0}
          - {name: order_count, type: simple, agg: sum, expr: 1}
          - name: gift_revenue
            type: simple
            agg: sum
            expr: amount
            filter: "{{ Dimension('order__is_gift') }} = true AND {{ Dimension('customer__country') }} IN ('FR', 'IT')"
          - {name: p90_amount, type: simple, agg: percentile, expr: amount, percentile: 0.9, percentile_type: discrete}
          - {name: revenue_28_days, type: cumulative, input_metric: revenue, window: 28 days, period_agg: average}
          - {name: gifts_28_days, type: cumulative, input_metric: gift_revenue, window: 28 days}
          - {name: odd, type: simple, agg: sum, expr: "greatest(amount, 1)"}
      - name: customers
        semantic_model: true
        columns:
          - {name: customer_id, entity: {name: customer, type: primary}}
          - {name: country, dimension: {type: categorical}}
      - {name: visits, semantic_model: {enabled: false}}
    metrics:
      - name: gift_share
        type: ratio
        numerator: {name: revenue, filter: "{{ Dimension('order__is_gift') }}"}
        denominator: revenue
      - name: growth
        type: derived
        expr: (revenue - before) / NULLIF(before, 0)
        input_metrics: [{name: revenue}, {name: revenue, offset_window: 1 month, alias: before}]
      - {name: revenue_ever, type: cumulative, input_metric: revenue}
    """

  @Test(arguments: [
    ("revenue", "sum(orders.amount)"),
    ("order_count", "count(orders)"),
    ("gift_revenue", "sum(orders.amount where order__is_gift = 1 and customer__country in ('FR', 'IT'))"),
    ("p90_amount", "percentile(orders.amount, 0.9, discrete)"),
    ("gift_share", "revenue(where order__is_gift = 1) / revenue"),
    ("growth", "(revenue - shift(revenue, 1 month)) / shift(revenue, 1 month)"),
    ("revenue_28_days", "rolling(sum(orders.amount), 28 days)"),
    ("gifts_28_days", "rolling(sum(orders.amount where order__is_gift = 1 and customer__country in ('FR', 'IT')), 28 days)"),
    ("revenue_ever", "to_date(sum(orders.amount), all)"),
  ])
  func `metrics of the newer form mean the same`(_ name: String, _ expected: String) throws {
    let (dictionary, found, notes) = imported(Self.newer)
    let metric = try #require(dictionary?.metric(name), "\(found.filter { $0.severity == .error }) \(notes)")
    #expect(FormulaNotation.text(metric.formula) == expected)
  }

  @Test func `the newer form joins, fills and tells alike`() throws {
    let (newer, _, notes) = imported(Self.newer)
    let (dictionary, older) = (try #require(newer), try #require(imported().0))
    #expect(Set(dictionary.dimensions.map(\.name)) == Set(older.dimensions.map(\.name)))
    #expect(dictionary.schema["orders"]?.joins.map(\.table) == ["customers"])
    #expect(dictionary.metric("revenue")?.nulls == .zero)
    #expect(dictionary.metric("revenue")?.title[.english] == "Revenue")
    #expect(dictionary.metric("revenue_28_days")?.overUnits == .average)
    #expect(dictionary.metric("revenue_ever")?.overUnits == .first)
    #expect(notes.contains { $0.found.contains("odd") } && notes.contains { $0.found.contains("model visits") }, "\(notes)")
    #expect(notes.count == 2, "\(notes)")
  }

  private func imported(_ text: String = shop) -> (MetricDictionary?, [Diagnostic], [Diagnostic]) {
    let made = DbtImport.dictionary(from: [.init(name: "shop.yml", text: text)], name: "shop")
    let (dictionary, found) = DictionaryReader.read(made.files.map { .init(name: $0.name, text: $0.text) })
    return (dictionary, found, made.notes)
  }

  private func formula(_ name: String) throws -> String {
    let (dictionary, found, _) = imported()
    let metric = try #require(dictionary?.metric(name), "\(found.filter { $0.severity == .error })")
    return FormulaNotation.text(metric.formula)
  }

  @Test(arguments: [
    ("revenue", "sum(orders.amount)"),
    ("order_count", "count(orders)"),
    ("gift_revenue", "sum(orders.amount where order__is_gift = 1 and customer__country in ('FR', 'IT'))"),
    ("p90_amount", "percentile(orders.amount, 0.9, discrete)"),
    ("gift_share", "revenue(where order__is_gift = 1) / revenue"),
    ("growth", "(revenue - shift(revenue, 1 month)) / shift(revenue, 1 month)"),
    ("revenue_28_days", "rolling(sum(orders.amount), 28 days)"),
    ("revenue_ever", "to_date(sum(orders.amount), all)"),
  ])
  func `metrics keep what they mean`(_ name: String, _ expected: String) throws { #expect(try formula(name) == expected) }

  @Test func `entities join, and dimensions bear dbt's names`() throws {
    let dictionary = try #require(imported().0)
    #expect(dictionary.schema["orders"]?.joins.map(\.table) == ["customers"])
    #expect(dictionary.schema["orders"]?.time == ColumnPath("orders.ordered_on"))
    let names = Set(dictionary.dimensions.map(\.name))
    #expect(names.isSuperset(of: ["order", "customer", "order__is_gift", "order__basket", "customer__country", "order__ordered_on__month"]))
    #expect(dictionary.metric("revenue")?.nulls == .zero)
    #expect(dictionary.metric("revenue_ever")?.nulls == .null)
    #expect(dictionary.metric("revenue")?.title[.english] == "Revenue")
  }

  @Test func `what is lost is told with its line`() {
    let (_, _, notes) = imported()
    #expect(notes.contains { $0.found.contains("odd") && $0.place?.line == 38 }, "\(notes)")
    #expect(notes.contains { $0.found.contains("saved query weekly") }, "\(notes)")
    #expect(notes.allSatisfy { $0.code == "not-carried" })
  }

  @Test(arguments: [
    ("a >= 3 AND NOT b", "(t.a >= 3 and t.b = 0)"),
    ("NOT (a = 'x' OR b IS NULL)", "((t.a != 'x' and t.a is not null) and t.b is not null)"),
    ("a <> 2", "(t.a != 2 and t.a is not null)"),
    ("2 < a", "t.a > 2"),
  ])
  func `conditions keep SQL's nulls out`(_ sql: String, _ expected: String) {
    let writer = DbtExpressions(column: { "t.\($0)" }, template: { _ in nil })
    #expect(SQLFragment(sql).flatMap { writer.condition($0) } == expected)
  }
}
