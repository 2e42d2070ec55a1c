import Intake
import Metrics
import SourceText

/// Which field of a file goes to which column: by the name in the file, by name, by title; spaces, case and width do not count.
struct ColumnMapping {
  /// For each column of the table the field, nil if the file lacks it.
  private(set) var places: [Int?] = []
  /// Fields that no column takes.
  private(set) var ignored: [String] = []
  /// Where the number of a row that was set aside stands, in a file that `wenshu rejects` wrote.
  private(set) var rejectPlace: Int?

  static let rejectColumns = ["_reject", "_file", "_line", "_reason"]

  init(_ table: Table, _ names: [String]) {
    let plain = names.map(ColumnMapping.plain)
    var taken: Set<Int> = []
    for column in table.columns {
      let wanted = [column.physicalName, column.name] + Language.allCases.compactMap { column.title.texts[$0] }
      let place = wanted.lazy.compactMap { name in plain.indices.first { plain[$0] == ColumnMapping.plain(name) && !taken.contains($0) } }.first
      if let place { taken.insert(place) }
      places.append(place)
    }
    rejectPlace = names.firstIndex(of: "_reject")
    ignored = names.indices.filter { !taken.contains($0) && !ColumnMapping.rejectColumns.contains(names[$0]) }.map { names[$0] }
  }

  /// Columns found, of those there are.
  var found: Int { places.lazy.filter { $0 != nil }.count }

  /// `Order Number`, `order_number` and `ＯＲＤＥＲ ＮＵＭＢＥＲ` are one name.
  static func plain(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.compactMap { scalar in
          if scalar.properties.isWhitespace || scalar == "_" || scalar == "-" || scalar == "." { return nil }
          return (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
        })
    ).lowercased()
  }
}
