#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import SourceText

/// One of the two streams a program writes to, unbuffered: a line that was written has left the process.
package struct Output: Sendable {
  package static let standard = Output(descriptor: 1)
  package static let errors = Output(descriptor: 2)

  private let descriptor: Int32

  /// Writes all of a text. When nobody reads any more (`wenshu batch … | head -1`), the program ends quietly; on a full disk
  /// it says so.
  package func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = posixWrite(descriptor, rest.baseAddress, rest.count)
        if written > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        } else if errno != EINTR {
          let code = errno
          if code == EPIPE || descriptor == Self.errors.descriptor { _exit(ExitStatus.closedPipe) }
          Self.errors.line("wenshu: what was to be written is cut off: \(String(cString: strerror(code)))")
          _exit(ExitStatus.failed)
        }
      }
    }
  }

  package func line(_ text: String) { write(text + "\n") }

  package var isTerminal: Bool { isatty(descriptor) == 1 }
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// What the program's end says to a script.
package enum ExitStatus {
  package static let answered: Int32 = 0
  /// Bad usage, or a defect in a file.
  package static let badUsage: Int32 = 1
  package static let notUnderstood: Int32 = 2
  package static let refused: Int32 = 3
  package static let failed: Int32 = 4
  /// Data that breaks a rule of its tables.
  package static let brokenRules: Int32 = 5
  /// What a shell reports for a program that SIGPIPE ended.
  package static let closedPipe: Int32 = 141
}

/// What a command cannot go on after: printed as `wenshu: …`, exit 1 unless it says otherwise.
struct Stop: Error {
  var text: String
  var status: Int32 = ExitStatus.badUsage

  init(_ text: String, status: Int32 = ExitStatus.badUsage) {
    self.text = text
    self.status = status
  }
}
