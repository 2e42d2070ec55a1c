import Metrics
import SourceText
import Testing

@testable import Interchange

/// Semantic models of Open Semantic Interchange become dictionaries and come back, and what is lost is told.
@Suite struct OsiTests {
  private func imported(_ text: String) throws -> (dictionary: MetricDictionary, made: ImportedDictionary) {
    let made = OsiImport.dictionary(from: [.init(name: "model.yaml", text: text)], name: "model")
    let (dictionary, found) = DictionaryReader.read(made.files.map { .init(name: $0.name, text: $0.text) })
    let files = made.files.map { "# \($0.name)\n\($0.text)" }.joined()
    return (try #require(dictionary, "\(found.filter { $0.severity == .error })\n\(files)"), made)
  }

  @Test func `a model in the shape of TPC-DS comes back as it was`() throws {
    let (dictionary, made) = try imported(OsiSample.store)
    #expect(made.notes.isEmpty, "\(made.notes)")
    let written = OsiExport.text(of: dictionary)
    #expect(written.notes.isEmpty, "\(written.notes)")
    #expect(written.text == OsiSample.store)
    let again = try imported(written.text).made
    #expect(again.files.map(\.text) == made.files.map(\.text))
  }

  @Test(arguments: [
    ("total_sales", "sum(store_sales.ss_ext_sales_price)"),
    ("receipts", "count(distinct store_sales.ss_ticket_number)"),
    ("sales_per_customer", "sum(store_sales.ss_ext_sales_price) / count(distinct store_sales.ss_customer_sk)"),
    ("california_sales", "sum(store_sales.ss_ext_sales_price where store.s_state = 'CA')"),
    ("return_rate", "sum(store_returns.sr_return_amt) / sum(store_sales.ss_ext_sales_price)"),
    ("discount", "sum(store_sales.ss_quantity * (store_sales.ss_list_price - store_sales.ss_sales_price))"),
    ("items_offered", "count(item)"),
  ])
  func `metrics keep what they mean`(_ name: String, _ formula: String) throws {
    let metric = try #require(try imported(OsiSample.store).dictionary.metric(name))
    #expect(FormulaNotation.text(metric.formula) == formula)
  }

  @Test func `datasets join, and have the time of what they join`() throws {
    let dictionary = try imported(OsiSample.store).dictionary
    let sales = try #require(dictionary.schema["store_sales"])
    #expect(Set(sales.joins.map(\.table)) == ["date_dim", "item", "store"])
    #expect(sales.time?.description == "store_sales.date_dim.d_date")
    #expect(dictionary.dimension("i_category")?.synonyms[.english] == ["department"])
    #expect(dictionary.metric("returns")?.nulls == .zero)
    #expect(dictionary.dimension("ss_ext_sales_price") == nil, "what is computed with is no dimension")
  }

  @Test(arguments: [
    "instructions", "SNOWFLAKE extension", "warehouse.public in the source of dataset orders", "the SNOWFLAKE expression of field orders.status",
    "field orders.ordered_year", "source of dataset recent", "metric p90", "relationship orders_to_recent", "metric of_lost",
    "synonyms of dataset orders", "label", "unknown_key", "semantic model second",
  ])
  func `what cannot be carried is told`(_ what: String) {
    let notes = OsiImport.dictionary(from: [.init(name: "lossy.yaml", text: OsiSample.lossy)], name: "lossy").notes
    #expect(notes.contains { $0.found.contains(what) && $0.place != nil }, "\(notes.map(\.description).joined(separator: "\n"))")
    #expect(notes.allSatisfy { $0.code == "not-carried" })
  }

  @Test(arguments: ["rolling_sales", "stock_at_end", "unit of metric sales", "hierarchy geography", "names of values of dimension region", "median_price"])
  func `what the format cannot say is told`(_ what: String) throws {
    let (dictionary, found) = DictionaryReader.read([.init(name: "dataset.yaml", text: OsiSample.dictionary)])
    let written = OsiExport.text(of: try #require(dictionary, "\(found)"))
    #expect(written.notes.contains { $0.found.contains(what) }, "\(written.notes.map(\.description).joined(separator: "\n"))")
    #expect(written.text.contains("SUM(orders.amount)"))
    #expect(!written.text.contains("name: rolling_sales"))
  }
}
