import Answers
import Tables
import Testing

@testable import Terminal

@Suite struct JSONFormatTests {
  @Test func oneLineWithEveryKeyInOrder() {
    var answer = Samples.choice
    answer.request = .number(7)
    answer.seconds = 0.25
    #expect(
      JSONLinesFormat().text(answer)
        == #"{"id":7,"status":"unclear","language":"en","question":"sales","canonical":null,"#
        + #""headline":"This can be read in 2 ways. Choose one:","metrics":[],"period":null,"compare":null,"#
        + #""filters":[],"columns":[],"rows":[],"inputs":null,"details":[],"sources":[],"data_as_of":null,"#
        + #""sql":null,"arguments":[],"notices":[],"#
        + #""choices":[{"text":"net sales","canonical":"measure net_sales"},{"text":"GMV","canonical":"measure gmv"}],"#
        + #""answer_id":null,"seconds":0.25,"#
        + #""text":"This can be read in 2 ways. Choose one:\n\n  1  net sales\n  2  GMV\n"}"# + "\n")
  }

  @Test func rawValuesKeepTheirDigits() {
    let text = JSONFormat().text(Samples.cities)
    #expect(
      text.contains(
        """
          "period": {"start": "2026-10-01", "end": "2026-11-01", "label": "上月", "text": "2026-10-01 至 2026-10-31"},
          "compare": null,
          "filters": [],
          "columns": [
            {"name": "city", "title": "城市", "type": "text", "unit": null, "role": "group"},
            {"name": "net_sales", "title": "净销售额", "type": "decimal", "unit": "CNY", "role": "value"}
          ],
          "rows": [
            ["上海", 1234.50],
            ["👨‍👩‍👧 a\\u001b[31m\\"b\\",\\nc", -0.05],
            [null, null]
          ],
          "inputs": null,
        """))
    #expect(text.contains(#""notices": [\#n    {"code": "tie", "text": "最后一名并列。"}\#n  ],"#))
  }

  @Test func numbersAndStrings() {
    #expect(JSONValue(Cell.real(.nan)) == .null)
    #expect(JSONValue(Cell.real(0.1)).compact == "0.1")
    #expect(JSONValue(Cell.real(12)).compact == "12")
    #expect(JSONValue(Cell.integer(Int64.max)).compact == "9223372036854775807")
    #expect(JSONValue(Cell.decimal(units: -5, scale: 2)).compact == "-0.05")
    #expect(JSONValue(Cell.boolean(true)).compact == "true")
    #expect(JSONValue.quoted("a\u{301}\"\u{302}\\\u{2028}\u{1}") == "\"a\u{301}\\\"\u{302}\\\\\\u2028\\u0001\"")
    #expect(JSONValue.object([]).pretty() == "{}")
    #expect(
      JSONValue.array([.array([.number("1")]), .object([JSONMember("a", .null)])]).pretty()
        == "[\n  [1],\n  {\"a\": null}\n]")
  }
}
