/// How much may be kept summed up beside the tables of a warehouse, so that questions need not read every row.
///
///     rollups: off            # in dataset.yaml: nothing is kept, nothing is used
///     rollups: {share: 30, from: 20000}
package struct RollupSettings: Hashable, Sendable {
  /// At most so many cells for a hundred rows of a table, in all its rollups together; 0 = none.
  package var share = 25
  /// Tables with fewer rows have none: reading them takes no time.
  package var leastRows = 20_000

  package init() {}

  package var isOff: Bool { share == 0 }
}
