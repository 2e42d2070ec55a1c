extension HolidayTable {
  /// Holidays on the same date every year.
  static let fixed: [String: (month: Int, day: Int)] = [
    "new_year": (1, 1), "valentines_day": (2, 14), "girls_day": (3, 7), "womens_day": (3, 8), "arbor_day": (3, 12),
    "white_day": (3, 14), "consumer_day": (3, 15), "st_patricks_day": (3, 17), "april_fools": (4, 1),
    "earth_day": (4, 22), "labour_day": (5, 1), "youth_day": (5, 4), "love_day": (5, 20), "childrens_day": (6, 1),
    "mid_year_sale": (6, 18), "juneteenth": (6, 19), "party_day": (7, 1), "independence_day": (7, 4),
    "army_day": (8, 1), "teachers_day": (9, 10), "national_day": (10, 1), "halloween": (10, 31),
    "singles_day": (11, 11), "veterans_day": (11, 11), "double_twelve": (12, 12), "christmas_eve": (12, 24),
    "christmas": (12, 25), "boxing_day": (12, 26), "new_years_eve": (12, 31),
  ]

  /// Holidays on the nth weekday of a month; negative counts from its end.
  static let nthWeekdays: [String: (month: Int, weekday: Int, nth: Int)] = [
    "mlk_day": (1, 1, 3), "presidents_day": (2, 1, 3), "mothers_day": (5, 7, 2), "memorial_day": (5, 1, -1),
    "fathers_day": (6, 7, 3), "us_labor_day": (9, 1, 1), "columbus_day": (10, 1, 2), "thanksgiving": (11, 4, 4),
  ]

  /// Days from Easter Sunday.
  static let fromEaster: [String: Int] = ["good_friday": -2, "easter": 0, "easter_monday": 1]

  /// Holidays of the Chinese lunar calendar: month × 100 + day of each year.
  static let lunar: [String: [Int: Int]] = [
    "spring_festival": from2010([
      214, 203, 123, 210, 131, 219, 208, 128, 216, 205, 125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 203,
    ]),
    "dragon_boat": from2010([
      616, 606, 623, 612, 602, 620, 609, 530, 618, 607, 625, 614, 603, 622, 610, 531, 619, 609, 528, 616, 605,
    ]),
    "qixi": from2010([
      816, 806, 823, 813, 802, 820, 809, 828, 817, 807, 825, 814, 804, 822, 810, 829, 819, 808, 826, 816, 805,
    ]),
    "mid_autumn": from2010([
      922, 912, 930, 919, 908, 927, 915, 1004, 924, 913, 1001, 921, 910, 929, 917, 1006, 925, 915, 1003, 922, 912,
    ]),
    "double_ninth": from2010([
      1016, 1005, 1023, 1013, 1002, 1021, 1009, 1028, 1017, 1007, 1025, 1014, 1004, 1023, 1011, 1029, 1018, 1008,
      1026, 1016, 1005,
    ]),
  ]

  private static func from2010(_ dates: [Int]) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: dates.enumerated().map { (2010 + $0.offset, $0.element) })
  }

  /// Statutory breaks, first and last day as month × 100 + day.
  static let breaks: [String: [Int: (Int, Int)]] = [
    "spring_break": [
      2015: (218, 224), 2016: (207, 213), 2017: (127, 202), 2018: (215, 221), 2019: (204, 210), 2020: (124, 202),
      2021: (211, 217), 2022: (131, 206), 2023: (121, 127), 2024: (210, 217), 2025: (128, 204), 2026: (215, 223),
    ],
    "labour_break": [
      2015: (501, 503), 2016: (430, 502), 2017: (429, 501), 2018: (429, 501), 2019: (501, 504), 2020: (501, 505),
      2021: (501, 505), 2022: (430, 504), 2023: (429, 503), 2024: (501, 505), 2025: (501, 505), 2026: (501, 505),
    ],
    "national_break": [
      2015: (1001, 1007), 2016: (1001, 1007), 2017: (1001, 1008), 2018: (1001, 1007), 2019: (1001, 1007),
      2020: (1001, 1008), 2021: (1001, 1007), 2022: (1001, 1007), 2023: (929, 1006), 2024: (1001, 1007),
      2025: (1001, 1008), 2026: (1001, 1007),
    ],
  ]
}
