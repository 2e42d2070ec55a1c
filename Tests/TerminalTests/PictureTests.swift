import Answers
import Questions
import SourceText
import Tables
import Testing

@testable import Terminal

@Suite struct PictureTests {
  /// Months down, one or two series across.
  private func months(_ values: [Double?], _ base: [Double?]? = nil, wish: Presentation = .chart) -> Answer {
    var answer = Answer(status: .answered, language: .chinese, question: "q", headline: "销售额 · 按月")
    answer.columns = [
      AnswerColumn(name: "month", title: "月", type: .period, role: .group),
      AnswerColumn(name: "sales", title: "销售额", type: .real, unit: "CNY", role: .value),
    ]
    if base != nil { answer.columns.append(AnswerColumn(name: "base", title: "去年同期", type: .real, unit: "CNY", role: .base)) }
    func cell(_ value: Double?) -> Cell { value.map { .real($0) } ?? .null }
    func text(_ value: Double?) -> String { value.map { "¥\(Int($0))" } ?? "—" }
    for (index, value) in values.enumerated() {
      let label = "2026-" + (index < 9 ? "0" : "") + "\(index + 1)"
      answer.rows.append([.text(label), cell(value)] + (base.map { [cell($0[index])] } ?? []))
      answer.texts.append([label, text(value)] + (base.map { [text($0[index])] } ?? []))
    }
    answer.presentation = wish
    return answer
  }

  @Test func `a line runs over time, bars stand beside what is no time`() throws {
    #expect(try #require(Picture(months([1, 2, 3]))).kind == .line)
    #expect(try #require(Picture(months([1, 2]))).kind == .bar, "two points are no line")
    #expect(try #require(Picture(months([1, 2, 3], wish: .bar))).kind == .bar)
    #expect(Picture(months([1])) == nil)
    #expect(Picture(months([nil, nil])) == nil)
    #expect(Picture(months([1, 2], wish: .unpictured)) == nil)
    #expect(Picture(Samples.empty, .chart) == nil)
    #expect(try #require(Picture(Samples.cities, .line)).kind == .bar, "cities are no time")
  }

  @Test func `a line has an axis of round numbers and the first and last label`() throws {
    let answer = months([100_000, 120_000, 90_000, 150_000, 180_000, 200_000])
    let lines = try #require(Picture(answer)).lines(width: 60, theme: .plain, language: .chinese)
    #expect(lines.count == LineChart.height + 2)
    #expect(lines[0].hasPrefix("  20万 ┤"))
    #expect(lines[9].hasPrefix("     0 ┤"))
    #expect(lines[11].contains("2026-01") && lines[11].hasSuffix("2026-06"))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 60 })
    #expect(lines.prefix(10).joined().unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func `a line is broken where there is no value, and no width makes it fail`() throws {
    let answer = months([1, nil, 3, nil, nil, 2], [4, 4, 4, nil, 4, 4])
    let picture = try #require(Picture(answer))
    #expect(picture.series.map(\.title) == ["销售额", "去年同期"])
    for width in [20, 40, 80, 200] {
      #expect(!picture.lines(width: width, theme: .coloured, language: .english).isEmpty)
    }
  }

  @Test func `grouped bars name label and series, and tell the number`() throws {
    let answer = months([100, 50], [80, 100], wish: .bar)
    let lines = try #require(Picture(answer)).lines(width: 60, theme: .plain, language: .chinese)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("  2026-01  销售额") && lines[0].hasSuffix("¥100"))
    #expect(lines[1].hasPrefix("           去年同期") && lines[1].hasSuffix("¥80"))
    #expect(lines[0].filter { $0 == "█" }.count == lines[3].filter { $0 == "█" }.count, "100 is as long as 100")
  }

  @Test func `parts of a whole fill one bar`() throws {
    var answer = Samples.cities
    answer.rows = [[.text("甲"), .integer(60)], [.text("乙"), .integer(30)], [.text("丙"), .integer(10)]]
    answer.texts = [["甲", "60"], ["乙", "30"], ["丙", "10"]]
    let lines = try #require(Picture(answer, .stack)).lines(width: 62, theme: .plain, language: .chinese)
    #expect(lines[0] == "  " + String(repeating: "█", count: 36) + String(repeating: "▓", count: 18) + String(repeating: "▒", count: 6))
    #expect(lines[1].contains("甲") && lines[1].hasSuffix("60.0%"))
    answer.rows[2][1] = .integer(-10)
    #expect(try #require(Picture(answer, .stack)).lines(width: 62, theme: .plain, language: .chinese).isEmpty, "less than nothing is no part")
  }

  @Test func sparklines() throws {
    #expect(Sparkline.text([1, 2, 3, nil, 8]) == "▁▂▃ █")
    #expect(Sparkline.text([5, 5]) == "▄▄")
    #expect(Sparkline.text([nil]) == "")
    let lines = Sparkline.lines(try #require(Picture(months([1, 8, 4], wish: .spark))), width: 80, theme: .plain)
    #expect(lines == ["  销售额  ¥1 ▁█▄ ¥4"])
  }

  @Test(arguments: [
    (0.0...186_011.0, nil as String?, Language.chinese, ["0", "5万", "10万", "15万", "20万"]),
    (0.0...186_011.0, nil, .english, ["0", "50K", "100K", "150K", "200K"]),
    (0.051...0.137, "%", .english, ["0%", "5%", "10%", "15%"]),
    (-30.0...70.0, nil, .english, ["-50", "-25", "0", "25", "50", "75"]),
    (5.0...5.0, nil, .english, ["0", "2", "4", "6"]),
  ])
  func `axes have round numbers`(range: ClosedRange<Double>, unit: String?, language: Language, labels: [String]) {
    let scale = AxisScale(range, fromZero: false, ticks: 4, unit: unit, language: language)
    #expect(scale.ticks.map { scale.label($0) } == labels)
  }

  @Test func `of many series the greatest are drawn and the others counted`() throws {
    var answer = months([1])
    answer.columns.insert(AnswerColumn(name: "city", title: "城市", type: .text, role: .group), at: 1)
    answer.rows = []
    answer.texts = []
    for month in ["2026-02", "2026-01"] {
      for city in 0..<12 {
        answer.rows.append([.text(month), .text("c\(city)"), .integer(Int64(city))])
        answer.texts.append([month, "c\(city)", "\(city)"])
      }
    }
    let picture = try #require(Picture(answer, .line))
    #expect(picture.labels == ["2026-01", "2026-02"])
    #expect(picture.series.map(\.title) == (4..<12).reversed().map { "c\($0)" })
    #expect(picture.hidden == 4)
  }

  @Test func `an SVG is one element with its texts escaped`() throws {
    var answer = Samples.cities
    answer.headline = "a < b & \"c\""
    answer.texts[1][0] = "<script>alert(1)</script>"
    let text = SVGFormat().text(answer)
    #expect(text.hasPrefix("<svg xmlns=") && text.hasSuffix("</svg>\n"))
    #expect(!text.contains("<script") && text.contains("&lt;script&gt;"))
    #expect(text.contains("a &lt; b &amp; &quot;c&quot;"))
    #expect(SVGFormat().text(Samples.empty).contains("GMV · by city"))
    for wish in [Presentation.line, .bar, .stack, .spark] {
      #expect(SVGFormat().text(months([1, nil, 3], [2, 2, nil], wish: wish)).contains("</svg>"))
    }
  }
}
