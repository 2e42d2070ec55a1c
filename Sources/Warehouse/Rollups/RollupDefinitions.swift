import Metrics
import Planning
import Snapshots

/// What a dictionary says can be summed up, worked out once for each dictionary: it takes half as long as all else that a first answer
/// needs, so it is kept with what a start knows.
package struct RollupDefinitions: Hashable, Sendable, Stored {
  let bases: [RollupBase]
  /// The definition of each base, as a warehouse notes it beside what it has summed up.
  let texts: [String]

  package init(_ dictionary: MetricDictionary) {
    bases = dictionary.rollups.isOff ? [] : RollupBase.all(of: dictionary)
    texts = bases.map { RollupStore.definition($0, dictionary) }
  }

  package init(from reader: inout SnapshotReader) { (bases, texts) = (reader.read(), reader.read()) }

  package func store(in writer: inout SnapshotWriter) {
    writer.write(bases)
    writer.write(texts)
  }
}
