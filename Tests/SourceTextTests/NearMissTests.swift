import SourceText
import Testing

@Suite struct NearMissTests {
  @Test(arguments: [
    ("conversoin", ["conversion_rate", "conversion"], ["conversion"]),
    ("titel", ["name", "title", "file"], ["title"]),
    ("GMV", ["gmv"], ["gmv"]),
    ("华动", ["华东", "华北", "西南"], ["华东", "华北"]),
    ("xyz", ["region"], []),
  ])
  func findsTheNearest(word: String, names: [String], nearest: [String]) {
    #expect(NearMiss.nearest(to: word, among: names) == nearest)
  }
}
