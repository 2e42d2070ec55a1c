import Snapshots
import SourceText

extension Policy: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(roles: reader.read(), users: reader.read(), defaultRole: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(roles)
    writer.write(users)
    writer.write(defaultRole)
  }
}

extension Role: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      name: reader.read(), allMetrics: reader.read(), metrics: reader.read(), except: reader.read(), rows: reader.read(),
      hide: reader.read(), show: reader.read(), smallestGroup: reader.read(), place: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(allMetrics)
    writer.write(metrics)
    writer.write(except)
    writer.write(rows)
    writer.write(hide)
    writer.write(show)
    writer.write(smallestGroup)
    writer.write(place)
  }
}

extension PolicyUser: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(name: reader.read(), roles: reader.read(), attributes: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(roles)
    writer.write(attributes)
  }
}
