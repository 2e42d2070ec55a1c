import CivilTime
import Snapshots
import SourceText

extension Table: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      name: reader.read(), title: reader.read(), grain: reader.read(), file: reader.read(), key: reader.read(),
      time: reader.read(), columns: reader.read(), joins: reader.read(), place: reader.read())
    spans = reader.read(String?.self).flatMap(Grain.init)
    unique = reader.read()
    rules = reader.read()
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(title)
    writer.write(grain)
    writer.write(file)
    writer.write(key)
    writer.write(time)
    writer.write(columns)
    writer.write(joins)
    writer.write(place)
    writer.write(spans?.rawValue)
    writer.write(unique)
    writer.write(rules)
  }
}

extension Column: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      name: reader.read(), physicalName: reader.read(String.self), type: reader.read(), title: reader.read(),
      trim: reader.read(), place: reader.read())
    format = reader.read()
    rules.isRequired = reader.read()
    rules.least = reader.read()
    rules.most = reader.read()
    rules.allowed = reader.read()
    rules.pattern = reader.read()
    rules.isSoft = reader.read()
    cleaning = reader.read()
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(physicalName)
    writer.write(type)
    writer.write(title)
    writer.write(trim)
    writer.write(place)
    writer.write(format)
    writer.write(rules.isRequired)
    writer.write(rules.least)
    writer.write(rules.most)
    writer.write(rules.allowed)
    writer.write(rules.pattern)
    writer.write(rules.isSoft)
    writer.write(cleaning)
  }
}

extension ColumnType: Stored {
  private static let plain: [ColumnType] = [.integer, .real, .text, .date, .timestamp, .boolean]

  package init(from reader: inout SnapshotReader) {
    let index = Int(reader.varint())
    self = index < Self.plain.count ? Self.plain[index] : .decimal(scale: index - Self.plain.count)
  }
  package func store(in writer: inout SnapshotWriter) {
    if case .decimal(let scale) = self {
      writer.write(varint: UInt64(Self.plain.count + scale))
    } else {
      writer.write(varint: UInt64(Self.plain.firstIndex(of: self)!))
    }
  }
}

extension Join: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(role: reader.read(), table: reader.read(), here: reader.read(), there: reader.read(), place: reader.read())
    let validity = reader.read([String].self)
    if validity.count == 2 { self.validity = Validity(from: validity[0], to: validity[1]) }
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(role)
    writer.write(table)
    writer.write(hereColumns)
    writer.write(thereColumns)
    writer.write(place)
    writer.write(validity.map { [$0.from, $0.to] } ?? [])
  }
}

extension ColumnPath: Stored {
  package init(from reader: inout SnapshotReader) { self.init(reader.read([String].self)) }
  package func store(in writer: inout SnapshotWriter) { writer.write(parts) }
}

extension MetricDictionary: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      name: reader.read(), language: reader.read(), schema: Schema(tables: reader.read()), dimensions: reader.read(),
      hierarchies: reader.read(), metrics: reader.read())
    title = reader.read()
    calendar = reader.read()
    holidayWords = reader.read()
    ownerWords = reader.read()
    dataFolder = reader.read()
    warehouseFile = reader.read()
    fillers = reader.read()
    defaults = reader.read()
    days = reader.read()
    hours = reader.read()
    rollups.share = reader.read(Int.self)
    rollups.leastRows = reader.read(Int.self)
    fingerprint = reader.read()
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(language)
    writer.write(schema.tables)
    writer.write(dimensions)
    writer.write(hierarchies)
    writer.write(metrics)
    writer.write(title)
    writer.write(calendar)
    writer.write(holidayWords)
    writer.write(ownerWords)
    writer.write(dataFolder)
    writer.write(warehouseFile)
    writer.write(fillers)
    writer.write(defaults)
    writer.write(days)
    writer.write(hours)
    writer.write(rollups.share)
    writer.write(rollups.leastRows)
    writer.write(fingerprint)
  }
}

extension WordDefaults: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init()
    let words = reader.read([String].self), targets = reader.read([String].self)
    entries = zip(words, targets).map { Entry(word: $0, target: $1) }
    dimensionsOfValues = reader.read()
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(entries.map(\.word))
    writer.write(entries.map(\.target))
    writer.write(dimensionsOfValues)
  }
}
