import CivilTime

/// The members of the chain, numbered in the order they joined; what a member is like hangs on the number alone.
///
/// So an order can draw a member without a table in memory, and ten million orders need no more of it than ten.
struct RetailMembers {
  let count: Int
  private let seed: UInt64
  private static let firstDay = Day(unchecked: 2022, 1, 1)
  private static var days: Int { RetailCalendar.lastDay.number - firstDay.number + 1 }
  private static let levels = ["普通会员", "银卡会员", "金卡会员"]
  private static let ages = ["18-24岁", "25-34岁", "35-44岁", "45-54岁", "55岁以上"]
  private static let levelTable = WeightTable([70, 22, 8])
  private static let ageTable = WeightTable([16, 38, 26, 13, 7])
  private static let cityTable = WeightTable(
    RetailStore.cities.map { city in RetailStore.all.filter { $0.city == city }.map(\.size).reduce(0, +) })

  /// One member for every five orders.
  init(orders: Int, seed: UInt64) {
    count = max(1, orders / 5)
    self.seed = seed
  }

  /// How many have joined by the end of a day; at least one.
  func joined(by day: Day) -> Int {
    let days = min(max(0, day.number - RetailMembers.firstDay.number + 1), RetailMembers.days)
    let part = Double(days) / Double(RetailMembers.days)
    return max(1, Int(Double(count) * (0.6 * part + 0.4 * part * part)))
  }

  /// Place in `RetailStore.cities` of where a member lives.
  func city(of member: Int) -> Int {
    var random = source(member, salt: 1)
    return random.pick(RetailMembers.cityTable)
  }

  /// A member who had joined by that day: some buy often, and most buy where they live.
  func draw(joined: Int, city: Int, _ random: inout SplitMix64) -> Int {
    var member = 1
    for _ in 0..<5 {
      let point = random.fraction()
      member = 1 + Int(Double(joined) * (random.chance(perMille: 400) ? point * point * point : point))
      if self.city(of: member) == city { break }
    }
    return member
  }

  func write(to file: CSVFile) throws(SampleDataError) {
    var member = 1
    for offset in 0..<RetailMembers.days {
      let day = RetailMembers.firstDay.adding(days: offset)
      let last = offset == RetailMembers.days - 1 ? count : joined(by: day)
      while member <= last {
        try write(member, joined: day, to: file)
        member += 1
      }
    }
  }

  private func write(_ member: Int, joined: Day, to file: CSVFile) throws(SampleDataError) {
    var random = source(member, salt: 2)
    file.cell(member)
    file.cell(RetailMembers.levels[random.pick(RetailMembers.levelTable)])
    file.cell(joined)
    file.cell(random.chance(perMille: 640) ? "女" : "男")
    file.cell(RetailMembers.ages[random.pick(RetailMembers.ageTable)])
    file.cell(RetailStore.cities[city(of: member)])
    try file.endRow()
  }

  private func source(_ member: Int, salt: UInt64) -> SplitMix64 {
    SplitMix64(seed: SplitMix64.mixed(seed &+ UInt64(member) &* 4 &+ salt))
  }
}
