import CivilTime
import Metrics
import Questions
import SourceText
import Testing

/// What is said about targets, read against dictionaries that set none, one or two.
@Suite struct TargetsTests {
  /// sales and orders with a target each, and profit without; `aims` says for which a target is set.
  private static func dictionary(_ aims: [String], takes word: String? = nil, lowIsGood: Bool = false) -> MetricDictionary {
    var metrics = SmallDictionary.dictionary.metrics
    for name in aims {
      var target = Metric(name: name + "_target", versions: metrics[0].versions)
      target.attainment = name + "_attainment"
      target.allowedDimensions = ["region"]
      let ratio = Formula.binary(.dividedBy, .metric(name), .metric(target.name))
      var attainment = Metric(name: name + "_attainment", versions: [MetricVersion(number: 1, formula: ratio)])
      attainment.direction = lowIsGood ? .down : .up
      metrics += [target, attainment]
    }
    var dictionary = SmallDictionary.dictionary
    dictionary.metrics = metrics
    if let word { dictionary.defaults.entries = [.init(word: "target", target: word)] }
    return dictionary
  }

  private func outcome(_ clauses: String, _ dictionary: MetricDictionary) -> String {
    let resolver = Resolver(dictionary: dictionary, context: SmallDictionary.resolver.context)
    do throws(Problem) { return try resolver.question(notation: clauses).description } catch { return "\(error)" }
  }

  private let one = dictionary(["sales"])
  private let two = dictionary(["sales", "orders"])

  @Test(arguments: [
    ("test met(*)", "measure sales_attainment | test sales_attainment >= 1"),
    ("by region | having missed(*)", "measure sales_attainment | by region | having sales_attainment < 1"),
    ("by region | having exceeded(sales)", "measure sales_attainment | by region | having sales_attainment > 1"),
    ("by holders(*) | having missed(aim(sales_target))", "measure sales_attainment | by region | having sales_attainment < 1"),
    ("measure attainment(*)", "measure sales_attainment"),
    ("measure target(*)", "measure sales_target"),
    ("measure sales, target(sales)", "measure sales, sales_target"),
    ("measure actual(*), target(*)", "measure sales, sales_target"),
    ("measure shortfall(*) | by region", "measure difference(sales_target, sales) | by region"),
    ("measure surplus(pair(sales, sales_target))", "measure difference(sales, sales_target)"),
  ])
  func areMetricsOfTheDictionary(_ pair: (String, String)) { #expect(outcome(pair.0, one) == pair.1) }

  /// Of costs, a target is met from below.
  @Test func lowIsGood() {
    let costs = Self.dictionary(["sales"], lowIsGood: true)
    #expect(outcome("test met(*)", costs) == "measure sales_attainment | test sales_attainment <= 1")
    #expect(outcome("test missed(*)", costs) == "measure sales_attainment | test sales_attainment > 1")
    #expect(outcome("test exceeded(*)", costs) == "measure sales_attainment | test sales_attainment < 1")
  }

  @Test func withoutTargetsNothingIsMet() {
    #expect(outcome("test met(*)", SmallDictionary.dictionary) == "\(Problem.unsupported("target"))")
    #expect(outcome("test met(profit)", one) == "\(Problem.noTarget(metric: "profit"))")
    // The target of sales says nothing of profit.
    #expect(outcome("measure profit | test met(*)", one) == "\(Problem.noTarget(metric: "profit"))")
    #expect(outcome("test met(aim(sales))", one).hasPrefix("notJoined"))
    #expect(outcome("test met(pair(profit, sales_target))", one).hasPrefix("notJoined"))
  }

  @Test func ofSeveralOneIsAskedFor() throws {
    let resolver = Resolver(dictionary: two, context: SmallDictionary.resolver.context)
    do throws(Problem) {
      _ = try resolver.question(notation: "by region | having missed(*)")
      Issue.record("expected a choice")
    } catch {
      guard case .ambiguous(let choices) = error else { throw error }
      #expect(choices.map(\.question.description) == [
        "measure sales_attainment | by region | having sales_attainment < 1", "measure orders_attainment | by region | having orders_attainment < 1",
      ])
    }
  }

  /// What is asked for beside it decides, then the dataset, which is said.
  @Test func whatStandsBesideDecides() throws {
    #expect(outcome("measure orders, target(*)", two) == "measure orders, orders_target")
    #expect(outcome("test met(orders)", two) == "measure orders_attainment | test orders_attainment >= 1")
    let settled = Self.dictionary(["sales", "orders"], takes: "orders_target")
    #expect(outcome("test met(*)", settled) == "measure orders_attainment | test orders_attainment >= 1")
    func told(_ clauses: String, _ dictionary: MetricDictionary, text: String = "on target", _ meaning: String? = nil) throws -> [Notice] {
      let resolver = Resolver(dictionary: dictionary, context: SmallDictionary.resolver.context)
      let question = try resolver.question(notation: meaning ?? clauses)
      return Targets(dictionary).notices(try TermReader.clauses(clauses), question, text: text)
    }
    #expect(try told("test met(*)", settled) == [.chosen(word: "target", name: "orders_target", by: .dataset)])
    #expect(try told("test met(*)", settled, text: "达标") == [.chosen(word: "", name: "orders_target", by: .dataset)])
    #expect(try told("test met(sales)", settled).isEmpty)
    #expect(try told("test met(*)", one).isEmpty)
    // After a number, that number's target was meant.
    #expect(try told("test met(*)", settled, "test met(sales)").isEmpty)
  }

  @Test func whoNeedsOneKind() {
    var open = one
    for index in open.metrics.indices { open.metrics[index].allowedDimensions = nil }
    #expect(outcome("by holders(*) | having met(*)", open) == "\(Problem.unsupported("target of whom"))")
  }

  /// 达标了吗 after a number asks of that number; after 达标了吗, a number is no verdict.
  @Test func followsANumber() throws {
    let followUp = FollowUp(Resolver(dictionary: two, context: SmallDictionary.resolver.context))
    func after(_ previous: String, _ clauses: String) throws -> String {
      let question = try Resolver(dictionary: two, context: SmallDictionary.resolver.context).question(notation: previous)
      return try followUp.question(TermReader.clauses(clauses), after: .question(question)).description
    }
    let verdict = "measure orders_attainment | where region = a | during 2026 | test orders_attainment >= 1"
    #expect(try after("measure orders | where region = a | during 2026", "test met(*)") == verdict)
    #expect(try after(verdict, "follow | where member(region, b)") == verdict.replacing("= a", with: "= b"))
    #expect(try after(verdict, "follow | measure profit") == "measure profit | where region = a | during 2026")
    #expect(throws: Problem.noTarget(metric: "profit")) { try after("measure profit", "test met(*)") }
  }
}
