/// One hour of one day, as labels of hours name it: `2026-10-01 08` runs from 8:00 until before 9:00.
package struct ClockHour: Hashable, Sendable, CustomStringConvertible {
  package var day: Day
  /// 0 to 23.
  package var hour: Int

  /// `hour` counts from the start of `day` and may lie beyond it: 24 is the first hour of the next day.
  package init(_ day: Day, hour: Int) {
    let days = Int((Double(hour) / 24).rounded(.down))
    self.day = day.adding(days: days)
    self.hour = hour - 24 * days
  }

  /// Reads `2026-10-01 08`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let day = Day(iso: String(parts[0])), parts[1].utf8.count == 2, let hour = Int(parts[1]), (0...23).contains(hour)
    else { return nil }
    self.init(day, hour: hour)
  }

  package var next: ClockHour { ClockHour(day, hour: hour + 1) }

  package var description: String { "\(day) " + Day.padded(hour, 2) }
}
