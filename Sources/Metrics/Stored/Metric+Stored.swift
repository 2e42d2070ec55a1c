import Snapshots
import SourceText

extension Metric.Level: StoredCase {}
extension Metric.Status: StoredCase {}
extension Metric.Sensitivity: StoredCase {}
extension Metric.Direction: StoredCase {}
extension Metric.NullPolicy: StoredCase {}
extension Metric.OverUnits: StoredCase {}

extension Metric: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(name: reader.read(), versions: reader.read())
    title = reader.read()
    synonyms = reader.read()
    asked = reader.read()
    counts = reader.read()
    verbs = reader.read()
    states = reader.read()
    unit = reader.read()
    decimals = reader.read()
    direction = reader.read()
    meaning = reader.read()
    owner = reader.read()
    department = reader.read()
    level = reader.read()
    category = reader.read()
    parent = reader.read()
    drivers = reader.read()
    sensitivity = reader.read()
    status = reader.read()
    successor = reader.read()
    attainment = reader.read()
    time = reader.read()
    allowedDimensions = reader.read()
    requiredDimensions = reader.read()
    nulls = reader.read()
    examples = reader.read()
    place = reader.read()
    showsGaps = reader.read()
    later = reader.read()
    equals = reader.read()
    certification = reader.read()
    hasLostCertification = reader.read()
    overUnits = reader.read()
  }

  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(versions)
    writer.write(title)
    writer.write(synonyms)
    writer.write(asked)
    writer.write(counts)
    writer.write(verbs)
    writer.write(states)
    writer.write(unit)
    writer.write(decimals)
    writer.write(direction)
    writer.write(meaning)
    writer.write(owner)
    writer.write(department)
    writer.write(level)
    writer.write(category)
    writer.write(parent)
    writer.write(drivers)
    writer.write(sensitivity)
    writer.write(status)
    writer.write(successor)
    writer.write(attainment)
    writer.write(time)
    writer.write(allowedDimensions)
    writer.write(requiredDimensions)
    writer.write(nulls)
    writer.write(examples)
    writer.write(place)
    writer.write(showsGaps)
    writer.write(later)
    writer.write(equals)
    writer.write(certification)
    writer.write(hasLostCertification)
    writer.write(overUnits)
  }
}

extension MetricVersion: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      number: reader.read(), validFrom: reader.read(), formula: reader.read(), meaning: reader.read(), change: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(number)
    writer.write(validFrom)
    writer.write(formula)
    writer.write(meaning)
    writer.write(change)
  }
}

extension Certification: Stored {
  package init(from reader: inout SnapshotReader) { self.init(formula: reader.read(), by: reader.read(), day: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(formula)
    writer.write(by)
    writer.write(day)
  }
}

extension MetricState: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(word: reader.read(), language: reader.read(), comparator: reader.read(), value: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(word)
    writer.write(language)
    writer.write(comparator)
    writer.write(value)
  }
}

extension AuthoredExample: Stored {
  package init(from reader: inout SnapshotReader) { self.init(text: reader.read(), place: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(text)
    writer.write(place)
  }
}

extension MeasureUnit: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .money(reader.read())
    case 1: self = .count(reader.read())
    case 2: self = .percent
    case 3: self = .days
    case 4: self = .hours
    case 5: self = .minutes
    default: self = .plain
    }
  }
  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .money(let currency):
      writer.write(varint: 0)
      writer.write(currency)
    case .count(let noun):
      writer.write(varint: 1)
      writer.write(noun)
    case .percent: writer.write(varint: 2)
    case .days: writer.write(varint: 3)
    case .hours: writer.write(varint: 4)
    case .minutes: writer.write(varint: 5)
    case .plain: writer.write(varint: 6)
    }
  }
}
