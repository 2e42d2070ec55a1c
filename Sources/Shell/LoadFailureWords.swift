import Intake
import SourceText
import Warehouse

/// Why nothing was loaded, in Chinese; in English it is told as defects of files are.
enum LoadFailureWords {
  static func chinese(_ failure: LoadFailure) -> String {
    switch failure {
    case .file(let failure, let path):
      let (line, text) = words(failure)
      return "\(path == "-" ? "标准输入" : path)\(line.map { ":\($0)" } ?? "")：\(text)"
    case .tooMany(let count, let read, let path, let kinds):
      return kinds.map { kind in
        "\(path):\(kind.line)：读 \(read) 行，有 \(count) 行要搁置，其中 \(kind.count) 行像这一行：\(ChineseLoadWords.reason(kind.reason))"
      }.joined(separator: "\n") + "\n没有载入任何数据；请改 tables.yaml 或文件，或用 --most-rejects 放宽"
    case .missingColumns(let columns, let table, let path):
      return columns.map { column in
        "\(path):1：没有列 \(column.name)，表 \(table) 需要它" + (column.near.isEmpty ? "" : "；是不是 \(column.near.joined(separator: "、"))？")
      }.joined(separator: "\n")
    case .wrongTable(let table, let columns, let expected, let path):
      return "\(path):1：列是 \(columns.joined(separator: "、"))，没有一列属于表 \(table)（\(expected.joined(separator: "、"))）"
    case .diskFull(let path, let reason): return "\(path)：磁盘写满了（\(reason)）；没有载入任何数据"
    case .running(let path): return "\(path)：另一次载入或较长的查询正在进行；没有载入任何数据，请稍后再试"
    case .notWritable(let path, let reason): return "\(path)：不能写（\(reason)）；没有载入任何数据"
    case .notOurs(let path): return "\(path)：这个数据库不是 wenshu load 建的，只就地查询，从不写入；请载入到别的数据集"
    case .other(let diagnostics): return DiagnosticsError(diagnostics).description
    }
  }

  private static func words(_ failure: IntakeFailure) -> (line: Int?, text: String) {
    switch failure {
    case .cannotRead(let reason): (nil, "读不了：\(reason)")
    case .folder: (nil, "是文件夹，应为文件")
    case .empty: (nil, "没有数据，应有表头和各行")
    case .kind(let kind): (nil, words(kind))
    case .mixedEncodings(let line, let encoding):
      (line, "这里的字节不是 \(encoding.rawValue)，前面各行是；一个文件只能有一种编码，可用 --encoding 指定")
    case .noEncoding: (nil, "认不出是什么编码；应为 UTF-8、UTF-16、GBK、GB18030 或 windows-1252，请先转成 UTF-8，或用 --encoding 指定")
    case .noRoom(let folder): (nil, "\(folder) 里放不下；没有载入任何数据，可用 TMPDIR 另指文件夹")
    case .unknownEncoding(let encoding): (nil, "系统的 iconv 不认识 \(encoding.rawValue)，请先转成 UTF-8")
    case .openQuote(let line): (line, "引号一直没有合上；文件是不是被截断了？")
    case .cutOff(let line, let fields, let expected):
      (line, "最后一行没有换行，只有 \(fields) 个字段，应有 \(expected) 个：文件被截断了；如果没有，请补上换行")
    case .notJSON(let line, let reason): (line, "不是 JSON 对象：\(reason)")
    case .notText(let line): (line, "有字节 0，不是文本")
    case .tooManyColumns(let count): (1, "有 \(count) 列，SQLite 最多 2,000 列；请只留要用的，或把列转成行")
    case .noSheet(let name, let names): (nil, "没有工作表 \(name)；有 \(names.joined(separator: "、"))")
    case .workbook(.damaged(let part, let reason)): (nil, "\(part)：\(reason)；不是 Excel 写出的样子，文件是不是被截断了？")
    case .workbook(.bomb(let part, let packed, let unpacked)): (nil, "\(part)：\(packed) 字节解压出 \(unpacked) 字节以上，是压缩炸弹，没有读")
    case .workbook(.encrypted): (nil, "工作簿有密码，请先去掉")
    }
  }

  private static func words(_ kind: IntakeFailure.FileKind) -> String {
    let expected = "应为 CSV、TSV、JSON Lines 或 Excel 工作簿（.xlsx）"
    return switch kind {
    case .sqlite: "是 SQLite 数据库，不载入而就地查询：在 dataset.yaml 里写 warehouse: {file: …}，或用 wenshu draft"
    case .oldExcel: "是旧式 Excel 文件，或有密码；请另存为 .xlsx"
    case .parquet: "是 Parquet 文件；\(expected)"
    case .pdf: "是 PDF 文件；\(expected)"
    case .zip: "是压缩包，里面没有工作簿；请先解压，或 zcat 文件 | wenshu load - --table 表名"
    case .binary: "不是文本；\(expected)"
    }
  }
}
