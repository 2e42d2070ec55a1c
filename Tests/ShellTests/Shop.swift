/// A dataset of ten lines over one CSV, written for a test.
enum Shop {
  static let dictionary = """
    name: shop
    language: en
    tables:
      sales:
        time: sold_on
        columns: {sold_on: date, city: text, amount: decimal(2)}
    dimensions:
      city: {column: sales.city}
    metrics:
      revenue: {formula: sum(sales.amount), unit: EUR}
    """
  static let sales = """
    sold_on,city,amount
    2026-09-30,Lyon,80.00
    2026-10-01,Lyon,120.50
    2026-10-01,Nice,80.00
    2026-10-31,Lyon,99.90

    """

  /// A folder with the dataset; either file may be another, nil leaves it out.
  static func folder(_ name: String, dictionary: String = dictionary, sales: String? = sales) -> String {
    let folder = Program.scratch(name)
    Program.write(dictionary, to: folder + "/dataset.yaml")
    if let sales {
      _ = ProgramRun.run("/bin/mkdir", ["-p", folder + "/data"])
      Program.write(sales, to: folder + "/data/sales.csv")
    }
    return folder
  }
}
