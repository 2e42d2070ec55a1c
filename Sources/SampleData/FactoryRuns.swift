import CivilTime

/// Writes what each machine did in each shift, where it stood still, and the defects found.
struct FactoryRuns {
  private var random: SplitMix64
  private let runs: CSVFile
  private let stoppages: CSVFile
  private let defects: CSVFile
  private var stoppageNumber = 0
  private var defectNumber = 0
  /// What each machine made last; another product needs a changeover.
  private var made = FactoryMachine.all.map { FactoryLine.all[$0.line].products[0] }
  /// Pieces made by month and plant, for planning the targets.
  private(set) var months: [FactoryMonth: FactoryTotals] = [:]

  private static let failures = ["机械故障", "电气故障", "模具故障"]
  private static let failureTable = WeightTable([48, 30, 22])
  private static let faults = ["毛刺", "划伤", "尺寸超差", "漏装", "气泡", "焊接不良"]
  private static let faultTables: [String: WeightTable] = [
    "冲压车间": WeightTable([42, 28, 24, 0, 0, 6]), "机加工车间": WeightTable([25, 25, 48, 0, 0, 2]),
    "注塑车间": WeightTable([24, 10, 22, 0, 44, 0]), "装配车间": WeightTable([0, 22, 8, 42, 0, 28]),
  ]
  private static let severities = ["轻微", "一般", "严重"]
  private static let severityTable = WeightTable([45, 42, 13])

  init(seed: UInt64, in directory: String) throws(SampleDataError) {
    random = SplitMix64(seed: seed)
    runs = try CSVFile(
      "runs.csv", in: directory,
      header: [
        "run_on", "machine_id", "shift_id", "product_id", "planned_minutes", "stop_minutes", "workers", "output", "scrap", "rework",
        "capacity", "energy",
      ])
    stoppages = try CSVFile(
      "stoppages.csv", in: directory,
      header: ["stoppage_id", "machine_id", "product_id", "shift_id", "started_at", "ended_at", "kind", "reason"])
    defects = try CSVFile(
      "defects.csv", in: directory,
      header: ["defect_id", "found_on", "machine_id", "shift_id", "product_id", "defect_type", "severity", "quantity"])
  }

  mutating func write() throws(SampleDataError) {
    for offset in 0..<FactoryCalendar.days {
      let day = FactoryCalendar.firstDay.adding(days: offset)
      for machine in FactoryMachine.all.indices {
        let line = FactoryLine.all[FactoryMachine.all[machine].line]
        for shift in FactoryLine.shifts.indices {
          guard let planned = FactoryCalendar.plannedMinutes(line, shift: shift, on: day) else { continue }
          try writeRun(Shift(day: day, machine: machine, line: line, shift: shift, planned: planned))
        }
      }
    }
    for file in [runs, stoppages, defects] { try file.finish() }
  }

  /// A machine's shift.
  private struct Shift {
    var day: Day
    var machine: Int
    var line: FactoryLine
    var shift: Int
    var planned: Int
    var product = 0

    var isWorn: Bool {
      FactoryCalendar.wornMould.contains(day) && shift == FactoryCalendar.wornShift
        && FactoryMachine.all[machine].name == FactoryCalendar.wornMachine
    }
  }

  private mutating func writeRun(_ planned: Shift) throws(SampleDataError) {
    var shift = planned
    let (machine, line) = (shift.machine, shift.line)
    shift.product = line.products[(shift.day.number / 5 + machine) % line.products.count]
    let product = FactoryProduct.all[shift.product]
    let stopped = try writeStoppages(shift)
    made[machine] = shift.product
    let pace = FactoryCalendar.pace(on: shift.day) * (shift.shift == 2 ? 0.97 : 1) * (0.95 + 0.1 * random.fraction())
    let output = random.rounded(Double((shift.planned - stopped) * 60) / Double(product.cycle) * min(1, pace))
    let better = 1 - 0.14 * FactoryCalendar.years(shift.day)
    let wear = shift.isWorn ? 9.0 : 1
    let scrap = random.rounded(Double(output * line.scrap) / 10000 * better * wear * (0.5 + random.fraction()))
    let rework = random.rounded(Double(output * line.rework) / 10000 * better * (0.5 + random.fraction()))
    let energy = (shift.planned - stopped * 7 / 10) * line.power / 60 * random.within(94...106) / 100

    runs.cell(shift.day)
    runs.cell(machine + 1)
    runs.cell(shift.shift + 1)
    runs.cell(shift.product + 1)
    runs.cell(shift.planned)
    runs.cell(stopped)
    runs.cell(line.workers)
    runs.cell(output)
    runs.cell(scrap)
    runs.cell(rework)
    runs.cell(shift.planned * 60 / product.cycle)
    runs.cell(hundredths: energy)
    try runs.endRow()
    months[FactoryMonth(shift.day, plant: line.plant), default: FactoryTotals()].add(output: output - scrap, energy: energy)
    if random.chance(perMille: 260), scrap + rework > 0 { try writeDefect(shift, quantity: scrap + rework) }
  }

  /// - Returns: the minutes lost; planned care is not part of them.
  private mutating func writeStoppages(_ shift: Shift) throws(SampleDataError) -> Int {
    var lost = 0
    let ageing = 1 + 0.1 * FactoryCalendar.years(shift.day)
    if made[shift.machine] != shift.product, shift.planned > 200 {
      lost += try writeStoppage(shift, "换型", "换模", minutes: random.within(18...45))
    }
    if random.chance(perMille: Int(Double(FactoryMachine.all[shift.machine].failures) * ageing)) {
      let reason = random.pick(FactoryRuns.failureTable)
      lost += try writeStoppage(shift, "故障", FactoryRuns.failures[reason], minutes: random.within(12...55) + random.below(60))
    }
    if random.chance(perMille: 55) { lost += try writeStoppage(shift, "待料", "缺料", minutes: random.within(8...40)) }
    if random.chance(perMille: 22) { lost += try writeStoppage(shift, "质量", "质量停线", minutes: random.within(6...30)) }
    if shift.day.weekday == 6, shift.shift == 0 { _ = try writeStoppage(shift, "保养", "计划保养", minutes: random.within(30...60)) }
    return min(lost, shift.planned)
  }

  private mutating func writeStoppage(
    _ shift: Shift, _ kind: String, _ reason: String, minutes: Int
  ) throws(SampleDataError) -> Int {
    stoppageNumber += 1
    let start = FactoryLine.shifts[shift.shift].startHour * 60 + random.below(shift.planned - minutes)
    stoppages.cell(stoppageNumber)
    stoppages.cell(shift.machine + 1)
    stoppages.cell(shift.product + 1)
    stoppages.cell(shift.shift + 1)
    for minute in [start, start + minutes] { stoppages.cell(shift.day.adding(days: minute / 1440), second: minute % 1440 * 60) }
    stoppages.cell(kind)
    stoppages.cell(reason)
    try stoppages.endRow()
    return minutes
  }

  private mutating func writeDefect(_ shift: Shift, quantity: Int) throws(SampleDataError) {
    defectNumber += 1
    let fault = random.pick(FactoryRuns.faultTables[shift.line.workshop]!)
    let severity = random.pick(FactoryRuns.severityTable)
    defects.cell(defectNumber)
    defects.cell(shift.day)
    defects.cell(shift.machine + 1)
    defects.cell(shift.shift + 1)
    defects.cell(shift.product + 1)
    defects.cell(shift.isWorn ? "尺寸超差" : FactoryRuns.faults[fault])
    defects.cell(FactoryRuns.severities[severity])
    defects.cell(quantity)
    try defects.endRow()
  }
}

/// A month of a plant.
struct FactoryMonth: Hashable {
  /// The first day of the month.
  var start: Day
  var plant: Int

  init(_ day: Day, plant: Int) {
    start = Day(unchecked: day.year, day.month, 1)
    self.plant = plant
  }
}

/// What a plant made in a month, and the energy it took in hundredths of a kilowatt-hour.
struct FactoryTotals {
  var output = 0
  var energy = 0

  mutating func add(output: Int, energy: Int) {
    self.output += output
    self.energy += energy
  }
}
