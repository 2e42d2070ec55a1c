import CivilTime
import Snapshots

extension TimeMeasure: StoredCase {}
extension Comparator: StoredCase {}
extension TextMatch: StoredCase {}

extension RowExpression: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .column(reader.read())
    case 1: self = .number(reader.read())
    case 2: self = .text(reader.read())
    case 3: self = .binary(reader.read(), reader.read(), reader.read())
    case 4: self = .negated(reader.read())
    case 5: self = .between(reader.read(), reader.read(), reader.read())
    case 6: self = .choice(reader.read(), reader.read(), reader.read())
    case 7: self = .coalesce(reader.read())
    case 8: self = .absolute(reader.read())
    default: self = .unit(reader.read(), reader.read())
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .column(let path):
      writer.write(varint: 0)
      writer.write(path)
    case .number(let value):
      writer.write(varint: 1)
      writer.write(value)
    case .text(let text):
      writer.write(varint: 2)
      writer.write(text)
    case .binary(let sign, let left, let right):
      writer.write(varint: 3)
      writer.write(sign)
      writer.write(left)
      writer.write(right)
    case .negated(let inner):
      writer.write(varint: 4)
      writer.write(inner)
    case .between(let measure, let from, let to):
      writer.write(varint: 5)
      writer.write(measure)
      writer.write(from)
      writer.write(to)
    case .choice(let condition, let yes, let no):
      writer.write(varint: 6)
      writer.write(condition)
      writer.write(yes)
      writer.write(no)
    case .coalesce(let options):
      writer.write(varint: 7)
      writer.write(options)
    case .absolute(let inner):
      writer.write(varint: 8)
      writer.write(inner)
    case .unit(let grain, let inner):
      writer.write(varint: 9)
      writer.write(grain)
      writer.write(inner)
    }
  }
}

extension RowCondition: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .comparison(reader.read(), reader.read(), reader.read())
    case 1: self = .oneOf(reader.read(), reader.read(), negated: reader.read())
    case 2: self = .missing(reader.read(), negated: reader.read())
    case 3: self = .matches(reader.read(), reader.read(), reader.read())
    case 4: self = .dimension(reader.read(), reader.read(), reader.read())
    case 5: self = .dimensionOneOf(reader.read(), reader.read(), negated: reader.read())
    case 6: self = .all(reader.read())
    case 7: self = .any(reader.read())
    case 8: self = .not(reader.read())
    case 9: self = .dimensionMissing(reader.read(), negated: reader.read())
    default: self = .members(reader.read(), metric: reader.read(), reader.read(), reader.read())
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .comparison(let left, let comparator, let right):
      writer.write(varint: 0)
      writer.write(left)
      writer.write(comparator)
      writer.write(right)
    case .oneOf(let value, let options, let negated):
      writer.write(varint: 1)
      writer.write(value)
      writer.write(options)
      writer.write(negated)
    case .missing(let value, let negated):
      writer.write(varint: 2)
      writer.write(value)
      writer.write(negated)
    case .matches(let value, let match, let text):
      writer.write(varint: 3)
      writer.write(value)
      writer.write(match)
      writer.write(text)
    case .dimension(let name, let comparator, let value):
      writer.write(varint: 4)
      writer.write(name)
      writer.write(comparator)
      writer.write(value)
    case .dimensionOneOf(let name, let options, let negated):
      writer.write(varint: 5)
      writer.write(name)
      writer.write(options)
      writer.write(negated)
    case .all(let parts):
      writer.write(varint: 6)
      writer.write(parts)
    case .any(let parts):
      writer.write(varint: 7)
      writer.write(parts)
    case .not(let inner):
      writer.write(varint: 8)
      writer.write(inner)
    case .dimensionMissing(let name, let negated):
      writer.write(varint: 9)
      writer.write(name)
      writer.write(negated)
    case .members(let name, let metric, let comparator, let bound):
      writer.write(varint: 10)
      writer.write(name)
      writer.write(metric)
      writer.write(comparator)
      writer.write(bound)
    }
  }
}
