import CivilTime

/// Somebody who signed up; what they are like is drawn once.
struct AppUser {
  var signedUp: Day
  var platform: Int
  var channel: Int
  var country: Int
  /// Days behind a release at which they update.
  var lag: Int
  /// How much they like it: 0.4 to 1.6.
  var zeal: Double
  /// The days of the steps after signing up; nil for those not taken.
  var onboarded: Day?
  var firstLesson: Day?
  var trial: Day?
  var subscribed: Day?
  /// Place in `AppCatalogue.plans`; what they bought, if anything.
  var plan: Int
  /// The last day of what they paid for; the day before signing up if they never did.
  var paidThrough: Day

  /// The days of the five steps.
  var steps: [Day?] { [signedUp, onboarded, firstLesson, trial, subscribed] }

  /// The version in use on a day, as its place; nil in a browser.
  func version(on day: Day) -> Int? { platform == AppCatalogue.web ? nil : AppCalendar.version(on: day, lag: lag) }

  /// Whether the faulty release is what they have.
  func isHit(on day: Day) -> Bool {
    platform == AppCatalogue.android && version(on: day).map { AppCalendar.versions[$0].name } == AppCalendar.faultyVersion
  }

  /// The chance of coming back on a day behind the first.
  func chance(on day: Day) -> Double {
    let age = day.number - signedUp.number
    let staying = 0.44 / (1 + 0.24 * Double(age)) + (day <= paidThrough ? 0.14 : 0.002)
    return min(0.9, staying * zeal * AppCalendar.pull(on: day) * (isHit(on: day) ? 0.6 : 1))
  }
}

/// All who sign up, in the order they do.
struct AppUsers {
  private(set) var all: [AppUser] = []
  private var random: SplitMix64
  private static let channels = WeightTable(AppCatalogue.channels.map(\.weight))
  private static let countries = WeightTable(AppCatalogue.countries.map(\.weight))

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    for offset in 0..<AppCalendar.days {
      let day = AppCalendar.firstDay.adding(days: offset)
      for _ in 0..<random.rounded(AppCalendar.signUps(on: day)) { all.append(draw(on: day)) }
    }
  }

  private mutating func draw(on day: Day) -> AppUser {
    let country = random.pick(AppUsers.countries)
    // Android leads where phones are many and cheap; the browser is for one in ten.
    let android = AppCatalogue.countries[country].continent == "Asia" ? 560 : 380
    let point = random.below(1000)
    let platform = point < 100 ? AppCatalogue.web : point < 100 + android ? AppCatalogue.android : 0
    var user = AppUser(
      signedUp: day, platform: platform, channel: random.pick(AppUsers.channels), country: country, lag: random.below(16),
      zeal: 0.4 + 1.2 * random.fraction(), plan: 0, paidThrough: day.adding(days: -1))
    takeSteps(&user)
    return user
  }

  /// Each step is taken by a part of those who took the one before, on the same day or soon after.
  private mutating func takeSteps(_ user: inout AppUser) {
    user.onboarded = step(after: user.signedUp, perMille: user.isHit(on: user.signedUp) ? 610 : 830, within: 1)
    user.firstLesson = step(after: user.onboarded, perMille: 720, within: 3)
    let isPaid = AppCatalogue.channels[user.channel].type == "Paid"
    user.trial = step(after: user.firstLesson, perMille: isPaid ? 300 : 380, within: 9)
    user.subscribed = step(after: user.trial, perMille: 340 + Int(160 * user.zeal), within: 8)
    user.plan = random.pick(AppUsers.plans)
  }

  private static let plans = WeightTable([62, 28, 10])

  private mutating func step(after day: Day?, perMille: Int, within days: Int) -> Day? {
    let isTaken = random.chance(perMille: perMille)
    let wait = random.below(days + 1)
    guard isTaken, let taken = day?.adding(days: wait), taken <= AppCalendar.lastDay else { return nil }
    return taken
  }

  mutating func pay(_ place: Int, through day: Day) { all[place].paidThrough = day }

  func write(in directory: String) throws(SampleDataError) {
    let file = try CSVFile("users.csv", in: directory, header: ["user_id", "signed_up_on", "platform_id", "channel_id", "country_id"])
    let steps = try CSVFile("funnel_steps.csv", in: directory, header: ["user_id", "step_id", "reached_on"])
    for (place, user) in all.enumerated() {
      file.cell(place + 1)
      file.cell(user.signedUp)
      file.cell(user.platform + 1)
      file.cell(user.channel + 1)
      file.cell(user.country + 1)
      try file.endRow()
      for (step, reached) in user.steps.enumerated() {
        guard let reached else { break }
        steps.cell(place + 1)
        steps.cell(step + 1)
        steps.cell(reached)
        try steps.endRow()
      }
    }
    try file.finish()
    try steps.finish()
  }
}
