import Foundation
import Testing

/// `wenshu draft` and `--data`, with the real program.
@Suite struct DraftTests {
  private static let sales = "订单号,日期,大区,金额\n" + (0..<120).map { "D\($0),2026-\($0 % 2 == 0 ? "09" : "10")-\(10 + $0 % 18),\($0 % 3 == 0 ? "华东" : "华北"),\($0).50\n" }.joined()

  private func folder(_ text: String = DraftTests.sales, file: String = "sales.csv") -> String {
    let folder = Program.scratch("draft-\(UUID().uuidString)")
    Program.write(text, to: folder + "/" + file)
    return folder
  }

  @Test func `a file is asked at once, and again`() {
    let folder = folder()
    for _ in 0..<2 {
      let run = ProgramRun.wenshu(["--data", "sales.csv", "--format", "csv", "各大区上月金额"], folder: folder)
      #expect(run.status == 0 && run.output.contains("华北,2400.00") && run.output.contains("华东,1200.00"), "\(run.output)\(run.errors)")
      #expect(run.errors.contains("drafted from sales.csv") && run.errors.contains("草稿"))
    }
  }

  @Test func `a batch and the prompt take it too`() {
    let folder = folder()
    let batch = ProgramRun.wenshu(["batch", "-", "--format", "jsonl", "--data", "sales.csv"], input: Array("上月订单数\n".utf8), folder: folder)
    #expect(batch.output.contains("\"status\":\"answered\"") && batch.output.contains("60"), "\(batch.output)\(batch.errors)")
    let prompt = ProgramRun.wenshu(["--data", "sales.csv"], input: Array("上月订单数\n".utf8), folder: folder)
    #expect(prompt.output.contains("60"), "\(prompt.output)\(prompt.errors)")
  }

  @Test func `a draft never writes over what is there`() {
    let folder = folder()
    #expect(ProgramRun.wenshu(["draft", "sales.csv", "--out", "mine"], folder: folder).status == 0)
    #expect(ProgramRun.wenshu(["check", "--dataset", "mine"], folder: folder).status == 0)
    let again = ProgramRun.wenshu(["draft", "sales.csv", "--out", "mine"], folder: folder)
    #expect(again.status == 1 && again.errors.contains("nothing was written"), "\(again.errors)")
    #expect(ProgramRun.wenshu(["draft", "sales.csv", "--out", "mine", "--force"], folder: folder).status == 0)
  }

  @Test func `what people write is loaded`() {
    let text = "订单号;日期;大区;金额\n" + (0..<80).map { "D\($0);\($0 % 28 + 1)/10/2026;\($0 % 3 == 0 ? "华东" : "华北");¥1,0\(10 + $0).50\n" }.joined()
    let run = ProgramRun.wenshu(["--data", "export.txt", "--format", "csv", "10月金额"], folder: folder(text, file: "export.txt"))
    let sum = (0..<80).reduce(0.0) { $0 + 1010.5 + Double($1) }
    #expect(run.status == 0 && run.output.contains(String(format: "%.2f", sum)), "\(run.output)\(run.errors)")
  }

  @Test func `nothing there is said`() {
    let run = ProgramRun.wenshu(["--data", "nowhere.csv", "sales"])
    #expect(run.status == 1 && run.errors.contains("no file or folder nowhere.csv"), "\(run.errors)")
  }
}
