/// Models and a dictionary for `OsiTests`.
enum OsiSample {
  /// As `OsiExport` writes it.
  static let store = #"""
    version: "1.0"
    semantic_model:
      - name: store_channel
        description: "Sales and returns of the stores, in the shape of TPC-DS"
        datasets:
          - name: store_sales
            source: store_sales
            primary_key: [ss_item_sk, ss_ticket_number]
            description: "One line of a receipt"
            fields:
              - name: ss_sold_date_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_sold_date_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: ss_item_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_item_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: ss_store_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_store_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: ss_customer_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_customer_sk"
                dimension:
                  is_time: false
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: ss_ticket_number
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_ticket_number"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: ss_quantity
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_quantity"
              - name: ss_list_price
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_list_price"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "decimal(2)"}}'
              - name: ss_sales_price
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_sales_price"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "decimal(2)"}}'
              - name: ss_ext_sales_price
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "ss_ext_sales_price"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "decimal(2)"}}'
              - name: basket_size
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "CASE WHEN ss_quantity >= 10 THEN 'many' ELSE 'few' END"
                dimension:
                  is_time: false
                description: "Basket size"
          - name: store_returns
            source: store_returns
            primary_key: [sr_item_sk, sr_ticket_number]
            description: "One line that was brought back"
            fields:
              - name: sr_returned_date_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "sr_returned_date_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: sr_item_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "sr_item_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: sr_ticket_number
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "sr_ticket_number"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: sr_return_amt
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "sr_return_amt"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "decimal(2)"}}'
          - name: date_dim
            source: date_dim
            primary_key: [d_date_sk]
            unique_keys: [[d_date]]
            description: "A day"
            fields:
              - name: d_date_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "d_date_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: d_date
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "d_date"
                dimension:
                  is_time: true
                description: "Day"
              - name: d_holiday
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "d_holiday"
                dimension:
                  is_time: false
          - name: item
            source: item
            primary_key: [i_item_sk]
            description: "A thing that is sold"
            fields:
              - name: i_item_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "i_item_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: i_brand
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "i_brand"
                dimension:
                  is_time: false
                description: "Brand"
              - name: i_category
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "i_category"
                dimension:
                  is_time: false
                description: "Category"
                ai_context:
                  synonyms: ["department"]
          - name: store
            source: store
            primary_key: [s_store_sk]
            description: "A store"
            fields:
              - name: s_store_sk
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "s_store_sk"
                custom_extensions:
                  - vendor_name: COMMON
                    data: '{"wenshu": {"type": "integer"}}'
              - name: s_state
                expression:
                  dialects:
                    - dialect: ANSI_SQL
                      expression: "s_state"
                dimension:
                  is_time: false
                description: "State"
                ai_context:
                  synonyms: ["region"]
        relationships:
          - name: store_sales_to_date_dim
            from: store_sales
            to: date_dim
            from_columns: [ss_sold_date_sk]
            to_columns: [d_date_sk]
          - name: store_sales_to_item
            from: store_sales
            to: item
            from_columns: [ss_item_sk]
            to_columns: [i_item_sk]
          - name: store_sales_to_store
            from: store_sales
            to: store
            from_columns: [ss_store_sk]
            to_columns: [s_store_sk]
          - name: returned_sale
            from: store_returns
            to: store_sales
            from_columns: [sr_item_sk, sr_ticket_number]
            to_columns: [ss_item_sk, ss_ticket_number]
          - name: store_returns_to_date_dim
            from: store_returns
            to: date_dim
            from_columns: [sr_returned_date_sk]
            to_columns: [d_date_sk]
        metrics:
          - name: total_sales
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "SUM(store_sales.ss_ext_sales_price)"
            description: "What customers paid"
            ai_context:
              synonyms: ["sales", "revenue"]
          - name: receipts
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "COUNT(DISTINCT store_sales.ss_ticket_number)"
          - name: sales_per_customer
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "SUM(store_sales.ss_ext_sales_price) / NULLIF(COUNT(DISTINCT store_sales.ss_customer_sk), 0)"
          - name: california_sales
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "SUM(CASE WHEN store.s_state = 'CA' THEN store_sales.ss_ext_sales_price END)"
          - name: discount
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "SUM((store_sales.ss_quantity * (store_sales.ss_list_price - store_sales.ss_sales_price)))"
          - name: returns
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "COALESCE(SUM(store_returns.sr_return_amt), 0)"
          - name: return_rate
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "SUM(store_returns.sr_return_amt) / NULLIF(SUM(store_sales.ss_ext_sales_price), 0)"
          - name: items_offered
            expression:
              dialects:
                - dialect: ANSI_SQL
                  expression: "COUNT(item.i_item_sk)"

    """#

  static let lossy = #"""
    version: "1.0"
    semantic_model:
      - name: lossy
        ai_context: {instructions: "Use it for orders"}
        custom_extensions: [{vendor_name: SNOWFLAKE, data: '{"warehouse": "WH"}'}]
        datasets:
          - name: orders
            source: warehouse.public.orders
            primary_key: [order_id]
            ai_context: {synonyms: [purchases]}
            unknown_key: 1
            fields:
              - {name: order_id, expression: {dialects: [{dialect: ANSI_SQL, expression: order_id}]}}
              - {name: amount, expression: {dialects: [{dialect: ANSI_SQL, expression: amount}]}}
              - name: status
                label: ops
                expression: {dialects: [{dialect: ANSI_SQL, expression: status}, {dialect: SNOWFLAKE, expression: "status::varchar"}]}
              - {name: ordered_year, expression: {dialects: [{dialect: ANSI_SQL, expression: "EXTRACT(YEAR FROM ordered_at)"}]}}
          - {name: recent, source: "SELECT * FROM orders", fields: [{name: note, expression: {dialects: [{dialect: ANSI_SQL, expression: note}]}}]}
        relationships:
          - {name: orders_to_recent, from: orders, to: recent, from_columns: [order_id], to_columns: [note]}
        metrics:
          - {name: sales, expression: [{dialect: ANSI_SQL, expression: SUM(orders.amount)}]}
          - {name: p90, expression: [{dialect: ANSI_SQL, expression: "PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY orders.amount)"}]}
          - {name: of_lost, expression: [{dialect: ANSI_SQL, expression: p90 / 2}]}
      - {name: second, datasets: []}
    """#

  static let dictionary = #"""
    name: shop
    language: en
    tables:
      stores: {key: store_id, columns: {store_id: integer, region: text, city: text}}
      orders: {key: order_id, time: ordered_on, columns: {order_id: integer, store_id: integer, ordered_on: date, amount: decimal(2)}, joins: {stores: store_id}}
      stock: {time: day, columns: {store_id: integer, day: date, quantity: integer}, joins: {stores: store_id}}
    dimensions:
      region: {column: stores.region, values: {N: North}}
      city: {column: stores.city}
    hierarchies: {geography: [region, city]}
    metrics:
      sales: {formula: sum(orders.amount), unit: USD}
      rolling_sales: {formula: "rolling(sales, 7 days)"}
      stock_at_end: {formula: last(stock.quantity over day)}
      median_price: {formula: median(orders.amount)}
    """#
}
