import Metrics
import SourceText

/// Ranges of a number, and what a distribution without a metric counts.
extension Resolver {
  /// The longest run of ranges that an answer shows.
  package static let mostBuckets = 1000

  /// The most ranges that can be said one by one.
  private static let mostEdges = 30

  /// `bucket(order_amount)`, `bucket(order_amount, 100)`, `bucket(order_amount, edges 100, 300)`, in templates also
  /// `bucket(order_amount, money(100))`
  func bucket(_ items: [Term.Item]) throws(Problem) -> Grouping {
    let isOfEdges = items.count > 1 && items[1].first == .symbol("edges")
    guard let name = items.first?.first, items.count < 3 || isOfEdges else { throw .badNotation(offset: 0, expected: "bucket(dimension, width)") }
    // Orders under 100, 100 to 300: by what each of those that are counted is worth.
    if dictionary.dimension(name.plainText) == nil, let number = worth(countedBy: name.plainText) {
      return try bucket([[.symbol(number)]] + items.dropFirst())
    }
    guard let dimension = dictionary.dimension(name.plainText) else { return try grouping([name]) }
    guard dimension.kind == .number else { throw .unsupported("ranges of names") }
    if isOfEdges { return .ranges(dimension.name, edges: try edges(items[1].dropFirst() + items.dropFirst(2).compactMap(\.first), of: dimension.name)) }
    guard items.count == 2 else { return .bucket(dimension.name, width: nil) }
    guard let width = items[1].first.flatMap({ rangeWidth($0, of: dimension.name) }), width > 0, width.isFinite, width < 1e12 else {
      throw .badNotation(offset: 0, expected: "a width above zero")
    }
    return .bucket(dimension.name, width: width)
  }

  /// Each said once, or twice where one range ends and the next begins: 100以下、100到300、300以上.
  private func edges(_ terms: [Term], of dimension: String) throws(Problem) -> [Double] {
    var edges: [Double] = []
    for term in terms {
      guard let edge = rangeWidth(term, of: dimension) ?? Self.signed(term), edge.isFinite, abs(edge) < 1e12 else {
        throw .badNotation(offset: 0, expected: "numbers between ranges")
      }
      if edges.last != edge { edges.append(edge) }
    }
    guard !edges.isEmpty, edges.count <= Self.mostEdges, zip(edges, edges.dropFirst()).allSatisfy(<) else { throw .unsupported("edges of ranges") }
    return edges
  }

  private func rangeWidth(_ term: Term, of dimension: String) -> Double? {
    switch term {
    case .number(let number): number
    case .call("money", let items), .call("percent", let items): items.first?.first.flatMap { rangeWidth($0, of: dimension) }
    case .call("lasting", let items):
      Self.lasting(items, in: unit(of: .dimension(dimension))) ?? items.first?.first.flatMap { rangeWidth($0, of: dimension) }
    default: nil
    }
  }

  /// A number by its ranges. Names are no ranges: their distribution is what stands by them.
  func spread(_ item: Term.Item) throws(Problem) -> Grouping {
    let group = try grouping(item)
    switch group {
    case .bucket, .ranges: return group
    case .dimension, .time, .part: break
    }
    guard let name = group.dimension, dictionary.dimension(name)?.kind == .number else { throw .unsupported("distribution") }
    return .bucket(name, width: nil)
  }

  /// The metric that counts the rows of the table a dimension stands on.
  func counting(_ dimension: String) throws(Problem) -> Measure {
    guard case .column(let path)? = dictionary.dimension(dimension)?.source,
      let finest = dictionary.schema.finestTable(of: [path]), let table = try? dictionary.schema.find(path, from: finest).table
    else { throw .noMetric(nearest: []) }
    let metric = dictionary.metrics.first { metric in
      guard case .aggregate(let aggregate) = metric.formula else { return false }
      return aggregate.function == .count && aggregate.argument == nil && aggregate.condition == nil && aggregate.table == table
    }
    guard let metric else { throw .noMetric(nearest: []) }
    return Measure(metric.name)
  }

  /// Whether these clauses ask for a distribution of rows, without a word for what is counted.
  package static func countsRows(_ clauses: [Clause]) -> Bool {
    clauses.contains { $0.keyword == "spread" } && !clauses.contains { ["measure", "having", "rank", "top", "bottom"].contains($0.keyword) }
  }
}
