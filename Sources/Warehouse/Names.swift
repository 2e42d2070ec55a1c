import Metrics

// GRDB has a `Table` too; in this module the word means ours.
typealias Table = Metrics.Table
