import CivilTime
import Metrics
import Questions

/// Steps in English, by the names of the dictionary: what SQL is commented with where nobody asked in another language.
package struct EnglishStepWords: StepWords {
  package init() {}

  package func text(_ note: StepNote) -> String {
    switch note {
    case .none: ""
    case .aggregates(let aggregates, let groups, let period, let stretches, let windows):
      capitalised("\(aggregates.map(aggregate).joined(separator: ", "))\(by(groups))\(during(period, stretches))\(self.windows(windows)).")
    case .edge(let over, let grain, let table, let groups, let period):
      "The \(over.rawValue) \(grain.rawValue) of \(table)\(by(groups))\(during(period))."
    case .read(let note, let rollup): "\(text(note)) Read from \(rollup)."
    case .countRows(let table): "Count the rows of \(table) that went in."
    case .sourceRows(let table): "The rows of \(table) that went in."
    case .values(let dimension): "Values of \(dimension)."
    case .daysAndRows(let table): "Days and rows of \(table)."
    case .days(let table): "Days of \(table)."
    case .rowsByDay(let table): "Rows of \(table) by day."
    case .extent(let dimension): "From where to where \(plain(dimension)) reaches."
    case .every(let grain, let period): "Every \(grain.rawValue)\(during(period))."
    case .unitsOfTime(let period): "Every unit of time of the calendar\(during(period))."
    case .calendarUnits: "The units of the calendar that each day lies in."
    case .windows(.hour): "Each hour with the hours its window looks at."
    case .windows(let grain): "Each \(grain.rawValue) with the days its window looks at."
    case .unitsThatCount(let units, let groups): "Each \(units.map(name).joined(separator: " ")) that counts\(by(groups))."
    case .numberOfUnits(let groups): "How many of them there are\(by(groups))."
    case .allUnits: "All units of time of each."
    case .compute(let columns, let groups, let isAlone):
      "\(isAlone ? "Compute" : "Put side by side and compute") \(columns.joined(separator: ", "))\(by(groups))."
    case .allGroups: "All groups that any source has."
    case .sideBySide(let sides): "Put \(sides.count == 2 ? sides.map(side).joined(separator: " and ") : list(sides.map(side))) side by side."
    case .fold(let function, let metrics, let over, let groups, let rule):
      "Take the \(function.rawValue) of \(list(metrics)) over \(over.map(name).joined(separator: " "))\(by(groups)); \(self.rule(rule))."
    case .inAll(let members, let groups): "What each \(list(members.map(name))) has in all\(by(groups))."
    case .haveRows(let members): members.isEmpty ? "One row if there are any." : "Who has rows\(by(members))."
    case .averageOver(let name, let groups): "Average over \(plain(name))\(by(groups))."
    case .averageOverDays(let columns, let groups): "Average \(list(columns.map(plain))) over the days\(by(groups))."
    case .firstDay(let groups): "The first day that has a value\(by(groups))."
    case .ofFirstDay(let columns, let groups): "Take \(list(columns.map(plain))) of the first day\(by(groups))."
    case .ranges(let name, let hasStarts): "Each range of \(plain(name))\(hasStarts ? ", by where it starts" : "")."
    case .answer(let metrics, let groups, let isBounded, let ranking):
      "Show \(list(metrics))\(by(groups))\(isBounded ? ", where the thresholds hold" : "")\(ranking.map(self.ranking) ?? "")."
    case .best(let direction, let count, let dimension, let metric, let period):
      "The \(direction.rawValue) \(count) of \(dimension) by \(metric)\(during(period))."
    case .count(let groups): "Count the groups\(by(groups))."
    case .countWithin(let members, let groups): "Count the groups\(by(members)) that are kept, within each \(list(groups.map(name)))."
    case .number(let outer): outer.isEmpty ? "Number the groups." : "Number the groups within \(list(outer.map(\.columnName)))."
    case .keep(let direction, let count): "Keep the \(direction.rawValue) \(count)."
    case .addUpBefore: "Add up what lies before each unit of time."
    case .addUpFromHighest: "Add up from the highest value down."
    case .place: "Give each group its place, the highest first."
    case .means: "Put beside each group the mean of those it belongs with."
    case .list(let groups, let ofCalendar): "List each \(groups.first.map(name) ?? "")\(ofCalendar ? " of the calendar" : "")."
    case .ends: "Take the least and the greatest."
    case .members(let names): "List each \(names.map(plain).joined(separator: " and ")) that meets the conditions."
    case .allMembers: "All of them, also those that stand alone."
    case .membersInTime: "Set each beside every unit of time."
    case .placed(let grain): "Give each \(grain.rawValue) with rows its place."
    case .membersWithRows(let groups): "Every \(list(groups.map(\.columnName))) that has rows."
    case .moving(let grain, let before): "Average each \(grain.rawValue) with the \(before) before it."
    case .unitsAveraged(let grain): "Each \(grain.rawValue) that an average looks at, numbered."
    case .held(let grain): "Keep each \(grain.rawValue) in which the conditions hold, with its place in the period."
    case .streaks: "Those that follow on are equally far from their place among those kept."
    case .runs: "Where each run begins and ends."
    case .longest(let grain, let least?): "Number the runs of \(least) \(grain.rawValue)s or more, the longest first."
    case .longest(let grain, nil): "Keep what held in every \(grain.rawValue)."
    case .longestRun(let groups): "Show the longest run\(by(groups))."
    case .unitsOver(let grain): "Each \(grain.rawValue) of the period that is over, numbered."
    }
  }

  // MARK: Parts

  private func list(_ items: [String]) -> String { items.joined(separator: ", ") }
  private func plain(_ name: String) -> String { name.replacing("_", with: " ") }
  private func name(_ group: Grouping) -> String { plain(group.columnName) }
  private func by(_ groups: [Grouping]) -> String { groups.isEmpty ? "" : " by " + list(groups.map(name)) }
  private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private func during(_ period: Period?, _ stretches: [Period] = []) -> String {
    if !stretches.isEmpty { return stretches.map { during($0) }.joined(separator: " and") }
    return switch (period?.start, period?.last) {
    case (let first?, let last?): first == last ? " on \(first)" : " from \(first) to \(last)"
    case (let first?, nil): " since \(first)"
    case (nil, let last?): " up to \(last)"
    case (nil, nil): ""
    }
  }

  private func ranking(_ ranking: Ranking) -> String {
    ", \(ranking.direction.rawValue) \(ranking.count)" + (ranking.within.isEmpty ? "" : " within \(list(ranking.within.map(name)))")
  }

  private func rule(_ rule: StepNote.FoldRule) -> String {
    switch rule {
    case .onlyRows: "only groups with rows count"
    case .emptyIsZero: "a unit of time without rows is zero"
    }
  }

  private func side(_ side: StepNote.Side) -> String {
    switch side {
    case .answer: "the answer"
    case .base(let period): "its base\(during(period))"
    case .further(let period): "another base\(during(period))"
    case .groupRows: "all rows of the group"
    case .whole: "the whole"
    }
  }

  private func windows(_ read: ReadWindows) -> String {
    let over = read.over.map { ", \($0.rawValue) over \(read.overGrain.rawValue)" } ?? ""
    return read.windows.reduce(over) { text, window in
      switch window {
      case .rolling(let count, let grain): text + ", rolling \(count) \(grain.rawValue)s"
      case .toDate(let grain): text + ", \(grain.rawValue) to date"
      case .allTime: text + ", all before too"
      case .startOf(let grain): text + ", at the start of the \(grain.rawValue)"
      case .shifted(let count, let grain): text + ", shifted by \(count) \(grain.rawValue)"
      }
    }
  }

  private func aggregate(_ aggregate: Aggregate) -> String {
    let argument = aggregate.argument.map(row) ?? aggregate.table
    return switch aggregate.function {
    case .sum: "sum \(argument)"
    case .count: "count \(argument)"
    case .countDistinct: "count distinct \(argument)"
    case .average: "average \(argument)"
    case .minimum: "take the smallest \(argument)"
    case .maximum: "take the largest \(argument)"
    case .median: "take the median of \(argument)"
    case .standardDeviation: "take the standard deviation of \(argument)"
    case .percentile(let p), .discretePercentile(let p): "take the \(p) percentile of \(argument)"
    }
  }

  private func row(_ row: RowExpression) -> String {
    switch row {
    case .column(let path): path.description
    case .number(let number): String(number)
    case .text(let text): text
    case .binary(let operation, let a, let b): "\(self.row(a)) \(operation.rawValue) \(self.row(b))"
    case .negated(let a): "-\(self.row(a))"
    case .between(let measure, let a, let b): "\(measure.rawValue)(\(self.row(a)), \(self.row(b)))"
    case .choice(_, let a, let b): "\(self.row(a)) or \(self.row(b))"
    case .coalesce(let items): items.first.map(self.row) ?? ""
    case .absolute(let a): "|\(self.row(a))|"
    case .unit(let grain, let a): "\(grain.rawValue) of \(self.row(a))"
    }
  }
}
