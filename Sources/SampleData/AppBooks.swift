import CivilTime

/// The tables beside the use: names, money spent on advertising, subscribers a week, targets a month.
struct AppBooks {
  private var random: SplitMix64
  private let directory: String

  init(seed: UInt64, in directory: String) {
    random = SplitMix64(seed: seed)
    self.directory = directory
  }

  mutating func write(_ users: [AppUser], signUps: [Day: [Int]]) throws(SampleDataError) {
    try writeNames()
    try writeSpending(signUps)
    try writeSubscribers(users)
    try writeTargets(users)
  }

  private func writeNames() throws(SampleDataError) {
    try list("platforms", ["platform"], AppCatalogue.platforms.map { [$0] })
    try list("channels", ["channel", "channel_type"], AppCatalogue.channels.map { [$0.name, $0.type] })
    try list("countries", ["country", "continent"], AppCatalogue.countries.map { [$0.name, $0.continent] })
    try list(
      "plans", ["plan", "price"],
      AppCatalogue.plans.map { [$0.name, "\($0.price / 100).\($0.price % 100)"] })
    try list("steps", ["step"], AppCatalogue.steps.map { [$0] })
    try list("event_types", ["event", "area"], AppCatalogue.events.map { [$0.name, $0.area] })
    try list(
      "versions", ["version", "major", "released_on"],
      AppCalendar.versions.map { [$0.name, String($0.name.prefix(1)) + ".x", $0.released.description] })
  }

  /// A numbered list: `platforms.csv` with platform_id and the columns named.
  private func list(_ table: String, _ columns: [String], _ rows: [[String]]) throws(SampleDataError) {
    let key = table == "countries" ? "country_id" : String(table.dropLast()) + "_id"
    let file = try CSVFile(table + ".csv", in: directory, header: [key] + columns)
    for (place, row) in rows.enumerated() {
      file.cell(place + 1)
      for cell in row { file.cell(cell) }
      try file.endRow()
    }
    try file.finish()
  }

  /// What each paid channel cost on each day, with how often an advertisement was seen and followed.
  private mutating func writeSpending(_ signUps: [Day: [Int]]) throws(SampleDataError) {
    let file = try CSVFile("ad_spend.csv", in: directory, header: ["spent_on", "channel_id", "amount", "impressions", "clicks"])
    for offset in 0..<AppCalendar.days {
      let day = AppCalendar.firstDay.adding(days: offset)
      for (place, channel) in AppCatalogue.channels.enumerated() where channel.cost > 0 {
        let expected = AppCalendar.signUps(on: day) * Double(channel.weight) / 100
        let came = Double(signUps[day]?[place] ?? 0)
        let clicks = random.rounded((0.6 * expected + 0.4 * came) * (8 + 5 * random.fraction())) + 1
        file.cell(day)
        file.cell(place + 1)
        file.cell(hundredths: random.rounded((0.7 * expected + 0.3 * came) * Double(channel.cost) * (0.9 + 0.2 * random.fraction())) + 50)
        file.cell(clicks * random.within(32...58))
        file.cell(clicks)
        try file.endRow()
      }
    }
    try file.finish()
  }

  /// Every Saturday, the last day among them: who has paid for that day, by platform and plan.
  private func writeSubscribers(_ users: [AppUser]) throws(SampleDataError) {
    let file = try CSVFile("subscribers.csv", in: directory, header: ["counted_on", "platform_id", "plan_id", "subscribers"])
    for offset in 0..<AppCalendar.days {
      let day = AppCalendar.firstDay.adding(days: offset)
      if day.weekday != 6 { continue }
      var counts = AppCatalogue.platforms.map { _ in AppCatalogue.plans.map { _ in 0 } }
      for user in users where day <= user.paidThrough {
        if let subscribed = user.subscribed, subscribed <= day { counts[user.platform][user.plan] += 1 }
      }
      for platform in counts.indices {
        for plan in counts[platform].indices {
          file.cell(day)
          file.cell(platform + 1)
          file.cell(plan + 1)
          file.cell(counts[platform][plan])
          try file.endRow()
        }
      }
    }
    try file.finish()
  }

  /// The sign-ups each platform was to bring in a month, near what the calendar expects of it.
  private mutating func writeTargets(_ users: [AppUser]) throws(SampleDataError) {
    let parts = AppCatalogue.platforms.indices.map { platform in
      Double(users.count { $0.platform == platform }) / Double(users.count)
    }
    let file = try CSVFile("targets.csv", in: directory, header: ["month", "platform_id", "sign_up_target"])
    var month = AppCalendar.firstDay
    while month <= AppCalendar.lastDay {
      let next = month.adding(months: 1)
      let expected = (month.number..<next.number).reduce(0) { $0 + AppCalendar.signUps(on: Day(number: $1)) }
      for platform in parts.indices {
        file.cell(month)
        file.cell(platform + 1)
        file.cell(Int(expected * parts[platform] * (0.94 + 0.14 * random.fraction())) / 5 * 5)
        try file.endRow()
      }
      month = next
    }
    try file.finish()
  }
}
