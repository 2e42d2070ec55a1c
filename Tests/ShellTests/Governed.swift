/// A dataset whose definitions changed, with a tree that does not add up, written for a test.
///
/// Revenue counted every sale until 2026-09-30 (v1), paid ones since (v2). Of five sales in October, three are paid, one is
/// refused and one is `odd`, so the two kinds of sale that have a metric of their own do not make all.
enum Governed {
  static let dictionary = """
    name: governed
    language: en
    tables:
      sales:
        time: sold_on
        columns: {sold_on: date, city: text, kind: text, amount: decimal(2)}
    dimensions:
      city: {column: sales.city}
    metrics:
      revenue:
        formula: "sum(sales.amount where sales.kind = 'paid')"
        unit: EUR
        means: {en: Paid sales}
        owner: Ada
        level: strategic
        drivers: [sold, average_sale]
        equals: sold * average_sale
        version: 2
        valid_from: 2026-10-01
        change: {en: Paid sales only}
        history:
          - {version: 1, valid_from: 2026-01-01, formula: sum(sales.amount), means: {en: All sales}, change: {en: First version}}
        examples: ["? revenue last month => measure revenue | during month(-1)"]
      sold: {formula: count(sales), unit: count, owner: Ada, means: {en: All sales}, level: tactical, parent: revenue}
      paid_sold: {formula: "count(sales where sales.kind = 'paid')", unit: count, owner: Ada, means: {en: Paid}, parent: sold}
      refused_sold: {formula: "count(sales where sales.kind = 'refused')", unit: count, owner: Ada, means: {en: Refused}, parent: sold}
      average_sale: {formula: revenue / sold, unit: EUR, owner: Ada, means: {en: Revenue over sales}, level: operational}
      takings: {formula: "sum(sales.amount where sales.kind = 'paid')", unit: EUR}
      mean_paid: {formula: revenue / paid_sold, unit: EUR, owner: Ada, means: {en: By paid}, required: [city]}
      twice_mean: {formula: mean_paid * 2, unit: EUR, owner: Ada, means: {en: Twice}}
      lyon_mean: {formula: "mean_paid(where city = 'Lyon') * 2", unit: EUR, owner: Ada, means: {en: Of Lyon}}
      guess: {formula: revenue * 2, unit: EUR, owner: Ada, means: {en: A guess}, status: draft}
      doubled: {formula: guess / 1, unit: EUR, owner: Ada, means: {en: From a guess}}
      old_sold: {formula: count(sales), unit: count, owner: Ada, means: {en: Old}, status: deprecated, successor: sold}
      secret: {formula: max(sales.amount), unit: EUR, owner: Ada, means: {en: Highest}, sensitivity: private}
    """

  static let sales = """
    sold_on,city,kind,amount
    2026-09-10,Lyon,paid,10.00
    2026-09-20,Nice,refused,5.00
    2026-10-01,Lyon,paid,100.00
    2026-10-02,Nice,paid,50.00
    2026-10-03,Nice,refused,7.00
    2026-10-04,Lyon,odd,1.00
    2026-10-31,Lyon,paid,30.00

    """

  static let policy = """
    roles:
      boss: {metrics: [all, secret]}
      staff: {metrics: all}
    users:
      ada: [boss]
      ben: [staff]
    default: staff

    """

  static func folder(_ name: String, dictionary: String = dictionary, policy: String? = nil) -> String {
    let folder = Shop.folder(name, dictionary: dictionary, sales: sales)
    if let policy { Program.write(policy, to: folder + "/policy.yaml") }
    return folder
  }
}
