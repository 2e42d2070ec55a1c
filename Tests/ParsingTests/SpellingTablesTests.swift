import SourceText
import Testing

@testable import Parsing

/// How characters are mistaken for one another, on a table small enough to be read beside the tests.
@Suite struct SpellingTablesTests {
  private static let tables: SpellingTables = {
    var tables = SpellingTables()
    tables.read(
      """
      sounds
        dong 东动
        shan 山陕衫
        sang 桑
        zhong 中重
        chong 重虫
      same start
        sh s
      same end
        ang an
      shapes
        销消 | 己已
      known
        陕西 county
      """, file: "test.spelling")
    return tables
  }()

  @Test(arguments: [("东", "动", true), ("中", "重", true), ("虫", "重", true), ("中", "虫", false), ("山", "桑", false), ("东", "x", false)])
  func soundsTheSame(_ test: (a: Unicode.Scalar, b: Unicode.Scalar, same: Bool)) {
    #expect(Self.tables.soundTheSame(test.a, test.b) == test.same)
  }

  @Test(arguments: [("山", "桑", true), ("销", "消", true), ("己", "已", true), ("销", "已", false), ("东", "桑", false)])
  func isAlike(_ test: (a: Unicode.Scalar, b: Unicode.Scalar, alike: Bool)) {
    #expect(Self.tables.areAlike(test.a, test.b) == test.alike)
  }

  @Test func knowsWords() {
    #expect(Self.tables.isKnown(Array("陕西".unicodeScalars)))
    #expect(Self.tables.isKnown(Array("county".unicodeScalars)))
    #expect(!Self.tables.isKnown(Array("山西".unicodeScalars)))
  }
}
