import CivilTime
import Metrics
import Questions

/// What a step of a plan does, to be said in one sentence of any language.
package indirect enum StepNote: Hashable, Sendable {
  /// Nothing is said.
  case none

  // MARK: Reading
  case aggregates([Aggregate], by: [Grouping], during: Period?, stretches: [Period], windows: ReadWindows)
  /// The first or last day, or other unit, of a table that keeps states.
  case edge(Aggregate.OverTime, Grain, table: String, by: [Grouping], during: Period?)
  /// The same rows, from what is kept summed up.
  case read(StepNote, from: String)
  case countRows(table: String)
  case sourceRows(table: String)
  case values(of: String)
  case daysAndRows(table: String)
  case days(table: String)
  case rowsByDay(table: String)
  case extent(of: String)

  // MARK: Time
  case every(Grain, during: Period)
  case unitsOfTime(during: Period?)
  case calendarUnits
  /// Each unit with what its window looks at.
  case windows(Grain)
  case unitsThatCount([Grouping], by: [Grouping])
  case numberOfUnits(by: [Grouping])
  case allUnits

  // MARK: Computing
  case compute([String], by: [Grouping], isAlone: Bool)
  case allGroups
  case sideBySide([Side])
  case fold(FoldFunction, [String], over: [Grouping], by: [Grouping], FoldRule)
  case inAll([Grouping], by: [Grouping])
  case haveRows([Grouping])
  case averageOver(String, by: [Grouping])
  case averageOverDays([String], by: [Grouping])
  case firstDay(by: [Grouping])
  case ofFirstDay([String], by: [Grouping])
  case ranges(of: String, hasStarts: Bool)

  // MARK: Answering
  case answer([String], by: [Grouping], isBounded: Bool, Ranking?)
  case best(Direction, Int, of: String, by: String, during: Period?)
  case count([Grouping])
  case countWithin([Grouping], within: [Grouping])
  case number(within: [Grouping])
  case keep(Direction, Int)
  case addUpBefore
  case addUpFromHighest
  case place
  case means
  case list([Grouping], ofCalendar: Bool)
  case ends
  case members([String])
  case allMembers
  case membersInTime

  // MARK: Averages that move, and runs
  case placed(Grain)
  case membersWithRows([Grouping])
  case moving(Grain, before: Int)
  case unitsAveraged(Grain)
  case held(Grain)
  case streaks
  case runs
  case longest(Grain, atLeast: Int?)
  case longestRun(by: [Grouping])
  case unitsOver(Grain)

  package enum FoldRule: Hashable, Sendable { case onlyRows, emptyIsZero }
  package enum Side: Hashable, Sendable {
    case answer, groupRows, whole
    case base(Period?), further(Period?)
  }
}

/// How rows are read over time where it is not just the days asked for.
package struct ReadWindows: Hashable, Sendable {
  package var over: Aggregate.OverTime?
  package var overGrain = Grain.day
  package var windows: [TimeWindow] = []
  package init() {}
}

/// The sentences of one language for steps.
package protocol StepWords: Sendable {
  /// One sentence; empty where nothing is said.
  func text(_ note: StepNote) -> String
}
