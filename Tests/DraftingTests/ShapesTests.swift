import Foundation
import Metrics
import Testing

@testable import Drafting

/// Tables of the usual shapes, and what must and must not come of them.
@Suite struct ShapesTests {
  @Test func `one wide table with Chinese headers`() throws {
    let found = try DraftCase([
      "销售明细.csv": Made.csv("订单号,下单日期,发货日期,大区,省份,城市,客户名称,手机号,商品分类,商品名称,数量,单价,金额(元),成本,是否退货,备注", 400) { row in
        let place = [("华东", "浙江省", "杭州"), ("华东", "江苏省", "南京"), ("华北", "河北省", "石家庄"), ("华东", "浙江省", "宁波")][row % 4]
        let (count, price) = (row % 5 + 1, [19.9, 35, 49.5][row % 3])
        return [
          "D\(1000 + row / 2)", Made.day(row / 2), Made.day(row / 2 + 2), place.0, place.1, place.2, "客户\(row % 37)", "1380000\(1000 + row % 37)",
          ["女装", "男装"][row % 2], "商品\(row % 6)", count, price, Double(count) * price, Double(count) * 10, ["是", "否", "否"][row % 3], "留言\(row)",
        ]
      }
    ])
    #expect(found.formula("orders") == "count(distinct 销售明细.订单号)")
    #expect(found.formula("order_total") == "sum(销售明细.金额_元)")
    #expect(found.title("order_total", .chinese) == "金额" && found.dictionary.metric("order_total")?.synonyms[.chinese].contains("销售额") == true)
    #expect(found.dictionary.metric("order_total")?.unit == .money("CNY"))
    #expect(found.formula("profit") == "order_total - cost" && found.formula("margin") == "profit / order_total")
    #expect(found.formula("return_rate") == "returned_orders / orders")
    #expect(found.formula("sales_per_customer") == "order_total / customers")
    #expect(found.formula("order_to_ship") == "avg(days_between(销售明细.下单日期, 销售明细.发货日期))")
    #expect(found.dictionary.schema["销售明细"]?.time?.column == "下单日期")
    #expect(found.hierarchy("geography") == ["region", "province", "city"])
    #expect(found.hierarchy("goods")?.first == "category")
    #expect(found.dimension("province")?.values.contains { $0.stored == "浙江省" && $0.synonyms.all.contains("Zhejiang") } == true)
    // Nobody asks for phone numbers and remarks, and nothing adds up prices.
    #expect(!found.dictionary.dimensions.contains { $0.columns.contains { ["手机号", "备注"].contains($0.column) } })
    #expect(!found.dictionary.metrics.contains { FormulaNotation.text($0.formula).contains("sum(销售明细.单价)") })
    #expect(found.texts["metrics.yaml"]!.contains("it is 数量 times 单价 in 100 % of rows"))
    #expect(found.dictionary.metrics.allSatisfy { $0.status == .draft })
  }

  @Test func `a star with abbreviated English headers`() throws {
    let found = try DraftCase([
      "fact_sls.csv": Made.csv("ord_no,ord_dt,cust_id,prd_id,qty", 300) { ["A\($0 / 2)", Made.day($0), $0 % 40 + 1, Made.pick([1, 2, 3, 4, 5, 6], $0), $0 % 4 + 1] },
      "dim_cust.csv": Made.csv("cust_id,cust_nm,rgn,zip", 40) { [$0 + 1, "Cust \($0)", ["south", "east"][$0 % 2], 90_000 + $0] },
      "dim_prd.csv": Made.csv("prd_id,prd_nm,cat,unit_prc,unit_cost", 6) { [$0 + 1, "Prod \($0)", ["food", "drink"][$0 % 2], Double($0) + 1.5, Double($0) + 0.5] },
    ])
    #expect(found.joins("fact_sls").sorted() == ["dim_cust: cust_id = cust_id", "dim_prd: prd_id = prd_id"])
    #expect(found.formula("sales") == "sum(fact_sls.qty * dim_prd.unit_prc)")
    #expect(found.formula("profit") == "sales - cost")
    #expect(found.formula("average_order_value") == "sales / orders")
    #expect(found.source("region") == "dim_cust.rgn" && found.source("category") == "dim_prd.cat" && found.source("customer") == "dim_cust.cust_nm")
    // Numbers that only tell apart are never added up or averaged.
    for name in ["zip", "postal_code", "cust_id", "ord_no"] { #expect(!found.dictionary.metrics.contains { FormulaNotation.text($0.formula).contains("avg(dim_cust.\(name)") || FormulaNotation.text($0.formula).contains("sum(fact_sls.\(name)") }) }
    #expect(found.texts["tables.yaml"]!.contains("40 of 40 values are in dim_cust.cust_id"))
  }

  @Test func `headers in codes are kept and marked`() throws {
    let found = try DraftCase(["x.csv": Made.csv("f1,f2,f3,f4,f5", 200) { [$0 + 1, Made.day($0), ["A", "B", "C"][$0 % 3], Double($0 * 37 % 101) + 0.25, $0 % 2] }])
    #expect(found.dictionary.schema["x"]?.time?.column == "f2" && found.dictionary.schema["x"]?.key == ["f1"])
    #expect(found.formula("f4") == "sum(x.f4)" && found.formula("f5_rate") != nil)
    #expect(found.dimension("f3")?.valuesNeedName == true)
    #expect(found.texts["metrics.yaml"]!.contains("confirm: the header does not say whether to add or to average it"))
    #expect(!found.metricNames.contains("f1"))
  }

  @Test func `orders, lines and payments share a number`() throws {
    let found = try DraftCase([
      "orders.csv": Made.csv("order_id,customer_id,order_date,delivered_at,status", 120) { ["o\($0)", "c\($0 % 30)", Made.day($0), $0 % 10 == 0 ? "" : Made.day($0 + 3), ["done", "open"][$0 % 2]] },
      "order_items.csv": Made.csv("order_id,product_id,quantity,unit_price", 360) { ["o\($0 / 3)", "p\($0 % 20)", $0 % 3 + 1, Double($0 % 9) + 1] },
      "payments.csv": Made.csv("order_id,payment_type,payment_value", 120) { ["o\($0)", ["card", "cash"][$0 % 2], Double($0) + 0.5] },
    ])
    #expect(found.joins("order_items") == ["orders: order_id = order_id"] && found.joins("payments") == ["orders: order_id = order_id"])
    #expect(found.formula("orders") == "count(orders)" && found.formula("sales") == "sum(order_items.quantity * order_items.unit_price)")
    #expect(found.dictionary.schema["order_items"]?.time?.description == "order_items.orders.order_date")
    #expect(found.source("status") == "orders.status" && found.source("order_number") == "orders.order_id")
  }

  @Test func `a list of returns gives a rate, not a sum`() throws {
    let found = try DraftCase([
      "orders.csv": Made.csv("订单 ID,订单日期,产品名称,销售额", 300) { ["N\($0 / 2)", Made.day($0 / 2), "货\($0 % 9)", Double($0) + 0.5] },
      "returns.csv": Made.csv("订单 ID,退回", 20) { ["N\($0 * 3)", "是"] },
    ])
    #expect(found.formula("returned_orders") == "count(distinct orders.订单_ID where orders.returns.订单_ID is not null)")
    #expect(found.formula("return_rate") == "returned_orders / orders")
    #expect(found.dimension("return_status")?.kind == .flag)
  }

  @Test func `two dates, two regions`() throws {
    let found = try DraftCase([
      "sales.csv": Made.csv("OrderNo,ShipDate,OrderDate,StoreID,RepID,Amount", 300) { [$0, Made.day($0 + 4), Made.day($0), $0 % 12 + 1, $0 % 5 + 1, Double($0) + 0.1] },
      "stores.csv": Made.csv("StoreID,City,Region", 12) { [$0 + 1, "City \($0)", ["North", "South"][$0 % 2]] },
      "reps.csv": Made.csv("RepID,SalesRep,Region", 5) { [$0 + 1, "Rep \($0)", ["North", "South"][$0 % 2]] },
    ])
    #expect(found.dictionary.schema["sales"]?.time?.column == "OrderDate")
    #expect(found.source("region") == "stores.Region")
    let other = found.dictionary.dimensions.first { $0.columns.first?.description == "reps.Region" }
    #expect(other?.valuesNeedName == true && other?.title.texts[.english] == "salesperson region")
    #expect(found.texts["tables.yaml"]!.contains("confirm: time is OrderDate; other dates: ShipDate"))
  }

  @Test func `amounts that were counted and averaged before`() throws {
    let found = try DraftCase(["web.csv": Made.csv("date,source,sessions,orders,bounce_rate,rating", 200) { [Made.day($0), ["a", "b"][$0 % 2], $0 + 3, $0 % 7, Double($0 % 10) / 10, $0 % 5 + 1] }])
    #expect(found.formula("sessions") == "sum(web.sessions)" && found.formula("orders") == "sum(web.orders)")
    #expect(!found.dictionary.metrics.contains { ["sum(web.bounce_rate)", "sum(web.rating)"].contains(FormulaNotation.text($0.formula)) })
    #expect(found.dictionary.metrics.contains { FormulaNotation.text($0.formula) == "avg(web.bounce_rate)" })
  }

  @Test func `empty columns, constants and odd headers do no harm`() throws {
    let found = try DraftCase(["a b(1).csv": "name,name,,Year,is_new,空,from\n" + (0..<30).map { "n\($0),x\($0 % 3),1,2024,\($0 % 2),,\($0)\n" }.joined()])
    #expect(found.dictionary.schema.tables.first?.columns.count == 7)
    #expect(!found.dictionary.dimensions.contains { $0.name.lowercased() == "year" })
  }

  @Test func `what was left out is said`() throws {
    let wide = (0..<1_600).map { "h\($0)" }.joined(separator: ",") + "\n" + (0..<1_600).map { "\($0 % 7)" }.joined(separator: ",") + "\n"
    let found = try DraftCase(["wide.csv": wide, "empty.csv": ""])
    #expect(found.draft.notes.contains { $0.contains("only the first 1500 of 1600 columns") })
    #expect(found.draft.notes.contains { $0.contains("empty.csv: empty") })
  }

  @Test func `no data is an error`() {
    #expect(throws: (any Error).self) { try DraftCase(path: "/nonexistent/file.csv") }
    #expect(throws: (any Error).self) { try DraftCase(["a.txt": "x"]) }
  }
}
