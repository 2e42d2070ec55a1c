import Glibc
import Testing

/// Pages in a real browser, where there is one: Chromium without a window.
@Suite(.serialized) struct BrowserTests {
  private static let browser = (["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"] as [String]).first { access($0, X_OK) == 0 }

  private static let page: String = {
    let cities = ["<script>document.title='taken'</script>", "<img src=x onerror=\"document.title='taken'\">", "</table></section><h1>x", "a & b 'c' 上海 😀"]
    let rows = cities.enumerated().map { "2026-10-0\($0 + 1),\"\($1.replacing("\"", with: "\"\""))\",\($0 + 1).00" }
    let shop = Shop.folder("browser", sales: "sold_on,city,amount\n" + rows.joined(separator: "\n") + "\n")
    let path = shop + "/page.html"
    Program.write(ProgramRun.wenshu("--private", "--dataset", shop, "--format", "html", "--chart", "bar", "revenue by city").output, to: path)
    return path
  }()

  private func run(_ arguments: [String]) -> ProgramRun {
    ProgramRun.run(
      Self.browser!,
      ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + Program.scratch("browser-profile"), "--window-size=390,844"] + arguments
        + ["file://" + Self.page])
  }

  @Test(.enabled(if: browser != nil, "no Chromium is installed"))
  func `markup in the data stays text`() {
    let tree = run(["--dump-dom"]).output
    #expect(tree.contains("<title>Revenue · by city"), "\(tree.prefix(500))")
    #expect(!tree.contains("<script") && !tree.contains("<img") && tree.components(of: "<section").count == 2)
    #expect(tree.contains("&lt;/table&gt;&lt;/section&gt;&lt;h1&gt;x") && tree.contains("a &amp; b 'c' 上海 😀"))
  }

  @Test(.enabled(if: browser != nil, "no Chromium is installed"))
  func `a page prints`() {
    let file = Program.scratch("browser-print") + "/page.pdf"
    _ = run(["--print-to-pdf=" + file, "--no-pdf-header-footer"])
    #expect(ProgramRun.run("/usr/bin/head", ["-c", "5", file]).output == "%PDF-")
  }
}
