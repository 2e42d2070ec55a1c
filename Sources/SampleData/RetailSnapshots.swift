import CivilTime

/// The tables beside the orders: visitors a day, stock a week, targets a month, and the lists of names.
struct RetailSnapshots {
  private let demand: RetailDemand
  private var random: SplitMix64
  private let directory: String
  /// Hundredths of a yuan that an order brings in on average, for planning the targets.
  private static let orderValue = 8600

  init(demand: RetailDemand, seed: UInt64, in directory: String) {
    self.demand = demand
    random = SplitMix64(seed: seed)
    self.directory = directory
  }

  mutating func write() throws(SampleDataError) {
    try writeNames()
    try writeStores()
    try writeProducts()
    try writeVisits()
    try writeStock()
    try writeTargets()
  }

  private func writeNames() throws(SampleDataError) {
    let regions = try CSVFile("regions.csv", in: directory, header: ["region_id", "region"])
    try RetailSnapshots.writeList(RetailStore.regions, to: regions)
    let categories = try CSVFile("categories.csv", in: directory, header: ["category_id", "category"])
    try RetailSnapshots.writeList(RetailProduct.categories, to: categories)
    let channels = try CSVFile("channels.csv", in: directory, header: ["channel_id", "channel", "channel_type"])
    for (place, channel) in RetailChannel.all.enumerated() {
      channels.cell(place + 1)
      channels.cell(channel.name)
      channels.cell(channel.type)
      try channels.endRow()
    }
    try channels.finish()
  }

  private static func writeList(_ names: [String], to file: CSVFile) throws(SampleDataError) {
    for (place, name) in names.enumerated() {
      file.cell(place + 1)
      file.cell(name)
      try file.endRow()
    }
    try file.finish()
  }

  private func writeStores() throws(SampleDataError) {
    let file = try CSVFile(
      "stores.csv", in: directory,
      header: ["store_id", "store", "city", "province", "region_id", "format", "opened_on", "closed_on"])
    for (place, store) in RetailStore.all.enumerated() {
      file.cell(place + 1)
      file.cell(store.name)
      file.cell(store.city)
      file.cell(store.province)
      file.cell(store.region + 1)
      file.cell(store.format)
      file.cell(store.opened)
      file.cell(store.closed)
      try file.endRow()
    }
    try file.finish()
  }

  private func writeProducts() throws(SampleDataError) {
    let file = try CSVFile(
      "products.csv", in: directory,
      header: ["product_id", "product", "subcategory", "category_id", "brand", "cost", "list_price"])
    for (place, product) in RetailProduct.all.enumerated() {
      file.cell(place + 1)
      file.cell(product.name)
      file.cell(product.subcategory)
      file.cell(product.category + 1)
      file.cell(product.brand)
      file.cell(hundredths: product.cost)
      file.cell(hundredths: product.price)
      try file.endRow()
    }
    try file.finish()
  }

  /// Visitors follow the orders that the plan expects, not those drawn, so conversion has its own noise.
  private mutating func writeVisits() throws(SampleDataError) {
    let file = try CSVFile(
      "visits.csv", in: directory,
      header: ["visited_on", "store_id", "channel_id", "visitors", "new_visitors", "page_views"])
    for offset in 0..<RetailCalendar.days {
      let day = RetailCalendar.firstDay.adding(days: offset)
      let weights = RetailDemand.weights(on: day)
      let total = Double(weights.reduce(0, +))
      for (cell, weight) in zip(RetailDemand.cells, weights) where weight > 0 {
        let expected = Double(demand.orders(onDay: offset)) * Double(weight) / total
        try writeVisit(on: day, cell, orders: expected, to: file)
      }
    }
    try file.finish()
  }

  private mutating func writeVisit(
    on day: Day, _ cell: RetailCell, orders: Double, to file: CSVFile
  ) throws(SampleDataError) {
    let channel = RetailChannel.all[cell.channel]
    let years = Double(day.number - RetailCalendar.firstDay.number) / 365
    let conversion = channel.conversion * (1 + 0.05 * years)
    let visitors = random.rounded(orders / conversion * (0.9 + 0.2 * random.fraction()))
    guard visitors > 0 else { return }
    let newcomers = random.rounded(Double(visitors) * (0.28 + 0.14 * random.fraction()))
    file.cell(day)
    file.cell(cell.store + 1)
    file.cell(cell.channel + 1)
    file.cell(visitors)
    file.cell(min(visitors, newcomers))
    let views = channel.pages.map { random.rounded(Double(visitors) * $0 * (0.9 + 0.2 * random.fraction())) }
    file.cell(views.map { max($0, visitors) })
    try file.endRow()
  }

  /// Every Saturday, the last day among them: about five weeks' sales of each category lie in each open store.
  private mutating func writeStock() throws(SampleDataError) {
    let file = try CSVFile(
      "stock.csv", in: directory, header: ["counted_on", "store_id", "category_id", "quantity", "value"])
    let weekly = Double(demand.orders) / Double(RetailCalendar.days) * 7 * 3.4
    var day = RetailCalendar.firstDay
    while day <= RetailCalendar.lastDay {
      if day.weekday == 6 { try writeStock(on: day, weeklyUnits: weekly, to: file) }
      day = day.adding(days: 1)
    }
    try file.finish()
  }

  private mutating func writeStock(on day: Day, weeklyUnits: Double, to file: CSVFile) throws(SampleDataError) {
    let sizes = RetailStore.all.map(\.size).reduce(0, +)
    for (place, store) in RetailStore.all.enumerated() where store.isOpen(on: day) {
      for (category, goods) in RetailSnapshots.goods.enumerated() {
        let part = Double(store.size * goods.weight) / Double(sizes * RetailSnapshots.productWeight)
        let factor = RetailCalendar.taste(category, on: day) * (0.8 + 0.4 * random.fraction())
        let quantity = max(1, random.rounded(weeklyUnits * 5 * part * factor))
        file.cell(day)
        file.cell(place + 1)
        file.cell(category + 1)
        file.cell(quantity)
        file.cell(hundredths: quantity * goods.cost * random.within(96...104) / 100)
        try file.endRow()
      }
    }
  }

  private static let productWeight = RetailProduct.all.map(\.weight).reduce(0, +)

  /// Weight and mean cost of each category's products.
  private static let goods: [(weight: Int, cost: Int)] = RetailProduct.categories.indices.map { category in
    let products = RetailProduct.all.filter { $0.category == category }
    let weight = products.map(\.weight).reduce(0, +)
    return (weight, products.map { $0.cost * $0.weight }.reduce(0, +) / weight)
  }

  /// What was planned for each region and month: what the calendar expects and a little more.
  private mutating func writeTargets() throws(SampleDataError) {
    let file = try CSVFile(
      "targets.csv", in: directory, header: ["month", "region_id", "sales_target", "orders_target"])
    var month = RetailCalendar.firstDay
    while month <= RetailCalendar.lastDay {
      let next = month.adding(months: 1)
      let expected = expectedOrders(from: month, before: next)
      for region in RetailStore.regions.indices {
        let ambition = 0.95 + 0.14 * random.fraction()
        let orders = Int(expected[region] * ambition)
        file.cell(month)
        file.cell(region + 1)
        file.cell(hundredths: orders * RetailSnapshots.orderValue / 10000 * 10000)
        file.cell(orders)
        try file.endRow()
      }
      month = next
    }
    try file.finish()
  }

  /// Orders each region is expected to have, as the calendar has them.
  private func expectedOrders(from start: Day, before end: Day) -> [Double] {
    var expected = RetailStore.regions.map { _ in 0.0 }
    for number in start.number..<min(end.number, RetailCalendar.lastDay.number + 1) {
      let weights = RetailDemand.weights(on: Day(number: number))
      let total = Double(weights.reduce(0, +))
      let orders = Double(demand.orders(onDay: number - RetailCalendar.firstDay.number))
      for (cell, weight) in zip(RetailDemand.cells, weights) {
        expected[RetailStore.all[cell.store].region] += orders * Double(weight) / total
      }
    }
    return expected
  }
}
