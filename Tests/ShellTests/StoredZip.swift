/// A zip archive whose parts are stored as they are: enough for a small workbook.
enum StoredZip {
  static func bytes(_ parts: [(name: String, text: String)]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for part in parts {
      let content = Array(part.text.utf8)
      let start = file.count
      let size = int(content.count, 4)
      let fields = int(0, 2) + int(0, 4) + int(Int(checksum(content)), 4) + size + size + int(part.name.utf8.count, 2)
      file += [0x50, 0x4B, 3, 4] + int(20, 2) + int(0, 2) + fields + int(0, 2) + Array(part.name.utf8) + content
      directory += [0x50, 0x4B, 1, 2] + int(20, 2) + int(20, 2) + int(0, 2) + fields + int(0, 2) + int(0, 2) + int(0, 2) + int(0, 2) + int(0, 4)
      directory += int(start, 4) + Array(part.name.utf8)
    }
    let end = int(parts.count, 2) + int(parts.count, 2) + int(directory.count, 4) + int(file.count, 4) + int(0, 2)
    return file + directory + [0x50, 0x4B, 5, 6] + int(0, 4) + end
  }

  private static func int(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
