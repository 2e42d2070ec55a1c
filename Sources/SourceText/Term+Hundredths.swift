extension Double {
  /// The hundredth part, as near as a number can come to it: 4.4 % is 0.044, where 4.4 / 100 is a little more.
  package var hundredth: Double { Double("\(self)e-2") ?? self / 100 }
}
