import CivilTime
import Metrics
import Questions

// The order of rows.
extension AnswerAssembly {
  // MARK: Order

  /// - Throws: `Problem`, where the order is by a group that no row has
  func explicitOrder() throws(Problem) -> [PlanOrder] {
    var orders: [PlanOrder] = []
    for order in question.order {
      switch order.key {
      case .quantity(let quantity): orders.append(PlanOrder(value(quantity).expression, descending: order.descending))
      case .group(let group):
        guard keys.contains(group.columnName) else { throw .unsupported("sort by a group that the answer is not cut by") }
        for var key in groupOrders([group]) {
          key.descending = order.descending
          orders.append(key)
        }
      }
    }
    return orders + keyOrders(keys)
  }

  /// Time first; then a dimension by its declared order, else by the first value.
  func defaultOrder() -> [PlanOrder] {
    let times = question.groups.filter { if case .dimension = $0 { false } else { true } }
    var orders = groupOrders(times)
    let dimensions = question.groups.filter { if case .dimension = $0 { true } else { false } }
    guard let first = dimensions.first else { return orders }
    if isOrdered(first) {
      orders += groupOrders(dimensions)
    } else {
      if let value = question.measures.first.flatMap({ values[$0] }) {
        orders.append(PlanOrder(value.expression, descending: true))
      }
      orders += keyOrders(dimensions.map(\.columnName))
    }
    return orders
  }

  func isOrdered(_ group: Grouping) -> Bool {
    guard case .dimension(let name) = group, let dimension = builder.dictionary.dimension(name) else { return true }
    return !dimension.order.isEmpty || dimension.kind != .category
  }

  /// Groups ascending; dimensions with a declared order by it.
  func groupOrders(_ groups: [Grouping]) -> [PlanOrder] {
    groups.flatMap { group -> [PlanOrder] in
      let key = PlanOrder(rows.value(group.columnName).expression)
      if case .ranges(_, let edges) = group {
        let missing = PlanBranch(.missing(key.value, negated: false), .literal(.null))
        let places = Grouping.rangeLabels(edges).enumerated().map { index, label in
          PlanBranch(.comparison(key.value, .equal, .literal(.text(label))), .constant(Int64(index)))
        }
        return [PlanOrder(.choice([missing] + places, otherwise: .literal(.null)))]
      }
      guard case .dimension(let name) = group, let order = builder.dictionary.dimension(name)?.order, !order.isEmpty
      else { return [key] }
      let missing = PlanBranch(.missing(key.value, negated: false), .literal(.null))
      let branches = order.enumerated().map { index, value in
        let stored = rows.type(of: group.columnName)?.isNumeric == true ? Int64(value).map(PlanLiteral.integer) : nil
        return PlanBranch(.comparison(key.value, .equal, .literal(stored ?? .text(value))), .constant(Int64(index)))
      }
      let place = PlanExpression.choice([missing] + branches, otherwise: .constant(Int64(order.count)))
      return [PlanOrder(place), key]
    }
  }
}
