extension MeasureUnit {
  /// The unit a dictionary's `unit:` names by keyword: `CNY`, `%`, `days`; nil for counted nouns.
  package init?(keyword: String) {
    switch keyword {
    case "%", "percent": self = .percent
    case "天", "日", "day", "days": self = .days
    case "小时", "hour", "hours": self = .hours
    case "分钟", "minute", "minutes": self = .minutes
    case "": self = .plain
    default:
      guard MeasureUnit.currencies.contains(keyword) else { return nil }
      self = .money(keyword)
    }
  }

  /// ISO 4217 codes of currencies in use.
  package static let currencies: Set<String> = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP \
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR \
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
    """.split(separator: " ").map(String.init))
}
