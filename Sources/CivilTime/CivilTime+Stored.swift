import Snapshots

extension Grain: StoredCase {}

extension Day: Stored {
  package init(from reader: inout SnapshotReader) { self.init(number: reader.read()) }
  package func store(in writer: inout SnapshotWriter) { writer.write(number) }
}

extension BusinessCalendar.Anchor: StoredCase {}

extension BusinessCalendar.Holidays: StoredCase {}

extension Period: Stored {
  package init(from reader: inout SnapshotReader) { self.init(reader.read(Day?.self), reader.read(Day?.self)) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(start)
    writer.write(end)
  }
}

extension BusinessCalendar: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      weekStart: reader.read(), fiscalStart: reader.read(), anchor: reader.read(), lastIncludesToday: reader.read(),
      holidays: reader.read(), hasTradingDays: reader.read(), named: reader.read(), off: Set(reader.read([Day].self)),
      worked: Set(reader.read([Day].self)))
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(weekStart)
    writer.write(fiscalStart)
    writer.write(anchor)
    writer.write(lastIncludesToday)
    writer.write(holidays)
    writer.write(hasTradingDays)
    writer.write(named)
    writer.write(off.sorted())
    writer.write(worked.sorted())
  }
}
