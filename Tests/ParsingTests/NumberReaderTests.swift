import Foundation
import Testing

@testable import Parsing

private func scalars(_ text: String) -> [Unicode.Scalar] { NormalisedText(text).scalars }

/// The longest number of a kind at the start, if it takes in the whole text.
private func whole(_ text: String, _ kind: NumberReader.Kind) -> Double? {
  let all = scalars(text)
  return NumberReader.numbers(in: all, at: 0).first { $0.kind == kind && $0.end == all.count }?.value
}

@Suite struct NumberReaderTests {
  @Test(arguments: [
    ("五", 5), ("两", 2), ("十", 10), ("十五", 15), ("三千五百", 3500), ("一百零五", 105), ("一百五", 150), ("一千零三", 1003),
    ("一千三", 1300), ("一万三", 13_000), ("二十五", 25), ("廿七", 27), ("四万五千二", 45_200), ("三亿", 3e8),
    ("1.2万", 12_000), ("19.01万", 190_100), ("3亿", 3e8), ("4.78万亿", 4.78e12), ("10万万", 1e9), ("四万万", 4e8), ("25万6千", 256_000),
    ("2千零30万", 20_300_000), ("四千零五万", 40_050_000), ("一万五千亿", 1.5e12), ("五兆六十二亿四万五千二", 5_006_200_045_200),
    ("三点五万", 35_000), ("十点二三三", 10.233), ("零点五", 0.5), ("二零一五", 2015), ("〇七", 7), ("壹仟贰佰", 1200),
    ("负三十二", -32), ("负1.5", -1.5), ("三分之一", 1.0 / 3), ("三又二分之一", 3.5), ("一半", 0.5), ("半", 0.5), ("一打", 12),
    ("两千 四 百 五", 2450), ("三百 五又三分之一", 350 + 1.0 / 3), ("两百 零 三", 203), ("一对", 2), ("五對", 10),
    ("千一", 1100), ("１２３", 123), ("7万 5千 4百", 75_400), ("一百零十万三千", 1_103_000),
  ] as [(String, Double)])
  func chinese(_ text: String, _ value: Double) throws {
    let found = try #require(whole(text, .number), "\(text)")
    #expect(abs(found - value) <= 1e-9 * abs(value))
  }

  @Test(arguments: [
    ("1,234", 1234), ("1,234,567.5", 1_234_567.5), ("3.5k", 3500), ("2M", 2e6), ("1.2bn", 1.2e9), (".5", 0.5), ("-1.2M", -1.2e6),
    ("3/4", 0.75), ("2 1/4", 2.25), ("five", 5), ("twenty-five", 25), ("twenty five", 25), ("two million", 2e6),
    ("half a million", 5e5), ("half", 0.5), ("a hundred", 100), ("two hundred and five", 205), ("three dozen", 36),
    ("two hundred and two thousand", 202_000), ("twenty-one trillion and three hundred", 21_000_000_000_300),
    ("4 thousand 3 hundred and 21", 4321), ("322 hundred", 32_200), ("three thousand millions", 3e9),
    ("two hundred point seventy-one", 200.71), ("zero point zero eight", 0.08), ("three fifths", 0.6), ("one over twenty", 0.05),
    ("negative one", -1), ("minus 5", -5), ("two thousand and eighteen", 2018), ("½", 0.5), ("30 lakh", 3e6),
    ("a trillionth", 1e-12), ("one and a fourth", 1.25), ("four and 3/8", 4.375), ("2 and a half million", 2.5e6),
    ("two and fifty-four hundredths", 2.54), ("1 point 1", 1.1), ("ONE TwentY tWO", 122), ("1\u{202F}234\u{202F}567.89", 1_234_567.89),
    ("three crore twelve lakh fifty-six thousand seven hundred twenty-one", 31_256_721),
  ] as [(String, Double)])
  func english(_ text: String, _ value: Double) throws {
    let found = try #require(whole(text, .number), "\(text)")
    #expect(abs(found - value) <= 1e-9 * abs(value))
  }

  @Test(arguments: [
    ("20%", 20), ("20 percent", 20), ("百分之二十", 20), ("百分之一点五", 1.5), ("三成", 30), ("七成六", 76), ("半成", 5),
    ("万分之三", 0.03), ("-3.9%", -3.9), ("百分之百", 100), ("5 per cent", 5),
  ])
  func percents(_ text: String, _ value: Double) throws {
    let found = try #require(whole(text, .percent), "\(text)")
    #expect(abs(found - value) <= 1e-12)
  }

  @Test(arguments: [
    ("第三", 3), ("第二百五十", 250), ("第2", 2), ("3rd", 3), ("21st", 21), ("third", 3), ("twenty-first", 21), ("thirtyfirst", 31),
    ("twenty fifth", 25), ("one hundred twenty-fifth", 125),
  ])
  func ordinals(_ text: String, _ rank: Double) { #expect(whole(text, .ordinal) == rank) }

  @Test(arguments: [
    ("2017", 2017), ("二零一七", 2017), ("nineteen ninety-six", 1996), ("nineteen zero one", 1901),
    ("two thousand and eighteen", 2018),
  ])
  func years(_ text: String, _ year: Int) {
    let all = scalars(text)
    #expect(NumberReader.years(in: all, at: 0).contains { $0.end == all.count && $0.value == year })
  }

  @Test func twoDigits() {
    #expect(NumberReader.twoDigits(in: scalars("17年"), at: 0)?.value == 17)
    #expect(NumberReader.twoDigits(in: scalars("九零年"), at: 0)?.value == 90)
    #expect(NumberReader.twoDigits(in: scalars("7年"), at: 0) == nil)
    let date = scalars("20170305")
    #expect(NumberReader.years(in: date, at: 0).map(\.value) == [2017])
    #expect(NumberReader.twoDigits(in: date, at: 4)?.value == 3)
    #expect(NumberReader.twoDigits(in: date, at: 6)?.value == 5)
    #expect(NumberReader.years(in: scalars("5000"), at: 0).isEmpty)
  }

  @Test func currencySigns() {
    #expect(whole("$20", .currency) == 20)
    #expect(whole("¥1.2万", .currency) == 12_000)
    #expect(whole("5 €", .currency) == 5)
  }

  /// A shorter reading stands behind the longest.
  @Test func shorterEnds() {
    let decimal = NumberReader.numbers(in: scalars("5.13"), at: 0).filter { $0.kind == .number }
    #expect(decimal.map(\.end) == [4, 1])
    let between = NumberReader.numbers(in: scalars("one hundred and two hundred"), at: 0).filter { $0.kind == .number }
    #expect(between.contains { $0.value == 100 })
  }

  /// 5到10万 are both counted in 万; 100到1万 are not.
  @Test(arguments: [("5到10万", 50_000), ("八百到九百亿", 8e10), ("3-5万元", 30_000), ("100到1万", 100), ("5到10", 5), ("5万到10万", 50_000)])
  func sharedScale(_ text: String, _ value: Double) {
    #expect(NumberReader.numbers(in: scalars(text), at: 0).first { $0.kind == .number }?.value == value)
  }

  /// What only looks like a part of the number before it.
  @Test(arguments: [
    ("三百 五个", 300), ("三百 五百", 300), ("五对比", 5), ("一百对", 100), ("4 thousand 3 hundred and 0", 4300), ("$20，300美元", 20), ("1 point five", 1),
  ])
  func cut(_ text: String, _ value: Double) {
    let all = scalars(text)
    let found = NumberReader.numbers(in: all, at: 0).filter { $0.kind != .ordinal }
    #expect(found.first?.value == value && found.allSatisfy { $0.end < all.count })
    #expect(NumberReader.numbers(in: scalars("--9"), at: 2).first?.value == 9)
    #expect(NumberReader.numbers(in: scalars("--9"), at: 1).isEmpty)
  }

  @Test(arguments: ["十几", "几百", "二十几", "的", "month", "-", ".", "第", "2015,2016次"])
  func none(_ text: String) {
    let all = scalars(text)
    #expect(!NumberReader.numbers(in: all, at: 0).contains { $0.kind == .number && $0.end == all.count })
    if text == "十几" { #expect(NumberReader.numbers(in: all, at: 0).isEmpty) }
  }

  @Test func notInsideOthers() {
    #expect(NumberReader.numbers(in: scalars("几百"), at: 1).isEmpty)
    #expect(NumberReader.numbers(in: scalars("123"), at: 1).isEmpty)
    #expect(NumberReader.numbers(in: scalars("someone"), at: 4).isEmpty)
    #expect(NumberReader.numbers(in: scalars("2016-2018"), at: 4).isEmpty)
    #expect(NumberReader.numbers(in: scalars("3月-5月"), at: 2).isEmpty)
  }

  /// Numbers, percentages and ranks of the published suite, where it is at hand: found in the right place with the right value.
  @Test(.enabled(if: RepositoryGrammar.hasSuite("numbers"), "the conformance suites do not stand beside this clone"))
  func conformance() throws {
    let file = RepositoryGrammar.root.deletingLastPathComponent().appendingPathComponent("shared/conformance/numbers.dev.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    var hits = 0, count = 0
    for line in text.split(separator: "\n") {
      let item = try JSONDecoder().decode(NumberCase.self, from: Data(line.utf8))
      guard let kind = item.readerKind, item.contested == nil, let value = item.value else { continue }
      count += 1
      let all = scalars(item.text)
      let found = all.indices.contains { start in
        NumberReader.numbers(in: all, at: start).contains {
          $0.kind == kind && abs($0.value - value) <= 1e-9 * abs(value) && item.covers(all, start, $0.end)
        }
      }
      if found { hits += 1 } else if ProcessInfo.processInfo.environment["WENSHU_MISSES"] != nil {
        print("NUMBER MISS \(item.kind) \(item.text.prefix(80)) | \(item.expression) | \(value)")
      }
    }
    print("NUMBERS firm \(hits)/\(count)")
    #expect(Double(hits) >= 0.9 * Double(count))
  }
}

private struct NumberCase: Decodable {
  var text: String, expression: String, kind: String, value: Double?, contested: [String]?

  var readerKind: NumberReader.Kind? {
    switch kind {
    case "number": .number
    case "percent": .percent
    case "ordinal": .ordinal
    default: nil
    }
  }

  /// Whether the run is the expression, but for spaces.
  func covers(_ all: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
    let plain = { (scalars: [Unicode.Scalar]) in scalars.filter { $0 != " " } }
    return plain(Array(all[start..<end])) == plain(NormalisedText(expression).scalars)
  }
}
