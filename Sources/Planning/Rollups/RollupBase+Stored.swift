import CivilTime
import Metrics
import Snapshots

extension TimePart: StoredCase {}
extension RollupBase.Measure.Kind: StoredCase {}

/// What stands beside a row of one table. What looks at other rows is no part of a base and is not kept: it reads back as null, which
/// whoever keeps a base finds when it compares.
extension PlanExpression: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 1: self = .field(reader.read(), reader.read())
    case 2: self = .literal(reader.read())
    case 3: self = .constant(Int64(reader.read(Int.self)))
    case 4: self = .arithmetic(reader.read(), reader.read(), reader.read())
    case 5: self = .quotient(reader.read(), reader.read())
    case 6: self = .negated(reader.read())
    case 7: self = .absolute(reader.read())
    case 8: self = .timeLabel(reader.read(), reader.read(), weekStart: reader.read())
    case 9: self = .timePart(reader.read(), reader.read())
    case 10: self = .moved(reader.read(), days: reader.read(), months: reader.read(), fromMonthStart: reader.read())
    case 11: self = .elapsed(reader.read(), from: reader.read(), to: reader.read())
    case 12: self = .choice(reader.read(), otherwise: reader.read())
    case 13: self = .coalesce(reader.read())
    case 14: self = .comparison(reader.read(), reader.read(), reader.read())
    case 15: self = .same(reader.read(), reader.read())
    case 16: self = .oneOf(reader.read(), reader.read(), negated: reader.read())
    case 17: self = .missing(reader.read(), negated: reader.read())
    case 18: self = .matches(reader.read(), reader.read(), reader.read(), negated: reader.read())
    case 19: self = .all(reader.read())
    case 20: self = .any(reader.read())
    case 21: self = .not(reader.read())
    case 22: self = .bucketStart(reader.read(), width: Int64(reader.read(Int.self)))
    case 23: self = .rounded(reader.read())
    default: self = .literal(.null)
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    func mark(_ number: UInt64) { writer.write(varint: number) }
    func two(_ number: UInt64, _ a: some Stored, _ b: some Stored) {
      mark(number)
      writer.write(a)
      writer.write(b)
    }
    func three(_ number: UInt64, _ a: some Stored, _ b: some Stored, _ c: some Stored) {
      two(number, a, b)
      writer.write(c)
    }
    func one(_ number: UInt64, _ a: some Stored) {
      mark(number)
      writer.write(a)
    }
    switch self {
    case .field(let alias, let column): two(1, alias, column)
    case .literal(let value): one(2, value)
    case .constant(let number): one(3, Int(number))
    case .arithmetic(let sign, let a, let b): three(4, sign, a, b)
    case .quotient(let a, let b): two(5, a, b)
    case .negated(let a): one(6, a)
    case .absolute(let a): one(7, a)
    case .timeLabel(let grain, let a, let weekStart): three(8, grain, a, weekStart)
    case .timePart(let part, let a): two(9, part, a)
    case .moved(let a, let days, let months, let fromMonthStart):
      three(10, a, days, months)
      writer.write(fromMonthStart)
    case .elapsed(let measure, let from, let to): three(11, measure, from, to)
    case .choice(let branches, let otherwise): two(12, branches, otherwise)
    case .coalesce(let options): one(13, options)
    case .comparison(let a, let sign, let b): three(14, a, sign, b)
    case .same(let a, let b): two(15, a, b)
    case .oneOf(let a, let options, let negated): three(16, a, options, negated)
    case .missing(let a, let negated): two(17, a, negated)
    case .matches(let a, let match, let text, let negated):
      three(18, a, match, text)
      writer.write(negated)
    case .all(let parts): one(19, parts)
    case .any(let parts): one(20, parts)
    case .not(let a): one(21, a)
    case .bucketStart(let a, let width): two(22, a, Int(width))
    case .rounded(let a): one(23, a)
    case .aggregate, .memberCount, .memberOf, .exists, .count, .mean, .rowNumber, .rank, .groupMean, .groupSize, .runningSum: mark(0)
    }
  }
}

extension PlanBranch: Stored {
  package init(from reader: inout SnapshotReader) { self.init(reader.read(), reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(condition)
    writer.write(value)
  }
}

extension PlanLiteral: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 1: self = .integer(Int64(reader.read(Int.self)))
    case 2: self = .real(reader.read())
    case 3: self = .text(reader.read())
    default: self = .null
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .integer(let number):
      writer.write(varint: 1)
      writer.write(Int(number))
    case .real(let number):
      writer.write(varint: 2)
      writer.write(number)
    case .text(let text):
      writer.write(varint: 3)
      writer.write(text)
    case .null: writer.write(varint: 0)
    }
  }
}

extension PlanValue: Stored {
  package init(from reader: inout SnapshotReader) { self.init(reader.read(), reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(expression)
    writer.write(type)
  }
}

extension PlanType: Stored {
  package init(from reader: inout SnapshotReader) {
    switch reader.byte() {
    case 0: self = .number(scale: reader.read())
    case 1: self = .real
    case 2: self = .text
    default: self = .time
    }
  }

  package func store(in writer: inout SnapshotWriter) {
    switch self {
    case .number(let scale):
      writer.write(varint: 0)
      writer.write(scale)
    case .real: writer.write(varint: 1)
    case .text: writer.write(varint: 2)
    case .time: writer.write(varint: 3)
    }
  }
}

/// Tables alone, as a base joins them.
extension PlanJoin: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(reader.read(Bool.self) ? .left : .inner, .table(reader.read(), alias: reader.read()), on: reader.read())
  }

  package func store(in writer: inout SnapshotWriter) {
    writer.write(kind == .left)
    if case .table(let table, let alias) = relation {
      writer.write(table)
      writer.write(alias)
    } else {
      writer.write("")
      writer.write("")
    }
    writer.write(on)
  }
}

extension RollupBase.Key: Stored {
  package init(from reader: inout SnapshotReader) { self.init(name: reader.read(), value: reader.read(), isPrimary: reader.read()) }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(name)
    writer.write(value)
    writer.write(isPrimary)
  }
}

extension RollupBase.Measure: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(kind: reader.read(), argument: reader.read(), filter: reader.read(), column: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(kind)
    writer.write(argument)
    writer.write(filter)
    writer.write(column)
  }
}

extension RollupBase: Stored {
  package init(from reader: inout SnapshotReader) {
    self.init(
      table: reader.read(), time: reader.read(), moment: reader.read(), isDay: reader.read(), joins: reader.read(), keys: reader.read(),
      filters: reader.read(), measures: reader.read())
  }
  package func store(in writer: inout SnapshotWriter) {
    writer.write(table)
    writer.write(time)
    writer.write(moment)
    writer.write(isDay)
    writer.write(joins)
    writer.write(keys)
    writer.write(filters)
    writer.write(measures)
  }
}
