import CivilTime

/// A place where orders come in: a channel of a store.
struct RetailCell {
  var store: Int
  var channel: Int
}

/// How many orders each day has, and how they spread over stores and channels.
///
/// The wanted number of orders is dealt out by running totals, so the days add up to it exactly.
struct RetailDemand {
  /// Channels of stores, marketplaces at the first store of each region.
  static let cells: [RetailCell] = {
    var cells = RetailStore.all.indices.flatMap {
      [RetailCell(store: $0, channel: RetailChannel.counter), RetailCell(store: $0, channel: RetailChannel.miniProgram)]
    }
    for region in RetailStore.regions.indices {
      guard let hub = RetailStore.all.firstIndex(where: { $0.region == region }) else { continue }
      for channel in RetailChannel.all.indices.dropFirst(2) { cells.append(RetailCell(store: hub, channel: channel)) }
    }
    return cells
  }()

  /// Running totals of the days' weights; one more than there are days.
  private let ends: [Int]
  let orders: Int

  init(orders: Int) {
    self.orders = orders
    var sum = 0
    ends = [0] + (0..<RetailCalendar.days).map { offset in
      sum += RetailDemand.weights(on: RetailCalendar.firstDay.adding(days: offset)).reduce(0, +)
      return sum
    }
  }

  /// Orders of the day that lies `offset` days behind the first.
  func orders(onDay offset: Int) -> Int { through(offset + 1) - through(offset) }

  private func through(_ offset: Int) -> Int {
    Int(Double(orders) * (Double(ends[offset]) / Double(ends[ends.count - 1])))
  }

  /// The weight of each cell on a day; 0 where a store is shut.
  static func weights(on day: Day) -> [Int] {
    let busy = RetailChannel.all.map { RetailCalendar.factor($0, on: day) }
    return cells.map { cell in
      let store = RetailStore.all[cell.store]
      guard store.isOpen(on: day) else { return 0 }
      return Int(Double(RetailChannel.all[cell.channel].weight * part(cell, store)) * busy[cell.channel])
    }
  }

  /// The store's part of a channel, in thousandths of what all stores of today have together.
  private static func part(_ cell: RetailCell, _ store: RetailStore) -> Int {
    switch cell.channel {
    case RetailChannel.counter: store.size * 1000 / sizes
    case RetailChannel.miniProgram: store.mini * 1000 / minis
    default: marketplaceParts[store.region]
    }
  }

  private static let sizes = RetailStore.all.map(\.size).reduce(0, +)
  private static let minis = RetailStore.all.map(\.mini).reduce(0, +)
  private static let marketplaceParts = [360, 190, 200, 100, 100, 50]
}
