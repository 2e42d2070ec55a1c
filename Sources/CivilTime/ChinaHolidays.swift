/// Statutory breaks of mainland China and the weekend days worked for them (调休), 2015 to 2026.
///
/// As the State Council announced them each year, with the days it added later (3 September 2015, 31 January to
/// 2 February 2020). For years without a notice only the statutory days themselves are known; whoever uses them says so.
package enum ChinaHolidays {
  /// The years whose notices are in the table.
  package static let announced = 2015...2026

  /// The break of that key that belongs to a year (New Year's may begin in the December before); by rule, the statutory
  /// days alone, where no notice is tabled. Nil if the key is none, or the year's festivals are not known.
  package static func period(of key: String, in year: Int) -> Period? {
    if let (from, to) = breaks[key]?[year] {
      return Period(first: day(year, from), last: day(year, to))
    }
    return announced.contains(year) ? nil : statutory(key, year)
  }

  /// Keys of the breaks, sorted.
  package static var keys: [String] { breaks.keys.sorted() }
  package static func isBreak(_ key: String) -> Bool { breaks[key] != nil }

  /// Whether people work on a day: weekdays outside breaks, and weekend days worked for them.
  package static func isWorkday(_ day: Day) -> Bool {
    worked.contains(day) || (day.weekday <= 5 && !isOff(day))
  }

  /// Whether a day lies in a break.
  package static func isOff(_ day: Day) -> Bool {
    let year = day.year
    if let known = off[year] { return known.contains(day) || off[year + 1]?.contains(day) == true }
    return breaks.keys.contains { statutory($0, year)?.contains(day) == true }
  }

  /// Weekdays that are off and weekend days that are worked, within a run of days.
  package static func exceptions(in period: Period) -> (off: [Day], worked: [Day]) {
    guard let start = period.start, let end = period.end, start < end else { return ([], []) }
    let days = (start.number..<end.number).map(Day.init)
    return (days.filter { $0.weekday <= 5 && isOff($0) }, days.filter(worked.contains))
  }

  // MARK: By rule

  /// The days the law gives: four at Spring Festival from its eve, three at National Day, two at Labour Day, else one.
  private static func statutory(_ key: String, _ year: Int) -> Period? {
    switch key {
    case "new_year_break": run(Day(year, 1, 1), 1)
    case "spring_break": run(LunarCalendar.day(year, 1, 0), 4)
    case "qingming_break": run(HolidayTable.qingming(year), 1)
    case "labour_break": run(Day(year, 5, 1), 2)
    case "dragon_boat_break": run(LunarCalendar.day(year, 5, 5), 1)
    case "mid_autumn_break": run(LunarCalendar.day(year, 8, 15), 1)
    case "national_break": run(Day(year, 10, 1), 3)
    default: nil
    }
  }

  private static func run(_ first: Day?, _ count: Int) -> Period? { first.map { Period($0, $0.adding(days: count)) } }

  // MARK: The table

  /// A day as month × 100 + day; negative in the year before.
  private static func day(_ year: Int, _ code: Int) -> Day {
    Day(unchecked: code < 0 ? year - 1 : year, abs(code) / 100, abs(code) % 100)
  }

  private static let off: [Int: Set<Day>] = Dictionary(
    uniqueKeysWithValues: announced.map { year in
      let periods = breaks.values.compactMap { $0[year] }.map { Period(first: day(year, $0), last: day(year, $1)) }
      return (year, Set(periods.flatMap { ($0.start!.number..<$0.end!.number).map(Day.init) }))
    })

  private static let worked = Set(workedDays.map { Day(unchecked: $0 / 10_000, $0 / 100 % 100, $0 % 100) })

  private static let breaks: [String: [Int: (Int, Int)]] = [
    "new_year_break": [
      2015: (101, 103), 2016: (101, 103), 2017: (-1231, 102), 2018: (-1230, 101), 2019: (-1230, 101),
      2020: (101, 101), 2021: (101, 103), 2022: (101, 103), 2023: (-1231, 102), 2024: (-1230, 101), 2025: (101, 101),
      2026: (101, 103),
    ],
    "spring_break": [
      2015: (218, 224), 2016: (207, 213), 2017: (127, 202), 2018: (215, 221), 2019: (204, 210), 2020: (124, 202),
      2021: (211, 217), 2022: (131, 206), 2023: (121, 127), 2024: (210, 217), 2025: (128, 204), 2026: (215, 223),
    ],
    "qingming_break": [
      2015: (404, 406), 2016: (402, 404), 2017: (402, 404), 2018: (405, 407), 2019: (405, 407), 2020: (404, 406),
      2021: (403, 405), 2022: (403, 405), 2023: (405, 405), 2024: (404, 406), 2025: (404, 406), 2026: (404, 406),
    ],
    "labour_break": [
      2015: (501, 503), 2016: (430, 502), 2017: (429, 501), 2018: (429, 501), 2019: (501, 504), 2020: (501, 505),
      2021: (501, 505), 2022: (430, 504), 2023: (429, 503), 2024: (501, 505), 2025: (501, 505), 2026: (501, 505),
    ],
    "dragon_boat_break": [
      2015: (620, 622), 2016: (609, 611), 2017: (528, 530), 2018: (616, 618), 2019: (607, 609), 2020: (625, 627),
      2021: (612, 614), 2022: (603, 605), 2023: (622, 624), 2024: (608, 610), 2025: (531, 602), 2026: (619, 621),
    ],
    "mid_autumn_break": [
      2015: (926, 927), 2016: (915, 917), 2017: (1001, 1008), 2018: (922, 924), 2019: (913, 915), 2020: (1001, 1008),
      2021: (919, 921), 2022: (910, 912), 2023: (929, 1006), 2024: (915, 917), 2025: (1001, 1008), 2026: (925, 927),
    ],
    "national_break": [
      2015: (1001, 1007), 2016: (1001, 1007), 2017: (1001, 1008), 2018: (1001, 1007), 2019: (1001, 1007),
      2020: (1001, 1008), 2021: (1001, 1007), 2022: (1001, 1007), 2023: (929, 1006), 2024: (1001, 1007),
      2025: (1001, 1008), 2026: (1001, 1007),
    ],
    "victory_break": [
      2015: (903, 905),
    ],
  ]

  /// Weekend days that were working days.
  private static let workedDays = [
    2015_0104, 2015_0215, 2015_0228, 2015_0906, 2015_1010, 2016_0206, 2016_0214, 2016_0612, 2016_0918, 2016_1008,
    2016_1009, 2017_0122, 2017_0204, 2017_0401, 2017_0527, 2017_0930, 2018_0211, 2018_0224, 2018_0408, 2018_0428,
    2018_0929, 2018_0930, 2018_1229, 2019_0202, 2019_0203, 2019_0428, 2019_0505, 2019_0929, 2019_1012, 2020_0119,
    2020_0426, 2020_0509, 2020_0628, 2020_0927, 2020_1010, 2021_0207, 2021_0220, 2021_0425, 2021_0508, 2021_0918,
    2021_0926, 2021_1009, 2022_0129, 2022_0130, 2022_0402, 2022_0424, 2022_0507, 2022_1008, 2022_1009, 2023_0128,
    2023_0129, 2023_0423, 2023_0506, 2023_0625, 2023_1007, 2023_1008, 2024_0204, 2024_0218, 2024_0407, 2024_0428,
    2024_0511, 2024_0914, 2024_0929, 2024_1012, 2025_0126, 2025_0208, 2025_0427, 2025_0928, 2025_1011, 2026_0104,
    2026_0214, 2026_0228, 2026_0509, 2026_0920, 2026_1010,
  ]
}
