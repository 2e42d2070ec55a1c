import FoundationEssentials
import Intake

/// A file in a folder of its own, gone with the test.
final class Temporary {
  let folder: String

  init() {
    folder = NSTemporaryFolder.path + "/wenshu-intake-\(UInt64.random(in: 0 ... .max))"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let path = folder + "/" + name
    FileManager.default.createFile(atPath: path, contents: Data(bytes))
    return path
  }

  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }
}

private enum NSTemporaryFolder {
  static let path = FileManager.default.temporaryDirectory.path
}

/// The only table of a file, and all its rows.
func read(_ path: String, _ options: IntakeOptions = IntakeOptions()) throws -> (table: InputTable, rows: [[String]]) {
  let table = try InputFile(path: path, options: options).tables()[0]
  let rows = try table.rows()
  var all: [[String]] = []
  while try rows.next() { all.append(rows.fields) }
  return (table, all)
}
