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
/// The cells of the sample hold no commas, quotes or line ends, so nothing is ever quoted.
final class CSVFile {
  private let path: String
  private let handle: Int32
  private var buffer: [UInt8] = []
  private var rowIsOpen = false
  private static let capacity = 1 << 20

  /// Creates or empties the file and writes the header.
  ///
  /// - Throws: `SampleDataError`.
  init(_ name: String, in directory: String, header: [String]) throws(SampleDataError) {
    path = directory + "/" + name
    handle = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if handle < 0 { throw SampleDataError(path: path, code: errno) }
    buffer.reserveCapacity(CSVFile.capacity + 4096)
    for title in header { cell(title) }
    try endRow()
  }

  deinit { close(handle) }

  func cell(_ text: String) {
    separate()
    buffer.append(contentsOf: text.utf8)
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

  /// An amount counted in hundredths: 1990 is written `19.90`.
  func cell(hundredths amount: Int) {
    separate()
    if amount < 0 { buffer.append(UInt8(ascii: "-")) }
    let size = amount.magnitude
    append(Int(size / 100))
    buffer.append(UInt8(ascii: "."))
    append(Int(size % 100), width: 2)
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
    for (sign, part) in [(" ", second / 3600), (":", second / 60 % 60), (":", second % 60)] {
      buffer.append(contentsOf: sign.utf8)
      append(part, width: 2)
    }
  }

  /// - Throws: `SampleDataError` when a full buffer cannot be written.
  func endRow() throws(SampleDataError) {
    buffer.append(UInt8(ascii: "\n"))
    rowIsOpen = false
    if buffer.count >= CSVFile.capacity { try flush() }
  }

  /// Writes what is still held back; the last call for a file.
  func finish() throws(SampleDataError) { try flush() }

  private func separate() {
    if rowIsOpen { buffer.append(UInt8(ascii: ",")) }
    rowIsOpen = true
  }

  private func append(_ day: Day) {
    let (year, month, dayOfMonth) = day.date
    append(year, width: 4)
    buffer.append(UInt8(ascii: "-"))
    append(month, width: 2)
    buffer.append(UInt8(ascii: "-"))
    append(dayOfMonth, width: 2)
  }

  /// The digits of a number, padded with zeros to `width`; written in place, without a string.
  private func append(_ number: Int, width: Int = 1) {
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    let start = buffer.count
    var rest = number.magnitude
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0 || buffer.count - start < width
    buffer[start...].reverse()
  }

  private func flush() throws(SampleDataError) {
    var done = 0
    while done < buffer.count {
      let written = buffer[done...].withUnsafeBytes { write(handle, $0.baseAddress, $0.count) }
      if written < 0 { throw SampleDataError(path: path, code: errno) }
      done += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Makes a folder; one that exists already is fine.
func makeFolder(_ path: String) throws(SampleDataError) {
  if mkdir(path, 0o755) != 0 && errno != EEXIST { throw SampleDataError(path: path, code: errno) }
}
