/// Where the fields of a row lie among its bytes; filled and emptied over and over.
package struct RowFields: ~Copyable {
  package private(set) var count = 0
  private var places: UnsafeMutablePointer<FieldPlace>
  private var capacity: Int

  package init() {
    capacity = 64
    places = .allocate(capacity: 64)
  }

  deinit { places.deallocate() }

  package mutating func removeAll() { count = 0 }

  package mutating func append(_ place: FieldPlace) {
    if count == capacity { grow() }
    places[count] = place
    count += 1
  }

  package subscript(_ index: Int) -> FieldPlace {
    get { places[index] }
    set { places[index] = newValue }
  }

  /// The row as it is to be read, valid until something is appended here or to the bytes.
  package func view(_ bytes: borrowing GrowingBytes) -> RowView {
    RowView(bytes: bytes.start, places: UnsafePointer(places), count: count)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<FieldPlace>.allocate(capacity: capacity * 2)
    larger.update(from: places, count: count)
    places.deallocate()
    (places, capacity) = (larger, capacity * 2)
  }
}

/// Where one field lies.
package struct FieldPlace {
  package var start: Int
  package var end: Int
  /// Whether it stood in quotes, or is a text for another reason.
  package var isQuoted: Bool

  package init(start: Int, end: Int, isQuoted: Bool) { (self.start, self.end, self.isQuoted) = (start, end, isQuoted) }
}

/// The fields of one row, each as its bytes: taken once a row, so that reading a field costs nothing.
package struct RowView {
  let bytes: UnsafePointer<UInt8>
  let places: UnsafePointer<FieldPlace>
  package let count: Int

  init(bytes: UnsafePointer<UInt8>, places: UnsafePointer<FieldPlace>, count: Int) {
    (self.bytes, self.places, self.count) = (bytes, places, count)
  }

  package subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let place = places[index]
    return UnsafeBufferPointer(start: bytes + place.start, count: place.end - place.start)
  }
}
