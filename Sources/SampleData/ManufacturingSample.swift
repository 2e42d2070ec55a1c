/// The dataset of a maker of motors, sensors and valves: three plants from January 2025 to October 2026.
///
/// The same seed gives the same bytes on every machine; `datasets/manufacturing/data` is what `ManufacturingSample()` writes.
/// What happens in the data (closing days, learning, one worn mould to find) stands in `FactoryCalendar`.
package struct ManufacturingSample: Sendable {
  package static let defaultSeed: UInt64 = 20_250_101
  package let seed: UInt64

  package init(seed: UInt64 = defaultSeed) { self.seed = seed }

  /// Writes one CSV file a table into a folder, which is made if it is not there.
  /// - Throws: `SampleDataError` if the folder or a file cannot be written.
  package func write(to directory: String) throws {
    try makeFolder(directory)
    var runs = try FactoryRuns(seed: SplitMix64.mixed(seed &+ 1), in: directory)
    try runs.write()
    var books = FactoryBooks(seed: SplitMix64.mixed(seed &+ 2), in: directory)
    try books.write(months: runs.months)
  }
}
