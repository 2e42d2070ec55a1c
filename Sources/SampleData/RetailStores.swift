import CivilTime

/// A shop of the sample chain.
struct RetailStore {
  var name: String
  var city: String
  /// Full official name, 上海市 beside the city 上海, so that a bare 上海 is the city.
  var province: String
  /// Place in `RetailStore.regions`.
  var region: Int
  var format: String
  /// Weight of the store's counter against the others.
  var size: Int
  /// Weight of its mini program.
  var mini: Int
  var opened: Day
  var closed: Day?

  init(
    _ name: String, _ city: String, _ province: String, _ region: Int, _ format: String, size: Int, mini: Int,
    opened: (Int, Int, Int), closed: Day? = nil
  ) {
    self.name = name
    self.city = city
    self.province = province
    self.region = region
    self.format = format
    self.size = size
    self.mini = mini
    self.opened = Day(unchecked: opened.0, opened.1, opened.2)
    self.closed = closed
  }

  /// Whether the doors are open; the day of closing still counts.
  func isOpen(on day: Day) -> Bool { opened <= day && day <= (closed ?? day) }
}

/// A way in which orders come in.
struct RetailChannel {
  var name: String
  var type: String
  /// Part of the chain's orders at the start, in thousandths.
  var weight: Int
  /// Growth a year, as a fraction.
  var growth: Double
  /// Part of the visitors who place an order.
  var conversion: Double
  /// Orders of members, in thousandths.
  var members: Int
  /// Paid orders of which something is sent back, in thousandths.
  var refunds: Int
  /// Pages a visitor looks at; nil for a door counter.
  var pages: Double?

  var isOnline: Bool { type == "线上" }
}

extension RetailStore {
  static let regions = ["华东", "华北", "华南", "华中", "西南", "东北"]

  /// The first store of a region also ships the orders of the marketplaces.
  static let all: [RetailStore] = [
    RetailStore("南京路店", "上海", "上海市", 0, "旗舰店", size: 90, mini: 80, opened: (2016, 5, 1)),
    RetailStore("徐家汇店", "上海", "上海市", 0, "标准店", size: 70, mini: 60, opened: (2018, 9, 15)),
    RetailStore("张江店", "上海", "上海市", 0, "社区店", size: 40, mini: 55, opened: (2021, 3, 20)),
    RetailStore("新街口店", "南京", "江苏省", 0, "标准店", size: 60, mini: 50, opened: (2017, 11, 11)),
    RetailStore("观前街店", "苏州", "江苏省", 0, "标准店", size: 55, mini: 55, opened: (2019, 4, 28)),
    RetailStore("西湖店", "杭州", "浙江省", 0, "旗舰店", size: 75, mini: 150, opened: (2017, 6, 18)),
    RetailStore("滨江店", "杭州", "浙江省", 0, "社区店", size: 45, mini: 130, opened: (2020, 8, 8)),
    RetailStore("天一广场店", "宁波", "浙江省", 0, "标准店", size: 45, mini: 40, opened: (2021, 10, 1)),
    RetailStore("朝阳店", "北京", "北京市", 1, "旗舰店", size: 85, mini: 70, opened: (2016, 9, 9)),
    RetailStore("海淀店", "北京", "北京市", 1, "标准店", size: 60, mini: 65, opened: (2019, 3, 1)),
    RetailStore("滨江道店", "天津", "天津市", 1, "标准店", size: 45, mini: 35, opened: (2020, 5, 20)),
    RetailStore("裕华路店", "石家庄", "河北省", 1, "社区店", size: 35, mini: 25, opened: (2022, 6, 1)),
    RetailStore("天河店", "广州", "广东省", 2, "旗舰店", size: 80, mini: 75, opened: (2017, 1, 6)),
    RetailStore("南山店", "深圳", "广东省", 2, "标准店", size: 65, mini: 80, opened: (2018, 4, 18)),
    RetailStore("福田店", "深圳", "广东省", 2, "社区店", size: 45, mini: 60, opened: (2021, 12, 12)),
    RetailStore("朝阳路店", "南宁", "广西壮族自治区", 2, "社区店", size: 35, mini: 30, opened: (2025, 9, 1)),
    RetailStore("江汉路店", "武汉", "湖北省", 3, "旗舰店", size: 65, mini: 55, opened: (2018, 10, 1)),
    RetailStore("光谷店", "武汉", "湖北省", 3, "标准店", size: 50, mini: 50, opened: (2020, 12, 18)),
    RetailStore("五一广场店", "长沙", "湖南省", 3, "标准店", size: 55, mini: 50, opened: (2019, 7, 7)),
    RetailStore("春熙路店", "成都", "四川省", 4, "旗舰店", size: 70, mini: 65, opened: (2018, 1, 20)),
    RetailStore("太古里店", "成都", "四川省", 4, "标准店", size: 50, mini: 55, opened: (2025, 5, 1)),
    RetailStore("解放碑店", "重庆", "重庆市", 4, "标准店", size: 60, mini: 50, opened: (2019, 9, 28)),
    RetailStore("青泥洼店", "大连", "辽宁省", 5, "标准店", size: 45, mini: 30, opened: (2019, 5, 5)),
    // Closes for good: its sales end, and 东北 falls with it.
    RetailStore(
      "中街店", "沈阳", "辽宁省", 5, "旗舰店", size: 55, mini: 35, opened: (2017, 10, 1),
      closed: Day(unchecked: 2026, 2, 28)),
  ]

  /// Cities in the order of the stores, each once.
  static let cities: [String] = all.reduce(into: []) { if !$0.contains($1.city) { $0.append($1.city) } }

  /// For each store the place of its city in `cities`.
  static let cityPlaces: [Int] = all.compactMap { cities.firstIndex(of: $0.city) }
}

extension RetailChannel {
  static let counter = 0
  static let miniProgram = 1

  static let all: [RetailChannel] = [
    RetailChannel(
      name: "到店", type: "线下", weight: 450, growth: 0.02, conversion: 0.30, members: 550, refunds: 30, pages: nil),
    RetailChannel(
      name: "小程序", type: "线上", weight: 270, growth: 0.35, conversion: 0.075, members: 850, refunds: 55, pages: 6.5),
    RetailChannel(
      name: "天猫", type: "线上", weight: 140, growth: 0.08, conversion: 0.042, members: 300, refunds: 75, pages: 5.2),
    RetailChannel(
      name: "京东", type: "线上", weight: 90, growth: 0.12, conversion: 0.05, members: 300, refunds: 65, pages: 4.8),
    RetailChannel(
      name: "抖音", type: "线上", weight: 50, growth: 0.70, conversion: 0.025, members: 200, refunds: 130, pages: 2.4),
  ]
}
