import CivilTime

/// The tables beside the machines: names, work orders, weekly stock and monthly targets.
struct FactoryBooks {
  private var random: SplitMix64
  private let directory: String

  init(seed: UInt64, in directory: String) {
    random = SplitMix64(seed: seed)
    self.directory = directory
  }

  /// - Parameter months: what the machines made, from which the targets were planned.
  mutating func write(months: [FactoryMonth: FactoryTotals]) throws(SampleDataError) {
    try writeNames()
    try writeWorkOrders()
    try writeStock()
    try writeTargets(months)
  }

  private func writeNames() throws(SampleDataError) {
    let plants = try CSVFile("plants.csv", in: directory, header: ["plant_id", "plant", "city"])
    for (place, plant) in FactoryLine.plants.enumerated() {
      plants.cell(place + 1)
      plants.cell(plant.name)
      plants.cell(plant.city)
      try plants.endRow()
    }
    let lines = try CSVFile("lines.csv", in: directory, header: ["line_id", "line", "workshop", "plant_id"])
    for (place, line) in FactoryLine.all.enumerated() {
      lines.cell(place + 1)
      lines.cell(line.name)
      lines.cell(line.workshop)
      lines.cell(line.plant + 1)
      try lines.endRow()
    }
    let machines = try CSVFile("machines.csv", in: directory, header: ["machine_id", "machine", "machine_type", "line_id"])
    for (place, machine) in FactoryMachine.all.enumerated() {
      machines.cell(place + 1)
      machines.cell(machine.name)
      machines.cell(FactoryLine.all[machine.line].machineType)
      machines.cell(machine.line + 1)
      try machines.endRow()
    }
    let shifts = try CSVFile("shifts.csv", in: directory, header: ["shift_id", "shift", "start_hour"])
    for (place, shift) in FactoryLine.shifts.enumerated() {
      shifts.cell(place + 1)
      shifts.cell(shift.name)
      shifts.cell(shift.startHour)
      try shifts.endRow()
    }
    let products = try CSVFile(
      "products.csv", in: directory, header: ["product_id", "product", "family", "unit_cost", "cycle_seconds"])
    for (place, product) in FactoryProduct.all.enumerated() {
      products.cell(place + 1)
      products.cell(product.name)
      products.cell(product.family)
      products.cell(hundredths: product.cost)
      products.cell(product.cycle)
      try products.endRow()
    }
    for file in [plants, lines, machines, shifts, products] { try file.finish() }
  }

  /// Orders to make something: released, due some weeks later, mostly finished in time; the newest are still open.
  private mutating func writeWorkOrders() throws(SampleDataError) {
    let file = try CSVFile(
      "work_orders.csv", in: directory,
      header: ["work_order_id", "plant_id", "product_id", "priority", "released_on", "due_on", "finished_on", "quantity"])
    var number = 0
    for offset in 0..<FactoryCalendar.days {
      let day = FactoryCalendar.firstDay.adding(days: offset)
      if FactoryCalendar.isClosed(day) || day.weekday == 7 { continue }
      let count = random.rounded((day.weekday == 6 ? 1.5 : 4.5) * (1 + 0.18 * FactoryCalendar.years(day)))
      for _ in 0..<count {
        number += 1
        let product = random.below(FactoryProduct.all.count)
        let isUrgent = random.chance(perMille: 180)
        let due = day.adding(days: isUrgent ? random.within(4...8) : random.within(10...21))
        let isLate = random.chance(perMille: FactoryCalendar.wornMould.contains(due) ? 210 : 95)
        let finished = due.adding(days: isLate ? random.within(1...9) : -random.below(4))
        file.cell(number)
        file.cell(FactoryProduct.plant(of: product) + 1)
        file.cell(product + 1)
        file.cell(isUrgent ? "加急" : "普通")
        file.cell(day)
        file.cell(due)
        file.cell(finished <= FactoryCalendar.lastDay ? finished : nil)
        file.cell(random.within(4...40) * 50)
        try file.endRow()
      }
    }
    try file.finish()
  }

  /// Every Saturday, the last day among them: what lies in each plant's store of its products.
  private mutating func writeStock() throws(SampleDataError) {
    let file = try CSVFile("stock.csv", in: directory, header: ["counted_on", "plant_id", "product_id", "quantity", "value"])
    for offset in 0..<FactoryCalendar.days {
      let day = FactoryCalendar.firstDay.adding(days: offset)
      if day.weekday != 6 { continue }
      for (place, product) in FactoryProduct.all.enumerated() {
        let season = day.month == 1 || day.month == 2 ? 1.3 : 1
        let quantity = random.rounded(90000 / Double(product.cycle) * season * (0.75 + 0.5 * random.fraction()))
        file.cell(day)
        file.cell(FactoryProduct.plant(of: place) + 1)
        file.cell(place + 1)
        file.cell(quantity)
        file.cell(hundredths: quantity * product.cost)
        try file.endRow()
      }
    }
    try file.finish()
  }

  /// What each plant was to make in a month, and the energy it was allowed: round numbers near what came of it.
  private mutating func writeTargets(_ months: [FactoryMonth: FactoryTotals]) throws(SampleDataError) {
    let file = try CSVFile("targets.csv", in: directory, header: ["month", "plant_id", "output_target", "energy_budget"])
    var month = FactoryCalendar.firstDay
    while month <= FactoryCalendar.lastDay {
      for plant in FactoryLine.plants.indices {
        let totals = months[FactoryMonth(month, plant: plant)] ?? FactoryTotals()
        file.cell(month)
        file.cell(plant + 1)
        file.cell(Int(Double(totals.output) * (0.93 + 0.13 * random.fraction())) / 100 * 100)
        file.cell(Int(Double(totals.energy) * (0.94 + 0.13 * random.fraction())) / 10000 * 100)
        try file.endRow()
      }
      month = month.adding(months: 1)
    }
    try file.finish()
  }
}
