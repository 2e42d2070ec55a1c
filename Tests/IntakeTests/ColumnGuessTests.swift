import Intake
import Metrics
import Testing

/// Columns and the types they are taken for.
@Suite struct ColumnGuessTests {
  private let folder = Temporary()

  private func column(_ name: String, _ values: [String]) -> GuessedColumn {
    var guess = ColumnGuess(name: name)
    for value in values { guess.add(value) }
    return guess.column
  }

  @Test(arguments: [
    (["1", "2", ""], ColumnType.integer), (["1.5", "2.25"], .decimal(scale: 2)), (["3.0", "", "4.0"], .integer), (["100.00", "5.00"], .decimal(scale: 2)),
    (["¥1,234.50", "(300)"], .decimal(scale: 2)), (["12%", "3.5%"], .decimal(scale: 3)), (["1.2万", "300"], .integer),
    (["0.1234567891", "2"], .real), (["001", "002"], .text), (["1", "x"], .text), (["是", "否"], .boolean), (["Y", "N", "Y"], .boolean),
    (["TRUE", "FALSE"], .boolean), (["0", "1"], .integer), (["yes", "是"], .text), (["上海", "北京"], .text),
    (["2024-01-05", "2024/1/6"], .date), (["2024-01-05 08:00:00"], .timestamp), (["2024-01-05 00:00:00"], .date), (["20240105", "20240106"], .date),
    (["5-Jan-24"], .date), (["2024年1月5日"], .date), (["202401", "202402"], .integer), (["45296", "45297"], .integer), (["", ""], .text),
    (["12345678901234567890"], .text), (["2024-01", "2024-02"], .date),
  ])
  func types(values: [String], expected: ColumnType) { #expect(column("x", values).type == expected, "\(values)") }

  @Test func namesDecideWhereDigitsDoNot() {
    #expect(column("订单日期", ["45296", "45297"]).type == .date && column("order_date", ["45296"]).format == "excel")
    #expect(column("月份", ["202401", "202402"]).format == "y-m")
  }

  @Test func dayAndMonthAreToldByTheWholeColumn() {
    #expect(column("d", ["5/1/2024", "13/1/2024"]).format == "d/m/y")
    #expect(column("d", ["5/1/2024", "1/13/2024"]).format == "m/d/y")
    #expect(column("d", ["5/1/2024", "6/2/2024"]).notes == [.dayMonthUnclear(example: "5/1/2024")])
    let mixed = column("d", ["13/1/2024", "1/13/2024"])
    #expect(mixed.type == .text && mixed.notes == [.dayMonthMixed(dayFirst: "13/1/2024", monthFirst: "1/13/2024")])
  }

  @Test func theOrderOfRowsTellsDayFromMonth() {
    let days = (1...12).flatMap { month in (1...3).map { "\($0 * 4)/\(month)/2024" } }
    let found = column("d", days)
    #expect(found.format == "d/m/y" && found.notes == [.dayMonthByOrder])
  }

  @Test func otherDatesOfTheFileTellDayFromMonth() {
    var (a, b) = (ColumnGuess(name: "ordered"), ColumnGuess(name: "shipped"))
    a.add("5/1/2024")
    b.add("31/1/2024")
    let columns = ColumnGuess.columns([a, b])
    #expect(columns[0].format == "d/m/y" && columns[0].notes == [.dayMonthByOtherColumns])
  }

  @Test func decimalCommas() {
    let found = column("x", ["1.234,56", "12,5"])
    #expect(found.type == .decimal(scale: 2) && found.format == "1.234,56")
    #expect(column("x", ["1,234", "5,678"]).format == nil)
  }

  @Test func aFewStrangeValuesAreExceptions() {
    let found = column("x", (1...200).map { "\($0)" } + ["two"])
    #expect(found.type == .integer && found.evidence.exceptions == 1 && found.evidence.firstException == "two")
    #expect(column("x", ["1", "2", "two"]).type == .text)
  }

  @Test func percentOnSomeValuesIsTold() {
    #expect(column("x", ["5%", "0.3"]).notes == [.percentMixed(without: "0.3")])
  }

  @Test func wholeFiles() throws {
    let path = folder.file("a.csv", "编号,下单日期,金额,会员\n1,31/5/18,\"$1,001.18\",是\n2,1/6/18,\"$2.00\",否\n")
    let columns = try InputFile(path: path).tables()[0].guesses()
    #expect(columns.map(\.type) == [.integer, .date, .decimal(scale: 2), .boolean] && columns[1].format == "d/m/y")
  }
}
