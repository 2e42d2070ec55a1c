/// Shifts of the decimal point that come as near to the result as a number can.
extension Double {
  /// The hundredth part: 4.4 % is 0.044, where 4.4 / 100 is a little more.
  package var hundredth: Double { Double("\(self)e-2") ?? self / 100 }

  /// This many times a power of ten: 19.01 万 is 190,100, where 19.01 × 10,000 is a little more. Of other factors it is the
  /// plain product.
  package func scaled(by power: Double) -> Double {
    guard rounded() != self, let zeros = (1...15).first(where: { Double("1e\($0)") == power }) else { return self * power }
    return Double("\(self)e\(zeros)") ?? self * power
  }
}
