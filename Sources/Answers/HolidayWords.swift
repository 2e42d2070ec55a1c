/// What holidays are called; a dataset's own, which stand in no list, go by their names.
enum HolidayWords {
  static func chinese(_ key: String) -> String { chineseNames[key] ?? key }

  /// `Spring Festival` from `spring_festival`, except where the name takes other marks.
  static func english(_ key: String) -> String {
    englishNames[key] ?? key.split(separator: "_").map { String($0).capitalisedFirst }.joined(separator: " ")
  }

  private static let chineseNames = [
    "new_year": "元旦", "new_years_eve": "跨年夜", "spring_festival": "春节", "new_years_eve_lunar": "除夕",
    "spring_break": "春节假期", "lantern_festival": "元宵节", "valentines_day": "情人节", "womens_day": "妇女节",
    "arbor_day": "植树节", "consumer_day": "消费者权益日", "white_day": "白色情人节", "april_fools": "愚人节",
    "qingming": "清明节", "earth_day": "地球日", "labour_day": "劳动节", "labour_break": "五一假期", "youth_day": "青年节",
    "mothers_day": "母亲节", "fathers_day": "父亲节", "love_day": "520", "childrens_day": "儿童节", "dragon_boat": "端午节",
    "mid_year_sale": "618", "party_day": "建党节", "army_day": "建军节", "qixi": "七夕", "teachers_day": "教师节",
    "mid_autumn": "中秋节", "national_day": "国庆节", "national_break": "国庆假期", "double_ninth": "重阳节",
    "halloween": "万圣节", "singles_day": "双十一", "double_twelve": "双十二", "thanksgiving": "感恩节",
    "black_friday": "黑色星期五", "cyber_monday": "网络星期一", "christmas_eve": "平安夜", "christmas": "圣诞节",
    "boxing_day": "节礼日", "easter": "复活节", "good_friday": "耶稣受难日", "easter_monday": "复活节星期一",
    "girls_day": "女生节", "independence_day": "美国独立日", "memorial_day": "阵亡将士纪念日", "us_labor_day": "美国劳动节",
    "columbus_day": "哥伦布日", "veterans_day": "退伍军人节", "presidents_day": "总统日", "mlk_day": "马丁·路德·金日",
    "juneteenth": "六月节",
    "new_year_break": "元旦假期", "qingming_break": "清明假期", "dragon_boat_break": "端午假期", "mid_autumn_break": "中秋假期",
    "victory_break": "抗战胜利纪念日假期", "laba": "腊八节", "dragon_head": "龙抬头", "ghost_festival": "中元节", "st_patricks_day": "圣帕特里克节",
  ]

  private static let englishNames = [
    "new_year": "New Year's Day", "new_years_eve": "New Year's Eve", "new_years_eve_lunar": "Lunar New Year's Eve",
    "spring_break": "Spring Festival holiday", "national_break": "National Day holiday",
    "labour_break": "Labour Day holiday", "valentines_day": "Valentine's Day", "womens_day": "Women's Day",
    "april_fools": "April Fools' Day", "mothers_day": "Mother's Day", "fathers_day": "Father's Day",
    "childrens_day": "Children's Day", "mid_year_sale": "618", "teachers_day": "Teachers' Day",
    "singles_day": "Singles' Day", "us_labor_day": "Labor Day", "presidents_day": "Presidents' Day",
    "mlk_day": "Martin Luther King Day", "st_patricks_day": "St. Patrick's Day", "girls_day": "Girls' Day",
  ]
}
