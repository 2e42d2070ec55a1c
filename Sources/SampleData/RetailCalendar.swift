import CivilTime

/// When people buy: growth, seasons, weekends and feasts, as factors on an ordinary day of the first month.
enum RetailCalendar {
  static let firstDay = Day(unchecked: 2024, 10, 1)
  static let lastDay = Day(unchecked: 2026, 10, 31)
  static var days: Int { lastDay.number - firstDay.number + 1 }

  /// From this day dairy costs more and sells less.
  static let dairyPriceChange = Day(unchecked: 2026, 3, 1)

  /// The planted fault: on these days the payment of the mini program fails in 杭州.
  ///
  /// What it looks like: the conversion rate of September 2026 falls, only in 华东, only in the 小程序 channel. Orders and
  /// visitors hold, so the cause lies between order and payment. How to find it: by channel, then by city within 华东,
  /// then the payment failure rate by city: 杭州 stands out, all others are as before; October is well again.
  static let paymentFault = Day(unchecked: 2026, 9, 3)...Day(unchecked: 2026, 9, 30)
  static let paymentFaultCity = "杭州"

  private static let springFestivals = [Day(unchecked: 2025, 1, 29), Day(unchecked: 2026, 2, 17)]
  private static let months = [1.05, 0.92, 0.95, 0.96, 1.04, 1.08, 1.0, 0.98, 1.02, 1.06, 1.12, 1.10]

  /// How much busier a channel is on this day than on an ordinary day of the first month.
  static func factor(_ channel: RetailChannel, on day: Day) -> Double {
    let years = Double(day.number - firstDay.number) / 365
    let growth = (1 + 0.16 * years) * (1 + channel.growth * years)
    return growth * months[day.month - 1] * weekday(channel, day) * feast(channel, day)
  }

  private static func weekday(_ channel: RetailChannel, _ day: Day) -> Double {
    switch (day.weekday, channel.isOnline) {
    case (6..., false): 1.5
    case (5, false): 1.12
    case (_, false): 0.86
    case (6..., true): 1.06
    case (_, true): 0.98
    }
  }

  private static func feast(_ channel: RetailChannel, _ day: Day) -> Double {
    let online = channel.isOnline
    if let factor = springFestival(day, online: online) { return factor }
    switch (day.month, day.dayOfMonth) {
    case (5, 1...5): return online ? 0.95 : 1.35
    case (6, 1...15): return online ? 1.3 : 1.02
    case (6, 16...18): return online ? 2.6 : 1.15
    case (10, 1...7): return online ? 0.9 : 1.5
    case (11, 1...3): return online ? 1.9 : 1.05
    case (11, 4...10): return online ? 1.4 : 1.0
    case (11, 11): return online ? 4.6 : 1.3
    case (11, 12...18): return online ? 0.72 : 0.95
    case (12, 12): return online ? 1.8 : 1.05
    default: return 1
    }
  }

  /// The rush before the feast and the quiet week after it; nil on all other days.
  private static func springFestival(_ day: Day, online: Bool) -> Double? {
    for feast in springFestivals {
      switch day.number - feast.number {
      case -14 ... -4: return online ? 1.35 : 1.7
      case -3 ... -1: return online ? 0.7 : 1.4
      case 0...6: return online ? 0.35 : 0.7
      case 7...13: return online ? 0.8 : 0.85
      default: continue
      }
    }
    return nil
  }

  /// How much more of a category is bought on this day.
  static func taste(_ category: Int, on day: Day) -> Double {
    switch (category, day.month, day.dayOfMonth) {
    case (RetailProduct.drinks, 6...8, _): 1.45
    case (RetailProduct.snacks, 1, _), (RetailProduct.snacks, 2, 1...16): 1.5
    case (RetailProduct.appliances, 6, 1...18), (RetailProduct.appliances, 11, 1...11): 1.9
    case (RetailProduct.dairy, _, _) where day >= dairyPriceChange: 0.84
    default: 1
    }
  }

  /// The price of a product on a day, in hundredths.
  static func price(of product: RetailProduct, on day: Day) -> Int {
    var price = product.price
    if product.category == RetailProduct.dairy && day < dairyPriceChange { price = price * 92 / 100 / 10 * 10 }
    switch (day.month, day.dayOfMonth) {
    case (11, 1...11): price = price * 88 / 100
    case (6, 16...18): price = price * 90 / 100
    default: break
    }
    return price
  }
}
