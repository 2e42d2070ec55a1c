/// What the app's tables name: platforms, ways of finding it, countries, plans, steps.
enum AppCatalogue {
  static let platforms = ["iOS", "Android", "Web"]
  static let android = 1
  static let web = 2

  /// `cost` is what a sign-up costs, in hundredths of a dollar; 0 for a channel nobody pays for.
  static let channels: [(name: String, type: String, weight: Int, cost: Int)] = [
    ("Organic", "Free", 34, 0), ("Referral", "Free", 14, 0), ("Search ads", "Paid", 24, 310), ("Social ads", "Paid", 20, 240),
    ("Influencers", "Paid", 8, 420),
  ]

  static let countries: [(name: String, continent: String, weight: Int)] = [
    ("China", "Asia", 26), ("Japan", "Asia", 14), ("India", "Asia", 12), ("Germany", "Europe", 12), ("France", "Europe", 9),
    ("United Kingdom", "Europe", 9), ("United States", "Americas", 13), ("Brazil", "Americas", 5),
  ]

  /// Prices in hundredths of a dollar, and the days a payment covers.
  static let plans: [(name: String, price: Int, days: Int)] = [("Monthly", 999, 30), ("Yearly", 5999, 365), ("Family", 9999, 365)]

  static let steps = ["Sign-up", "Onboarding", "First lesson", "Trial", "Subscription"]

  /// What is counted of the use, with how often a session holds it, in hundredths.
  static let events: [(name: String, area: String, rate: Int)] = [
    ("Lesson started", "Learning", 130), ("Lesson finished", "Learning", 96), ("Quiz taken", "Learning", 41),
    ("Paywall shown", "Monetisation", 22), ("Content shared", "Social", 9),
  ]

  static let refundReasons = ["Forgot to cancel", "Too expensive", "Technical problem", "Bought by mistake"]
}
