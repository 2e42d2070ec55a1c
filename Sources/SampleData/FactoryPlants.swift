/// A line of a plant; two machines stand on it.
struct FactoryLine {
  var name: String
  /// Place in `FactoryLine.plants`.
  var plant: Int
  var workshop: String
  var machineType: String
  /// Places in `FactoryProduct.all` that are made here.
  var products: [Int]
  var worksNights = false
  var isContinuous = false
  /// Pieces in ten thousand that are scrapped, and that are worked on again.
  var scrap: Int
  var rework: Int
  /// Energy a machine draws while it runs, in hundredths of a kilowatt.
  var power: Int
  var workers: Int
}

extension FactoryLine {
  /// Each is eight hours long.
  static let shifts: [(name: String, startHour: Int)] = [("早班", 6), ("中班", 14), ("夜班", 22)]
  static let plants: [(name: String, city: String)] = [("苏州工厂", "苏州"), ("武汉工厂", "武汉"), ("佛山工厂", "佛山")]

  static let all: [FactoryLine] = [
    FactoryLine(
      name: "A1线", plant: 0, workshop: "冲压车间", machineType: "冲压机", products: [0, 1, 2], worksNights: true, scrap: 140,
      rework: 90, power: 3800, workers: 3),
    FactoryLine(
      name: "A2线", plant: 0, workshop: "机加工车间", machineType: "加工中心", products: [0, 1, 2], scrap: 110, rework: 160,
      power: 2400, workers: 2),
    FactoryLine(
      name: "A3线", plant: 0, workshop: "装配车间", machineType: "装配机", products: [0, 1, 2], scrap: 60, rework: 210,
      power: 900, workers: 8),
    FactoryLine(
      name: "B1线", plant: 1, workshop: "注塑车间", machineType: "注塑机", products: [3, 4], worksNights: true,
      isContinuous: true, scrap: 170, rework: 60, power: 5200, workers: 2),
    FactoryLine(
      name: "B2线", plant: 1, workshop: "装配车间", machineType: "装配机", products: [3, 4], scrap: 70, rework: 190, power: 800,
      workers: 9),
    FactoryLine(
      name: "B3线", plant: 1, workshop: "冲压车间", machineType: "冲压机", products: [3, 4], worksNights: true, scrap: 150,
      rework: 80, power: 3600, workers: 3),
    FactoryLine(
      name: "C1线", plant: 2, workshop: "机加工车间", machineType: "加工中心", products: [5, 6, 7], scrap: 130, rework: 150,
      power: 2600, workers: 2),
    FactoryLine(
      name: "C2线", plant: 2, workshop: "装配车间", machineType: "装配机", products: [5, 6, 7], scrap: 80, rework: 180, power: 850,
      workers: 7),
  ]
}

/// A machine with a name of its own.
struct FactoryMachine {
  var name: String
  /// Place in `FactoryLine.all`.
  var line: Int
  /// Failures in a thousand shifts when the data begins.
  var failures: Int

  /// Two a line, numbered through each type of machine.
  static let all: [FactoryMachine] = {
    var machines: [FactoryMachine] = []
    for (place, line) in FactoryLine.all.enumerated() {
      for half in 0..<2 {
        let number = 1 + machines.count { FactoryLine.all[$0.line].machineType == line.machineType }
        let name = line.machineType + (number < 10 ? "0" : "") + "\(number)"
        machines.append(FactoryMachine(name: name, line: place, failures: 70 + 13 * ((place * 2 + half) % 5)))
      }
    }
    return machines
  }()
}

/// What is made.
struct FactoryProduct {
  var name: String
  var family: String
  /// Cost of one piece, in hundredths of a yuan.
  var cost: Int
  /// Seconds a machine needs for one piece.
  var cycle: Int

  static let all: [FactoryProduct] = [
    FactoryProduct(name: "直流电机", family: "电机", cost: 4650, cycle: 42),
    FactoryProduct(name: "步进电机", family: "电机", cost: 6820, cycle: 54),
    FactoryProduct(name: "伺服电机", family: "电机", cost: 18940, cycle: 95),
    FactoryProduct(name: "温度传感器", family: "传感器", cost: 1280, cycle: 18),
    FactoryProduct(name: "压力传感器", family: "传感器", cost: 2160, cycle: 24),
    FactoryProduct(name: "电磁阀", family: "阀门", cost: 3390, cycle: 36),
    FactoryProduct(name: "球阀", family: "阀门", cost: 2710, cycle: 30),
    FactoryProduct(name: "减压阀", family: "阀门", cost: 5240, cycle: 48),
  ]

  /// The plant that makes it, as its place in `FactoryLine.plants`.
  static func plant(of product: Int) -> Int { FactoryLine.all.first { $0.products.contains(product) }?.plant ?? 0 }
}
