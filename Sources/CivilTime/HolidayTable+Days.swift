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

  /// Holidays of the Chinese lunar calendar, as month and day; day 0 of the first month is the eve of the year.
  static let lunar: [String: (month: Int, day: Int)] = [
    "new_years_eve_lunar": (1, 0), "spring_festival": (1, 1), "lantern_festival": (1, 15), "dragon_head": (2, 2),
    "dragon_boat": (5, 5), "qixi": (7, 7), "ghost_festival": (7, 15), "mid_autumn": (8, 15), "double_ninth": (9, 9),
  ]

  /// Days of the last lunar month; they count with the Spring Festival they lead up to, as its eve does.
  static let lunarYearEnd: [String: (month: Int, day: Int)] = ["laba": (12, 8)]
}
