import SourceText
import TestSupport
import Testing

@testable import Drafting

@Suite struct HeaderTests {
  private static let reader = HeaderReader(try! DraftLexicon.read(home: ProjectFolder.path))

  @Test(arguments: [
    ("cust_nm", "customer name"), ("CustomerName", "customer name"), ("customer name", "customer name"), ("custname", "customer name"),
    ("_CustomerID", "customer id"), ("ProductSKU", "product sku"), ("qty", "quantity"), ("ORDER_DT", "order date"), ("orderid", "order id"),
    ("unitprice", "unit price"), ("Sub-Category", "sub category"), ("Amount (USD)", "amount"),
  ])
  func `words of a header are told apart`(header: String, phrase: String) {
    #expect(Self.reader.text(header).phrase == phrase)
  }

  @Test(arguments: [
    ("订单 ID", "order"), ("订单编号", "order"), ("客户号", "customer"), ("cust_id", "customer"), ("SalesTerritoryKey", "territory"), ("产品编码", "product"),
    ("InvoiceNo", "order"), ("店铺ID", "store"),
  ])
  func `keys are those of an entity`(header: String, entity: String) {
    let reading = Self.reader.read(header)
    #expect(reading.kind == .key && reading.entity == entity, "\(reading)")
  }

  @Test(arguments: [
    ("销售额", "sales"), ("买家实际支付金额", "paid_amount"), ("订单付款时间", "paid_at"), ("sls_amt", "sales"), ("Order Quantity", "quantity"),
    ("收货省份", "province"), ("ProductColor", "color"), ("unit_prc", "unit_price"), ("Discount Applied", "discount"), ("下单时间", "order_date"),
    ("金额(元)", "order_total"), ("Zip Code", "postal_code"), ("客户手机号", "phone"), ("order_purchase_timestamp", "order_date"),
  ])
  func `columns are known by their endings`(header: String, concept: String) {
    #expect(Self.reader.read(header).concept?.name == concept)
  }

  @Test func `a bare id is that of its table`() {
    #expect(Self.reader.read("id", table: "customer").entity == "customer")
    #expect(Self.reader.read("编号", table: "product").entity == "product")
  }

  @Test func `headers in codes are known as such`() {
    for header in ["f1", "c_07", "x", "A12"] { #expect(Self.reader.text(header).isCode, "\(header)") }
    for header in ["price", "客户", "order_no", "city"] { #expect(!Self.reader.text(header).isCode, "\(header)") }
  }

  @Test(arguments: [
    ("orders", "order"), ("dim_customer", "customer"), ("fact_sls", "sale"), ("订单明细表", "line"), ("OrderDetails", "line"), ("olist_orders_dataset", "order"),
    ("退货记录", "return"), ("客户信息表", "customer"), ("Sheet1", nil),
  ] as [(String, String?)])
  func `tables are about entities`(name: String, entity: String?) {
    #expect(Self.reader.entity(ofTable: name) == entity)
  }
}
