-- Questions of each kind, with the same question in DuckDB's SQL (typed tables, see duckdb.sql), and for twelve of them, those that rollups
-- cannot serve, the best SQL that was found by hand for the warehouse that Wenshu builds. What they return is compared in every run: in
-- the columns of the answer, amounts in yuan.
--
-- Each block: its kind, `? ` and the question, `duckdb` and a statement, perhaps `best` and a statement, perhaps with a reason above it.

-- number
-- ? 上月销售额
-- duckdb
SELECT (SELECT sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01')
  - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01')

-- number
-- ? 2025年的成交总额
-- duckdb
SELECT sum(l.unit_price * l.quantity) FROM order_lines l JOIN orders o USING (order_id) WHERE o.ordered_at >= '2025-01-01' AND o.ordered_at < '2026-01-01'
-- best
-- The days of orders give their numbers' ends; between them the lines are read in their own order, without a look-up for each order.
SELECT sum(l.unit_price * l.quantity) / 100.0 FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.ordered_at >= '2025-01-01' AND o.ordered_at < '2026-01-01'

-- number
-- ? GMV last quarter
-- duckdb
SELECT sum(l.unit_price * l.quantity) FROM order_lines l JOIN orders o USING (order_id) WHERE o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01'

-- distinct
-- ? 今年的支付买家数
-- duckdb
SELECT count(DISTINCT buyer_id) FROM orders o WHERE o.status = 'paid' AND o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01'
-- best
-- All but these ten months is a third of the table: reading it through beats the index.
SELECT count(DISTINCT buyer_id) FROM orders NOT INDEXED WHERE status = 'paid' AND ordered_at >= '2026-01-01' AND ordered_at < '2027-01-01'

-- distinct
-- ? 近12个月每月支付买家数
-- duckdb
SELECT strftime(o.ordered_at, '%Y-%m') AS k, count(DISTINCT buyer_id) FROM orders o WHERE o.status = 'paid' AND o.ordered_at >= '2025-11-01' AND o.ordered_at < '2026-11-01' GROUP BY 1
-- best
-- Distinct pairs first, counted after.
SELECT k, count(*) FROM (SELECT DISTINCT substr(o.ordered_at, 1, 7) AS k, buyer_id FROM orders o WHERE o.status = 'paid' AND o.ordered_at >= '2025-11-01' AND o.ordered_at < '2026-11-01') GROUP BY 1

-- filter
-- ? 上海上个月的支付金额
-- duckdb
SELECT sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND s.city = '上海'

-- filter
-- ? 上月小程序金卡会员的支付金额
-- duckdb
SELECT sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN channels c USING (channel_id) JOIN members m USING (member_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND c.channel = '小程序' AND m.level = '金卡会员'
-- best
SELECT sum(l.amount) / 100.0 FROM orders o CROSS JOIN members m ON m.member_id = o.member_id CROSS JOIN order_lines l ON l.order_id = o.order_id
WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND o.status = 'paid' AND o.channel_id = (SELECT channel_id FROM channels WHERE channel = '小程序') AND m.level = '金卡会员'

-- filter
-- ? 上季度夏威夷果的支付金额
-- duckdb
SELECT sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN products p USING (product_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01' AND p.product = '夏威夷果'
-- best
SELECT sum(l.amount) / 100.0 FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id
WHERE o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01' AND o.status = 'paid' AND l.product_id = (SELECT product_id FROM products WHERE product = '夏威夷果')

-- filter
-- ? 上月订单金额超过500元的订单数
-- duckdb
SELECT count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND o.amount > 500
-- best
SELECT count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND o.amount > 50000

-- filter
-- ? 上季度各门店订单金额超过200的订单数
-- duckdb
SELECT s.store, count(*) FROM orders o JOIN stores s ON s.store_id = o.store_id WHERE o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01' AND o.amount > 200 GROUP BY 1
-- best
SELECT s.store, n FROM (SELECT store_id, count(*) AS n FROM orders o WHERE o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01' AND o.amount > 20000 GROUP BY 1) JOIN stores s USING (store_id)

-- filter
-- ? 今年女性会员各年龄段的支付金额
-- duckdb
SELECT m.age_band, sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN members m USING (member_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' AND m.gender = '女' GROUP BY 1
-- best
-- Ages are few: grouped by orders first, so that what is sorted are orders, not lines.
SELECT m.age_band, sum(v) / 100.0 FROM (SELECT o.member_id AS b, sum(l.amount) AS v FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id
  WHERE o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' AND o.status = 'paid' AND o.member_id IS NOT NULL GROUP BY o.rowid) CROSS JOIN members m ON m.member_id = b WHERE m.gender = '女' GROUP BY 1

-- group
-- ? 上月各大区销售额
-- duckdb
SELECT region, sum(v) FROM (
  SELECT g.region, l.amount AS v FROM order_lines l JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id JOIN regions g USING (region_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01'
  UNION ALL SELECT g.region, -f.amount FROM refunds f JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id JOIN regions g USING (region_id) WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01') GROUP BY 1

-- group
-- ? 上月各门店各品类的支付金额
-- duckdb
SELECT s.store, c.category, sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id JOIN products p USING (product_id) JOIN categories c USING (category_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1, 2
-- best
-- Grouped by numbers, named after: numbers sort faster than texts, and names are looked up a hundred times, not 100,000.
SELECT s.store, c.category, sum(v) / 100.0 FROM (SELECT o.store_id AS a, l.product_id AS b, sum(l.amount) AS v
  FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND o.status = 'paid' GROUP BY 1, 2)
JOIN stores s ON s.store_id = a JOIN products p ON p.product_id = b JOIN categories c USING (category_id) GROUP BY 1, 2

-- share
-- ? 上月各品类支付金额占比
-- duckdb
SELECT category, v, 1.0 * v / sum(v) OVER (), sum(v) OVER () FROM (SELECT c.category, sum(l.amount) AS v FROM order_lines l JOIN orders o USING (order_id) JOIN products p USING (product_id) JOIN categories c USING (category_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1)

-- trend
-- ? 近12个月每月销售额
-- duckdb
SELECT k, sum(v) FROM (SELECT strftime(o.ordered_at, '%Y-%m') AS k, l.amount AS v FROM order_lines l JOIN orders o USING (order_id) WHERE o.status = 'paid' AND o.ordered_at >= '2025-11-01' AND o.ordered_at < '2026-11-01'
  UNION ALL SELECT strftime(refunded_on, '%Y-%m'), -amount FROM refunds WHERE refunded_on >= '2025-11-01' AND refunded_on < '2026-11-01') GROUP BY 1
-- best
-- A branch a month: no sort of a million lines under GROUP BY.
SELECT '2025-11', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2025-11-01' AND o.ordered_at < '2025-12-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2025-11-01' AND refunded_on < '2025-12-01')) / 100.0
UNION ALL SELECT '2025-12', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2025-12-01' AND o.ordered_at < '2026-01-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2025-12-01' AND refunded_on < '2026-01-01')) / 100.0
UNION ALL SELECT '2026-01', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-01-01' AND o.ordered_at < '2026-02-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-01-01' AND refunded_on < '2026-02-01')) / 100.0
UNION ALL SELECT '2026-02', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-02-01' AND o.ordered_at < '2026-03-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-02-01' AND refunded_on < '2026-03-01')) / 100.0
UNION ALL SELECT '2026-03', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-03-01' AND o.ordered_at < '2026-04-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-03-01' AND refunded_on < '2026-04-01')) / 100.0
UNION ALL SELECT '2026-04', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-04-01' AND o.ordered_at < '2026-05-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-04-01' AND refunded_on < '2026-05-01')) / 100.0
UNION ALL SELECT '2026-05', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-05-01' AND o.ordered_at < '2026-06-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-05-01' AND refunded_on < '2026-06-01')) / 100.0
UNION ALL SELECT '2026-06', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-06-01' AND o.ordered_at < '2026-07-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-06-01' AND refunded_on < '2026-07-01')) / 100.0
UNION ALL SELECT '2026-07', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-08-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-07-01' AND refunded_on < '2026-08-01')) / 100.0
UNION ALL SELECT '2026-08', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-08-01' AND o.ordered_at < '2026-09-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-08-01' AND refunded_on < '2026-09-01')) / 100.0
UNION ALL SELECT '2026-09', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-09-01' AND o.ordered_at < '2026-10-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-09-01' AND refunded_on < '2026-10-01')) / 100.0
UNION ALL SELECT '2026-10', ((SELECT sum(l.amount) FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01') - (SELECT sum(amount) FROM refunds WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01')) / 100.0

-- trend
-- ? 上月每天的订单数
-- duckdb
SELECT strftime(o.ordered_at, '%Y-%m-%d'), count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1

-- trend
-- ? 今年各省份各季度的支付金额
-- duckdb
SELECT s.province, year(o.ordered_at) || '-Q' || quarter(o.ordered_at), sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' GROUP BY 1, 2

-- trend
-- ? 上月每小时的订单数
-- duckdb
SELECT hour(o.ordered_at), count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1
-- best
SELECT CAST(substr(ordered_at, 12, 2) AS INTEGER), count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1

-- trend
-- ? 今年各星期几的订单数
-- Rows of an answer carry the names of weekdays in its language.
-- duckdb
SELECT (ARRAY['周一', '周二', '周三', '周四', '周五', '周六', '周日'])[isodow(o.ordered_at)], count(*) FROM orders o WHERE o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' GROUP BY 1
-- best
-- Days first, in the order of the index; the weekday of 300 days is worked out and named, not of half a million orders.
SELECT '周' || substr('日一二三四五六', strftime('%w', d) + 1, 1), sum(n) FROM (SELECT substr(ordered_at, 1, 10) AS d, count(*) AS n FROM orders o WHERE o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' GROUP BY 1) GROUP BY 1

-- ranking
-- ? 上月销售额前10的门店
-- duckdb
SELECT store, sum(v) FROM (SELECT s.store, l.amount AS v FROM order_lines l JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01'
  UNION ALL SELECT s.store, -f.amount FROM refunds f JOIN orders o USING (order_id) JOIN stores s ON s.store_id = o.store_id WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01') GROUP BY 1 ORDER BY 2 DESC LIMIT 10

-- ranking
-- ? 上季度支付金额前20的商品
-- duckdb
SELECT p.product, sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) JOIN products p USING (product_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-07-01' AND o.ordered_at < '2026-10-01' GROUP BY 1 ORDER BY 2 DESC LIMIT 20

-- comparison
-- ? 各渠道10月销售额同比
-- duckdb
WITH n AS (SELECT channel_id, y, sum(v) AS v FROM (SELECT o.channel_id, year(o.ordered_at) AS y, l.amount AS v FROM order_lines l JOIN orders o USING (order_id) WHERE o.status = 'paid' AND (o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' OR o.ordered_at >= '2025-10-01' AND o.ordered_at < '2025-11-01')
  UNION ALL SELECT o.channel_id, year(refunded_on), -f.amount FROM refunds f JOIN orders o USING (order_id) WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01' OR refunded_on >= '2025-10-01' AND refunded_on < '2025-11-01') GROUP BY 1, 2)
SELECT c.channel, a.v, b.v, a.v - b.v, 1.0 * (a.v - b.v) / b.v FROM n a JOIN n b USING (channel_id) JOIN channels c USING (channel_id) WHERE a.y = 2026 AND b.y = 2025

-- comparison
-- ? 上月订单数环比
-- duckdb
SELECT a, b, a - b, 1.0 * (a - b) / b FROM (SELECT (SELECT count(*) FROM orders o WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01') AS a, (SELECT count(*) FROM orders o WHERE o.ordered_at >= '2026-09-01' AND o.ordered_at < '2026-10-01') AS b)

-- threshold
-- ? 上月订单数超过1000的门店
-- duckdb
SELECT s.store, count(*) FROM orders o JOIN stores s ON s.store_id = o.store_id WHERE o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1 HAVING count(*) > 1000

-- threshold
-- ? 今年支付金额超过2000元的买家编号
-- duckdb
SELECT o.buyer_id, sum(l.amount) FROM order_lines l JOIN orders o USING (order_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' GROUP BY 1 HAVING sum(l.amount) > 2000
-- best
SELECT o.buyer_id, sum(l.amount) / 100.0 FROM orders o CROSS JOIN order_lines l ON l.order_id = o.order_id WHERE o.ordered_at >= '2026-01-01' AND o.ordered_at < '2027-01-01' AND o.status = 'paid' GROUP BY 1 HAVING sum(l.amount) > 200000

-- ratio
-- ? 上月华东区转化率多少
-- duckdb
SELECT 1.0 * (SELECT count(DISTINCT o.buyer_id) FROM orders o JOIN stores s ON s.store_id = o.store_id JOIN regions g USING (region_id) WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' AND g.region = '华东')
  / (SELECT sum(o.visitors) FROM visits o JOIN stores s ON s.store_id = o.store_id JOIN regions g USING (region_id) WHERE o.visited_on >= '2026-10-01' AND o.visited_on < '2026-11-01' AND g.region = '华东')

-- ratio
-- ? 上月各渠道退款率
-- duckdb
SELECT c.channel, 1.0 * f.n / p.n FROM channels c JOIN (SELECT o.channel_id, count(*) AS n FROM refunds f JOIN orders o USING (order_id) WHERE refunded_on >= '2026-10-01' AND refunded_on < '2026-11-01' GROUP BY 1) f USING (channel_id)
  JOIN (SELECT o.channel_id, count(*) AS n FROM orders o WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01' GROUP BY 1) p USING (channel_id)

-- distribution
-- ? 上月订单金额中位数
-- duckdb
SELECT median(o.amount) FROM orders o WHERE o.status = 'paid' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-11-01'

-- distribution
-- ? 平均每家店上月的客流
-- duckdb
SELECT avg(v) FROM (SELECT sum(visitors) AS v FROM visits WHERE visited_on >= '2026-10-01' AND visited_on < '2026-11-01' GROUP BY store_id)

-- snapshot
-- ? 上月末各品类库存件数
-- duckdb
SELECT c.category, sum(quantity) FROM stock JOIN categories c USING (category_id) WHERE counted_on = (SELECT max(counted_on) FROM stock WHERE counted_on < '2026-11-01') GROUP BY 1

-- list
-- ? 上海有哪些门店
-- duckdb
SELECT store FROM stores WHERE city = '上海'
