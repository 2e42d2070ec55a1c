/// An article of the sample chain; amounts in hundredths of a yuan.
struct RetailProduct {
  var name: String
  var subcategory: String
  /// Place in `RetailProduct.categories`.
  var category: Int
  var brand: String
  var cost: Int
  /// The price since the newest change.
  var price: Int
  var weight: Int

  init(
    _ name: String, _ subcategory: String, _ category: Int, _ brand: String, cost: Int, price: Int, weight: Int
  ) {
    self.name = name
    self.subcategory = subcategory
    self.category = category
    self.brand = brand
    self.cost = cost
    self.price = price
    self.weight = weight
  }
}

extension RetailProduct {
  static let categories = ["零食", "饮料", "乳品", "个护", "家清", "小家电"]
  static let snacks = 0
  static let drinks = 1
  static let dairy = 2
  static let appliances = 5

  static let all: [RetailProduct] = [
    RetailProduct("每日坚果", "坚果", 0, "山禾", cost: 4200, price: 7900, weight: 60),
    RetailProduct("夏威夷果", "坚果", 0, "山禾", cost: 2300, price: 3990, weight: 40),
    RetailProduct("碧根果", "坚果", 0, "山禾", cost: 2100, price: 3690, weight: 35),
    RetailProduct("坚果礼盒", "坚果", 0, "山禾", cost: 9800, price: 16800, weight: 14),
    RetailProduct("苏打饼干", "饼干", 0, "麦丘", cost: 520, price: 990, weight: 70),
    RetailProduct("曲奇饼干", "饼干", 0, "麦丘", cost: 1150, price: 2290, weight: 45),
    RetailProduct("燕麦棒", "饼干", 0, "麦丘", cost: 880, price: 1690, weight: 40),
    RetailProduct("黑巧克力", "糖巧", 0, "可可里", cost: 1600, price: 2990, weight: 38),
    RetailProduct("牛奶软糖", "糖巧", 0, "可可里", cost: 620, price: 1290, weight: 42),
    RetailProduct("龙井绿茶", "茶饮", 1, "云溪", cost: 2600, price: 4900, weight: 26),
    RetailProduct("乌龙茶饮", "茶饮", 1, "云溪", cost: 260, price: 550, weight: 80),
    RetailProduct("茉莉花茶", "茶饮", 1, "云溪", cost: 240, price: 500, weight: 75),
    RetailProduct("冷萃咖啡", "咖啡", 1, "拾光", cost: 720, price: 1490, weight: 48),
    RetailProduct("挂耳咖啡", "咖啡", 1, "拾光", cost: 2400, price: 4590, weight: 30),
    RetailProduct("咖啡豆", "咖啡", 1, "拾光", cost: 4100, price: 7800, weight: 18),
    RetailProduct("橙汁", "果汁", 1, "果岭", cost: 620, price: 1190, weight: 50),
    RetailProduct("西柚汁", "果汁", 1, "果岭", cost: 680, price: 1290, weight: 34),
    RetailProduct("苏打水", "气泡水", 1, "果岭", cost: 210, price: 450, weight: 65),
    RetailProduct("纯牛奶", "牛奶", 2, "晨牧", cost: 3300, price: 4990, weight: 68),
    RetailProduct("有机纯奶", "牛奶", 2, "晨牧", cost: 4700, price: 6990, weight: 36),
    RetailProduct("低脂鲜奶", "牛奶", 2, "晨牧", cost: 980, price: 1590, weight: 50),
    RetailProduct("希腊酸奶", "酸奶", 2, "晨牧", cost: 1180, price: 1990, weight: 46),
    RetailProduct("原味酸奶", "酸奶", 2, "晨牧", cost: 760, price: 1250, weight: 55),
    RetailProduct("儿童奶酪棒", "奶酪", 2, "晨牧", cost: 1900, price: 3290, weight: 32),
    RetailProduct("氨基酸洗发水", "洗护", 3, "沐白", cost: 2100, price: 4990, weight: 36),
    RetailProduct("护发素", "洗护", 3, "沐白", cost: 1700, price: 3990, weight: 26),
    RetailProduct("沐浴露", "洗护", 3, "沐白", cost: 1500, price: 3590, weight: 40),
    RetailProduct("亮白牙膏", "口腔", 3, "沐白", cost: 620, price: 1590, weight: 52),
    RetailProduct("电动牙刷头", "口腔", 3, "匠电", cost: 1300, price: 2990, weight: 24),
    RetailProduct("保湿面霜", "护肤", 3, "初颜", cost: 4300, price: 12900, weight: 16),
    RetailProduct("防晒霜", "护肤", 3, "初颜", cost: 3100, price: 8900, weight: 22),
    RetailProduct("补水面膜", "护肤", 3, "初颜", cost: 2200, price: 5900, weight: 30),
    RetailProduct("抽纸", "纸品", 4, "净尚", cost: 1500, price: 2490, weight: 78),
    RetailProduct("卷纸", "纸品", 4, "净尚", cost: 1700, price: 2790, weight: 55),
    RetailProduct("湿厕纸", "纸品", 4, "净尚", cost: 820, price: 1490, weight: 40),
    RetailProduct("洗衣凝珠", "清洁剂", 4, "净尚", cost: 1900, price: 3990, weight: 48),
    RetailProduct("洗洁精", "清洁剂", 4, "净尚", cost: 480, price: 990, weight: 52),
    RetailProduct("厨房油污净", "清洁剂", 4, "净尚", cost: 760, price: 1690, weight: 30),
    RetailProduct("空气炸锅", "厨房电器", 5, "匠电", cost: 19800, price: 32900, weight: 7),
    RetailProduct("电热水壶", "厨房电器", 5, "匠电", cost: 7200, price: 12900, weight: 10),
    RetailProduct("迷你电饭煲", "厨房电器", 5, "匠电", cost: 11800, price: 19900, weight: 8),
    RetailProduct("手冲咖啡机", "厨房电器", 5, "匠电", cost: 24500, price: 41900, weight: 4),
    RetailProduct("电动牙刷", "生活电器", 5, "匠电", cost: 9900, price: 18900, weight: 9),
    RetailProduct("桌面加湿器", "生活电器", 5, "匠电", cost: 6100, price: 10900, weight: 9),
    RetailProduct("吹风机", "生活电器", 5, "匠电", cost: 13800, price: 25900, weight: 8),
    RetailProduct("循环风扇", "生活电器", 5, "匠电", cost: 15200, price: 27900, weight: 6),
  ]
}
