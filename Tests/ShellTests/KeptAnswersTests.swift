import Answers
import CivilTime
import Foundation
import GRDB
import Session
import TestSupport
import Testing

@testable import Shell

/// What is asked again is computed once, and never answered from data that has changed since.
@Suite struct KeptAnswersTests {
  private static let dictionary = """
    name: shop
    language: en
    warehouse: {file: sales.sqlite}
    tables:
      sales:
        time: sold_on
        columns: {sold_on: date, city: text, amount: integer}
    metrics:
      revenue: {formula: sum(sales.amount), unit: EUR}
    """

  /// A dataset over a database of somebody else's, and that database.
  private func opened(_ name: String) throws -> (Workspace, DatabaseQueue) {
    let folder = Shop.folder("kept-" + name, dictionary: Self.dictionary, sales: nil)
    let database = try DatabaseQueue(path: folder + "/sales.sqlite")
    try database.write { db in
      try db.execute(sql: "CREATE TABLE sales (sold_on TEXT, city TEXT, amount INTEGER)")
      try db.execute(sql: "INSERT INTO sales VALUES ('2026-10-01', 'Lyon', 120), ('2026-10-31', 'Nice', 80)")
    }
    return (try Workspace.open(home: Home(path: ProjectFolder.path), dataset: folder, cacheFolder: folder + "/cache", progress: { _ in }), database)
  }

  private func sell(_ amount: Int, _ database: DatabaseQueue) throws {
    try database.write { try $0.execute(sql: "INSERT INTO sales VALUES ('2026-10-31', 'Nice', ?)", arguments: [amount]) }
  }

  private let october = AskOptions(today: Day(2026, 11, 1)!)

  @Test func `rows that were read before are forgotten when somebody writes`() throws {
    let (workspace, database) = try opened("rows")
    var conversation = Conversation(workspace, options: october)
    for _ in 0..<2 {
      let answer = conversation.ask("revenue last month")
      #expect(answer.texts == [["€200.00"]] && answer.sources.map(\.rows) == [2])
    }
    try sell(7, database)
    for _ in 0..<2 {
      let answer = conversation.ask("revenue last month")
      #expect(answer.texts == [["€207.00"]] && answer.sources.map(\.rows) == [3])
    }
  }

  @Test func `a question of a batch is answered once for each user, day and state of the data`() throws {
    let (workspace, database) = try opened("batch")
    let kept = KeptAnswers(workspace)
    var count = 0
    func ask(_ item: BatchItem) -> String {
      let (answer, _) = kept.answer(item) {
        count += 1
        var conversation = Conversation(workspace, options: october)
        return (conversation.ask("revenue last month"), conversation)
      }
      return answer.texts.first?.first ?? ""
    }
    let question = BatchItem(id: .number(1), turns: ["revenue last month"])
    var others = [question, question, question, question]
    others[0].user = "chen"
    others[1].today = Day(2026, 10, 1)
    others[2].turns = ["revenue", "last month"]
    others[3].notation = "list metrics"
    for item in [question, question] { #expect(ask(item) == "€200.00") }
    #expect(count == 1)
    for item in others + others { _ = ask(item) }
    #expect(count == 5)
    try sell(7, database)
    for item in [question, question] { #expect(ask(item) == "€207.00") }
    #expect(count == 6)
  }

  @Test(arguments: ["1", "2"])
  func `a follow-up goes on from a question that was answered before`(jobs: String) {
    let folder = Shop.folder("kept-follow-" + jobs)
    let questions = "? revenue by city last month\nthen only Nice\n\n? revenue by city\n\n? revenue by city last month\nthen only Nice\n"
    Program.write(questions, to: folder + "/again.questions")
    let run = ProgramRun.wenshu(
      ["batch", folder + "/again.questions", "--dataset", folder, "--today", "2026-11-01", "--format", "csv", "--jobs", jobs])
    #expect(run.status == 0)
    let answers = run.output.components(separatedBy: "\n\n").map { $0.trimmingCharacters(in: .newlines) }
    #expect(answers.count == 5)
    #expect(answers.first == "city,revenue\nLyon,220.40\nNice,80.00")
    #expect(answers.dropFirst().first?.hasSuffix("80.00") == true && answers.dropFirst().first?.contains("Lyon") == false)
    #expect(Array(answers.suffix(2)) == Array(answers.prefix(2)))
  }
}
