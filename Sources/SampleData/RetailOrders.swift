import CivilTime

/// Writes the orders day by day, with their lines and what is sent back of them.
struct RetailOrders {
  private let demand: RetailDemand
  private let members: RetailMembers
  private var random: SplitMix64
  private let orders: CSVFile
  private let lines: CSVFile
  private let refunds: CSVFile
  private var orderNumber = 0
  private var guests = 0
  private var refundNumber = 0

  private static let reasons = ["七天无理由", "质量问题", "物流破损", "错发漏发", "不想要了"]
  private static let reasonTable = WeightTable([38, 18, 16, 10, 18])
  private static let applianceReasonTable = WeightTable([28, 38, 18, 6, 10])
  private static let lineTable = WeightTable([44, 30, 17, 9])
  private static let hours: [Bool: WeightTable] = [
    false: WeightTable([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 6, 8, 9, 7, 6, 7, 8, 10, 12, 12, 9, 5, 0, 0]),
    true: WeightTable([4, 2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 8, 7, 6, 6, 6, 6, 7, 9, 12, 13, 12, 8]),
  ]

  init(demand: RetailDemand, members: RetailMembers, seed: UInt64, in directory: String) throws(SampleDataError) {
    self.demand = demand
    self.members = members
    random = SplitMix64(seed: seed)
    orders = try CSVFile(
      "orders.csv", in: directory,
      header: [
        "order_id", "buyer_id", "member_id", "store_id", "channel_id", "ordered_at", "status", "freight", "discount",
        "amount",
      ])
    lines = try CSVFile(
      "order_lines.csv", in: directory,
      header: ["order_id", "line_no", "product_id", "quantity", "unit_price", "amount", "cost"])
    refunds = try CSVFile(
      "refunds.csv", in: directory, header: ["refund_id", "order_id", "product_id", "refunded_on", "amount", "reason"])
  }

  /// - Parameter progress: told the orders written and the orders in all, once a day of the data.
  mutating func write(progress: ((Int, Int) -> Void)?) throws(SampleDataError) {
    for offset in 0..<RetailCalendar.days {
      try writeDay(RetailCalendar.firstDay.adding(days: offset), count: demand.orders(onDay: offset))
      progress?(orderNumber, demand.orders)
    }
    for file in [orders, lines, refunds] { try file.finish() }
  }

  private mutating func writeDay(_ day: Day, count: Int) throws(SampleDataError) {
    guard count > 0 else { return }
    let cells = WeightTable(RetailDemand.weights(on: day))
    let products = WeightTable(
      RetailProduct.all.map { Int(Double($0.weight * 100) * RetailCalendar.taste($0.category, on: day)) })
    let prices = RetailProduct.all.map { RetailCalendar.price(of: $0, on: day) }
    let joined = members.joined(by: day)
    for _ in 0..<count {
      let cell = RetailDemand.cells[random.pick(cells)]
      try writeOrder(on: day, cell, products: products, prices: prices, joined: joined)
    }
  }

  private mutating func writeOrder(
    on day: Day, _ cell: RetailCell, products: WeightTable, prices: [Int], joined: Int
  ) throws(SampleDataError) {
    let channel = RetailChannel.all[cell.channel]
    orderNumber += 1
    let buyer = drawBuyer(cell, joined: joined)
    let hour = random.pick(RetailOrders.hours[channel.isOnline]!)
    let second = hour * 3600 + random.below(3600)
    let status = drawStatus(on: day, cell)
    var basket = drawBasket(products, prices)
    let goods = basket.map(\.amount).reduce(0, +)
    let discount = drawDiscount(goods)
    spread(discount, over: &basket, goods: goods)
    let freight = channel.isOnline && goods < 9900 ? 800 : 0

    orders.cell(orderNumber)
    orders.cell(buyer.id)
    orders.cell(buyer.member)
    orders.cell(cell.store + 1)
    orders.cell(cell.channel + 1)
    orders.cell(day, second: second)
    orders.cell(status)
    orders.cell(hundredths: freight)
    orders.cell(hundredths: discount)
    orders.cell(hundredths: goods - discount + freight)
    try orders.endRow()
    try writeLines(basket)
    if status == "paid" { try writeRefund(of: basket, channel, on: day) }
  }

  private mutating func drawBuyer(_ cell: RetailCell, joined: Int) -> (id: Int, member: Int?) {
    if random.chance(perMille: RetailChannel.all[cell.channel].members) {
      let member = members.draw(joined: joined, city: RetailStore.cityPlaces[cell.store], &random)
      return (member, member)
    }
    // One guest in five comes back under the same number.
    if guests > 0 && random.chance(perMille: 200) { return (members.count + 1 + random.below(guests), nil) }
    guests += 1
    return (members.count + guests, nil)
  }

  private mutating func drawStatus(on day: Day, _ cell: RetailCell) -> String {
    let point = random.below(1000)
    let isFaulty =
      cell.channel == RetailChannel.miniProgram && RetailCalendar.paymentFault.contains(day)
      && RetailStore.all[cell.store].city == RetailCalendar.paymentFaultCity
    if isFaulty && point < 880 { return "failed" }
    switch point {
    case ..<932: return "paid"
    case ..<974: return "unpaid"
    case ..<994: return "cancelled"
    default: return "failed"
    }
  }

  private mutating func drawBasket(_ products: WeightTable, _ prices: [Int]) -> [RetailLine] {
    (0...random.pick(RetailOrders.lineTable)).map { _ in
      let product = random.pick(products)
      let isAppliance = RetailProduct.all[product].category == RetailProduct.appliances
      let quantity = isAppliance ? 1 : 1 + random.below(3) * random.below(2)
      return RetailLine(product: product, quantity: quantity, price: prices[product])
    }
  }

  /// A coupon on one order in four: 5 to 12 percent of the goods.
  private mutating func drawDiscount(_ goods: Int) -> Int {
    random.chance(perMille: 250) ? goods * random.within(5...12) / 100 : 0
  }

  /// Takes the discount off the lines in proportion; the last line bears what rounding leaves.
  private func spread(_ discount: Int, over basket: inout [RetailLine], goods: Int) {
    var rest = discount
    for place in basket.indices {
      let isLast = place == basket.count - 1
      let part = isLast ? rest : discount * basket[place].amount / goods
      basket[place].amount -= part
      rest -= part
    }
  }

  private func writeLines(_ basket: [RetailLine]) throws(SampleDataError) {
    for (place, line) in basket.enumerated() {
      lines.cell(orderNumber)
      lines.cell(place + 1)
      lines.cell(line.product + 1)
      lines.cell(line.quantity)
      lines.cell(hundredths: line.price)
      lines.cell(hundredths: line.amount)
      lines.cell(hundredths: RetailProduct.all[line.product].cost * line.quantity)
      try lines.endRow()
    }
  }

  /// Now and then one line is sent back, some days later; what would come back behind the last day is left out.
  private mutating func writeRefund(
    of basket: [RetailLine], _ channel: RetailChannel, on day: Day
  ) throws(SampleDataError) {
    guard random.chance(perMille: channel.refunds) else { return }
    let line = basket[random.below(basket.count)]
    let refunded = day.adding(days: random.within(1...12))
    let isAppliance = RetailProduct.all[line.product].category == RetailProduct.appliances
    let reason = random.pick(isAppliance ? RetailOrders.applianceReasonTable : RetailOrders.reasonTable)
    guard refunded <= RetailCalendar.lastDay else { return }
    refundNumber += 1
    refunds.cell(refundNumber)
    refunds.cell(orderNumber)
    refunds.cell(line.product + 1)
    refunds.cell(refunded)
    refunds.cell(hundredths: line.amount)
    refunds.cell(RetailOrders.reasons[reason])
    try refunds.endRow()
  }
}

/// One article of an order; amounts in hundredths.
private struct RetailLine {
  var product: Int
  var quantity: Int
  var price: Int
  /// What is to be paid for it, after its part of the order's discount.
  var amount: Int

  init(product: Int, quantity: Int, price: Int) {
    self.product = product
    self.quantity = quantity
    self.price = price
    amount = price * quantity
  }
}
