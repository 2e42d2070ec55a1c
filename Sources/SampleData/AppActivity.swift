import CivilTime

/// Writes who came on which day, what they did, and the reviews they left.
struct AppActivity {
  private var random: SplitMix64
  private let users: [AppUser]
  private let activity: CSVFile
  private let events: CSVFile
  private let reviews: CSVFile
  private var reviewNumber = 0
  /// Sign-ups by day and channel, for what was spent on them.
  private(set) var signUps: [Day: [Int]] = [:]

  init(_ users: [AppUser], seed: UInt64, in directory: String) throws(SampleDataError) {
    self.users = users
    random = SplitMix64(seed: seed)
    activity = try CSVFile(
      "activity.csv", in: directory,
      header: ["active_on", "user_id", "returning_id", "version_id", "sessions", "minutes", "crashes"])
    events = try CSVFile("events.csv", in: directory, header: ["event_on", "platform_id", "event_type_id", "count"])
    reviews = try CSVFile("reviews.csv", in: directory, header: ["review_id", "reviewed_on", "user_id", "version_id", "rating"])
  }

  mutating func write() throws(SampleDataError) {
    var joined = 0
    for offset in 0..<AppCalendar.days {
      let day = AppCalendar.firstDay.adding(days: offset)
      while joined < users.count, users[joined].signedUp <= day { joined += 1 }
      var sessions = AppCatalogue.platforms.map { _ in 0 }
      for place in 0..<joined {
        let user = users[place]
        if user.signedUp == day { signUps[day, default: AppCatalogue.channels.map { _ in 0 }][user.channel] += 1 }
        let comes = random.fraction() < user.chance(on: day)
        if comes || user.signedUp == day { sessions[user.platform] += try writeVisit(of: place, on: day) }
      }
      try writeEvents(on: day, sessions)
    }
    for file in [activity, events, reviews] { try file.finish() }
  }

  /// - Returns: the sessions of the day.
  private mutating func writeVisit(of place: Int, on day: Day) throws(SampleDataError) -> Int {
    let user = users[place]
    let version = user.version(on: day)
    let sessions = 1 + random.rounded(1.3 * user.zeal * random.fraction())
    var crashes = 0
    for _ in 0..<sessions where version != nil && random.chance(perMille: user.isHit(on: day) ? 130 : 11) { crashes += 1 }
    activity.cell(day)
    activity.cell(place + 1)
    activity.cell(user.signedUp == day ? nil : place + 1)
    activity.cell(version.map { $0 + 1 })
    activity.cell(sessions)
    activity.cell(max(1, random.rounded(Double(sessions) * 9 * user.zeal * (0.5 + random.fraction()))))
    activity.cell(crashes)
    try activity.endRow()
    if let version, random.chance(perMille: crashes > 0 ? 120 : 22) { try writeReview(of: place, on: day, version, crashes) }
    return sessions
  }

  private mutating func writeReview(of place: Int, on day: Day, _ version: Int, _ crashes: Int) throws(SampleDataError) {
    reviewNumber += 1
    let rating = crashes > 0 ? random.within(1...3) : min(5, random.within(3...6))
    reviews.cell(reviewNumber)
    reviews.cell(day)
    reviews.cell(place + 1)
    reviews.cell(version + 1)
    reviews.cell(rating)
    try reviews.endRow()
  }

  private mutating func writeEvents(on day: Day, _ sessions: [Int]) throws(SampleDataError) {
    for (platform, sessions) in sessions.enumerated() where sessions > 0 {
      for (type, event) in AppCatalogue.events.enumerated() {
        let count = random.rounded(Double(sessions * event.rate) / 100 * (0.9 + 0.2 * random.fraction()))
        if count == 0 { continue }
        events.cell(day)
        events.cell(platform + 1)
        events.cell(type + 1)
        events.cell(count)
        try events.endRow()
      }
    }
  }
}
