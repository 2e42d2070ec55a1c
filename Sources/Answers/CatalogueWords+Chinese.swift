import CivilTime
import Metrics

struct ChineseCatalogueWords: CatalogueWords {
  func headline(_ page: CataloguePage) -> String {
    switch page {
    case .metrics(let count): "指标 · 共 \(count) 个"
    case .profile(let title): title
    case .tree(nil): "指标树：层级、上下级和驱动"
    case .tree(let title?): "\(title)由什么算出"
    case .users(let title): "哪些指标依赖\(title)"
    case .history(nil, let count): "口径变更，由近及远 · 共 \(count) 次"
    case .history(let title?, let count): "\(title)的各版口径 · 共 \(count) 版"
    case .differences(let old, let new, 0): "\(old) 与 \(new) 没有差别"
    case .differences(let old, let new, let count): "\(old) → \(new) · \(count) 处不同"
    case .export(let count): "指标字典 · 共 \(count) 个版本"
    case .findings(0): "没有发现问题"
    case .findings(let count): "发现 \(count) 处"
    case .impact(let asked, let moved, let restated):
      (moved == 0 ? "\(asked) 个答案的数字都不变" : "\(asked) 个答案中有 \(moved) 个会变") + (restated == 0 ? "" : "，另有 \(restated) 个只是版本或状态不同")
    }
  }

  func title(_ column: CatalogueColumn) -> String {
    switch column {
    case .title: "指标"
    case .name: "代号"
    case .level: "层级"
    case .category: "类别"
    case .unit: "单位"
    case .direction: "方向"
    case .version: "版本"
    case .status: "状态"
    case .owner: "负责人"
    case .department: "部门"
    case .relation: "关系"
    case .depth: "深度"
    case .formula: "公式"
    case .meaning: "定义"
    case .change: "变更说明"
    case .field: "项目"
    case .old: "原来"
    case .new: "现在"
    case .kind: "类型"
    case .parent: "上级指标"
    case .drivers: "驱动指标"
    case .sensitivity: "敏感级别"
    case .required: "必选维度"
    case .dimensions: "可用维度"
    case .successor: "替代指标"
    case .tables: "数据表"
    case .columns: "字段"
    case .question: "问题"
    case .canonical: "记法"
    case .before: "现行"
    case .after: "草稿"
    case .difference: "相差"
    case .percent: "相差比例"
    case .finding: "类型"
    case .message: "问题"
    case .place: "位置"
    case .branches: "指标树"
    case .validFrom: "生效日"
    case .validTo: "有效至"
    }
  }

  func relation(_ relation: MetricRelation) -> String {
    switch relation {
    case .top: ""
    case .child: "下级"
    case .driver: "驱动"
    case .part: "公式引用"
    case .column: "字段"
    case .user: "由它算出"
    case .driven: "受它驱动"
    }
  }

  func level(_ level: Metric.Level) -> String {
    switch level {
    case .strategic: "战略"
    case .tactical: "战术"
    case .operational: "执行"
    }
  }

  func sensitivity(_ sensitivity: Metric.Sensitivity) -> String {
    switch sensitivity {
    case .public: "公开"
    case .internal: "内部"
    case .private: "保密"
    }
  }

  func kind(_ kind: DictionaryDifference.Kind) -> String {
    switch kind {
    case .added: "新增"
    case .removed: "删除"
    case .changed: "修改"
    }
  }

  func field(_ field: DictionaryDifference.Field?) -> String {
    switch field {
    case nil: ""
    case .formula: "公式"
    case .unit: "单位"
    case .means: "定义"
    case .direction: "方向"
    case .status: "状态"
    case .certified: "认证的公式"
    case .successor: "替代指标"
    case .owner: "负责人"
    case .department: "部门"
    case .level: "层级"
    case .parent: "上级指标"
    case .drivers: "驱动指标"
    case .equals: "驱动合成"
    case .sensitivity: "敏感级别"
    case .required: "必选维度"
    case .dimensions: "可用维度"
    case .time: "时间字段"
    case .nulls: "空值"
    case .decimals: "小数位"
    case .version: "版本"
    case .validFrom: "生效日"
    case .change: "变更说明"
    case .title: "名称"
    case .synonyms: "别名"
    }
  }

  func text(_ finding: CatalogueFinding, names: Names) -> String {
    switch finding {
    case .unowned: "没有人负责。请写明 owner 或 department。"
    case .undescribed: "没有文字定义。请写明 means。"
    case .neverAsked: "没有任何例句或保存的问题问到它。"
    case .sameFormula(let others): "和\(list(others, names))的公式相同。请只留一个，或说明区别。"
    case .unbalanced(let drivers, let whole, let sum, let gap, let period):
      "\(drivers) 合成 \(sum)，而指标是 \(whole)，差 \(gap)（\(period)）。"
    case .notCompared(let reason): "无法用驱动指标核对：\(reason)"
    case .onUncertified(let others): "已认证，但所依据的\(list(others, names))没有认证。"
    case .certificationLost: "公式在认证之后改过。"
    case .usedThoughDeprecated(let others): "已停用，但\(list(others, names))仍由它算出。"
    case .privateWithoutPolicy: "标为保密，但没有权限文件，谁都能问。"
    }
  }

  private func list(_ items: [String], _ names: Names) -> String { items.map { names.metric($0) }.joined(separator: "、") }

  let repeated = "见上"

  func inForce(_ place: VersionPlace) -> String {
    switch place {
    case .past: "已失效"
    case .current: "现行"
    case .future: "尚未生效"
    }
  }

  func outcome(_ outcome: ImpactOutcome) -> String {
    switch outcome {
    case .moved: "数字变了"
    case .rows(let before, let after): "行数 \(before) → \(after)"
    case .lost(let reason): "答不出了：\(reason)"
    case .gained: "现在能答了"
    case .restated: "数字不变，版本或状态变了"
    }
  }

  func points(_ text: String) -> String { text + " 个百分点" }

  let childrenLabel = "下级指标"
  let levelLabel = "层级"
  let categoryLabel = "类别"
  let sensitivityLabel = "敏感级别"
  let requiredLabel = "必选维度"
  let certifiedLabel = "认证"
  let equalsLabel = "驱动合成"
  let synonymsLabel = "别名"
  let examplesLabel = "例句"

  func certified(_ certification: Certification) -> String {
    ([certification.by, certification.day?.description ?? ""].filter { !$0.isEmpty } + [certification.formula]).joined(separator: " · ")
  }
}
