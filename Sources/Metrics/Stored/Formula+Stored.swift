import CivilTime
import Snapshots

extension ArithmeticOperator: StoredCase {}

extension Formula: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .aggregate(reader.read())
    case 1: self = .metric(reader.read())
    case 2: self = .number(reader.read())
    case 3: self = .binary(reader.read(), reader.read(), reader.read())
    case 4: self = .negated(reader.read())
    case 5: self = .rolling(reader.read(), reader.read(), reader.read())
    case 6: self = .toDate(reader.read(), reader.read())
    case 7: self = .shifted(reader.read(), reader.read(), reader.read())
    case 8: self = .conversion(from: reader.read(), to: reader.read(), reader.read())
    case 9: self = .score(reader.read())
    case 10: self = .filtered(reader.read(), reader.read())
    case 11: self = .allTime(reader.read())
    case 12: self = .startOf(reader.read(), reader.read())
    case 13: self = .conversions(reader.read())
    default: self = .folded(reader.read())
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .aggregate(let aggregate):
      writer.write(varint: 0)
      writer.write(aggregate)
    case .metric(let name):
      writer.write(varint: 1)
      writer.write(name)
    case .number(let value):
      writer.write(varint: 2)
      writer.write(value)
    case .binary(let sign, let left, let right):
      writer.write(varint: 3)
      writer.write(sign)
      writer.write(left)
      writer.write(right)
    case .negated(let inner):
      writer.write(varint: 4)
      writer.write(inner)
    case .rolling(let inner, let count, let grain):
      writer.write(varint: 5)
      writer.write(inner)
      writer.write(count)
      writer.write(grain)
    case .toDate(let inner, let grain):
      writer.write(varint: 6)
      writer.write(inner)
      writer.write(grain)
    case .shifted(let inner, let count, let grain):
      writer.write(varint: 7)
      writer.write(inner)
      writer.write(count)
      writer.write(grain)
    case .conversion(let from, let to, let window):
      writer.write(varint: 8)
      writer.write(from)
      writer.write(to)
      writer.write(window)
    case .score(let parts):
      writer.write(varint: 9)
      writer.write(parts)
    case .filtered(let inner, let condition):
      writer.write(varint: 10)
      writer.write(inner)
      writer.write(condition)
    case .allTime(let inner):
      writer.write(varint: 11)
      writer.write(inner)
    case .startOf(let inner, let grain):
      writer.write(varint: 12)
      writer.write(inner)
      writer.write(grain)
    case .conversions(let events):
      writer.write(varint: 13)
      writer.write(events)
    case .folded(let fold):
      writer.write(varint: 14)
      writer.write(fold)
    }
  }
}

extension FoldFunction: StoredCase {}

extension FormulaFold: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(reader.read(), of: reader.read(), over: reader.read(), percent: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(function)
    writer.write(of)
    writer.write(over)
    writer.write(percent)
  }
}

extension FollowWindow: Stored {
  package init(from reader: inout SnapshotReader) {
    self = reader.byte() == 0 ? .within(reader.read(), reader.read()) : .onDay(reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .within(let count, let grain):
      writer.write(varint: 0)
      writer.write(count)
      writer.write(grain)
    case .onDay(let day):
      writer.write(varint: 1)
      writer.write(day)
    }
  }
}

extension Conversions: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(from: reader.read(), to: reader.read(), within: reader.read(), grain: reader.read(), same: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(from)
    writer.write(to)
    writer.write(within)
    writer.write(grain)
    writer.write(same)
  }
}

extension ColumnPair: Stored {
  package init(from reader: inout SnapshotReader) { self.init(here: reader.read(), there: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(here)
    writer.write(there)
  }
}

extension WeightedMetric: Stored {
  package init(from reader: inout SnapshotReader) { self.init(weight: reader.read(), metric: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(weight)
    writer.write(metric)
  }
}

extension Aggregate.OverTime: StoredCase {}

extension Aggregate.Function: Stored {
  private static let plain: [Aggregate.Function] = [
    .sum, .count, .countDistinct, .average, .minimum, .maximum, .median, .standardDeviation,
  ]

  package init(from reader: inout SnapshotReader) {
    let index = Int(reader.varint())
    self =
      index < Self.plain.count
      ? Self.plain[index] : index == Self.plain.count ? .percentile(reader.read()) : .discretePercentile(reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    if case .percentile(let part) = self {
      writer.write(varint: UInt64(Self.plain.count))
      writer.write(part)
    } else if case .discretePercentile(let part) = self {
      writer.write(varint: UInt64(Self.plain.count + 1))
      writer.write(part)
    } else {
      writer.write(varint: UInt64(Self.plain.firstIndex(of: self)!))
    }
  }
}

extension Aggregate: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      function: reader.read(), table: reader.read(), argument: reader.read(), condition: reader.read(),
      overTime: reader.read(), overGrain: reader.read(), overPer: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(function)
    writer.write(table)
    writer.write(argument)
    writer.write(condition)
    writer.write(overTime)
    writer.write(overGrain)
    writer.write(overPer)
  }
}
