struct NumberReader { enum Kind { case number, percent, ordinal, year4, digits2 }
  struct Found { var end: Int; var value: Double; var kind: Kind }
  static func numbers(in s: [Unicode.Scalar], at: Int) -> [Found] {
    var e = at; while e < s.count, s[e].value >= 0x30, s[e].value <= 0x39 { e += 1 }
    guard e > at, at == 0 || !(s[at-1].value >= 0x30 && s[at-1].value <= 0x39) else { return [] }
    var v = Double(String(String.UnicodeScalarView(s[at..<e])))!
    if e < s.count, s[e] == "万" { v *= 10000; e += 1 }
    if e < s.count, s[e] == "%" { return [Found(end: e+1, value: v/100, kind: .percent)] }
    var r = [Found(end: e, value: v, kind: .number)]
    if e - at == 4 { r.append(Found(end: e, value: v, kind: .year4)) }
    if e - at <= 2 { r.append(Found(end: e, value: v, kind: .digits2)) }
    return r } }
