import CivilTime

/// Payments and what is paid back of them; a subscription is renewed until its owner gives it up.
struct AppPayments {
  private struct Payment {
    var day: Day
    var user: Int
    var plan: Int
    var isRenewal: Bool
  }

  private var random: SplitMix64
  private var payments: [Payment] = []

  /// Draws all payments, and tells the users through which day they have paid.
  init(_ users: inout AppUsers, seed: UInt64) {
    random = SplitMix64(seed: seed)
    for (place, user) in users.all.enumerated() {
      guard let subscribed = user.subscribed else { continue }
      let plan = AppCatalogue.plans[user.plan]
      var day = subscribed
      repeat {
        payments.append(Payment(day: day, user: place, plan: user.plan, isRenewal: day != subscribed))
        day = day.adding(days: plan.days)
      } while day <= AppCalendar.lastDay && random.chance(perMille: plan.days > 31 ? 560 : 800)
      users.pay(place, through: day.adding(days: -1))
    }
    payments.sort { ($0.day, $0.user) < ($1.day, $1.user) }
  }

  mutating func write(in directory: String) throws(SampleDataError) {
    let file = try CSVFile("payments.csv", in: directory, header: ["payment_id", "user_id", "paid_at", "plan_id", "kind", "amount"])
    let refunds = try CSVFile("refunds.csv", in: directory, header: ["refund_id", "payment_id", "refunded_on", "amount", "reason"])
    var refundNumber = 0
    for (place, payment) in payments.enumerated() {
      let plan = AppCatalogue.plans[payment.plan]
      // One first payment in five is at a fifth off.
      let amount = !payment.isRenewal && random.chance(perMille: 200) ? plan.price * 4 / 5 : plan.price
      file.cell(place + 1)
      file.cell(payment.user + 1)
      file.cell(payment.day, second: random.pick(AppPayments.hours) * 3600 + random.below(3600))
      file.cell(payment.plan + 1)
      file.cell(payment.isRenewal ? "Renewal" : "New")
      file.cell(hundredths: amount)
      try file.endRow()
      let refunded = payment.day.adding(days: random.within(1...14))
      guard random.chance(perMille: payment.isRenewal ? 70 : 95), refunded <= AppCalendar.lastDay else { continue }
      refundNumber += 1
      refunds.cell(refundNumber)
      refunds.cell(place + 1)
      refunds.cell(refunded)
      refunds.cell(hundredths: amount)
      refunds.cell(AppCatalogue.refundReasons[random.pick(AppPayments.reasons)])
      try refunds.endRow()
    }
    try file.finish()
    try refunds.finish()
  }

  private static let hours = WeightTable([3, 2, 1, 1, 1, 2, 4, 6, 7, 6, 6, 6, 8, 7, 6, 6, 6, 8, 10, 13, 15, 14, 10, 6])
  private static let reasons = WeightTable([38, 26, 20, 16])
}
