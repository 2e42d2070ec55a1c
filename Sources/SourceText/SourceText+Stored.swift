import Snapshots

extension Language: StoredCase {}

extension LocalText: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init()
    for language in Language.allCases { texts[language] = reader.read(String?.self) }
  }
  package func store(in writer: inout SnapshotWriter) {
    for language in Language.allCases { writer.write(texts[language]) }
  }
}

extension LocalWords: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init()
    for language in Language.allCases { words[language] = reader.read([String]?.self) }
  }
  package func store(in writer: inout SnapshotWriter) {
    for language in Language.allCases { writer.write(words[language]) }
  }
}

extension SourcePlace: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(file: reader.read(), line: reader.read(), column: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(file)
    writer.write(line)
    writer.write(column)
  }
}

extension Term: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .symbol(reader.read())
    case 1: self = .number(reader.read())
    case 2: self = .text(reader.read())
    case 3: self = .call(reader.read(), reader.read())
    default: self = .slot(reader.read())
    }
  }
  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .symbol(let name):
      writer.write(varint: 0)
      writer.write(name)
    case .number(let value):
      writer.write(varint: 1)
      writer.write(value)
    case .text(let text):
      writer.write(varint: 2)
      writer.write(text)
    case .call(let name, let items):
      writer.write(varint: 3)
      writer.write(name)
      writer.write(items)
    case .slot(let name):
      writer.write(varint: 4)
      writer.write(name)
    }
  }
}

extension Clause: Stored {
  package init(from reader: inout SnapshotReader) { self.init(reader.read(), reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(keyword)
    writer.write(items)
  }
}
