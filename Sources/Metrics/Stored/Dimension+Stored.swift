import Snapshots
import SourceText

extension Dimension.Kind: StoredCase {}

extension Dimension.Source: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .column(reader.read())
    case 1: self = .expression(reader.read())
    default: self = .flag(reader.read())
    }
  }
  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .column(let path):
      writer.write(varint: 0)
      writer.write(path)
    case .expression(let expression):
      writer.write(varint: 1)
      writer.write(expression)
    case .flag(let condition):
      writer.write(varint: 2)
      writer.write(condition)
    }
  }
}

extension Dimension: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(name: reader.read(), source: reader.read(), type: reader.read(), kind: reader.read())
    title = reader.read()
    synonyms = reader.read()
    members = reader.read()
    verbs = reader.read()
    asked = reader.read()
    values = reader.read()
    groups = reader.read()
    suffixes = reader.read()
    order = reader.read()
    valuesNeedName = reader.read()
    sensitivity = reader.read()
    place = reader.read()
    others = reader.read()
  }

  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(source)
    writer.write(type)
    writer.write(kind)
    writer.write(title)
    writer.write(synonyms)
    writer.write(members)
    writer.write(verbs)
    writer.write(asked)
    writer.write(values)
    writer.write(groups)
    writer.write(suffixes)
    writer.write(order)
    writer.write(valuesNeedName)
    writer.write(sensitivity)
    writer.write(place)
    writer.write(others)
  }
}

extension DimensionValue: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(stored: reader.read(), title: reader.read(), synonyms: reader.read(), place: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(stored)
    writer.write(title)
    writer.write(synonyms)
    writer.write(place)
  }
}

extension ValueGroup: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(name: reader.read(), synonyms: reader.read(), values: reader.read(), place: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(synonyms)
    writer.write(values)
    writer.write(place)
  }
}

extension Hierarchy: Stored {
  package init(from reader: inout SnapshotReader) { self.init(name: reader.read(), levels: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(levels)
  }
}
