import CWorkbook

/// Reads the XML of a part of a workbook, event by event.
///
/// A document type is refused: workbooks have none, and entities declared in one could grow beyond all measure.
final class XMLReading {
  private let stream: ZipStream
  private let parser: XML_Parser
  private let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  private let handler: any XMLHandling
  fileprivate var hasDocumentType = false

  init(_ stream: ZipStream, _ handler: any XMLHandling) throws(IntakeFailure) {
    (self.stream, self.handler) = (stream, handler)
    guard let parser = XML_ParserCreate(nil) else { throw .workbook(.damaged(part: stream.name, reason: "no memory to read it")) }
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let name, let attributes else { return }
        XMLReading.of(data).handler.start(XMLName(name), XMLAttributes(attributes))
      },
      { data, name in
        if let name { XMLReading.of(data).handler.end(XMLName(name)) }
      })
    XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let text else { return }
      text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        XMLReading.of(data).handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      let reading = XMLReading.of(data)
      reading.hasDocumentType = true
      XML_StopParser(reading.parser, 0)
    }
  }

  deinit {
    XML_ParserFree(parser)
    block.deallocate()
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReading { Unmanaged.fromOpaque(data!).takeUnretainedValue() }

  /// Reads the next piece; false at the end.
  /// - Throws: `IntakeFailure.workbook`
  func more() throws(IntakeFailure) -> Bool {
    let count = try stream.fill(block)
    let status = block.withMemoryRebound(to: CChar.self) { XML_Parse(parser, $0.baseAddress, Int32(count), count == 0 ? 1 : 0) }
    if status == XML_STATUS_ERROR {
      let reason = hasDocumentType ? "a document type" : String(cString: XML_ErrorString(XML_GetErrorCode(parser)))
      throw .workbook(.damaged(part: stream.name, reason: "\(reason), line \(XML_GetCurrentLineNumber(parser))"))
    }
    return count > 0
  }

  /// Reads it to its end.
  func all() throws(IntakeFailure) { while try more() {} }
}

/// What is done with the events of a document.
protocol XMLHandling: AnyObject {
  func start(_ name: XMLName, _ attributes: XMLAttributes)
  func end(_ name: XMLName)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// An element's name without its prefix; only valid during the event.
struct XMLName {
  private let text: UnsafePointer<CChar>

  init(_ text: UnsafePointer<CChar>) {
    var place = text
    var local = text
    while place.pointee != 0 {
      if place.pointee == CChar(UInt8(ascii: ":")) { local = place + 1 }
      place += 1
    }
    self.text = local
  }

  static func == (name: XMLName, other: StaticString) -> Bool {
    let count = other.utf8CodeUnitCount
    for index in 0..<count where UInt8(bitPattern: name.text[index]) != other.utf8Start[index] { return false }
    return name.text[count] == 0
  }
}

/// The attributes of an element; only valid during the event.
struct XMLAttributes {
  private let list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>

  init(_ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>) { self.list = list }

  /// The value, by the name without prefix.
  func value(_ name: StaticString) -> UnsafePointer<CChar>? {
    var index = 0
    while let key = list[index] {
      if XMLName(key) == name { return list[index + 1] }
      index += 2
    }
    return nil
  }

  func text(_ name: StaticString) -> String? { value(name).map { String(cString: $0) } }
  func int(_ name: StaticString) -> Int? { text(name).flatMap { Int($0) } }
}
