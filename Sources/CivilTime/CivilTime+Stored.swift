import Snapshots

extension Grain: StoredCase {}

extension Day: Stored {
  package init(from reader: inout SnapshotReader) { self.init(number: reader.read()) }
  package func store(in writer: inout SnapshotWriter) { writer.write(number) }
}

extension BusinessCalendar.Anchor: StoredCase {}

extension BusinessCalendar: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      weekStart: reader.read(), fiscalStart: reader.read(), anchor: reader.read(), lastIncludesToday: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(weekStart)
    writer.write(fiscalStart)
    writer.write(anchor)
    writer.write(lastIncludesToday)
  }
}
