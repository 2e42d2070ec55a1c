import SourceText
import Testing

@testable import Metrics

/// `rollups` of `dataset.yaml`.
@Suite struct RollupSettingsTests {
  private func read(_ line: String) -> (settings: RollupSettings?, codes: [String]) {
    let text = "name: shop\n\(line)\ntables:\n  orders:\n    columns: {id: integer}\n"
    let read = DictionaryReader.read([.init(name: "dataset.yaml", text: text)])
    return (read.dictionary?.rollups, read.diagnostics.filter { $0.severity == .error }.map(\.code))
  }

  @Test func theyAreOnUnlessTurnedOff() {
    #expect(read("").settings == RollupSettings())
    #expect(read("rollups: on").settings == RollupSettings())
    #expect(read("rollups: off").settings?.isOff == true)
  }

  @Test func roomAndLeastRowsCanBeSet() {
    let settings = read("rollups: {share: 5, from: 1000}").settings
    #expect(settings?.share == 5 && settings?.leastRows == 1000)
  }

  @Test(arguments: [
    ("rollups: some", "unknown-choice"), ("rollups: {share: 10001}", "bad-rollups"), ("rollups: {from: -1}", "bad-rollups"),
    ("rollups: {size: 3}", "unknown-key"),
  ]) func whatIsNoSettingIsSaid(_ line: String, _ code: String) { #expect(read(line).codes == [code], "\(read(line).codes)") }
}
