import FoundationEssentials
import Testing

/// A sample written into a folder of its own, and the CSV files that are kept beside a dataset's dictionary.
enum SampleFolder {
  /// `datasets/<name>/data` beside the sources of this test.
  static func committed(_ dataset: String) -> URL {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.appending(path: "datasets/\(dataset)/data")
  }

  /// Has a sample written, hands its folder on, and removes it.
  static func with(_ write: (String) throws -> Void, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sample-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(folder.path)
    try body(folder)
  }

  /// The rows of a file behind its header, cell by cell.
  static func rows(_ file: String, in folder: URL) throws -> [[Substring]] {
    let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  /// The committed files of a dataset are what the generator writes, byte for byte, no more and no fewer.
  static func expectReproduced(_ dataset: String, _ write: (String) throws -> Void) throws {
    try with(write) { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      let kept = try FileManager.default.contentsOfDirectory(atPath: committed(dataset).path).sorted()
      #expect(names == kept)
      #expect(!names.isEmpty)
      for name in names {
        let written = try Data(contentsOf: folder.appending(path: name))
        let file = try? Data(contentsOf: committed(dataset).appending(path: name))
        #expect(written == file, "\(name) of \(dataset) is not what the generator writes")
      }
    }
  }
}
