import CivilTime
import Snapshots

extension TableRules: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init()
    rules = reader.read()
    fresh = reader.read()
    usualRows = reader.read()
    let kept = reader.read([String].self)
    self.kept = kept.isEmpty ? nil : kept.count == 1 ? .last : .newest(by: kept[1])
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(rules)
    writer.write(fresh)
    writer.write(usualRows)
    switch kept {
    case nil: writer.write([String]())
    case .last: writer.write(["last"])
    case .newest(let column): writer.write(["newest", column])
    }
  }
}

extension UsualRows: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(grain: Grain(rawValue: reader.read()) ?? .day, least: reader.read(), most: reader.read(), units: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(grain.rawValue)
    writer.write(least)
    writer.write(most)
    writer.write(units)
  }
}

extension TableRule: Stored {
  package init(from reader: inout SnapshotReader) {
    let kind: Kind =
      switch reader.byte() {
      case 0: .unique(reader.read())
      case 1: .distinctRows
      case 2: .reference(reader.read(), table: reader.read(), reader.read())
      default: .agreement(reader.read(), totals: reader.read())
      }
    self.init(kind, text: reader.read(), isSoft: reader.read(), columns: reader.read(), place: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    switch kind {
    case .unique(let names):
      writer.write(varint: 0)
      writer.write(names)
    case .distinctRows: writer.write(varint: 1)
    case .reference(let here, let table, let there):
      writer.write(varint: 2)
      writer.write(here)
      writer.write(table)
      writer.write(there)
    case .agreement(let condition, let totals):
      writer.write(varint: 3)
      writer.write(condition)
      writer.write(totals)
    }
    writer.write(text)
    writer.write(isSoft)
    writer.write(columns)
    writer.write(place)
  }
}

extension RowTotal: Stored {
  package init(from reader: inout SnapshotReader) { self.init(table: reader.read(), role: reader.read(), argument: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(table)
    writer.write(role)
    writer.write(argument)
  }
}

extension ColumnCleaning: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init()
    letterCase = reader.read(String?.self).flatMap(LetterCase.init)
    isHalfWidth = reader.read()
    map = reader.read()
    let unit = reader.read([Int].self)
    if unit.count == 2 { self.unit = Unit(mantissa: Int64(unit[0]), exponent: unit[1]) }
    fallback = reader.read()
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(letterCase?.rawValue)
    writer.write(isHalfWidth)
    writer.write(map)
    writer.write(unit.map { [Int($0.mantissa), $0.exponent] } ?? [])
    writer.write(fallback)
  }
}
