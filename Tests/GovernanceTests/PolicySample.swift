import CivilTime
import Governance
import Metrics
import Questions
import SourceText

/// A dictionary with a ratio over a guarded metric, a private one, and visits that know no product.
enum PolicySample {
  static let dictionary: MetricDictionary = {
    let text = """
      name: shop
      tables:
        orders:
          key: order_id
          time: day
          columns: {order_id: integer, store_id: integer, product: text, day: date, amount: decimal(2), cost: decimal(2), phone: text}
          joins: {stores: store_id}
        stores: {key: store_id, columns: {store_id: integer, region: text}}
        visits: {key: id, time: day, columns: {id: integer, day: date}}
        salaries: {key: id, time: day, columns: {id: integer, day: date, pay: decimal(2)}}
      dimensions:
        region: {column: stores.region}
        product: {column: orders.product}
        phone: {column: orders.phone}
        buyer: {column: orders.phone, sensitivity: private}
      metrics:
        sales: {formula: sum(orders.amount), unit: CNY, drivers: [profit]}
        cost: {formula: sum(orders.cost), unit: CNY}
        profit: {formula: sales - cost, unit: CNY}
        margin: {formula: profit / sales, unit: "%"}
        visits: {formula: count(visits), unit: 次}
        sales_per_visit: {formula: sales / visits, unit: CNY}
        payroll: {formula: sum(salaries.pay), unit: CNY, sensitivity: private}
        once_profit: {formula: sum(orders.amount), unit: CNY, version: 2, history: [{version: 1, formula: profit}]}
      """
    let (dictionary, diagnostics) = DictionaryReader.read([.init(name: "dataset.yaml", text: text)])
    guard let dictionary else { fatalError("\(diagnostics)") }
    return dictionary
  }()

  static let policy = """
    roles:
      admin: {metrics: [all, payroll], show: [buyer]}
      analyst: {metrics: all, except: [profit], hide: [phone], smallest_group: 5}
      east: {metrics: [sales, cost], rows: "region = 华东"}
      south: {metrics: [sales], rows: "region = 华南"}
      own: {metrics: [sales, profit, cost], rows: "region in user.regions"}
      keeper: {metrics: [cost]}
    users:
      ada: [admin]
      lin: [analyst]
      chen: [east]
      both: [east, south]
      own: {roles: [own], regions: [华东, 华北]}
      mixed: [south, keeper]
    default: analyst
    """

  static func read(_ text: String) -> (policy: Policy?, diagnostics: [Diagnostic]) {
    PolicyReader.read(text, file: "policy.yaml", dictionary: dictionary)
  }

  static func question(_ notation: String) throws -> Question {
    try Resolver(dictionary: dictionary, context: TimeContext(today: Day(unchecked: 2026, 11, 1))).question(notation: notation)
  }

  static func admission() -> Admission { Admission(policy: read(policy).policy, dictionary: dictionary) }

  /// The admitted question's notation.
  static func admit(_ notation: String, _ user: String?) throws -> String {
    QuestionText.text(of: try admission().admit(question(notation), user: user).question)
  }
}
