import CivilTime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of the sample could not be written.
package struct SampleDataError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// The system's error number.
  package var code: Int32
  package var description: String { "\(path): errno \(code)" }
}

/// A CSV file written cell by cell through one buffer, so ten million rows need no more memory than ten.
///
/// The cells of the sample hold no commas, quotes or line ends, so nothing is ever quoted. Bytes go straight into a
/// buffer of our own: an array would be checked and counted at each of a billion digits.
final class CSVFile {
  private let path: String
  private let handle: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var rowIsOpen = false
  private static let capacity = 1 << 20
  /// No row is longer; a row begins only when so much room is left.
  private static let longestRow = 1 << 12

  /// Creates or empties the file and writes the header.
  ///
  /// - Throws: `SampleDataError`.
  init(_ name: String, in directory: String, header: [String]) throws(SampleDataError) {
    path = directory + "/" + name
    buffer = .allocate(capacity: CSVFile.capacity)
    handle = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if handle < 0 { throw SampleDataError(path: path, code: errno) }
    for title in header { cell(title) }
    try endRow()
  }

  deinit {
    if handle >= 0 { close(handle) }
    buffer.deallocate()
  }

  func cell(_ text: String) {
    separate()
    for byte in text.utf8 { append(byte) }
  }

  func cell(_ number: Int) {
    separate()
    append(number)
  }

  /// Nil leaves the cell empty, which a reader takes as null.
  func cell(_ number: Int?) {
    separate()
    if let number { append(number) }
  }

  /// An amount counted in hundredths, not negative: 1990 is written `19.90`.
  func cell(hundredths amount: Int) {
    separate()
    append(amount / 100)
    append(UInt8(ascii: "."))
    append(amount % 100, width: 2)
  }

  /// `2026-10-31`, or an empty cell.
  func cell(_ day: Day?) {
    separate()
    if let day { append(day) }
  }

  /// `2026-10-31 18:05:09`.
  func cell(_ day: Day, second: Int) {
    separate()
    append(day)
    append(UInt8(ascii: " "))
    append(second / 3600, width: 2)
    append(UInt8(ascii: ":"))
    append(second / 60 % 60, width: 2)
    append(UInt8(ascii: ":"))
    append(second % 60, width: 2)
  }

  /// - Throws: `SampleDataError` when a full buffer cannot be written.
  func endRow() throws(SampleDataError) {
    append(UInt8(ascii: "\n"))
    rowIsOpen = false
    if count > CSVFile.capacity - CSVFile.longestRow { try finish() }
  }

  /// Writes what is still held back; also the last call for a file.
  func finish() throws(SampleDataError) {
    var done = 0
    while done < count {
      let written = write(handle, buffer + done, count - done)
      if written < 0 { throw SampleDataError(path: path, code: errno) }
      done += written
    }
    count = 0
  }

  private func separate() {
    if rowIsOpen { append(UInt8(ascii: ",")) }
    rowIsOpen = true
  }

  private func append(_ byte: UInt8) {
    precondition(count < CSVFile.capacity, "a row longer than the buffer")
    buffer[count] = byte
    count += 1
  }

  private func append(_ day: Day) {
    let (year, month, dayOfMonth) = day.date
    append(year, width: 4)
    append(UInt8(ascii: "-"))
    append(month, width: 2)
    append(UInt8(ascii: "-"))
    append(dayOfMonth, width: 2)
  }

  /// The digits of a number that is not negative, padded with zeros to `width`; written in place, without a string.
  private func append(_ number: Int, width: Int = 1) {
    precondition(number >= 0, "the sample holds no negative numbers")
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while number / unit >= 10 { unit *= 10 }
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(number / unit % 10))
      unit /= 10
    }
  }
}

/// Makes a folder; one that exists already is fine.
func makeFolder(_ path: String) throws(SampleDataError) {
  if mkdir(path, 0o755) != 0 && errno != EEXIST { throw SampleDataError(path: path, code: errno) }
}
