/// Where labels stand that must not touch: each as near to what it names as there is room, and in the same order.
enum LabelPlaces {
  /// - Parameters:
  ///   - wanted: where each would stand by itself, in any order.
  ///   - spacing: how far apart any two stand.
  ///   - length: how far from zero the last may stand; too many labels go beyond it rather than over each other.
  /// - Returns: a place for each, in the order of `wanted`.
  static func apart(_ wanted: [Double], by spacing: Double, within length: Double) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // Labels that push each other stand together around the middle of what they want.
    var clusters: [(sum: Double, count: Int)] = []
    for (place, index) in order.enumerated() {
      clusters.append((wanted[index] - Double(place) * spacing, 1))
      while clusters.count > 1, mean(clusters[clusters.count - 2]) >= mean(clusters[clusters.count - 1]) {
        let last = clusters.removeLast()
        clusters[clusters.count - 1] = (clusters[clusters.count - 1].sum + last.sum, clusters[clusters.count - 1].count + last.count)
      }
    }
    let most = max(0, length - Double(max(0, wanted.count - 1)) * spacing)
    var places = wanted
    var place = 0
    for cluster in clusters {
      let start = min(max(0, mean(cluster)), most)
      for _ in 0..<cluster.count {
        places[order[place]] = start + Double(place) * spacing
        place += 1
      }
    }
    return places
  }

  private static func mean(_ cluster: (sum: Double, count: Int)) -> Double { cluster.sum / Double(cluster.count) }
}
