import CivilTime
import Metrics
import Planning
import SourceText
import Terminal
import Warehouse

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What was measured before, one line of JSON each, oldest first: beside a warehouse that was loaded, else in the cache folder.
struct QualityHistory {
  /// The scores of all tables, of one state of the data on one day.
  struct Measurement: Hashable {
    var at: String
    var today: Day
    var data: String
    var scores: [String: QualityScore]

    /// Whether both are of the same data by the same rules on the same day.
    func isSame(as other: Measurement) -> Bool { data == other.data && today == other.today && scores == other.scores }
  }

  let path: String

  init(folder: String, _ dictionary: MetricDictionary, cacheFolder: String) {
    let warehouse = LoadedWarehouse.path(dictionary, folder: folder)
    path = LoadedWarehouse.isLoaded(warehouse) && access(warehouse, W_OK) == 0
      ? warehouse + ".quality.jsonl" : cacheFolder + "/quality-" + WarehouseBuilder.folderHash(folder) + ".jsonl"
  }

  /// Everything kept; a line that was cut off is left out.
  func measurements() -> [Measurement] {
    guard let text = try? SourceFile.read(path) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      guard case .object(let members)? = try? JSONReader.value(String(line)) else { return nil }
      func text(_ key: String) -> String? {
        if case .string(let text)? = members.first(where: { $0.key == key })?.value { text } else { nil }
      }
      guard let at = text("at"), let today = text("today").flatMap({ Day(iso: $0) }), let data = text("data"),
        case .object(let tables)? = members.first(where: { $0.key == "tables" })?.value
      else { return nil }
      var scores: [String: QualityScore] = [:]
      for table in tables {
        guard case .array(let numbers) = table.value, numbers.count == 2, case .number(let held) = numbers[0], case .number(let checked) = numbers[1]
        else { continue }
        scores[table.key] = QualityScore(held: Int(held) ?? 0, checked: Int(checked) ?? 0)
      }
      return Measurement(at: at, today: today, data: data, scores: scores)
    }
  }

  /// Keeps a measurement, unless it is the last one again. Nothing happens where the file cannot be written.
  func append(_ measurement: Measurement, after earlier: [Measurement]) {
    if let last = earlier.last, last.isSame(as: measurement) { return }
    let tables = measurement.scores.sorted { $0.key < $1.key }.map { name, score in
      JSONMember(name, .array([JSONValue(score.held), JSONValue(score.checked)]))
    }
    let line = JSONValue.object([
      JSONMember("at", .string(measurement.at)), JSONMember("today", .string(measurement.today.description)),
      JSONMember("data", .string(measurement.data)), JSONMember("tables", .object(tables)),
    ]).compact + "\n"
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    defer { close(file) }
    let bytes = Array(line.utf8)
    _ = write(file, bytes, bytes.count)
  }
}
