import Foundation
import Snapshots
import Testing

@Suite struct SnapshotTests {
  private func copy<Value: Stored>(_ value: Value) -> Value {
    var writer = SnapshotWriter()
    writer.write(value)
    var reader = SnapshotReader(SnapshotBytes(writer.bytes))
    let result = reader.read(Value.self)
    #expect(reader.position == writer.bytes.count)
    return result
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 300, Int.max, Int.min]) func wholeNumbers(_ value: Int) {
    #expect(copy(value) == value)
  }

  @Test func numbersAndTexts() {
    for value in [0.0, -0.0, 0.1, -1e300, .infinity, .leastNonzeroMagnitude] {
      #expect(copy(value).bitPattern == value.bitPattern)
    }
    for text in ["", "a", "转化率", String(repeating: "é👍", count: 100)] { #expect(copy(text) == text) }
  }

  @Test func compounds() {
    #expect(copy([1, 2, 3] as [Int]?) == [1, 2, 3])
    #expect(copy(nil as [Int]?) == nil)
    #expect(copy(["b": [true], "a": [], "": [false, true]]) == ["b": [true], "a": [], "": [false, true]])
    #expect(copy([String]()) == [])
  }

  @Test func equalDictionariesAreEqualBytes() {
    var first = SnapshotWriter(), second = SnapshotWriter()
    first.write(Dictionary(uniqueKeysWithValues: (0..<100).map { ("key \($0)", $0) }))
    second.write(Dictionary(uniqueKeysWithValues: (0..<100).reversed().map { ("key \($0)", $0) }))
    #expect(first.bytes == second.bytes)
  }

  @Test func checksumTellsEveryChangedByte() {
    var bytes = (0..<99).map { UInt8($0) }
    let sum = SnapshotBytes(bytes).checksum()
    for index in bytes.indices {
      bytes[index] ^= 0x80
      #expect(SnapshotBytes(bytes).checksum() != sum, "byte \(index)")
      bytes[index] ^= 0x80
    }
    #expect(SnapshotBytes(Array(bytes.dropLast())).checksum() != sum)
  }

  @Test func aMappedFileIsReadWhereItLies() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("snapshot-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(SnapshotBytes(mapping: path) == nil)
    var writer = SnapshotWriter()
    writer.append(int32: -7)
    writer.append(uint64: .max - 1)
    writer.write("文字")
    try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    let bytes = try #require(SnapshotBytes(mapping: path))
    #expect(bytes.int32(0) == -7)
    #expect(bytes.uint64(4) == UInt64.max - 1)
    #expect(bytes[13..<19].text(0..<6) == "文字")
  }
}
