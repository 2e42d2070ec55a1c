/// The flagship dataset: a retail chain with stores and web channels from October 2024 to October 2026.
///
/// The same number of orders and the same seed give the same bytes on every machine. `datasets/retail/data` is what
/// `RetailSample(orders: RetailSample.committedOrders)` writes; more orders give a warehouse of the same shape to try
/// speed with. What happens in the data (feasts, a price change, a closing, one fault to find) stands in `RetailCalendar`.
package struct RetailSample: Sendable {
  /// The size that is kept beside the dataset's dictionary.
  package static let committedOrders = 40_000
  package static let defaultSeed: UInt64 = 20_241_001

  package let orders: Int
  package let seed: UInt64

  /// - Parameter orders: orders in all, spread over 25 months; at least one.
  package init(orders: Int = committedOrders, seed: UInt64 = defaultSeed) {
    precondition(orders > 0, "a sample has orders")
    self.orders = orders
    self.seed = seed
  }

  /// Writes one CSV file a table into a folder, which is made if it is not there.
  ///
  /// Memory stays the same however many orders are written.
  /// - Parameter progress: told the orders written so far and the orders in all.
  /// - Throws: `SampleDataError` if the folder or a file cannot be written.
  package func write(to directory: String, progress: ((Int, Int) -> Void)? = nil) throws {
    try makeFolder(directory)
    let demand = RetailDemand(orders: orders)
    let members = RetailMembers(orders: orders, seed: SplitMix64.mixed(seed &+ 1))
    var snapshots = RetailSnapshots(demand: demand, seed: SplitMix64.mixed(seed &+ 2), in: directory)
    try snapshots.write()
    let memberFile = try CSVFile(
      "members.csv", in: directory, header: ["member_id", "level", "joined_on", "gender", "age_band", "home_city"])
    try members.write(to: memberFile)
    try memberFile.finish()
    var writer = try RetailOrders(
      demand: demand, members: members, seed: SplitMix64.mixed(seed &+ 3), in: directory)
    try writer.write(progress: progress)
  }
}
